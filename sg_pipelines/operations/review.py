"""The review band: pairs a person must decide, and links a person knows to be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sg_pipelines.domain.model.ref import Ref
from sg_pipelines.errors import QueryRejected
from sg_pipelines.operations.lookup import require_kept
from sg_pipelines.operations.representations import milliseconds
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document

ACCEPT = "accept"
REJECT = "reject"
SUPERSEDED = "superseded"


def waiting(workspace: Workspace) -> list[Document]:
    """Candidates nobody decided yet, most likely first."""
    found = workspace.store.find("candidates", {"status": "open"})
    return sorted(found, key=lambda candidate: (-candidate["confidence"], candidate["_id"]))


def decide(workspace: Workspace, ref: str, entity: str, verdict: str, *, by: str) -> Document:
    """Remember that a record does (`accept`) or does not (`reject`) belong to an entity, until somebody decides otherwise:
    a record belongs to one entity, so accepting another one takes the place of what was accepted before.

    The decision counts at the next reconcile, which the caller starts. QueryRejected when the record or the entity
    is not known, or the entity is of another kind.
    """
    _require(workspace, ref, entity)
    before = workspace.store.get("decisions", f"{ref}|{entity}") or {}
    decision = {
        "_id": f"{ref}|{entity}",
        "ref": ref,
        "entity": entity,
        "kind": Ref.parse(ref).kind,
        "verdict": verdict,
        "by": by,
        "at": milliseconds(workspace.clock.now()),
        "is_settled": False,
        "version": before.get("version", 0),
    }
    status = "accepted" if verdict == ACCEPT else "rejected"
    with workspace.store.transaction():
        if verdict == ACCEPT:
            workspace.store.put_many("decisions", list(_superseded(workspace, ref, entity)))
        workspace.store.put_many("decisions", [decision])
        candidates = [
            {**candidate, "status": status}
            for candidate in workspace.store.find("candidates", {"ref": ref})
            if candidate["entity"] == entity
        ]
        workspace.store.put_many("candidates", candidates)
    return decision


def _superseded(workspace: Workspace, ref: str, entity: str) -> Iterator[Document]:
    """What was accepted of the record before; looked at once more, so that its former entity is compared again."""
    for before in workspace.store.find("decisions", {"kind": Ref.parse(ref).kind}):
        if (before["ref"], before["verdict"]) == (ref, ACCEPT) and before["entity"] != entity:
            yield {**before, "verdict": SUPERSEDED, "is_settled": False}


def _require(workspace: Workspace, ref: str, entity: str) -> None:
    try:
        kind = Ref.parse(ref).kind
    except ValueError as error:
        raise QueryRejected(str(error), where=ref) from error
    require_kept(workspace, kind, ref)
    if not any(workspace.store.find("links", {"ref": ref, "open": True})):
        raise QueryRejected("this record is not linked to any entity", where=ref, remedy="`sg show` finds records")
    document = workspace.store.get("entities", entity)
    if document is None or document["redirect_to"] is not None:
        where = document["redirect_to"] if document else "`sg links list`"
        raise QueryRejected("there is no such entity", where=entity, remedy=f"See {where}")
    if document["kind"] != kind:
        raise QueryRejected(f"this is no {kind} but a {document['kind']}", where=entity, remedy="`sg show` tells kinds")


def decisions(workspace: Workspace, kind: str) -> Iterator[dict[str, Any]]:
    """Every decision of a kind that holds, oldest first."""
    found = (one for one in workspace.store.find("decisions", {"kind": kind}) if one["verdict"] != SUPERSEDED)
    yield from sorted(found, key=lambda decision: (decision["at"], decision["_id"]))
