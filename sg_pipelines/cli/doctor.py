"""`sg doctor`: can we do our work on these accounts, and if not, what to fix."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.options import Client, Json
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.errors import CredentialsRejected, PermissionMissing, ProtocolViolation, SgError
from sg_pipelines.ports.platforms import Probe, ProbeStatus
from sg_pipelines.runtime.session import Session, open_session

_ASKED: dict[type[SgError], str] = {
    CredentialsRejected: "credentials",
    PermissionMissing: "scopes",
    ProtocolViolation: "answers",
}
_STYLE = {ProbeStatus.OK: "green", ProbeStatus.WARNING: "yellow", ProbeStatus.FAILED: "bold red"}


def doctor(client: Client = "demo", as_json: Json = False) -> None:
    """Check credentials, scopes, reachability, clock, limits and mapped fields of every account. Exit 1 on a failure."""
    with open_session(client) as session:
        found = asyncio.run(_probe_all(session))
    if as_json:
        screen.print_json(
            {
                account: [
                    {"name": p.name, "status": p.status.value, "detail": p.detail, "remedy": p.remedy} for p in probes
                ]
                for account, probes in found.items()
            }
        )
    else:
        for account, probes in found.items():
            _print(account, probes)
    if any(probe.status is ProbeStatus.FAILED for probes in found.values() for probe in probes):
        raise typer.Exit(1)


async def _probe_all(session: Session) -> dict[str, Sequence[Probe]]:
    return {account: await _probe(session, account, _kept(session, account)) for account in session.file.accounts}


def _kept(session: Session, account: str) -> list[Kind]:
    """The kinds that live on an account."""
    return [plan.kind for plan in session.workspace.plans.values() if account in plan.policy.accounts]


async def _probe(session: Session, account: str, kinds: Sequence[Kind]) -> Sequence[Probe]:
    """A connector that cannot even be opened, or gives up, is a failed probe and not the end of the examination."""
    if not kinds:
        remedy = "Name it below `on:` of a kind, or take it out of the client file"
        return [Probe("kinds", ProbeStatus.WARNING, "no kind of this client lives here", remedy)]
    try:
        connector = session.connector(account)
    except SgError as error:
        return [Probe("configuration", ProbeStatus.FAILED, error.message, error.remedy)]
    try:
        return await connector.probe(kinds)
    except SgError as error:
        return [Probe(_ASKED.get(type(error), "reachability"), ProbeStatus.FAILED, error.message, error.remedy)]
    finally:
        await connector.aclose()


def _print(account: str, probes: Sequence[Probe]) -> None:
    screen.out.print(Text(account, style="bold"))
    for probe in probes:
        line = Text(f"  {probe.status.value:<8}", style=_STYLE[probe.status])
        line.append(f"{probe.name}: {probe.detail}", style="default")
        screen.out.print(line)
        if probe.remedy and probe.status is not ProbeStatus.OK:
            screen.out.print(Text(f"          {probe.remedy}", style="dim"))
