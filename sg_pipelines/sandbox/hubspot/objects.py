"""The records of one object type: live, archived, deleted, or gone into another by a merge."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sg_pipelines.sandbox.hubspot.history import History, Source, grown
from sg_pipelines.sandbox.hubspot.object_types import ObjectType
from sg_pipelines.sandbox.hubspot.unique_values import UniqueValues
from sg_pipelines.sandbox.instants import iso_milliseconds
from sg_pipelines.sandbox.shelf import Body, Shelf
from sg_pipelines.sandbox.simulator import SandboxTime

LIVE, ARCHIVED, MERGED, DELETED = "live", "archived", "merged", "deleted"


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be made; without times of its own it is made and modified now. `history` is what it said before, where
    it said other things."""

    properties: Mapping[str, str | None]
    created_ms: int | None = None
    modified_ms: int | None = None
    merged_ids: tuple[int, ...] = ()
    source: Source = Source.CRM_UI
    history: History = field(default_factory=dict)


class Objects:
    """Records by id, ids ascending. `before` on a record is what the search index knew before the last change."""

    def __init__(self, kind: ObjectType, shelf: Shelf, time: SandboxTime) -> None:
        self.kind, self._shelf, self._time = kind, shelf, time
        self._ids: list[int] = []
        self._archived: set[int] = set()
        self._unique = UniqueValues(kind.unique)
        for number, body in shelf.items():
            self._index(number, body)

    def create(self, drafts: Iterable[Draft]) -> list[int]:
        """Make records, all at once; returns their ids in order."""
        now = self._time.now_ms()
        bodies = [_fresh(draft, now) for draft in drafts]
        ids = self._shelf.add(bodies)
        for number, body in zip(ids, bodies, strict=True):
            self._index(number, body)
        return ids

    def update(self, number: int, properties: Mapping[str, str | None], source: Source = Source.CRM_UI) -> None:
        """Change properties; the modification time moves on any change, an empty one too."""
        body, now = self.must(number), self._time.now_ms()
        history = grown(body, properties, now, source)
        self._change(number, body, now, properties={**body["properties"], **properties}, history=history)

    def archive(self, number: int) -> None:
        """Put away; it is listed with `archived=true` from now on."""
        now = self._time.now_ms()
        self._change(number, self.must(number), now, state=ARCHIVED, archived=now)

    def delete(self, number: int) -> None:
        """Remove for good: it is in no list any more."""
        self._change(number, self.must(number), self._time.now_ms(), state=DELETED)

    def erase(self, number: int) -> None:
        """Remove for good, and everything it said with it."""
        now = self._time.now_ms()
        self._change(number, self.must(number), now, state=DELETED, properties={}, merged_ids=[], history={})
        self._shelf.put(number, {**self.must(number), "before": None})

    def absorb(self, number: int, *, into: int) -> None:
        """A merge consumed it."""
        self._change(number, self.must(number), self._time.now_ms(), state=MERGED, merged_into=into)

    def get(self, number: int) -> Body | None:
        """Whatever its state."""
        return self._shelf.get(number)

    def must(self, number: int) -> Body:
        """Whatever its state; KeyError when there never was one."""
        body = self._shelf.get(number)
        if body is None:
            raise KeyError(f"there is no {self.kind.singular} {number}")
        return body

    def in_state(self, number: int, state: str) -> bool:
        """True for a record in that state."""
        body = self._shelf.get(number)
        return body is not None and body["state"] == state

    def holder(self, name: str, value: str) -> int | None:
        """The live record whose unique property says so, letter case aside."""
        return self._unique.find(name, value)

    def page(self, after: int, limit: int, state: str) -> list[tuple[int, Body]]:
        """Up to `limit` records in that state whose ids are greater than `after`."""
        ids = sorted(self._archived) if state == ARCHIVED else self._ids
        found = []
        for position in range(bisect_right(ids, after), len(ids)):
            body = self._shelf.get(ids[position])
            if body is not None and body["state"] == state:
                found.append((ids[position], body))
                if len(found) == limit:
                    break
        return found

    def live(self) -> list[int]:
        """Ids of live ones."""
        return [number for number, body in self._shelf.items() if body["state"] == LIVE]

    def indexed(self, lag_ms: int) -> Iterator[tuple[int, Body]]:
        """What search knows: changes younger than the lag are not there yet. Archived ones never are."""
        now = self._time.now_ms()
        for number, body in self._shelf.items():
            if now - body["changed"] < lag_ms:
                if body["before"] is not None and body["before"]["state"] == LIVE:
                    yield number, body["before"]
            elif body["state"] == LIVE:
                yield number, body

    def _index(self, number: int, body: Body) -> None:
        self._ids.append(number)
        if body["state"] == LIVE:
            self._unique.add(number, body["properties"])
        elif body["state"] == ARCHIVED:
            self._archived.add(number)

    def _change(self, number: int, body: Body, now: int, **fields: Any) -> None:
        before = {key: value for key, value in body.items() if key not in ("before", "history")}
        changed = {**body, **fields, "updated": now, "changed": now, "before": before}
        if body["state"] == LIVE:
            self._unique.remove(number, body["properties"])
        if changed["state"] == LIVE:
            self._unique.add(number, changed["properties"])
        self._archived.discard(number)
        if changed["state"] == ARCHIVED:
            self._archived.add(number)
        self._shelf.put(number, changed)


def _fresh(draft: Draft, now: int) -> Body:
    modified = now if draft.modified_ms is None else draft.modified_ms
    told: dict[str, Any] = {"history": draft.history} if draft.history else {}
    if draft.source is not Source.CRM_UI:
        told["source"] = draft.source
    return {
        "state": LIVE,
        "properties": dict(draft.properties),
        "created": modified if draft.created_ms is None else draft.created_ms,
        "updated": modified,
        "changed": modified,
        "archived": None,
        "merged_into": None,
        "merged_ids": list(draft.merged_ids),
        "before": None,
        **told,
    }


def system_property(number: int, body: Body, name: str) -> str | None:
    """What HubSpot itself says about a record."""
    match name:
        case "hs_object_id":
            return str(number)
        case "createdate" | "hs_createdate":
            return iso_milliseconds(body["created"])
        case "hs_merged_object_ids":
            return ";".join(str(one) for one in body["merged_ids"]) or None
        case _:
            return iso_milliseconds(body["updated"])
