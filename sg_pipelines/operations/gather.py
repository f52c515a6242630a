"""Collect what a reconcile has to look at: the records that changed and everything they may touch.

The first reconcile of a kind looks at every record. Later ones look at the records named by new ingests whose
digest is not the one already reconciled, at the entities they hang on, and at entities sharing a blocking key.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.matching.blocking import blocking_keys
from sg_pipelines.domain.matching.by_kind import likeness_of
from sg_pipelines.domain.matching.commonness import crowded
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.chunks import chunks
from sg_pipelines.operations.heard import heard, last_ingest, named_but_gone
from sg_pipelines.operations.lookup import current
from sg_pipelines.operations.merges import Inherited, heirs
from sg_pipelines.operations.representations import representation_rows
from sg_pipelines.operations.returned import last_links, resume
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document, In


@dataclass(frozen=True, slots=True)
class Since:
    """What was reconciled before: per account the last ingest covered. `everything`: look at all records again.
    `revisit`: entities to look at although nothing new was heard of them. `decisions`: of people, which no reconcile went by
    yet. `left_out`: accounts that were reconciled and are not kept any more."""

    marks: Mapping[str, str | None]
    is_first: bool
    everything: bool
    revisit: tuple[str, ...]
    decisions: tuple[Document, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def covers_all(self) -> bool:
        """Every record is looked at."""
        return self.is_first or self.everything


@dataclass(slots=True)
class Gathered:
    """`rows`: live records sorted by (account, record_id), with `account`, `prior_entity` and `prior_role`.
    `gone`: records that are not live any more and matter here. `entities` and `links` (open, by ref): documents as
    they stand. `inherited`: by ref, what survivors of merges state that is no word of their own. `marks`: per account the
    last ingest covered. `touched`: how many records changed. `left_out`: accounts that are not kept any more."""

    rows: pa.Table
    gone: list[dict[str, Any]]
    gone_refs: list[str]
    entities: dict[str, Document]
    links: dict[str, Document]
    inherited: dict[str, Inherited]
    marks: dict[str, str | None]
    touched: int
    is_first: bool
    left_out: tuple[str, ...] = ()


def gather(
    workspace: Workspace,
    plan: KindPlan,
    connection: duckdb.DuckDBPyConnection,
    *,
    since: Since,
    known: pa.Table | None = None,
) -> Gathered:
    """What has to be looked at now. `known`: what is common among all records; keys that are lead to nobody."""
    kind = plan.kind
    marks = {account: last_ingest(workspace, account, kind) for account in plan.policy.accounts}
    rows, gone = heard(workspace, plan, None if since.covers_all else since.marks)
    if since.is_first:
        rows, touched = _with_prior(rows, {}, kind), len(rows) + len(gone)
        return Gathered(rows, gone, [], {}, {}, {}, marks, touched, is_first=True)
    links = open_links(workspace, [*_refs(rows, gone, kind), *(decision["ref"] for decision in since.decisions)])
    if not since.everything:
        rows, gone = _only_changed(rows, gone, links, kind)
    touched = len(rows) + len(gone)
    left_out = _links_left_out(workspace, kind, since.left_out)
    links |= left_out
    came_back = last_links(workspace.store, [ref for ref in _refs(rows, [], kind) if ref not in links])
    resumed, entities = resume(workspace.store, came_back)
    entities |= _entities(workspace, {link["entity"] for link in links.values()} | set(since.revisit))
    if len(rows):
        keys = _new_keys(connection, rows, links, entities, plan) - crowded(known)
        entities |= _by_keys(workspace, sorted(keys))
    rows = _with_neighbours(rows, gone, entities, plan)
    links |= open_links(workspace, [ref for ref in _refs(rows, [], kind) if ref not in links])
    entities |= _entities(workspace, {link["entity"] for link in links.values()} - entities.keys())
    rows = _with_neighbours(rows, gone, entities, plan)
    gone_refs = [*(_ref(row, kind) for row in gone), *left_out]
    gone += named_but_gone(workspace, plan, rows, gone)
    became = heirs(rows, gone, links, entities, kind)
    inherited = {ref: link.get("inherited") for ref, link in (came_back | links).items()}
    inherited |= {ref: heir.inherited for ref, heir in became.items()}
    return Gathered(
        _with_prior(rows, resumed | {ref: heir.link for ref, heir in became.items()} | links, kind),
        gone,
        gone_refs,
        entities,
        links,
        {ref: words for ref, words in inherited.items() if words},
        marks,
        touched,
        is_first=False,
        left_out=since.left_out,
    )


def open_links(workspace: Workspace, refs: Sequence[str]) -> dict[str, Document]:
    """Open links by ref."""
    found: dict[str, Document] = {}
    for chunk in chunks(refs):
        for link in workspace.store.find("links", {"ref": In(chunk), "open": True}):
            found[link["ref"]] = link
    return found


def _links_left_out(workspace: Workspace, kind: Kind, accounts: Collection[str]) -> dict[str, Document]:
    """Open links, by ref, of records of accounts that are not kept any more."""
    if not accounts:
        return {}
    links = workspace.store.find("links", {"kind": kind.name, "open": True})
    return {link["ref"]: link for link in links if link["account"] in accounts}


def _ref(row: Mapping[str, Any], kind: Kind) -> str:
    return f"{row['account']}/{kind.name}/{row['record_id']}"


def _refs(rows: pa.Table, gone: list[dict[str, Any]], kind: Kind) -> list[str]:
    accounts, ids = rows.column("account").to_pylist(), rows.column("record_id").to_pylist()
    live = [f"{account}/{kind.name}/{record_id}" for account, record_id in zip(accounts, ids, strict=True)]
    return live + [_ref(row, kind) for row in gone]


def _only_changed(
    rows: pa.Table, gone: list[dict[str, Any]], links: dict[str, Document], kind: Kind
) -> tuple[pa.Table, list[dict[str, Any]]]:
    """Leave out what was already reconciled in exactly this form."""
    known = {ref: link["digest"] for ref, link in links.items()}
    digests = rows.column("digest").to_pylist()
    refs = _refs(rows, [], kind)
    fresh = [known.get(ref) != digest for ref, digest in zip(refs, digests, strict=True)]
    linked_gone = [row for row in gone if _ref(row, kind) in links]
    return rows.filter(pa.array(fresh, pa.bool_())), linked_gone


def _entities(workspace: Workspace, ids: Collection[str]) -> dict[str, Document]:
    """Those of these ids, or what they became: who was redirected stays so."""
    found: dict[str, Document] = {}
    for chunk in chunks(sorted(ids)):
        found |= {document["_id"]: document for document in workspace.store.get_many("entities", chunk)}
    became = {current(workspace.store, one) for one, document in found.items() if document["redirect_to"] is not None}
    found |= {document["_id"]: document for document in workspace.store.get_many("entities", sorted(became))}
    return {entity: document for entity, document in found.items() if document["redirect_to"] is None}


def _new_keys(
    connection: duckdb.DuckDBPyConnection,
    rows: pa.Table,
    links: Mapping[str, Document],
    entities: Mapping[str, Document],
    plan: KindPlan,
) -> set[str]:
    """Blocking keys that a record's own entity does not have yet: only they can lead to somebody else."""
    known = {entity: set(document["keys"]) for entity, document in entities.items()}
    found = set()
    for account, record_id, key in blocking_keys(connection, rows, likeness_of(plan.kind.name, plan.keys)):
        link = links.get(f"{account}/{plan.kind.name}/{record_id}")
        if link is None or key not in known.get(link["entity"], ()):
            found.add(key)
    return found


