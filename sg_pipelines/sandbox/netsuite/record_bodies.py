"""A body that was sent, read: columns and sublist lines, and the unknown names that were dropped.

The header X-NetSuite-PropertyNameValidation decides about unknown names: `error` refuses them, `ignore` drops them, and
`warning`, which is meant when nothing is said, drops them and says so in the answer's Warning header.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.database import Database
from sg_pipelines.sandbox.netsuite.date_fields import as_date
from sg_pipelines.sandbox.netsuite.record_shapes import Line, stored, wrong
from sg_pipelines.sandbox.netsuite.record_types import LINE_FIELDS, Field, RecordType
from sg_pipelines.sandbox.netsuite.references import References

HEADER = "X-NetSuite-PropertyNameValidation"
POLICIES = ("error", "warning", "ignore")
UNREAD = ("links", "id", "refName")
# The one record that is inside a line
INSIDE = "addressBookAddress"


@dataclass(slots=True)
class Body:
    """What a body says. `dropped` are paths of unknown names, to be told to the caller."""

    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)


class BodyReader:
    """Reads bodies of one record type. Custom fields are known when the account has them."""

    def __init__(self, type_: RecordType, database: Database, references: References) -> None:
        self._type, self._database, self._references = type_, database, references

    def read(self, said: Any, headers: Mapping[str, str]) -> Body:
        """Refused names what is wrong, and where."""
        policy = headers.get(HEADER, "warning").lower()
        if policy not in POLICIES:
            detail = f"{HEADER} must be one of {', '.join(POLICIES)}."
            raise Refused(400, "INVALID_HEADER", detail, place="Header", name=HEADER)
        if not isinstance(said, dict):
            raise wrong("", "The body must be one record.")
        body = Body()
        for name, value in said.items():
            self._read(body, name, value)
        if body.dropped and policy == "error":
            raise wrong(body.dropped[0], f"Unknown field name: {body.dropped[0]}")
        if policy == "ignore":
            body.dropped.clear()
        return body

    def _read(self, body: Body, name: str, value: Any) -> None:
        known = self._type.field(name)
        if known is not None:
            body.values[known.column] = stored(known, value, self._references)
        elif name in self._type.sublists:
            body.lines[name] = _lines(name, value, body.dropped)
        elif name in self._type.derived:
            raise wrong(name, f"The field {name} cannot be set.")
        elif self._database.is_custom(self._type.table, name) and self._database.has(self._type.table, name):
            said = stored(Field(name, name), value, self._references)
            body.values[name] = self._dated(name, said) if said is not None else None
        elif name not in UNREAD:
            body.dropped.append(name)

    def _dated(self, name: str, said: Any) -> Any:
        if not self._database.date_fields.has(self._type.table, name):
            return said
        try:
            return as_date(said)
        except ValueError as error:
            raise wrong(name, f"Invalid Field Value for the following field: {name}") from error


def _lines(name: str, value: Any, dropped: list[str]) -> list[Line]:
    items = value.get("items") if isinstance(value, dict) else value
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise wrong(name, f"{name} must hold its lines as items.")
    return [_known(name, line, f"{name}.items[{n}]", dropped) for n, line in enumerate(items)]


def _known(name: str, line: Line, path: str, dropped: list[str]) -> Line:
    """A line, and what is inside it, without the names that are not known."""
    dropped += [f"{path}.{one}" for one in line if one not in LINE_FIELDS[name]]
    known = {one: value for one, value in line.items() if one in LINE_FIELDS[name]}
    inside = known.get(INSIDE)
    if isinstance(inside, dict):
        known[INSIDE] = _known(INSIDE, inside, f"{path}.{INSIDE}", dropped)
    return known
