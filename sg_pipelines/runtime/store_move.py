"""Move a client's documents from one store into another, unchanged, versions included.

The target notes that a move into it has begun, and is not opened for work until it is finished. Documents go in order
of their ids, a batch a transaction, so that a move that was cut short goes on behind the last one that arrived. At the
end both sides are read once more and compared. What the source does meanwhile is noticed, never merged.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sg_pipelines.errors import ConfigurationError, FeedLost, StorageFailed
from sg_pipelines.ports.store import Document, DocumentStore, Range
from sg_pipelines.runtime.stores import MOVE, MOVES
from sg_pipelines.store.collections import IDENTITY, NAMES

BATCH = 1_000
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """One collection after the move: how many documents, how many of them this run brought, and their checksum."""

    collection: str
    documents: int
    brought: int
    checksum: str


def move(source: DocumentStore, target: DocumentStore, progress: Progress) -> list[Moved]:
    """Everything of the source into the empty target, or the rest of it after an interruption; moving what has been
    moved brings nothing and compares again. ConfigurationError when the target has documents of its own, StorageFailed
    when the source was written to meanwhile or the two differ in the end."""
    note = _begin(source, target, progress)
    brought = {}
    for name in NAMES:
        brought[name] = _bring(source, target, name) if not note["done"] else 0
        progress(f"{name}: {brought[name]:,} documents brought")
    moved = [_compared(source, target, name, brought[name]) for name in NAMES]
    _require_untouched(source, note["position"])
    if not note["done"]:
        target.put_many(MOVES.name, [note | {"done": True}])
    return moved


def _begin(source: DocumentStore, target: DocumentStore, progress: Progress) -> Document:
    here, there = _place(source), _place(target)
    if here == there:
        raise ConfigurationError("source and target are the same store", where=there, remedy="Name another with --to")
    note = target.get(MOVES.name, MOVE)
    if note is None:
        _require_empty(target)
    elif not _is_from(note, source):
        raise _in_use(there, f"it was filled from another store, at {note['source']}")
    elif note["done"]:
        return note | {"position": source.position()}
    elif not _is_changed_or_lost(source, note["position"]):
        progress("going on where an earlier move stopped")
        return note
    else:
        progress("the source has changed since an earlier move stopped: beginning anew")
        _empty(target)
    begun = {"source": here, "name": _name(source), "position": source.position(), "done": False}
    target.put_many(MOVES.name, [(note or {"_id": MOVE}) | begun])
    return target.get(MOVES.name, MOVE) or {}


def _is_from(note: Document, source: DocumentStore) -> bool:
    """By the name the store gave itself, wherever it lies by now; by its place, where one of them has none."""
    then, now = note.get("name"), _name(source)
    return bool(then == now) if then and now else _resolved(note["source"]) == _place(source)


def _name(store: DocumentStore) -> str | None:
    """Most have one: whatever was published says from which store."""
    return (store.get(IDENTITY, "name") or {}).get("name")


def _place(store: DocumentStore) -> str:
    return _resolved(store.state().location)


def _resolved(location: str) -> str:
    """One file has many paths, through links or from another folder."""
    return location if "://" in location else str(Path(location).resolve())


def _require_empty(target: DocumentStore) -> None:
    filled = [name for name in NAMES if target.count(name)]
    if filled:
        raise _in_use(target.state().location, f"there are documents in {', '.join(filled)}")


def _in_use(where: str, why: str) -> ConfigurationError:
    return ConfigurationError(
        f"the target is in use: {why}", where=where, remedy="Name an empty database, or put the file store.sqlite away"
    )


def _is_changed_or_lost(source: DocumentStore, position: str) -> bool:
    """True also when the source's feed does not reach back so far: then nobody can say."""
    try:
        return bool(source.feed(after=position, limit=1))
    except FeedLost:
        return True


def _require_untouched(source: DocumentStore, position: str) -> None:
    again = "Stop what works on this client (`sg up`, schedules), then run the same command again"
    where = source.state().location
    try:
        is_changed = bool(source.feed(after=position, limit=1))
    except FeedLost as lost:
        message = (
            "whether documents were written to the source while they were moved cannot be told: its feed is too short"
        )
        raise StorageFailed(message, where=where, remedy=again) from lost
    if is_changed:
        raise StorageFailed("documents were written to the source while they were moved", where=where, remedy=again)


def _empty(target: DocumentStore) -> None:
    for name in NAMES:
        while ids := [document["_id"] for document in target.find(name, limit=BATCH)]:
            target.delete(name, ids)


def _bring(source: DocumentStore, target: DocumentStore, name: str) -> int:
    last = next(target.find(name, sort=[("_id", -1)], limit=1), None)
    brought = 0
    for batch in _batches(source, name, after=last["_id"] if last else None):
        target.adopt(name, batch)
        brought += len(batch)
    return brought


def _batches(store: DocumentStore, name: str, *, after: str | None) -> Iterator[list[Document]]:
    documents = store.find(name, {"_id": Range(gt=after)}, sort=[("_id", 1)])
    while batch := list(islice(documents, BATCH)):
        yield batch


def _compared(source: DocumentStore, target: DocumentStore, name: str, brought: int) -> Moved:
    (here, checksum), (there, checksum_there) = _summed(source, name), _summed(target, name)
    if (here, checksum) != (there, checksum_there):
        raise StorageFailed(
            f"{name} differs between the two stores: {here:,} documents ({checksum}) and {there:,} ({checksum_there})",
            where=target.state().location,
            remedy="One of them was written to after the move; go on with the one that was, or move into an empty store",
        )
    return Moved(name, there, brought, checksum)


def _summed(store: DocumentStore, name: str) -> tuple[int, str]:
    """How many documents, and a checksum over all of them in the order of their ids."""
    digest, count = hashlib.blake2b(digest_size=16), 0
    for document in store.find(name, sort=[("_id", 1)]):
        digest.update(json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")
        count += 1
    return count, digest.hexdigest()
