"""The tables of a store file: one per collection, one per array field, and the list of changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from sg_pipelines.ports import Collection, Index
from sg_pipelines.store.declared import column_fields, index_name, multi_fields

_FIXED = (
    "create table if not exists store_schema (version integer not null)",
    "create table if not exists feed (token integer primary key autoincrement, collection text, id text, operation text)",
)


def create(connection: sqlite3.Connection, collection: Collection) -> None:
    """Make the collection's tables and indexes where they are missing; an index nothing declares any more goes."""
    for statement in _statements(collection):
        connection.execute(statement)
    sql = "select name from sqlite_master where type = 'index' and tbl_name = ? and sql is not null"
    there = {name for (name,) in connection.execute(sql, (f"c_{collection.name}",))}
    for name in there - {_label(collection.name, index) for index in collection.indexes}:
        connection.execute(f'drop index "{name}"')


def create_fixed(connection: sqlite3.Connection) -> None:
    """Make the tables every store has."""
    for statement in _FIXED:
        connection.execute(statement)


def _statements(collection: Collection) -> Iterator[str]:
    name = collection.name
    columns = "".join(f', "f_{field}"' for field in column_fields(collection))
    yield (
        f'create table if not exists "c_{name}" '
        f"(id text primary key not null, version integer not null, body text not null{columns})"
    )
    for field in multi_fields(collection):
        yield (f'create table if not exists "m_{name}_{field}" (value, id text, primary key (value, id)) without rowid')
    for index in collection.indexes:
        if not index.multi:
            yield _index(name, index)


def _label(name: str, index: Index) -> str:
    return f"x_{name}_{index_name(index)}"


def _index(name: str, index: Index) -> str:
    columns = ", ".join(f'"f_{field}"' for field in index.fields)
    only = " and ".join(
        f'"f_{field}" = {int(value) if isinstance(value, bool | int) else repr(value)}'
        for field, value in (index.where or {}).items()
    )
    unique = "unique " if index.unique else ""
    partial = f" where {only}" if only else ""
    return f'create {unique}index if not exists "{_label(name, index)}" on "c_{name}" ({columns}){partial}'
