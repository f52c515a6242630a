"""`find`'s conditions as SQL. Only `_id` and declared fields can be asked for, so that no full scan creeps in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sg_pipelines.ports.store import In, Range, Where
from sg_pipelines.store.declared import Declared, asked
from sg_pipelines.store.documents import encode

_SIGNS = (("ge", ">="), ("gt", ">"), ("le", "<="), ("lt", "<"))
_NUMBERS, _TEXTS = "('integer', 'real')", "('text')"


def stored(value: Any) -> Any:
    """A condition's or document's value as SQLite compares it."""
    return int(value) if isinstance(value, bool) else value


def where_sql(known: Declared, where: Where | None) -> tuple[str, list[Any]]:
    """` where ...` and its parameters; ValueError on a field that is not declared."""
    parts: list[str] = []
    values: list[Any] = []
    for field, wanted in (where or {}).items():
        is_multi = field in known.multi
        column = "value" if is_multi else _column(known, field)
        part, given = _compared(column, field, wanted, multi=is_multi)
        parts.append(f'id in (select id from "m_{known.name}_{field}" where {part})' if is_multi else part)
        values += given
    return (" where " + " and ".join(parts) if parts else ""), values


def order_sql(known: Declared, sort: Sequence[tuple[str, int]]) -> str:
    """` order by ...` over `_id` and declared fields."""
    terms = [f"{_column(known, field)} {'desc' if direction < 0 else 'asc'}" for field, direction in sort]
    return " order by " + ", ".join(terms) if terms else ""


def _column(known: Declared, field: str) -> str:
    return "id" if known.single(field) == "_id" else f'"f_{field}"'


def _compared(column: str, field: str, wanted: Any, *, multi: bool) -> tuple[str, list[Any]]:
    if isinstance(wanted, In):
        given = [stored(asked(field, value, multi=multi)) for value in wanted.values]
        return one_of(column, given)
    if isinstance(wanted, Range):
        return _between(column, field, wanted)
    if asked(field, wanted, multi=multi) is None:
        return f"{column} is null", []
    return f"{column} = ?", [stored(wanted)]


def one_of(column: str, given: Sequence[Any]) -> tuple[str, list[Any]]:
    """As one JSON parameter: SQLite allows 32,766 parameters, a list may be longer. Its JSON ends a text at a zero byte: those
    few are parameters of their own."""
    cut = [value for value in given if _is_cut(value)]
    whole = [value for value in given if not _is_cut(value)]
    parts = [f"{column} in (select value from json_each(?))", *([f"{column} is null"] if None in given else [])]
    if cut:
        parts.append(f"{column} in ({', '.join('?' * len(cut))})")
    return f"({' or '.join(parts)})", [encode(whole), *cut]


def _is_cut(value: Any) -> bool:
    return isinstance(value, str) and "\0" in value


def _between(column: str, field: str, wanted: Range) -> tuple[str, list[Any]]:
    """A range compares values of its own type: a number is neither below nor above a text."""
    bounds = [(sign, getattr(wanted, name)) for name, sign in _SIGNS if getattr(wanted, name) is not None]
    if not bounds:
        return "1", []
    types = _TEXTS if isinstance(asked(field, bounds[0][1], multi=True), str) else _NUMBERS
    compared = " and ".join(f"{column} {sign} ?" for sign, _ in bounds)
    return f"({compared} and typeof({column}) in {types})", [stored(value) for _, value in bounds]
