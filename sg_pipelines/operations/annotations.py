"""What people say of an entity, beside what platforms say of it: notes and tags.

They lie in a collection of their own, by which a reconcile decides nothing and of which it changes no word. They are about
the records that the entity had when they were made, and go with those (`annotations_follow.py`). What is removed is closed,
so that the past can still be asked for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sg_pipelines.errors import QueryRejected
from sg_pipelines.operations.lookup import entity_called
from sg_pipelines.operations.representations import milliseconds
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document

NOTE, TAG = "note", "tag"
# By whom a tag was closed that an entity had already
MERGED = "merged"


def annotate(workspace: Workspace, name: str, kind_of_it: str, text: str, *, author: str) -> Document:
    """Say something (`note` or `tag`) of the entity of that id or ref; a tag that is there already stays as it is. Returns the
    annotation. QueryRejected when there is no such entity, or nothing is said."""
    document, said = entity_called(workspace, name), text.strip()
    if not said:
        raise QueryRejected(f"an empty {kind_of_it} says nothing", where=name, remedy="Give a text")
    (annotation_id,) = workspace.mint(1)
    made = {
        "_id": annotation_id,
        "kind": document["kind"],
        "entity": document["_id"],
        "refs": _refs(document),
        "type": kind_of_it,
        "text": said,
        "author": author,
        "made_at": milliseconds(workspace.clock.now()),
        "removed_at": None,
        "removed_by": None,
        "open": True,
    }
    made["key"] = key_of(made, document["_id"])
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
    now_ms = milliseconds(workspace.clock.now())
    taken_back = {"open": False, "removed_at": now_ms, "removed_by": by}
    others = workspace.store.find("annotations", {"entity": found["entity"], "open": False})
    gave_way = [one for one in others if (one["key"], one["removed_by"]) == (found["key"], MERGED)]
    written = [found | taken_back, *(stated_anew(one, taken_back, now_ms) for one in gave_way)]
    workspace.store.put_many("annotations", written)
    return found | taken_back


def stated_anew(said: Document, now: Mapping[str, Any], now_ms: int | None) -> Document:
    """The same with other words about its life; what they were until now is kept under `earlier`."""
    former = {name: said[name] for name, value in now.items() if said[name] != value}
    return {**said, **now, "earlier": [*said.get("earlier", ()), {"until": now_ms, **former}]} if former else said


def key_of(said: Document, entity: str) -> str:
    """What an entity has once: a tag by its text, a note by itself."""
    return f"{entity}|{said['text']}" if said["type"] == TAG else said["_id"]


def _refs(document: Document) -> list[str]:
    """The records an entity has."""
    held = [(account, one) for account, one in document["representations"].items()]
    held += [(one["account"], one) for one in document["duplicates"]]
    return sorted(f"{account}/{document['kind']}/{one['record_id']}" for account, one in held)


def annotations_of(workspace: Workspace, entity: str) -> list[Document]:
    """What stands of an entity, oldest first."""
    found = workspace.store.find("annotations", {"entity": entity, "open": True})
    return sorted(found, key=lambda annotation: (annotation["made_at"], annotation["_id"]))


def standing(workspace: Workspace, limit: int) -> list[Document]:
    """What stands of all entities, newest first."""
    return list(workspace.store.find("annotations", {"open": True}, sort=[("made_at", -1), ("_id", -1)], limit=limit))
