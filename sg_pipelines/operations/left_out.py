"""Kinds that a client file keeps no longer: what was believed of them ends. What was said stays in the lake, and who comes back
is who it was."""

from __future__ import annotations

from collections.abc import Iterator

from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.company import COMPANY
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.chunks import WRITTEN
from sg_pipelines.operations.contacts_agree import COMPANY_CONTACTS
from sg_pipelines.operations.discrepancy_documents import LEFT_OUT, ended
from sg_pipelines.operations.entity_documents import retired
from sg_pipelines.operations.kept_findings import sync_findings
from sg_pipelines.operations.link_documents import closed
from sg_pipelines.operations.memory import last_reconcile, memory_id
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document, DocumentStore, Where


def end_kinds_left_out(workspace: Workspace, now_ms: int) -> dict[str, int]:
    """End what is believed of kinds that are left out. Returns how many entities retired by the kind's plural. What was
    interrupted is done by the next one."""
    left_out = [kind for kind in KINDS.values() if kind.name not in workspace.plans]
    return {kind.plural: _end(workspace, kind, now_ms) for kind in left_out if _is_believed(workspace.store, kind)}


def _is_believed(store: DocumentStore, kind: Kind) -> bool:
    """Something was reconciled of it, perhaps not to the end, and did not end since."""
    live = store.find("entities", {"kind": kind.name, "state": "live"}, limit=1)
    return last_reconcile(store, kind.name) is not None or any(live)


def _end(workspace: Workspace, kind: Kind, now_ms: int) -> int:
    store = workspace.store
    if kind.name == CUSTOMER.name:
        sync_findings(workspace, COMPANY, COMPANY_CONTACTS, (), now_ms, close_reason=LEFT_OUT)
    for collection in ("discrepancies", "findings"):
        for some in _some(store, collection, {"kind": kind.name, "open": True}):
            store.put_many(collection, [ended(one, now_ms, LEFT_OUT) for one in some])
    for some in _some(store, "links", {"kind": kind.name, "open": True}):
        store.put_many("links", [closed(link, now_ms) for link in some])
    for collection, where in (
        ("candidates", {"kind": kind.name, "status": "open"}),
        ("verifications", {"kind": kind.name}),
    ):
        for some in _some(store, collection, where):
            store.delete(collection, [one["_id"] for one in some])
    count = 0
    for some in _some(store, "entities", {"kind": kind.name, "state": "live"}):
        store.put_many("entities", [retired(document, now_ms) for document in some])
        count += len(some)
    store.delete("memory", [memory_id(kind.name)])
    return count


def _some(store: DocumentStore, collection: str, where: Where) -> Iterator[list[Document]]:
    """Documents that match, a few at a time, until none is left: whoever asks makes them match no longer."""
    while some := list(store.find(collection, where, limit=WRITTEN)):
        yield some
