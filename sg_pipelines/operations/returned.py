"""Records that come back, restored or kept again, are who they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sg_pipelines.domain.matching.types import DUPLICATE
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
    """Former links that hold again, by ref, and the entities they lead to, by id. Duplicates of an entity are its duplicates
    again; of all others one record per account takes its place, where it is free: who hung on this very entity before who
    hung on one that went into it, then who was there last. Who finds it taken is matched like a record never seen."""
    links: dict[str, Document] = {}
    entities: dict[str, Document] = {}
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for ref, link in last.items():
        document = standing(store, link["entity"])
        if document is None:
            continue
        entity = document["_id"]
        entities[entity] = document
        if link["role"] == DUPLICATE and link["entity"] == entity:
            links[ref] = link
        elif _is_free(document, link["account"]):
            places[entity, link["account"]].append(ref)
    for (entity, _), refs in places.items():
        first = min(refs, key=lambda ref: (last[ref]["entity"] != entity, -last[ref]["valid_to"], ref))
        links[first] = {**last[first], "entity": entity}
    found = {link["entity"] for link in links.values()}
    return links, {entity: document for entity, document in entities.items() if entity in found}


def _is_free(document: Document, account: str) -> bool:
    held = document["representations"].get(account)
    return held is None or held["state"] != RecordState.LIVE
