"""Records of one type as a shop keeps them: states, what the search index still holds, and look-ups by key.

Only what every type shares belongs here; what a customer or an order is made of does not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sg_pipelines.sandbox.shelf import Body, Shelf
from sg_pipelines.sandbox.simulator import SandboxTime

LIVE, DELETED, MERGED = "live", "deleted", "merged"
KeysOf = Callable[[Mapping[str, Any]], Iterable[Hashable]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be made: what it says, and when it was made and last changed (ms)."""

    said: dict[str, Any]
    created: int
    updated: int


class Records(Shelf):
    """Numbered records. `keys` name what live ones can be found by; what a record says decides its keys.

    `lag_ms` is how far the search index is behind.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        name: str,
        time: SandboxTime,
        *,
        first_id: int,
        lag_ms: Callable[[], int],
        keys: Mapping[str, KeysOf] | None = None,
    ) -> None:
        super().__init__(connection, name, first_id=first_id)
        self._time, self._lag_ms, self._keys = time, lag_ms, dict(keys or {})
        self._found: dict[str, dict[Hashable, dict[int, None]]] = {key: {} for key in self._keys}
        for number, body in self.items():
            self._enter(number, body)

    def make(self, drafts: Iterable[Draft]) -> list[int]:
        """Put new records away; returns their numbers in order."""
        bodies: list[Body] = [
            {
                "state": LIVE,
                "said": one.said,
                "created": one.created,
                "updated": one.updated,
                "changed": one.updated,
                "before": None,
            }
            for one in drafts
        ]
        numbers = self.add(bodies)
        for number, body in zip(numbers, bodies, strict=True):
            self._enter(number, body)
        return numbers

    def live(self, number: int) -> Body | None:
        """The record unless it is gone."""
        body = self.get(number)
        return body if body is not None and body["state"] == LIVE else None

    def all_live(self) -> Iterator[tuple[int, Body]]:
        """Live ones, numbers ascending."""
        return ((number, body) for number, body in list(self.items()) if body["state"] == LIVE)

    def indexed(self) -> Iterator[tuple[int, Body]]:
        """What search knows by now: changes younger than the lag are not in its index yet."""
        now, lag_ms = self._time.now_ms(), self._lag_ms()
        for number, body in list(self.items()):
            if now - body["changed"] < lag_ms:
                if body["before"] is not None and body["before"]["state"] == LIVE:
                    yield number, body["before"]
            elif body["state"] == LIVE:
                yield number, body

    def having(self, key: str, value: Hashable) -> list[int]:
        """Numbers of the live records with that key, ascending."""
        return sorted(self._found[key].get(value, ()))

    def first_having(self, key: str, value: Hashable) -> int | None:
        """The oldest live record with that key."""
        return min(self._found[key].get(value, ()), default=None)

    def must(self, number: int) -> Body:
        """The record whatever its state; KeyError when there never was one."""
        body = self.get(number)
        if body is None:
            raise KeyError(f"there is no record {number}")
        return body

    def say(self, number: int, said: Mapping[str, Any]) -> None:
        """Replace what a record says."""
        self.say_all({number: said})

    def say_all(self, said: Mapping[int, Mapping[str, Any]]) -> None:
        """The same for many, in one transaction."""
        self._change({number: {"said": dict(one)} for number, one in said.items()}, {})

    def end(self, number: int, state: str) -> None:
        """Deleted, or gone into another."""
        self._change({number: {"state": state}}, {})

    def touch(self, numbers: Iterable[int]) -> None:
        """They count as changed now."""
        self._change({number: {} for number in numbers}, {})

    def touch_at(self, times: Mapping[int, int]) -> None:
        """They count as changed then, if they were not changed later."""
        self._change({number: {} for number in times}, times)

    def _change(self, changes: Mapping[int, Mapping[str, Any]], times: Mapping[int, int]) -> None:
        now, lag_ms = self._time.now_ms(), self._lag_ms()
        for number, fields in changes.items():
            body = self.must(number)
            at = max(times[number], body["updated"]) if number in times else now
            # What the index holds now it goes on holding until the lag has passed.
            is_new = now - body["changed"] < lag_ms
            before = body["before"] if is_new else {key: value for key, value in body.items() if key != "before"}
            self._leave(number, body)
            self._records[number] = {**body, **fields, "updated": at, "changed": at, "before": before}
            self._enter(number, self._records[number])
        if changes:
            self._save(changes)

    def _enter(self, number: int, body: Body) -> None:
        if body["state"] == LIVE:
            for key, keys_of in self._keys.items():
                for value in keys_of(body["said"]):
                    self._found[key].setdefault(value, {})[number] = None

    def _leave(self, number: int, body: Body) -> None:
        if body["state"] == LIVE:
            for key, keys_of in self._keys.items():
                for value in keys_of(body["said"]):
                    self._found[key].get(value, {}).pop(number, None)
