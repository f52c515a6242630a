"""Contacts as HubSpot keeps them: live, archived, or gone into another by a merge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sg_pipelines.sandbox.hubspot.properties import UNIQUE, from_neutral, to_neutral
from sg_pipelines.sandbox.instants import iso_milliseconds
from sg_pipelines.sandbox.shelf import Body, Shelf
from sg_pipelines.sandbox.simulator import Attributes, SandboxTime

LIVE, ARCHIVED, MERGED, DELETED = "live", "archived", "merged", "deleted"


class Contacts:
    """The contacts of one account. `before` on a record is what the search index knew before the last change."""

    def __init__(self, shelf: Shelf, time: SandboxTime) -> None:
        self._shelf, self._time = shelf, time

    def create(self, rows: Iterable[Attributes]) -> list[int]:
        """Make contacts from neutral attributes."""
        now = self._time.now_ms()
        return self._shelf.add(self._fresh(from_neutral(row), row, now) for row in rows)

    def create_from_properties(self, properties: Mapping[str, str | None]) -> int:
        """Make one from HubSpot's own properties."""
        return self._shelf.add([self._fresh(dict(properties), {}, self._time.now_ms())])[0]

    def _fresh(self, properties: dict[str, str | None], row: Attributes, now: int) -> Body:
        created = int(row.get("created_at_ms", row.get("modified_at_ms", now)))
        return {
            "state": LIVE,
            "properties": properties,
            "created": created,
            "updated": int(row.get("modified_at_ms", now)),
            "changed": now if "modified_at_ms" not in row else int(row["modified_at_ms"]),
            "archived": None,
            "merged_into": None,
            "merged_ids": [],
            "before": None,
        }

    def update(self, number: int, properties: Mapping[str, str | None]) -> None:
        """Change properties; an empty string clears. The modification time moves on any change."""
        body = self._must(number)
        cleared = {name: value or None for name, value in properties.items()}
        self._change(number, body, properties={**body["properties"], **cleared})

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change neutral attributes as a person would."""
        self.update(number, from_neutral(attributes))

    def archive(self, number: int) -> None:
        """Put away; it is listed with `archived=true` from now on."""
        self._change(number, self._must(number), state=ARCHIVED, archived=self._time.now_ms())

    def delete(self, number: int) -> None:
        """Remove for good: it is in no list any more."""
        self._change(number, self._must(number), state=DELETED)

    def merge(self, winner: int, loser: int) -> int:
        """A new contact carries on; both inputs vanish without being archived."""
        one, two = self._must(winner), self._must(loser)
        combined = {**two["properties"], **{k: v for k, v in one["properties"].items() if v is not None}}
        survivor = self.create_from_properties(combined)
        body = self._must(survivor)
        body["created"] = min(one["created"], two["created"])
        body["merged_ids"] = sorted({winner, loser, *one["merged_ids"], *two["merged_ids"]})
        self._shelf.put(survivor, body)
        for number, gone in ((winner, one), (loser, two)):
            self._change(number, gone, state=MERGED, merged_into=survivor)
        return survivor

    def get(self, number: int) -> Body | None:
        """Whatever its state."""
        return self._shelf.get(number)

    def by_unique(self, name: str, value: str) -> int | None:
        """The live contact whose unique property says so, letter case aside."""
        if name not in UNIQUE:
            return int(value) if value.isdigit() else None
        wanted = value.strip().casefold()
        return next((n for n, b in self.live() if (b["properties"].get(name) or "").casefold() == wanted), None)

    def live(self) -> Iterator[tuple[int, Body]]:
        """Live ones, ids ascending."""
        return ((number, body) for number, body in self._shelf.items() if body["state"] == LIVE)

    def archived(self) -> Iterator[tuple[int, Body]]:
        """Archived ones, ids ascending."""
        return ((number, body) for number, body in self._shelf.items() if body["state"] == ARCHIVED)

    def indexed(self, lag_ms: int) -> Iterator[tuple[int, Body]]:
        """What search knows: changes younger than the lag are not there yet. Archived ones never are."""
        now = self._time.now_ms()
        for number, body in self._shelf.items():
            if now - body["changed"] < lag_ms:
                if body["before"] is not None and body["before"]["state"] == LIVE:
                    yield number, body["before"]
            elif body["state"] == LIVE:
                yield number, body

    def neutral(self, number: int) -> dict[str, Any] | None:
        """A contact in the world's words."""
        body = self._shelf.get(number)
        return None if body is None else {**to_neutral(body["properties"]), "state": body["state"]}

    def _must(self, number: int) -> Body:
        body = self._shelf.get(number)
        if body is None:
            raise KeyError(f"there is no contact {number}")
        return body

    def _change(self, number: int, body: Body, **fields: Any) -> None:
        now = self._time.now_ms()
        before = {key: value for key, value in body.items() if key != "before"}
        self._shelf.put(number, {**body, **fields, "updated": now, "changed": now, "before": before})


def stated(number: int, body: Body) -> dict[str, str | None]:
    """All properties as HubSpot states them, system ones included."""
    merged = ";".join(str(one) for one in body["merged_ids"]) or None
    return {
        **body["properties"],
        "hs_object_id": str(number),
        "createdate": iso_milliseconds(body["created"]),
        "lastmodifieddate": iso_milliseconds(body["updated"]),
        "hs_merged_object_ids": merged,
    }
