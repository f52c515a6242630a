"""Records in the record service's words: references and enumerations are objects, booleans and times are JSON's.

Only shapes are here; which record, and whether it may change, belongs to `record_service` and `record_desks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.numbers import exact, plain
from sg_pipelines.sandbox.netsuite.record_types import Field, Form, RecordType
from sg_pipelines.sandbox.netsuite.references import References

Row = Mapping[str, Any]
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Style:
    """How an answer is written: under which address, enumerations as objects or (`is_simple`) as their ids."""

    root: str
    references: References
    is_simple: bool = False

    def reference(self, target: str, number: int | None) -> dict[str, Any] | None:
        """An object that names another record."""
        if number is None:
            return None
        links = [link(f"{self.root}/{target}/{number}")]
        title = self.references.title(target, number)
        return {"links": links, "id": str(number), **({} if title is None else {"refName": title})}

    def enum(self, value: str, title: str) -> Any:
        """A value of an enumeration."""
        return value if self.is_simple else {"id": value, "refName": title}

    def value(self, field: Field, stored: Any) -> Any:
        """A column as the field shows it; None for nothing."""
        if stored is None:
            return None
        if field.form is Form.NUMBER:
            return plain(field.sign * stored)
        if field.form is Form.REFERENCE:
            return self.reference(field.target, stored)
        if field.form is Form.ENUM:
            return self.enum(stored, field.words.get(stored, stored))
        if field.form is Form.DAY:
            return stored[:10]
        return stored == "T" if field.form is Form.FLAG else stored


def link(href: str) -> dict[str, str]:
    """A link of a resource to itself."""
    return {"rel": "self", "href": href}


def shown(type_: RecordType, row: Row, custom: Iterable[str], style: Style) -> Line:
    """The body fields of a record; empty ones are left out."""
    cells = {field.name: style.value(field, row[field.column]) for field in type_.fields}
    cells |= {name: row[name] for name in custom}
    return {name: value for name, value in cells.items() if value is not None}


def collection(href: str, lines: Sequence[tuple[str, Line]]) -> Line:
    """A sublist in whole; each line with its key."""
    items = [{"links": [link(f"{href}/{key}")], **line} for key, line in lines]
    counted = {"totalResults": len(items), "count": len(items), "hasMore": False, "offset": 0}
    return {"links": [link(href)], "items": items, **counted}


def selected(record: Line, fields: str, known: Iterable[str]) -> Line:
    """The same with the named fields only. Refused names a field this account does not have."""
    wanted = {name.strip() for name in fields.split(",")}
    for name in sorted(wanted - {"id", *known}):
        raise Refused(400, "INVALID_PARAMETER", f"There is no field {name}.", place="QueryParam", name="fields")
    return {name: value for name, value in record.items() if name in wanted or name in ("id", "links")}


def stored(field: Field, value: Any, references: References, path: str = "") -> Any:
    """The column value of what a body says; null clears. Refused says where it is when it has not the field's form."""
    place = f"{path}{field.name}"
    if not field.is_set:
        raise wrong(place, f"The field {place} cannot be set.")
    if field.form is Form.REFERENCE:
        return references.number(field.target, value, place)
    if value is None:
        return None
    readers = {Form.TEXT: _text, Form.NUMBER: _number, Form.FLAG: _flag, Form.DAY: _day, Form.ENUM: _enum}
    read = readers[field.form](field, value)
    if read is None:
        raise wrong(place, f"Invalid Field Value for the following field: {place}")
    return read or None


def wrong(place: str, detail: str) -> Refused:
    """Content that is refused, with the place."""
    return Refused(400, "INVALID_CONTENT", detail, place="Path", name=place)


def _text(field: Field, value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(field: Field, value: Any) -> str | None:
    number = decimal(value)
    return None if number is None else str(field.sign * number)


def _flag(field: Field, value: Any) -> str | None:
    return ("T" if value else "F") if isinstance(value, bool) else None


def _day(field: Field, value: Any) -> str | None:
    return day(value)


def decimal(value: Any) -> Decimal | None:
    """A JSON number as it was meant; None when it is none that can be kept."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return exact(value)
    except ValueError:
        return None


def day(value: Any) -> str | None:
    """A day of ISO 8601 as its column keeps it; None when it is none."""
    if not isinstance(value, str) or len(value) != len("2026-11-24"):
        return None
    try:
        date.fromisoformat(value)
    except ValueError:
        return None
    return f"{value}T00:00:00Z"


def _enum(field: Field, value: Any) -> str | None:
    chosen = value.get("id") if isinstance(value, dict) else value
    return chosen if isinstance(chosen, str) and chosen in field.settable else None
