"""SuiteQL: a stated subset, executed for real.

One SELECT over customer, entityaddress, deletedrecord, currency, subsidiary: columns, aliases, DISTINCT, INNER and
LEFT JOIN, WHERE with AND, OR, NOT, comparisons, IN, BETWEEN, LIKE, IS NULL, GROUP BY, ORDER BY, sub-selects in IN, bound
parameters; COUNT, MIN, MAX, SUM, TO_CHAR, TO_DATE, TO_TIMESTAMP, NVL, COALESCE, UPPER, LOWER, CASE. Everything else is a
400 that names it. Times are UTC; without TO_CHAR they come in the display format (11/24/2026 10:00 am).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlglot
from sqlglot import exp

from sg_pipelines.sandbox.netsuite.tables import COLUMNS, DATES, Tables

ALLOWED: tuple[type[exp.Expr], ...] = (
    exp.Select, exp.Subquery, exp.From, exp.Join, exp.Where, exp.Order, exp.Ordered, exp.Group, exp.Having, exp.Table,
    exp.TableAlias, exp.Alias, exp.Column, exp.Identifier, exp.Star, exp.Literal, exp.Placeholder, exp.Null,
    exp.Boolean, exp.And, exp.Or, exp.Not, exp.Paren, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.In,
    exp.Between, exp.Like, exp.Escape, exp.Is, exp.Count, exp.Min, exp.Max, exp.Sum, exp.Coalesce, exp.Upper,
    exp.Lower, exp.ToChar, exp.StrToTime, exp.StrToDate, exp.Case, exp.If, exp.Distinct, exp.Tuple, exp.Add, exp.Sub,
    exp.Neg,
)  # fmt: skip
_FORMATS = {"YYYY": "%Y", "MM": "%m", "DD": "%d", "HH24": "%H", "HH": "%I", "MI": "%M", "SS": "%S", "AM": "%p"}
_STORED = "%Y-%m-%dT%H:%M:%SZ"


class Unsupported(Exception):
    """What a query asks for and this account does not offer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One page: rows as texts by lower-case column, null left out; and how many rows the query has."""

    items: list[dict[str, str]]
    total: int


def prepare(connection: sqlite3.Connection) -> None:
    """Teach SQLite the date functions."""
    connection.create_function("ns_to_char", 2, _to_char, deterministic=True)
    connection.create_function("ns_to_time", 2, _to_time, deterministic=True)


def run(tables: Tables, text: str, parameters: Sequence[Any], *, limit: int, offset: int) -> Answer:
    """Execute a query. Unsupported names what is beyond the subset or wrong."""
    tree = _parsed(text)
    names = [one.alias_or_name.lower() for one in tree.selects]
    dates = {one.alias_or_name.lower() for one in tree.selects if _is_bare_date(one)}
    sql = tree.transform(_local, tables).sql(dialect="sqlite")
    try:
        total = tables.connection.execute(f"select count(*) from ({sql})", parameters).fetchone()[0]
        rows = tables.connection.execute(f"select * from ({sql}) limit {limit} offset {offset}", parameters).fetchall()
    except (sqlite3.OperationalError, sqlite3.ProgrammingError) as error:
        raise Unsupported(f"the query cannot be run: {error}") from error
    return Answer([_row(names, row, dates) for row in rows], int(total))


def _parsed(text: str) -> exp.Select:
    try:
        statements = sqlglot.parse(text, dialect="oracle")
    except sqlglot.errors.SqlglotError as error:
        raise Unsupported(f"the query cannot be read: {str(error).splitlines()[0]}") from error
    tree = statements[0] if len(statements) == 1 else None
    if not isinstance(tree, exp.Select):
        raise Unsupported("only one SELECT can be run")
    _check_parts(tree)
    _check_columns(tree)
    return tree


def _check_parts(tree: exp.Select) -> None:
    for part in tree.walk():
        if not isinstance(part, ALLOWED):
            raise Unsupported(f"{type(part).__name__} is not supported")
        if isinstance(part, exp.Table) and part.name.lower() not in COLUMNS:
            raise Unsupported(f"the record {part.name!r} was not found")


def _check_columns(tree: exp.Select) -> None:
    if any(one.is_star for one in tree.selects):
        raise Unsupported("name the columns instead of *")
    known = {column for columns in COLUMNS.values() for column in columns}
    known |= {one.alias.lower() for one in tree.selects if one.alias}
    for column in tree.find_all(exp.Column):
        if column.name.lower() not in known:
            raise Unsupported(f"the field {column.name!r} was not found")


def _local(part: exp.Expr, tables: Tables) -> exp.Expr:
    """The same in SQLite's words, over this account's tables."""
    if isinstance(part, exp.Table):
        alias = part.alias_or_name
        return exp.alias_(exp.to_table(tables.name(part.name.lower()), dialect="sqlite"), alias, table=True)
    if isinstance(part, exp.ToChar):
        return exp.Anonymous(this="ns_to_char", expressions=[part.this, part.args.get("format")])
    if isinstance(part, exp.StrToTime | exp.StrToDate):
        return exp.Anonymous(this="ns_to_time", expressions=[part.this, part.args.get("format")])
    return part


def _is_bare_date(selected: exp.Expr) -> bool:
    inner = selected.unalias()
    return isinstance(inner, exp.Column) and inner.name.lower() in DATES


def _row(names: Sequence[str], row: Sequence[Any], dates: set[str]) -> dict[str, str]:
    values = zip(names, row, strict=True)
    return {name: _display(str(v)) if name in dates else str(v) for name, v in values if v is not None}


def _display(stored: str) -> str:
    instant = datetime.strptime(stored, _STORED)  # noqa: DTZ007 - always UTC here
    hour = instant.strftime("%I").lstrip("0")
    return f"{instant.month}/{instant.day}/{instant.year} {hour}:{instant:%M} {instant.strftime('%p').lower()}"


def _to_char(stored: str | None, form: str | None) -> str | None:
    if stored is None or form is None:
        return stored
    for word, code in _FORMATS.items():
        form = form.replace(word, code)
    return datetime.strptime(stored, _STORED).strftime(form)  # noqa: DTZ007 - always UTC here


def _to_time(text: str | None, form: str | None) -> str | None:
    """sqlglot has already turned the format's words into strftime codes."""
    if text is None or form is None:
        return None
    return datetime.strptime(text, form).strftime(_STORED)  # noqa: DTZ007 - always UTC here
