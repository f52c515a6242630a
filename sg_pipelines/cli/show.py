"""`sg show`: one entity side by side, with real values."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.notes import print_annotations
from sg_pipelines.cli.options import Client, Json
from sg_pipelines.operations.show import show as look
from sg_pipelines.runtime.session import Session, open_session

_SOURCES = {"base": "last agreed", None: "from nowhere"}


def show(
    name: Annotated[str, typer.Argument(metavar="ENTITY|REF", help="An entity id, or hubspot/customer/501")],
    client: Client = "demo",
    as_json: Json = False,
) -> None:
    """Everything about one entity: values per account, base, owner, links, discrepancies, history."""
    with open_session(client) as session:
        seen = look(session.workspace, name)
        urls = asyncio.run(_admin_urls(session, seen))
    if as_json:
        screen.print_json({**seen, "admin_urls": urls})
        return
    _head(seen)
    _cells(seen)
    if seen["annotations"]:
        screen.out.print()
        print_annotations(seen["annotations"], title="Notes and tags")
    _links(seen, urls)
    _discrepancies(seen)
    _findings(seen)
    _sums(seen)
    _history(seen)


async def _admin_urls(session: Session, seen: Mapping[str, Any]) -> dict[str, str]:
    kind = session.workspace.plans[seen["kind"]].kind
    urls = {}
    kept = ((account, one) for account, one in seen["representations"].items() if account in session.file.accounts)
    for account, stored in kept:
        connector = session.connector(account)
        urls[account] = connector.admin_url(kind, stored["record_id"])
        await connector.aclose()
    return urls


def _head(seen: Mapping[str, Any]) -> None:
    screen.out.print(Text(f"{seen['kind']} {seen['entity']} ({seen['state']})", style="bold"))
    if seen["reached_by"]:
        screen.out.print(Text(f"reached by {seen['reached_by']}", style="dim"))
    for name, value in seen["derived"].items():
        told = screen.when(value) if name.endswith("_at") else screen.shown(value)
        screen.out.print(Text(f"  {name}, as platforms say: {told}", style="dim"))
    for name, value in (seen["ordered"] or {}).items():
        screen.out.print(Text(f"  {name}, by the orders we keep: {screen.shown(value)}", style="dim"))
    screen.out.print(Text(f"  quality: {seen['quality']}", style="dim"))


def _cells(seen: Mapping[str, Any]) -> None:
    accounts = list(seen["representations"])
    open_by_field = {found["field"]: found for found in seen["discrepancies"] if found["open"]}
    rows = []
    for cell in seen["fields"]:
        found = open_by_field.get(cell["field"], {})
        spoken = [_spoken(cell, account) if account in cell["speaks"] else "" for account in accounts]
        rows.append(
            (
                cell["field"],
                *spoken,
                cell["value"],
                screen.shown(cell["base"]) if cell["has_base"] else "",
                cell["owner"],
                ", ".join(found.get("moved") or ()),
                found.get("class", ""),
            )
        )
    screen.print_table(("field", *accounts, "master", "last agreed", "owner", "moved", "class"), rows)


def _spoken(cell: Mapping[str, Any], account: str) -> str:
    """What an account says, and why its amounts are not compared where others speak of other ones."""
    said = cell["originals"].get(account)
    told, what = screen.shown(said), "amounts not compared" if isinstance(said, list) else "not compared"
    if account in cell["in_other_currencies"]:
        return f"{told} (another currency, {what})"
    with_tax = cell["with_tax"].get(account)
    return told if with_tax is None else f"{told} ({'with' if with_tax else 'without'} tax, {what})"


def _links(seen: Mapping[str, Any], urls: Mapping[str, str]) -> None:
    screen.out.print()
    rows = [
        (
            link["ref"],
            link["role"] if link["open"] else f"until {screen.when(link['valid_to'])}",
            link["confidence"],
            "; ".join(item["detail"] for item in link["evidence"]) or "first seen alone",
            screen.when(link["valid_from"]),
        )
        for link in seen["links"]
    ]
    screen.print_table(("record", "role", "confidence", "evidence", "since"), rows, title="Links")
    clocks = [
        (account, stored["state"], screen.when(stored["modified_at"]), screen.when(stored["fetched_at"]), urls[account])
        for account, stored in seen["representations"].items()
    ]
    screen.out.print()
    screen.print_table(("account", "state", "modified", "fetched", "open it at"), clocks, title="Records")


def _discrepancies(seen: Mapping[str, Any]) -> None:
    rows = [
        (
            found["class"],
            found["subject"],
            found["reason"] or f"rule {found['rule']}",
            *_life(found),
        )
        for found in seen["discrepancies"]
    ]
    if rows:
        screen.out.print()
        screen.print_table(("class", "subject", "why", "first seen", "last seen"), rows, title="Discrepancies")


def _life(found: Mapping[str, Any]) -> tuple[str, str]:
    """Since when, and until when or why no longer."""
    last = screen.when(found["last_seen_at"]) if found["open"] else f"closed: {found['close_reason']}"
    return screen.when(found["first_seen_at"]), last


def _findings(seen: Mapping[str, Any]) -> None:
    rows = [
        (
            found["type"],
            found["ref"] or "the whole",
            found["detail"],
            *_life(found),
        )
        for found in seen["findings"]
    ]
    if rows:
        screen.out.print()
        screen.print_table(("finding", "record", "detail", "first seen", "last seen"), rows, title="Findings")


def _sums(seen: Mapping[str, Any]) -> None:
    """Gaps in an order's amounts that a rule explains; the others are findings."""
    rows = [
        (f"{gap['account']} {gap['record_id']}", gap["detail"], gap["rule"].replace("_", " "))
        for gap in seen["sums"]
        if gap["rule"]
    ]
    if rows:
        screen.out.print()
        screen.print_table(("record", "sum", "explained by"), rows, title="Sums that do not come out, and why")


def _history(seen: Mapping[str, Any]) -> None:
    rows = [
        (screen.when(change["seen_at"]), change["ref"], change["field"], *_from_and_to(change))
        for change in seen["history"]
    ]
    if rows:
        screen.out.print()
        screen.print_table(("seen", "record", "field", "was", "now"), rows, title="History")


def _from_and_to(change: Mapping[str, Any]) -> tuple[Any, Any]:
    """What was and what is; of a value that stayed and comes from elsewhere now, from where."""
    if change["was"] != change["now"]:
        return change["was"], change["now"]
    shown = screen.shown(change["now"])
    sources = (change.get("source"), change.get("source_now", "elsewhere"))
    was, now = (f"{shown} ({_SOURCES.get(source, f'from {source}')})" for source in sources)
    return was, now