def _by_keys(workspace: Workspace, keys: Sequence[str]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for chunk in chunks(keys):
        for document in workspace.store.find("entities", {"keys": In(chunk)}):
            found[document["_id"]] = document
    return found


def _with_neighbours(
    rows: pa.Table, gone: list[dict[str, Any]], entities: dict[str, Document], plan: KindPlan
) -> pa.Table:
    """Add what the involved entities already hold of accounts that are kept; what was just read replaces it."""
    seen = set(zip(rows.column("account").to_pylist(), rows.column("record_id").to_pylist(), strict=True))
    seen |= {(row["account"], row["record_id"]) for row in gone}
    held = [
        row
        for document in entities.values()
        for row in representation_rows(document, plan.kind)
        if row["account"] in plan.policy.accounts and (row["account"], row["record_id"]) not in seen
    ]
    unique = {(row["account"], row["record_id"]): row for row in held}
    table = pa.concat_tables([rows, pa.Table.from_pylist(list(unique.values()), schema=rows.schema)])
    return table.sort_by([("account", "ascending"), ("record_id", "ascending")]).combine_chunks()


def _with_prior(rows: pa.Table, links: dict[str, Document], kind: Kind) -> pa.Table:
    """Say of every record which entity it hangs on already, or inherits."""
    if not links:
        nothing = pa.nulls(len(rows), pa.string())
        return rows.append_column("prior_entity", nothing).append_column("prior_role", nothing)
    found = [links.get(ref) for ref in _refs(rows, [], kind)]
    entity = pa.array([link["entity"] if link else None for link in found], pa.string())
    role = pa.array([link["role"] if link else None for link in found], pa.string())
    return rows.append_column("prior_entity", entity).append_column("prior_role", role)
