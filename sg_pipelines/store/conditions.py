"""`find`'s conditions as SQL. Only `_id` and declared fields can be asked for, so that no full scan creeps in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sg_pipelines.ports import Collection, In, Range, Where

_SIGNS = (("ge", ">="), ("gt", ">"), ("le", "<="), ("lt", "<"))


def column_fields(collection: Collection) -> tuple[str, ...]:
    """Declared fields that are kept as columns, each once."""
    names: dict[str, None] = {}
    for index in collection.indexes:
        if not index.multi:
            names |= dict.fromkeys((*index.fields, *(index.where or ())))
    return tuple(names)


def multi_fields(collection: Collection) -> tuple[str, ...]:
    """Declared array fields, each with a table of its elements."""
    return tuple(index.fields[0] for index in collection.indexes if index.multi)


def stored(value: Any) -> Any:
    """A condition's or document's value as SQLite compares it."""
    return int(value) if isinstance(value, bool) else value


def where_sql(collection: Collection, where: Where | None) -> tuple[str, list[Any]]:
    """` where ...` and its parameters; ValueError on a field that is not declared."""
    parts: list[str] = []
    values: list[Any] = []
    for field, wanted in (where or {}).items():
        if field in multi_fields(collection):
            part, given = _multi(collection, field, wanted)
        else:
            part, given = _compared(_column(collection, field), wanted)
        parts.append(part)
        values += given
    return (" where " + " and ".join(parts) if parts else ""), values


def order_sql(collection: Collection, sort: Sequence[tuple[str, int]]) -> str:
    """` order by ...` over `_id` and declared fields."""
    terms = [f"{_column(collection, field)} {'desc' if direction < 0 else 'asc'}" for field, direction in sort]
    return " order by " + ", ".join(terms) if terms else ""


def _column(collection: Collection, field: str) -> str:
    if field == "_id":
        return "id"
    if field not in column_fields(collection):
        raise ValueError(f"{collection.name}.{field} is not a declared indexed field")
    return f'"f_{field}"'


def _compared(column: str, wanted: Any) -> tuple[str, list[Any]]:
    if isinstance(wanted, In):
        given = [stored(value) for value in wanted.values]
        return f"{column} in ({', '.join('?' * len(given))})", given
    if isinstance(wanted, Range):
        bounds = [(sign, getattr(wanted, name)) for name, sign in _SIGNS if getattr(wanted, name) is not None]
        return " and ".join(f"{column} {sign} ?" for sign, _ in bounds) or "1", [value for _, value in bounds]
    if wanted is None:
        return f"{column} is null", []
    return f"{column} = ?", [stored(wanted)]


def _multi(collection: Collection, field: str, wanted: Any) -> tuple[str, list[Any]]:
    part, given = _compared("value", wanted)
    return f'id in (select id from "m_{collection.name}_{field}" where {part})', given
