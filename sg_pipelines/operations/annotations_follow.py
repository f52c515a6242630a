"""Notes and tags go with the records they were made about, when those hang on another entity from now on: merged, or told apart
again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sg_pipelines.operations.annotations import MERGED, TAG, key_of, stated_anew
from sg_pipelines.ports.store import Document, DocumentStore, In


def follow_records(store: DocumentStore, left: Collection[str], now_ms: int) -> None:
    """Of entities that records have `left`: what was said when none was there of those that are left goes to where most of its
    records are now. What still has a record there stays."""
    if not left:
        return
    found = [one for one in store.find("annotations", {"entity": In(sorted(left))}) if _is_standing(one)]
    refs = sorted({ref for one in found for ref in _refs(one)})
    where = (
        {link["ref"]: link["entity"] for link in store.find("links", {"ref": In(refs), "open": True})} if refs else {}
    )
    _move(store, found, {one["_id"]: _entity_of(one, where) for one in found}, now_ms)


def follow_redirects(store: DocumentStore, redirected: Mapping[str, str], now_ms: int) -> None:
    """What is still said of entities that became another one (`redirected`: old id → new id) goes along."""
    found = [one for one in store.find("annotations", {"entity": In(sorted(redirected))}) if _is_standing(one)]
    _move(store, found, {one["_id"]: redirected[one["entity"]] for one in found}, now_ms)


def follow_merges(store: DocumentStore, merged: Mapping[str, tuple[str, str]]) -> None:
    """What was said about a record that went into another one at its platform is about that one from now on. `merged`: ref → the
    entity it hung on, and the ref of the other one."""
    entities = sorted({entity for entity, _ in merged.values()})
    found = list(store.find("annotations", {"entity": In(entities)})) if entities else []
    about = {one["_id"]: sorted({merged[ref][1] if ref in merged else ref for ref in _refs(one)}) for one in found}
    store.put_many(
        "annotations", [{**one, "refs": about[one["_id"]]} for one in found if about[one["_id"]] != _refs(one)]
    )


def _is_standing(said: Document) -> bool:
    """It is open, or would be, had the entity not had that tag already."""
    return bool(said["open"] or said["removed_by"] == MERGED)


def _refs(said: Document) -> list[str]:
    """The records it is about; none are known of what was said before they were kept."""
    return list(said.get("refs", ()))


def _entity_of(said: Document, where: Mapping[str, str]) -> str:
    now = Counter(where[ref] for ref in _refs(said) if ref in where)
    entity: str = said["entity"]
    return entity if entity in now or not now else now.most_common(1)[0][0]


def _move(store: DocumentStore, found: Iterable[Document], to: Mapping[str, str], now_ms: int) -> None:
    """Those that stand first, so that a tag that gives way to one of them finds it."""
    there = store.find("annotations", {"entity": In(sorted(set(to.values()))), "open": True})
    leaving = {one["_id"] for one in found if to[one["_id"]] != one["entity"]}
    taken = {one["key"] for one in there if one["_id"] not in leaving}
    were_open: list[Document] = []
    had_given_way: list[Document] = []
    for said in sorted(found, key=lambda one: (not one["open"], one["made_at"], one["_id"])):
        entity = to[said["_id"]]
        now: dict[str, Any] = {"entity": entity, "key": key_of(said, entity)}
        if said["open"] and said["_id"] not in leaving:
            continue
        gives_way = said["type"] == TAG and now["key"] in taken
        if gives_way and said["open"]:
            now |= {"open": False, "removed_at": now_ms, "removed_by": MERGED}
        elif not gives_way:
            now |= {"open": True, "removed_at": None, "removed_by": None}
        taken.add(now["key"])
        moved = stated_anew(said, now, now_ms)
        if moved is not said:
            (were_open if said["open"] else had_given_way).append(moved)
    # Two that change places would have one key for a moment.
    store.put_many("annotations", [{**one, "open": False} for one in were_open])
    store.put_many("annotations", [{**one, "version": one["version"] + 1} for one in were_open])
    store.put_many("annotations", had_given_way)
