"""One entity laid open: what each account says, what was agreed, who moved, why the records hang together."""

from __future__ import annotations

from typing import Any

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.kinds import Field
from sg_pipelines.domain.model.ref import Ref
from sg_pipelines.errors import QueryRejected
from sg_pipelines.operations.originals import original
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document


def show(workspace: Workspace, name: str) -> dict[str, Any]:
    """Everything about the entity of that id, or of that ref (`hubspot/customer/501`).

    Values are real ones: this is the place to see them. Returns `entity`, `kind`, `state`, `reached_by` (an old id
    or ref that led here), `representations`, `fields`, `links`, `discrepancies`, `history`, `candidates`. Instants are UTC milliseconds.
    QueryRejected when there is no such entity or record.
    """
    document = _find(workspace, name)
    plan = workspace.plans[document["kind"]]
    entity = document["_id"]
    links = sorted(workspace.store.find("links", {"entity": entity}), key=lambda link: (not link["open"], link["ref"]))
    return {
        "entity": entity,
        "kind": document["kind"],
        "state": document["state"],
        "reached_by": None if name == entity else name,
        "representations": document["representations"],
        "duplicates": document["duplicates"],
        "fields": [_cell(field, document, plan) for field in plan.kind.fields],
        "derived": document["derived"],
        "operator": document["operator"],
        "links": links,
        "discrepancies": sorted(
            workspace.store.find("discrepancies", {"entity": entity}),
            key=lambda found: (not found["open"], found["subject"], found["first_seen_at"]),
        ),
        "candidates": list(workspace.store.find("candidates", {"entity": entity, "status": "open"})),
        "history": sorted(workspace.store.find("history", {"entity": entity}), key=lambda change: change["seen_at"]),
        "updated_at": document["updated_at"],
    }


def _find(workspace: Workspace, name: str) -> Document:
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


def _cell(field: Field, document: Document, plan: KindPlan) -> dict[str, Any]:
    cell = document["fields"].get(field.name, {})
    policy = next(policy for policy in plan.policy.fields if policy.field == field.name)
    owner = ", ".join(policy.owners) or policy.ownership.value
    return {
        "field": field.name,
        "value": cell.get("value"),
        "source": cell.get("source"),
        "confidence": cell.get("confidence"),
        "base": cell.get("base"),
        "has_base": cell.get("has_base", False),
        "base_at": cell.get("base_at"),
        "owner": owner if policy.owners or policy.ownership.value != "listed" else "nobody",
        "speaks": list(policy.accounts),
        "originals": {
            account: original(field, stored, account)
            for account, stored in document["representations"].items()
            if stored["state"] == "live" and account in policy.accounts
        },
    }
