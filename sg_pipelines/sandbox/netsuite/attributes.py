"""What all kinds have in common between the world's words and columns: plain texts, custom fields, ids of others, times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.date_fields import as_date
from sg_pipelines.sandbox.netsuite.schema import CROSS_ID, PREFIXES
from sg_pipelines.sandbox.netsuite.selections import kept, unkept
from sg_pipelines.sandbox.simulator import Attributes, CustomField

CUSTOM = "custom_"
TABLES = {"company": "customer", "customer": "customer", "product": "item", "order": "transaction"}


class Wording:
    """The words of one kind: `plain` is attribute → column."""

    def __init__(self, database: Database, kind: str, plain: Mapping[str, str]) -> None:
        self._database, self._kind, self._plain = database, kind, plain
        self._table = TABLES[kind]
        self._prefix = PREFIXES[self._table]

    def values(self, attributes: Attributes) -> Row:
        """Columns of what is named; an empty text is null, as to Oracle."""
        values = {column: attributes[name] or None for name, column in self._plain.items() if name in attributes}
        own = self._database.field_names.of(self._kind)
        for name, value in attributes.items():
            if name in own:
                values[own[name]] = self._kept(own[name], value)
            elif name.startswith(CUSTOM):
                column = f"{self._prefix}{name.removeprefix(CUSTOM)}"
                values[column] = self._kept(column, value)
        for account, other in (attributes.get("cross_ids") or {}).items():
            values[f"{self._prefix}{account}_id"] = other or None
        return values

    def _kept(self, column: str, value: Any) -> Any:
        """ValueError for what is no date in a field for dates."""
        is_date = value and self._database.date_fields.has(self._table, column)
        return as_date(value) if is_date else kept(value)

    def prepare(self, rows: Iterable[Attributes]) -> list[Row]:
        """The same of many, with the custom fields made that they name. Not inside `whole`."""
        made = [self.values(row) for row in rows]
        named = {column for row in made for column in row if column.startswith(self._prefix)}
        self._database.give_fields(self._table, sorted(named))
        return made

    def read(self, row: Row) -> dict[str, Any]:
        """Attributes of a row."""
        said: dict[str, Any] = {name: row[column] for name, column in self._plain.items()}
        others: dict[str, str] = {}
        for column in self._database.custom_fields(self._table):
            named = CROSS_ID.fullmatch(column)
            if named is None:
                said[f"{CUSTOM}{column.removeprefix(self._prefix)}"] = unkept(row[column])
            elif row[column]:
                others[named["account"]] = row[column]
        own = self._database.field_names.of(self._kind)
        return {**said, **{name: unkept(row[column]) for name, column in own.items()}, "cross_ids": others}


def make_fields(database: Database, fields: Iterable[CustomField]) -> None:
    """Columns of these names, where NetSuite would let a custom field be called so."""
    for field in fields:
        table, column = TABLES[field.kind], field.name.lower()
        if database.is_custom(table, column):
            database.give_fields(table, [column])
            database.field_names.learn(field, column)
            database.date_fields.settle(table, column, is_date=field.is_instant)


def times(attributes: Attributes, now_ms: int, created: str) -> Row:
    """When a new record was made and last changed."""
    modified_ms = int(attributes.get("modified_at_ms", now_ms))
    created_ms = int(attributes.get("created_at_ms", modified_ms))
    return {created: iso_seconds(created_ms), "lastmodifieddate": iso_seconds(modified_ms)}


def number_or_none(text: Any) -> int | None:
    """A record id that is named, as its column keeps it."""
    return None if text in (None, "") else int(text)


def text_or_none(number: Any) -> str | None:
    """The way back."""
    return None if number is None else str(number)
