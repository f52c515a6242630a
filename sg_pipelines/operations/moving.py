"""Entities that lose records to others while a reconcile writes: remembered first, so that whatever cuts it off, the next one
finishes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.operations.cast import Cast
from sg_pipelines.operations.lookup import current
from sg_pipelines.ports.store import DocumentStore, In

Redirect = Callable[[Mapping[str, str]], None]


def remember_moves(store: DocumentStore, kind: str, cast: Cast) -> None:
    """Before anything of them is written: who loses a record, and who is to be redirected; beside what was cut off before."""
    before = cast.rows.column("prior_entity")
    now = pa.chunked_array([pa.array(cast.entity_ids, pa.string())]).take(pa.array(cast.entity_of_row))
    losing = before.filter(pc.fill_null(pc.not_equal(before, now), False)).unique().to_pylist()
    if losing or cast.redirected:
        found = store.get("memory", _id(kind)) or {"_id": _id(kind), "entities": [], "redirected": {}}
        entities = sorted({*found["entities"], *losing, *cast.redirected})
        redirected = {**found["redirected"], **cast.redirected}
        store.put_many("memory", [{**found, "entities": entities, "redirected": redirected}])


def forget_moves(store: DocumentStore, kind: str) -> None:
    """All of it is written."""
    store.delete("memory", [_id(kind)])


def cut_off(store: DocumentStore, kind: str) -> list[str]:
    """Entities that were losing records when a reconcile was cut off, to be looked at again."""
    found = store.get("memory", _id(kind))
    return [] if found is None else list(found["entities"])


def finish_redirects(store: DocumentStore, kind: str, redirect: Redirect) -> None:
    """Redirect those that were to be, have lost all their records by now and have one of them where they were to go; others are
    looked at again."""
    found = store.get("memory", _id(kind))
    if found is None:
        return
    now = {old: current(store, new) for old, new in found["redirected"].items() if current(store, old) == old}
    redirect({old: new for old, new in now.items() if old != new and _is_emptied_into(store, old, new)})


def _is_emptied_into(store: DocumentStore, old: str, new: str) -> bool:
    if any(store.find("links", {"entity": old, "open": True}, limit=1)):
        return False
    refs = sorted({link["ref"] for link in store.find("links", {"entity": old})})
    return any(link["entity"] == new for link in store.find("links", {"ref": In(refs), "open": True}))


def _id(kind: str) -> str:
    return f"moving:{kind}"
