"""Which entity somebody means by an id, or by a record of it."""

from __future__ import annotations

from sg_pipelines.domain.model.ref import Ref
from sg_pipelines.errors import QueryRejected
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document


def entity_called(workspace: Workspace, name: str) -> Document:
    """The entity of that id, or of that ref (`hubspot/customer/501`), or what it became when it was merged into another.
    QueryRejected when there is no such entity or record."""
    entity = _entity_of_ref(workspace, name) if "/" in name else name
    while entity is not None:
        document = workspace.store.get("entities", entity)
        if document is None or document["redirect_to"] is None:
            break
        entity = document["redirect_to"]
    else:
        document = None
    if document is None:
        raise QueryRejected(
            "there is no such entity or linked record",
            where=name,
            remedy="Give an entity id or a ref such as hubspot/customer/501; `sg query` finds them",
        )
    return document


def _entity_of_ref(workspace: Workspace, name: str) -> str | None:
    try:
        ref = str(Ref.parse(name))
    except ValueError as error:
        raise QueryRejected(str(error), where=name) from error
    links = sorted(workspace.store.find("links", {"ref": ref}), key=lambda link: (link["open"], link["valid_from"]))
    return links[-1]["entity"] if links else None
