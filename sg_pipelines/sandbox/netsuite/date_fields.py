"""Which custom fields of an account are dates with a time of day. It is remembered in the sandbox's file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime


class DateFields:
    """Columns by their tables; `name` tells the real name of a table."""

    def __init__(self, connection: sqlite3.Connection, name: Callable[[str], str]) -> None:
        self._connection, self._name, self._table = connection, name, name("date_fields")
        connection.execute(
            f"create table if not exists {self._table} (held text, field text, primary key (held, field))"
        )
        self._known = {(held, field) for held, field in connection.execute(f"select held, field from {self._table}")}

    def has(self, table: str, column: str) -> bool:
        """True when the field is for dates."""
        return (table, column) in self._known

    def settle(self, table: str, column: str, *, is_date: bool) -> None:
        """The field is for dates from now on, or for texts. What it holds becomes a date; what is none is forgotten."""
        if is_date is self.has(table, column):
            return
        place = (table, column)
        if not is_date:
            self._known.remove(place)
            self._connection.execute(f"delete from {self._table} where held = ? and field = ?", place)
            return
        rows = f'select id, "{column}" from {self._name(table)} where "{column}" is not null'
        for number, said in self._connection.execute(rows).fetchall():
            change = f'update {self._name(table)} set "{column}" = ? where id = ?'
            self._connection.execute(change, (_date_or_none(said), number))
        self._known.add(place)
        self._connection.execute(f"insert into {self._table} values (?, ?)", place)


def as_date(said: object) -> str:
    """An ISO 8601 date or instant as columns hold instants. ValueError when it is none."""
    moment = datetime.fromisoformat(str(said))
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _date_or_none(said: object) -> str | None:
    try:
        return as_date(said)
    except ValueError:
        return None
