"""What the kinds have in common between the world's words and a shop's records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.records import Draft, Records
from sg_pipelines.sandbox.simulator import Attributes

ONLY_HERE = frozenset(
    {
        "metafields",
        "note",
        "locale",
        "location_name",
        "location_note",
        "location_external_id",
        "compare_at_price",
        "taxable",
        "tracked",
        "requires_shipping",
    }
)


class KeptKind(Protocol):
    """A kind of the world, kept by one shop."""

    records: Records

    def create(self, rows: Iterable[Attributes]) -> list[int]:
        """Make records; ValueError when one names a neighbour that is not there."""
        ...

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named; None clears."""
        ...

    def delete(self, number: int) -> None:
        """Remove for good; ValueError when the platform refuses."""
        ...

    def neutral(self, number: int, body: Body) -> dict[str, Any]:
        """A record in the world's words, with its state."""
        ...


def kept(attributes: Attributes, words: Iterable[str]) -> dict[str, Any]:
    """Of a row, the named words and the custom fields; cross ids without blanks."""
    said = {word: attributes[word] for word in words if word in attributes}
    said |= {word: value for word, value in attributes.items() if word.startswith("custom_")}
    if "cross_ids" in attributes:
        said["cross_ids"] = {to: str(other) for to, other in (attributes["cross_ids"] or {}).items() if other}
    return said


def told(said: Mapping[str, Any]) -> dict[str, Any]:
    """A record's words for the world, without what only a shop knows."""
    return {"cross_ids": {}, **{word: value for word, value in said.items() if word not in ONLY_HERE}}


def draft(row: Attributes, said: dict[str, Any], now: int) -> Draft:
    """A new record with the times its row states."""
    updated = int(row.get("modified_at_ms", now))
    return Draft(said, int(row.get("created_at_ms", updated)), updated)


def neighbour(records: Records, kind: str, record_id: Any) -> str | None:
    """The id of a record somebody refers to; ValueError when it is not there."""
    if record_id in (None, ""):
        return None
    if records.live(int(record_id)) is None:
        raise ValueError(f"there is no {kind} {record_id}")
    return str(record_id)
