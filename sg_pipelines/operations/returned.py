"""Records that come back, restored or kept again, are who they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.operations.chunks import chunks
from sg_pipelines.operations.lookup import standing
from sg_pipelines.ports.store import Document, DocumentStore, In


def last_links(store: DocumentStore, refs: Sequence[str]) -> dict[str, Document]:
    """By ref the link that ended last, of records that hang on nothing now."""
    found: dict[str, Document] = {}
    for chunk in chunks(refs):
        for link in store.find("links", {"ref": In(chunk), "open": False}):
            if link["ref"] not in found or found[link["ref"]]["valid_to"] < link["valid_to"]:
                found[link["ref"]] = link
    return found


def resume(store: DocumentStore, last: Mapping[str, Document]) -> tuple[dict[str, Document], dict[str, Document]]:
    """Former links that hold again, by ref, and the entities they lead to, by id: those whose place at the account nobody
    else has taken. Who finds it taken is matched like a record never seen."""
    links, entities = {}, {}
    for ref, link in last.items():
        document = standing(store, link["entity"])
        if document is not None and _is_free(document, link["account"]):
            links[ref] = {**link, "entity": document["_id"]}
            entities[document["_id"]] = document
    return links, entities


def _is_free(document: Document, account: str) -> bool:
    held = document["representations"].get(account)
    return held is None or held["state"] != RecordState.LIVE
