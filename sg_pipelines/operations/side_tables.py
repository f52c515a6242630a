"""Tables beside the master, of one kind: discrepancies, findings, links, annotations, verifications. With `at`, as they stood then; with
`entities`, the rows about those and the rows about no entity."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pyarrow as pa

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.bands import band_of
from sg_pipelines.operations.chunks import chunks
from sg_pipelines.operations.representations import instant
from sg_pipelines.operations.tables import INSTANT, readable, table_of
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document, In

_LIFE = ("first_seen_at", "last_seen_at", "closed_at")
_CLASSIFIED = ("kind", "entity", "class", "subject", "field", "account", "dimension", "rule", "reason", "owner")
_SHOWN = ("values", "base", "proposed")
_FOUND = ("kind", "type", "entity", "ref", "detail")
_SAID = ("kind", "entity", "type", "text", "author", "removed_by")
_LINKED = ("kind", "ref", "account", "record_id", "entity", "role", "decided_by")


def discrepancy_table(
    workspace: Workspace, kind: Kind, at: int | None = None, entities: Collection[str] | None = None
) -> pa.Table:
    """A difference and its life."""
    rows = (
        {name: document.get(name) for name in (*_CLASSIFIED, "close_reason", "open")}
        | {"moved": ", ".join(document.get("moved") or ()) or None}
        | {name: readable(document.get(name)) for name in _SHOWN}
        | {name: instant(document.get(name)) for name in _LIFE}
        for document in _standing(workspace, "discrepancies", kind, at, entities)
    )
    return table_of(rows, discrepancy_schema())


def discrepancy_schema() -> pa.Schema:
    """Columns of the table of discrepancies."""
    return _schema((*_CLASSIFIED, "close_reason", "moved", *_SHOWN), _LIFE)


def finding_table(
    workspace: Workspace, kind: Kind, at: int | None = None, entities: Collection[str] | None = None
) -> pa.Table:
    """Other things worth a person's eye, and their life."""
    rows = (
        {name: document.get(name) for name in (*_FOUND, "open")} | {name: instant(document.get(name)) for name in _LIFE}
        for document in _standing(workspace, "findings", kind, at, entities)
    )
    return table_of(rows, _schema(_FOUND, _LIFE))


def link_table(
    workspace: Workspace, kind: Kind, at: int | None = None, entities: Collection[str] | None = None
) -> pa.Table:
    """A record's association with an entity, its evidence and validity."""
    times = ("valid_from", "valid_to")
    schema = _schema((*_LINKED, "band", "evidence"), times).append(pa.field("confidence", pa.float64()))
    rows = (
        {name: document[name] for name in (*_LINKED, "confidence", "open")}
        | {"band": band_of(document["evidence"])}
        | {"evidence": "; ".join(item["detail"] for item in document["evidence"])}
        | {name: instant(document[name]) for name in times}
        for document in documents_about(workspace, "links", kind, entities)
        if at is None or _begun(document, "valid_from", "valid_to", at)
    )
    return table_of(rows, schema)


def annotation_table(
    workspace: Workspace, kind: Kind, at: int | None = None, entities: Collection[str] | None = None
) -> pa.Table:
    """What a person said of an entity, and for how long."""
    times = ("made_at", "removed_at")
    rows = (
        {name: document[name] for name in (*_SAID, "open")} | {name: instant(document[name]) for name in times}
        for document in documents_about(workspace, "annotations", kind, entities)
        if at is None or _begun(document, "made_at", "removed_at", at)
    )
    return table_of(rows, _schema(_SAID, times))


def verification_table(
    workspace: Workspace, kind: Kind, at: None = None, entities: Collection[str] | None = None
) -> pa.Table:
    """When a dimension was last compared for everybody, and who deviates."""
    return table_of(
        _verifications(workspace, kind, entities), _schema(("kind", "dimension", "entity", "outcome"), ("verified_at",))
    )


def _verifications(workspace: Workspace, kind: Kind, entities: Collection[str] | None) -> Iterator[dict[str, Any]]:
    """The watermark of each dimension (entity null: every entity), then the entities that deviate from it."""
    for document in documents_about(workspace, "verifications", kind, entities):
        common = {"kind": document["kind"], "verified_at": instant(document["at"])}
        if "dimension" in document:
            yield {**common, "dimension": document["dimension"], "entity": None, "outcome": "compared"}
        for dimension in document.get("deviates", ()):
            yield {**common, "dimension": dimension, "entity": document["entity"], "outcome": "differs"}


def documents_about(
    workspace: Workspace, collection: str, kind: Kind, entities: Collection[str] | None, **where: Any
) -> Iterator[Document]:
    """Documents of a kind that match; all, or those about some entities or about none."""
    if entities is None:
        yield from workspace.store.find(collection, {"kind": kind.name, **where})
        return
    for chunk in chunks(sorted(entities)):
        yield from workspace.store.find(collection, {"entity": In(chunk), **where})
    yield from (one for one in workspace.store.find(collection, {"entity": None, **where}) if one["kind"] == kind.name)


def _standing(
    workspace: Workspace, collection: str, kind: Kind, at: int | None, entities: Collection[str] | None
) -> Iterator[Document]:
    for document in documents_about(workspace, collection, kind, entities):
        if at is None or _begun(document, "first_seen_at", "closed_at", at):
            yield document


def _begun(document: Document, begin: str, end: str, at: int) -> bool:
    """True when it had begun by then; what ended later is made open again, what was stated differently so."""
    if document[begin] > at:
        return False
    for former in reversed(document.get("earlier", ())):
        document |= {name: said for name, said in former.items() if name != "until"} if former["until"] > at else {}
    if document[end] is not None and document[end] > at:
        document |= {end: None, "open": True, "close_reason": None, "removed_by": None}
    if "last_seen_at" in document:
        document["last_seen_at"] = min(document["last_seen_at"], at)
    return True


def _schema(texts: tuple[str, ...], times: tuple[str, ...]) -> pa.Schema:
    fields = [pa.field(name, pa.string()) for name in texts] + [pa.field(name, INSTANT) for name in times]
    is_open = [pa.field("open", pa.bool_())] if "verified_at" not in times else []
    return pa.schema(fields + is_open)
