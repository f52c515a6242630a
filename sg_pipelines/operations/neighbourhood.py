"""Who the records of a kind refer to: neighbours' record ids looked up among links, and told apart when they are not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.comparators.neighbours import Known, Neighbours
from sg_pipelines.domain.model.kinds import Field, Kind
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.operations.chunks import chunks
from sg_pipelines.operations.gather import open_links
from sg_pipelines.operations.lookup import current
from sg_pipelines.operations.returned import last_links
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.ports.store import Document, In, Range

WHOLE = 50_000


def referring(kind: Kind) -> Iterator[tuple[Field, str]]:
    """Fields that name neighbours, and the kind they name."""
    for field in kind.fields:
        named = field.refers_to or field.rows_refer_to
        if named is not None:
            yield field, named


def named_kinds(kind: Kind) -> set[str]:
    """Kinds that a kind refers to."""
    return {named for _, named in referring(kind)}


def neighbours(workspace: Workspace, plan: KindPlan, rows: pa.Table) -> Neighbours:
    """What is known of every record that the gathered rows name, of kinds that are kept on its account."""
    known = {}
    for account in plan.policy.accounts:
        here = rows.filter(pc.equal(rows.column("account"), account))
        for kind in sorted(named_kinds(plan.kind) & workspace.plans.keys()):
            if account in workspace.plans[kind].policy.accounts:
                fields = [field for field, named in referring(plan.kind) if named == kind]
                named = {name: when for field in fields for name, when in named_ids(field, here).items()}
                known[kind, account] = _known(workspace, kind, account, named)
    return Neighbours(known)


def renamed(workspace: Workspace, kind: Kind, documents: Iterable[Document | None]) -> dict[str, str]:
    """Entities that documents remember as neighbours and that have become other ones since: old id → present id."""
    remembered: set[str] = set()
    for document in documents:
        for field, _ in referring(kind):
            cell = (document or {}).get("fields", {}).get(field.name)
            if cell:
                remembered.update(_remembered(field, cell))
    found: dict[str, str] = {}
    for chunk in chunks(sorted(remembered)):
        for one in workspace.store.get_many("entities", chunk):
            if one["redirect_to"] is not None:
                found[one["_id"]] = current(workspace.store, one["redirect_to"])
    return found


def _remembered(field: Field, cell: Document) -> Iterator[str]:
    for value in (cell["base"], *cell["held"].values()):
        rows = value if field.is_rows else [value]
        yield from (row["entity"] for row in rows or () if row and row.get("entity"))


def named_refs(kind: Kind, account: str, stored: dict[str, Any]) -> Iterator[str]:
    """Refs that a stored representation names."""
    columns = stored["columns"]
    for field, named in referring(kind):
        value = columns.get(field.column_names[0])
        beside = columns.get(field.several) if field.several else None
        ids = [row.get(field.parts[0]) for row in value or ()] if field.is_rows else [value, *(beside or ())]
        yield from (f"{account}/{named}/{one}" for one in ids if one)


def disturbed(workspace: Workspace, plan: KindPlan, since_ms: int) -> list[str]:
    """Entities whose neighbours changed entity, came or went since then."""
    found: set[str] = set()
    for kind in sorted(named_kinds(plan.kind) & workspace.plans.keys()):
        refs = set(_changed_refs(workspace, kind, since_ms))
        for chunk in chunks(sorted(refs)):
            documents = workspace.store.find("entities", {"neighbours": In(chunk)})
            found.update(document["_id"] for document in documents if document["kind"] == plan.kind.name)
    return sorted(found)


def _changed_refs(workspace: Workspace, kind: str, since_ms: int) -> Iterator[str]:
    for moment in ("valid_from", "valid_to"):
        for link in workspace.store.find("links", {"kind": kind, moment: Range(ge=since_ms)}):
            yield link["ref"]


def named_ids(field: Field, rows: pa.Table) -> dict[str, datetime]:
    """Record ids that a column names, and when one that names it was last fetched."""
    ids, fetched = rows.column(field.column_names[0]).combine_chunks(), rows.column("fetched_at").combine_chunks()
    if field.is_rows:
        fetched = fetched.take(pc.list_parent_indices(ids))
        ids = pc.struct_field(ids.flatten(), [field.parts[0]])
    table = pa.table({"id": ids, "at": fetched})
    if field.several:
        beside = rows.column(field.several).combine_chunks()
        at = rows.column("fetched_at").combine_chunks().take(pc.list_parent_indices(beside))
        table = pa.concat_tables([table, pa.table({"id": beside.flatten(), "at": at})])
    table = table.filter(pc.is_valid(table.column("id"))).group_by("id").aggregate([("at", "max")])
    return dict(zip(table.column("id").to_pylist(), table.column("at_max").to_pylist(), strict=True))


def _known(workspace: Workspace, kind: str, account: str, named: dict[str, datetime]) -> Known:
    """Of records named by id. One that was put away is still who it was, one that was merged away is what became of its
    survivor; one that is not there any more is gone. One that may merely be newer than the snapshot of its own kind is
    left out: nobody can say yet."""
    entities: dict[str, str | None] = dict(linked_ids(workspace, kind, account, sorted(named)))
    became = _survivors(workspace, kind, account, named.keys() - entities.keys())
    asked = {became.get(one, one): when for one, when in named.items() if one not in entities}
    entities |= linked_ids(workspace, kind, account, sorted(set(became.values()) - entities.keys()))
    absent = _absent(workspace, kind, account, {one: when for one, when in asked.items() if one not in entities})
    former = _formerly(workspace, kind, account, absent.keys() | became.keys())
    put_away = {one for one, state in absent.items() if state is RecordState.ARCHIVED}
    for one in absent:
        entities[one] = former.get(one) if one in put_away else None
    for one, survivor in became.items():
        if survivor in entities:
            entities[one] = entities[survivor]
            put_away |= {one} if survivor in put_away else set()
    return Known.of(entities, former, put_away)


def linked_ids(workspace: Workspace, kind: str, account: str, ids: list[str]) -> Iterator[tuple[str, str]]:
    """Record id and entity of those that hang on one. Many are found faster by reading all links than by asking for
    each."""
    prefix = f"{account}/{kind}/"
    if len(ids) < WHOLE:
        links = open_links(workspace, [prefix + one for one in ids])
        yield from ((ref.removeprefix(prefix), link["entity"]) for ref, link in links.items())
        return
    wanted = {prefix + one for one in ids}
    for link in workspace.store.find("links", {"kind": kind, "open": True}):
        if link["ref"] in wanted:
            yield link["ref"].removeprefix(prefix), link["entity"]


def _absent(workspace: Workspace, kind: str, account: str, named: dict[str, datetime]) -> dict[str, RecordState]:
    """Those that are not live any more, and as deleted those never seen although the account was read in full since."""
    if not named:
        return {}
    of = workspace.plans[kind].kind
    table = workspace.lake.latest(account, of, columns=["state"], record_ids=sorted(named))
    states = map(RecordState, table.column("state").to_pylist())
    state, whole = (
        dict(zip(table.column("record_id").to_pylist(), states, strict=True)),
        last_full(workspace, of, account),
    )
    found = {one: it for one, it in state.items() if it is not RecordState.LIVE}
    unseen = [one for one, fetched in named.items() if one not in state and whole is not None and whole > fetched]
    return found | dict.fromkeys(unseen, RecordState.DELETED)


def _formerly(workspace: Workspace, kind: str, account: str, ids: Iterable[str]) -> dict[str, str]:
    """Record id → the entity it last hung on, under its present id; those that ever hung on one."""
    prefix = f"{account}/{kind}/"
    last = last_links(workspace.store, [prefix + one for one in sorted(ids)])
    present = {
        entity: current(workspace.store, entity) for entity in sorted({link["entity"] for link in last.values()})
    }
    return {ref.removeprefix(prefix): present[link["entity"]] for ref, link in last.items()}


def _survivors(workspace: Workspace, kind: str, account: str, ids: Collection[str]) -> dict[str, str]:
    """Id of a merged record → id of the one it is part of in the end, as far as the platform tells."""
    of, into, waiting = workspace.plans[kind].kind, dict[str, str](), set(ids)
    while waiting:
        table = workspace.lake.latest(account, of, columns=["state", "merged_into"], record_ids=sorted(waiting))
        table = table.filter(pc.equal(table.column("state"), RecordState.MERGED.value))
        told = zip(table.column("record_id").to_pylist(), table.column("merged_into").to_pylist(), strict=True)
        into |= {one: winner for one, winner in told if winner}
        waiting = {into[one] for one in waiting if one in into} - into.keys()
    for one in list(into):
        seen = {one}
        while (further := into.get(into[one])) is not None and further not in seen:
            seen.add(further)
            into[one] = further
    return into


def last_full(workspace: Workspace, kind: Kind, account: str) -> datetime | None:
    """When the account's last whole snapshot of a kind began."""
    manifests = workspace.lake.manifests(account, kind)
    return max((m.started_at for m in manifests if m.mode is PullMode.FULL and m.is_complete), default=None)
