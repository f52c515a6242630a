"""The tables of one account in the sandbox's file, kept as they are written, so that SuiteQL runs on them directly.

Ids are never given twice, times have whole seconds, and a custom field is there from the moment it is first named.
What a customer or an order is made of belongs to the modules that use this one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sg_pipelines.sandbox.field_names import FieldNames
from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.netsuite.date_fields import DateFields
from sg_pipelines.sandbox.netsuite.schema import (
    COLUMNS,
    CROSS_ID,
    CUSTOM,
    ENTITIES,
    HIDDEN,
    INDEXES,
    KEYS,
    PREFIXES,
    declared,
)
from sg_pipelines.sandbox.simulator import SandboxTime

Row = dict[str, Any]
FIRST_IDS = {
    "entity": 1001, "entityaddress": 1_001_001, "item": 101, "transaction": 5001, "location": 1,
    "currency": 1,
}  # fmt: skip


class Database:
    """Rows of one account. Table and column names are the schema's; values are as SQLite keeps them. `field_names` are
    those the client gave its custom fields, `date_fields` say which of these are dates."""

    def __init__(self, connection: sqlite3.Connection, account: str, time: SandboxTime) -> None:
        self.connection, self._time = connection, time
        self._prefix = account
        self.field_names = FieldNames(connection, account)
        self.date_fields = DateFields(connection, self.name)
        self._columns: dict[str, set[str]] = {}
        connection.execute(f"create table if not exists {self.name('ids')} (name text primary key, last integer)")
        for table in COLUMNS:
            self._make(table)
        self._follow_entities()
        self._adopt()

    @property
    def now(self) -> str:
        """The clock's time as rows hold it."""
        return iso_seconds(self._time.now_ms())

    @property
    def now_ms(self) -> int:
        """The clock's time in milliseconds."""
        return self._time.now_ms()

    def name(self, table: str) -> str:
        """The real name of a table."""
        return f'"{self._prefix}_{table}"'

    # --- columns -------------------------------------------------------------------------------------------

    def has(self, table: str, column: str) -> bool:
        """True for a column of that table. A field for another account's id is made by asking for it: an account
        that is integrated has one per integration."""
        known = self._columns.get(table, set())
        if column not in known and self.is_cross_id(table, column):
            self.give_fields(table, [column])
        return column in known and column not in HIDDEN.get(table, ())

    def is_custom(self, table: str, column: str) -> bool:
        """True for the name of a custom field such as this table can have."""
        return table in PREFIXES and column.startswith(PREFIXES[table]) and CUSTOM.fullmatch(column) is not None

    def is_cross_id(self, table: str, column: str) -> bool:
        """True for the name of a field that holds an id of another system."""
        return self.is_custom(table, column) and CROSS_ID.fullmatch(column) is not None

    def custom_fields(self, table: str) -> list[str]:
        """Custom fields made so far, in the order of their names."""
        return sorted(column for column in self._columns[table] if self.is_custom(table, column))

    def give_fields(self, table: str, columns: Iterable[str]) -> None:
        """Make custom fields that are not there yet, outside of `whole`. ValueError for a name none can have."""
        for column in columns:
            if column in self._columns[table]:
                continue
            if not self.is_custom(table, column):
                raise ValueError(f"a custom field of {table} cannot be called {column!r}")
            self._add_column(table, column)

    # --- rows ----------------------------------------------------------------------------------------------

    @contextmanager
    def whole(self) -> Iterator[None]:
        """All of what is done inside, or nothing; inside another one it is part of that."""
        if self.connection.in_transaction:
            yield
            return
        with self.connection:
            self.connection.execute("begin")
            yield

    def take_ids(self, sequence: str, count: int = 1) -> range:
        """The next ids of a sequence, never to be given again."""
        ids = self.name("ids")
        found = self.connection.execute(f"select last from {ids} where name = ?", (sequence,)).fetchone()
        first = int(found[0]) + 1 if found else FIRST_IDS[sequence]
        self.connection.execute(f"insert or replace into {ids} values (?, ?)", (sequence, first + count - 1))
        return range(first, first + count)

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """New rows; what a row does not name is null."""
        columns = list(dict.fromkeys(column for row in rows for column in row))
        self.insert_values(table, columns, [[row.get(column) for column in columns] for row in rows])

    def insert_values(self, table: str, columns: Sequence[str], values: Iterable[Sequence[Any]]) -> None:
        """New rows by position: the fast way for many."""
        marks, names = ", ".join("?" * len(columns)), ", ".join(f'"{column}"' for column in columns)
        if columns:
            self.connection.executemany(f"insert into {self.name(table)} ({names}) values ({marks})", values)

    def update(self, table: str, key: int, values: Mapping[str, Any]) -> None:
        """Change columns of the row with that key."""
        if values:
            assigned = ", ".join(f'"{column}" = ?' for column in values)
            sql = f'update {self.name(table)} set {assigned} where "{KEYS[table]}" = ?'
            self.connection.execute(sql, [*values.values(), key])

    def remove(self, table: str, **where: Any) -> None:
        """Rows with these values go."""
        condition, parameters = _condition(where)
        self.connection.execute(f"delete from {self.name(table)} where {condition}", parameters)

    def rows(self, table: str, *, order: str = "rowid", **where: Any) -> list[Row]:
        """Rows with these values."""
        condition, parameters = _condition(where)
        return self.query(f"select * from {self.name(table)} where {condition} order by {order}", parameters)

    def row(self, table: str, **where: Any) -> Row | None:
        """The first such row."""
        found = self.rows(table, **where)
        return found[0] if found else None

    def ids(self, table: str, **where: Any) -> list[int]:
        """Ids of rows with these values, ascending."""
        condition, parameters = _condition(where)
        found = self.connection.execute(f"select id from {self.name(table)} where {condition} order by id", parameters)
        return [row[0] for row in found]

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Rows of any SQL over real names."""
        cursor = self.connection.execute(sql, parameters)
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    # --- making tables -------------------------------------------------------------------------------------

    def _make(self, table: str) -> None:
        columns = (*COLUMNS[table], *HIDDEN.get(table, ()))
        named = ", ".join(declared(table, column) for column in columns)
        kind = self.connection.execute("select type from sqlite_master where name = ?", (f"{self._prefix}_{table}",))
        if (kind.fetchone() or [""])[0] == "view":
            self.connection.execute(f"drop view {self.name(table)}")
        self.connection.execute(f"create table if not exists {self.name(table)} ({named})")
        self._columns[table] = {row["name"] for row in self.query(f"pragma table_info({self.name(table)})")}
        for column in columns:
            if column not in self._columns[table]:
                self._add_column(table, column)
        for number, indexed in enumerate(INDEXES.get(table, ())):
            index = f'"{self._prefix}_{table}_{number}"'
            self.connection.execute(f"create index if not exists {index} on {self.name(table)} ({indexed})")

    def _add_column(self, table: str, column: str) -> None:
        self.connection.execute(f"alter table {self.name(table)} add column {declared(table, column)}")
        self._columns[table].add(column)

    def _follow_entities(self) -> None:
        """Triggers, so that joining `entity` costs no more than joining any table."""
        entity = self.name("entity")
        for table, (kind, is_person, parent) in ENTITIES.items():
            told = {"type": f"'{kind}'", "isperson": is_person, "parent": parent}
            sources = [told.get(column, column) for column in COLUMNS["entity"]]
            copied = f"insert or replace into {entity} select {', '.join(sources)} from {self.name(table)}"
            for event, deed in (
                ("insert", f"{copied} where id = new.id"),
                ("update", f"{copied} where id = new.id"),
                ("delete", f"delete from {entity} where id = old.id"),
            ):
                trigger = f'"{self._prefix}_{table}_{event}"'
                made = f"create trigger if not exists {trigger} after {event} on {self.name(table)}"
                self.connection.execute(f"{made} begin {deed}; end")

    def _adopt(self) -> None:
        """A file of before there were other kinds: its customers become entities, its addresses know their owners."""
        customer, address = self.name("customer"), self.name("entityaddress")
        old = f"select min(id) from {customer} where id not in (select id from {self.name('entity')})"
        if self.connection.execute(old).fetchone()[0] is None:
            return
        owner = f"select id from {customer} where defaultbillingaddress = nkey"
        self.connection.execute(f"update {address} set recordowner = ({owner})")
        self.connection.execute(f"update {customer} set id = id")
        gone = f"select recordid from {self.name('deletedrecord')}"
        latest = {
            "entity": f"select max(id) from (select id from {customer} union all {gone})",
            "entityaddress": f"select max(nkey) from {address}",
        }
        for sequence, sql in latest.items():
            last = self.connection.execute(sql).fetchone()[0] or FIRST_IDS[sequence] - 1
            self.connection.execute(f"insert or ignore into {self.name('ids')} values (?, ?)", (sequence, last))


def _condition(where: Mapping[str, Any]) -> tuple[str, list[Any]]:
    return " and ".join(f'"{column}" is ?' for column in where) or "1", list(where.values())
