"""What people say of an entity, beside what platforms say of it: notes and tags.

They lie in a collection of their own, which a reconcile reads nothing from and changes no word of. An entity that is merged
into another takes its annotations along. What is removed is closed, so that the past can still be asked for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from sg_pipelines.errors import QueryRejected
from sg_pipelines.operations.lookup import entity_called
from sg_pipelines.operations.representations import milliseconds
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document, DocumentStore, In

NOTE, TAG = "note", "tag"


def annotate(workspace: Workspace, name: str, kind_of_it: str, text: str, *, author: str) -> Document:
    """Say something (`note` or `tag`) of the entity of that id or ref; a tag that is there already stays as it is. Returns the
    annotation. QueryRejected when there is no such entity, or nothing is said."""
    document, said = entity_called(workspace, name), text.strip()
    if not said:
        raise QueryRejected(f"an empty {kind_of_it} says nothing", where=name, remedy="Give a text")
    (annotation_id,) = workspace.mint(1)
    made = {
        "_id": annotation_id,
        "key": f"{document['_id']}|{said}" if kind_of_it == TAG else annotation_id,
        "kind": document["kind"],
        "entity": document["_id"],
        "type": kind_of_it,
        "text": said,
        "author": author,
        "made_at": milliseconds(workspace.clock.now()),
        "removed_at": None,
        "removed_by": None,
        "open": True,
    }
    standing = next(workspace.store.find("annotations", {"key": made["key"], "open": True}, limit=1), None)
    if standing is None:
        workspace.store.put_many("annotations", [made])
    return standing or made


def remove(workspace: Workspace, annotation_id: str, *, by: str) -> Document:
    """Take an annotation back; it stays in the past. QueryRejected when there is none of that id, or no longer."""
    found = workspace.store.get("annotations", annotation_id)
    if found is None or not found["open"]:
        raise QueryRejected(
            "there is no such note or tag", where=annotation_id, remedy="`sg notes list` shows their ids"
        )
    removed = found | {"open": False, "removed_at": milliseconds(workspace.clock.now()), "removed_by": by}
    workspace.store.put_many("annotations", [removed])
    return removed


def annotations_of(workspace: Workspace, entity: str) -> list[Document]:
    """What stands of an entity, oldest first."""
    found = workspace.store.find("annotations", {"entity": entity, "open": True})
    return sorted(found, key=lambda annotation: (annotation["made_at"], annotation["_id"]))


def standing(workspace: Workspace, limit: int) -> list[Document]:
    """What stands of all entities, newest first."""
    return list(workspace.store.find("annotations", {"open": True}, sort=[("made_at", -1), ("_id", -1)], limit=limit))


def follow(store: DocumentStore, redirected: Mapping[str, str], now_ms: int) -> None:
    """Annotations of entities that became another one (`redirected`: old id → new id) go along; a tag that the other one has
    already is closed."""
    moved = [
        said | {"entity": redirected[said["entity"]]}
        for said in store.find("annotations", {"entity": In(list(redirected)), "open": True})
    ]
    for said in moved:
        if said["type"] == TAG:
            said["key"] = f"{said['entity']}|{said['text']}"
    there = store.find("annotations", {"entity": In(sorted(set(redirected.values()))), "open": True})
    taken = {said["key"] for said in there}
    for said in moved:
        if said["key"] in taken:
            said |= {"open": False, "removed_at": now_ms, "removed_by": "merged"}
        taken.add(said["key"])
    store.put_many("annotations", moved)
