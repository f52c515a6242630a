"""The tables of a store file: one per collection, one per array field, and the list of changes."""

from __future__ import annotations

import sqlite3

from sg_pipelines.ports.store import Index
from sg_pipelines.store.declared import Declared, index_name

_FIXED = (
    "create table if not exists store_schema (version integer not null)",
    "create table if not exists feed (token integer primary key autoincrement, collection text, id text, operation text)",
)


def create(connection: sqlite3.Connection, known: Declared) -> None:
    """Make the collection's tables and indexes where they are missing, filled from documents that are there already;
    an index nothing declares any more goes."""
    name = known.name
    connection.execute(
        f'create table if not exists "c_{name}" (id text primary key not null, version integer not null, body text not null)'
    )
    there = {column for _, column, *_ in connection.execute(f'pragma table_info("c_{name}")')}
    for field in known.columns:
        if f"f_{field}" not in there:
            connection.execute(f'alter table "c_{name}" add column "f_{field}"')
            connection.execute(f'update "c_{name}" set "f_{field}" = json_extract(body, ?)', (_path(field),))
    for field in known.multi:
        _elements(connection, name, field)
    _indexes(connection, known)


def create_fixed(connection: sqlite3.Connection) -> None:
    """Make the tables every store has."""
    for statement in _FIXED:
        connection.execute(statement)


def _elements(connection: sqlite3.Connection, name: str, field: str) -> None:
    table = f"m_{name}_{field}"
    if connection.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone():
        return
    connection.execute(f'create table "{table}" (value, id text, primary key (value, id)) without rowid')
    found = f'select one.value, c.id from "c_{name}" c, json_each(c.body, ?) one'
    connection.execute(f'insert or ignore into "{table}" (value, id) {found}', (_path(field),))


def _indexes(connection: sqlite3.Connection, known: Declared) -> None:
    wanted = {_label(known.name, index): index for index in known.collection.indexes if not index.multi}
    sql = "select name from sqlite_master where type = 'index' and tbl_name = ? and sql is not null"
    there = {label for (label,) in connection.execute(sql, (f"c_{known.name}",))}
    for label in there - wanted.keys():
        connection.execute(f'drop index "{label}"')
    for label in wanted.keys() - there:
        connection.execute(_index(known.name, wanted[label]))


def _path(field: str) -> str:
    return f'$."{field}"'


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
    return f'create {unique}index "{_label(name, index)}" on "c_{name}" ({columns}){partial}'
