"""What a search for changes asks, page after page: which records, in which order. Nothing here asks it.

Sorted by time, records of one time come in whatever order: the platform promises none, and takes one sort only. So the
next page begins at the last time of the page before, that time included. Where that is no later, one time fills more than
a page: it alone is asked for by id, from the lowest, and then what is past it. Time filters take milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

ID = "hs_object_id"


@dataclass(frozen=True, slots=True)
class Question:
    """Records for which every filter (property, operator, value) holds, by the property `sort`, ascending. `modified` is
    the property that holds the time."""

    modified: str
    filters: tuple[tuple[str, str, int], ...]
    sort: str

    def body(self, properties: Sequence[str], *, limit: int) -> dict[str, Any]:
        """As the platform takes it."""
        filters = [{"propertyName": name, "operator": how, "value": str(value)} for name, how, value in self.filters]
        return {
            "filterGroups": [{"filters": filters}],
            "sorts": [{"propertyName": self.sort, "direction": "ASCENDING"}],
            "properties": list(properties),
            "limit": limit,
        }

    def after_page(self, *, last_ms: int, last_id: int) -> Question:
        """What to ask after a page that was not the last and ended with that time and that id."""
        start_ms = self._time_ms
        if self.sort == ID:
            return _at(self.modified, start_ms, beyond_id=last_id)
        return asked_since(self.modified, last_ms) if last_ms > start_ms else _at(self.modified, start_ms)

    def at_its_end(self) -> Question | None:
        """What to ask after the last page; None when nothing is left."""
        if self.sort != ID:
            return None
        return Question(self.modified, ((self.modified, "GT", self._time_ms),), self.modified)

    @property
    def _time_ms(self) -> int:
        """The time that is asked for, or from which on."""
        ((_, _, time_ms), *_) = self.filters
        return time_ms


def asked_since(modified: str, start_ms: int) -> Question:
    """Everything modified at a time or later, by time."""
    return Question(modified, ((modified, "GTE", start_ms),), modified)


def _at(modified: str, at_ms: int, *, beyond_id: int = 0) -> Question:
    """What was modified at one time, by id."""
    return Question(modified, ((modified, "EQ", at_ms), (ID, "GT", beyond_id)), ID)
