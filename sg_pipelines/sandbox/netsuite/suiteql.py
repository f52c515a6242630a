"""SuiteQL: a stated subset, executed for real.

One SELECT over customer, contact, companycontactrelationship, entity, entityaddress, item, pricing,
inventoryitemlocations, location, transaction, transactionline, deletedrecord, currency, subsidiary: columns, aliases,
DISTINCT, INNER and LEFT JOIN, WHERE with AND, OR, NOT, comparisons, IN (also with a sub-select), BETWEEN, LIKE (tells
upper from lower case), IS NULL, GROUP BY, HAVING, ORDER BY, FETCH FIRST n ROWS ONLY, ROWNUM <= n, bound parameters;
COUNT, MIN, MAX, SUM, TO_CHAR, TO_DATE, TO_TIMESTAMP, NVL, COALESCE, UPPER, LOWER, CASE, and of quantities and amounts
+ - * and ABS; BUILTIN.DF of custom fields. Everything else is a 400 that names it.

The account's time zone is UTC. Dates come in the display format (11/24/2026 10:00 am; days without the time) unless
TO_CHAR is used, and a text compared with a date is read in that format. Date formats know YYYY MM DD HH24 HH12 HH MI SS
AM PM. Columns without a name are called expr1, expr2, ... HTTP and paging rules belong to `query_service`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import sqlglot
from sqlglot import exp

from sg_pipelines.sandbox.netsuite.database import Database
from sg_pipelines.sandbox.netsuite.numbers import shown
from sg_pipelines.sandbox.netsuite.selections import ids
from sg_pipelines.sandbox.netsuite.suiteql_dates import display, display_day
from sg_pipelines.sandbox.netsuite.suiteql_rewriting import rewrite
from sg_pipelines.sandbox.netsuite.suiteql_subset import Unsupported, check, is_date, is_day

REMEMBERED = 200
Display = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One page: rows as texts by lower-case column, null left out; and how many rows the query has."""

    items: list[dict[str, str]]
    total: int


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A query in SQLite's words."""

    names: list[str]
    displays: list[Display]
    rows: str
    counting: str


class QueryRunner:
    """SuiteQL of one account. Queries are read once: whoever pages by key sends the same text again and again."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._prepared: dict[str, _Prepared] = {}

    def run(self, text: str, parameters: Sequence[Any], *, limit: int, offset: int) -> Answer:
        """Execute a query. Unsupported names what is beyond the subset or wrong."""
        query = self._prepared.get(text) or self._prepare(text)
        connection = self._database.connection
        total = _fetched(connection, query.counting, parameters)[0][0]
        rows = _fetched(connection, f"{query.rows} limit {limit} offset {offset}", parameters)
        return Answer([_row(query, row) for row in rows], int(total))

    def _prepare(self, text: str) -> _Prepared:
        tree = _parsed(text)
        check(tree, self._database)
        names, displays = _names(tree), [_display(one) for one in tree.selects]
        tree = rewrite(tree, self._database.name)
        rows = f"select * from ({_sqlite(tree)})"
        query = _Prepared(names, displays, rows, f"select count(*) from ({_sqlite(_countable(tree))})")
        while len(self._prepared) >= REMEMBERED:
            del self._prepared[next(iter(self._prepared))]
        self._prepared[text] = query
        return query


def _sqlite(tree: exp.Select) -> str:
    """Names are quoted: `transaction` is a word of SQLite's own. `check` has seen that every one of them is there."""
    return tree.sql(dialect="sqlite", identify=True)


def _countable(tree: exp.Select) -> exp.Select:
    """A query with as many rows that is cheaper: without order, and without columns where they make no difference."""
    tree = tree.copy()
    tree.set("order", None)
    is_one_row = tree.args.get("group") is None and any(
        one.find_ancestor(exp.Select) is tree for one in tree.find_all(exp.AggFunc)
    )
    if not is_one_row and tree.args.get("distinct") is None:
        tree.set("expressions", [exp.Literal.number(1)])
    return tree


def _display(selected: exp.Expr) -> Display:
    if is_day(selected):
        return display_day
    return display if is_date(selected) else _plain


def _plain(value: Any) -> str:
    return shown(value) if isinstance(value, float) else str(ids(value))


def _parsed(text: str) -> exp.Select:
    try:
        statements = sqlglot.parse(text, dialect="oracle")
    except (sqlglot.errors.SqlglotError, RecursionError) as error:
        raise Unsupported("the query cannot be read") from error
    tree = statements[0] if len(statements) == 1 else None
    if not isinstance(tree, exp.Select):
        raise Unsupported("only one SELECT can be run")
    return tree


def _names(tree: exp.Select) -> list[str]:
    numbers = count(1)
    return [
        one.alias_or_name.lower() if one.alias or isinstance(one, exp.Column) else f"expr{next(numbers)}"
        for one in tree.selects
    ]


def _fetched(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    try:
        return connection.execute(sql, parameters).fetchall()
    except (sqlite3.ProgrammingError, OverflowError) as error:
        raise Unsupported("params must hold one text or number for each ?") from error
    except sqlite3.OperationalError as error:
        if "user-defined function" in str(error):
            form = "M/D/YYYY or M/D/YYYY h:mm am"
            raise Unsupported(f"a date is not in the format it was said to have; without one that is {form}") from error
        raise Unsupported(f"the query cannot be run: {error}") from error


def _row(query: _Prepared, row: Sequence[Any]) -> dict[str, str]:
    cells = zip(query.names, query.displays, row, strict=True)
    try:
        return {name: display(value) for name, display, value in cells if value is not None}
    except ValueError as error:
        raise Unsupported("one column holds dates and texts") from error
