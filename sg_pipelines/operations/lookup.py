"""Which entity somebody means by an id, or by a record of it."""

from __future__ import annotations

from sg_pipelines.domain.model.ref import Ref
from sg_pipelines.errors import QueryRejected
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document, DocumentStore


def entity_called(workspace: Workspace, name: str) -> Document:
    """The entity of that id, or of that ref (`hubspot/customer/501`), or what it became when it was merged into another.
    QueryRejected when there is no such entity or record, or the client file leaves its kind out."""
    entity = _entity_of_ref(workspace, name) if "/" in name else name
    document = standing(workspace.store, entity) if entity is not None else None
    if document is None:
        raise QueryRejected(
            "there is no such entity or linked record",
            where=name,
            remedy="Give an entity id or a ref such as hubspot/customer/501; `sg query` finds them",
        )
    require_kept(workspace, document["kind"], name)
    return document


def require_kept(workspace: Workspace, kind: str, where: str) -> None:
    """QueryRejected for a kind that the client file leaves out."""
    if kind not in workspace.plans:
        raise QueryRejected(
            f"the client file keeps no entities of kind {kind} any more",
            where=where,
            remedy="What was said and noted of them is kept; put the kind back into the client file to see it",
        )


def standing(store: DocumentStore, entity: str) -> Document | None:
    """The entity of that id, or what it became; None when there is none."""
    document = store.get("entities", entity)
    while document is not None and document["redirect_to"] is not None:
        document = store.get("entities", document["redirect_to"])
    return document


def current(store: DocumentStore, entity: str) -> str:
    """Follow redirects: what is said of an entity holds for the one it became. An id nobody knows stays as it is."""
    document = standing(store, entity)
    return entity if document is None else str(document["_id"])


def _entity_of_ref(workspace: Workspace, name: str) -> str | None:
    try:
        ref = str(Ref.parse(name))
    except ValueError as error:
        raise QueryRejected(str(error), where=name) from error
    links = sorted(workspace.store.find("links", {"ref": ref}), key=lambda link: (link["open"], link["valid_from"]))
    return links[-1]["entity"] if links else None
