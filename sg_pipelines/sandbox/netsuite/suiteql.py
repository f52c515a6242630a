"""SuiteQL: a stated subset, executed for real.

One SELECT over customer, entity, entityaddress, deletedrecord, currency, subsidiary: columns, aliases, DISTINCT, INNER
and LEFT JOIN, WHERE with AND, OR, NOT, comparisons, IN (also with a sub-select), BETWEEN, LIKE (tells upper from lower
case), IS NULL, GROUP BY, HAVING, ORDER BY, FETCH FIRST n ROWS ONLY, ROWNUM <= n, bound parameters; COUNT, MIN, MAX,
SUM, TO_CHAR, TO_DATE, TO_TIMESTAMP, NVL, COALESCE, UPPER, LOWER, CASE. Everything else is a 400 that names it.

The account's time zone is UTC. Dates come in the display format (11/24/2026 10:00 am) unless TO_CHAR is used, and a
text compared with a date is read in that format. Date formats know YYYY MM DD HH24 HH12 HH MI SS AM PM. Columns without
a name are called expr1, expr2, ... HTTP and paging rules belong to `query_service`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import sqlglot
from sqlglot import exp

from sg_pipelines.sandbox.netsuite.suiteql_dates import display
from sg_pipelines.sandbox.netsuite.suiteql_rewriting import is_date, rewrite
from sg_pipelines.sandbox.netsuite.suiteql_subset import Unsupported, check
from sg_pipelines.sandbox.netsuite.tables import Tables


@dataclass(frozen=True, slots=True)
class Answer:
    """One page: rows as texts by lower-case column, null left out; and how many rows the query has."""

    items: list[dict[str, str]]
    total: int


def run(tables: Tables, text: str, parameters: Sequence[Any], *, limit: int, offset: int) -> Answer:
    """Execute a query. Unsupported names what is beyond the subset or wrong."""
    tree = _parsed(text)
    check(tree)
    names, dates = _names(tree), [is_date(one) for one in tree.selects]
    tree = rewrite(tree, tables.name)
    page = f"select * from ({tree.sql(dialect='sqlite')}) limit {limit} offset {offset}"
    # counting needs no order, and sorting every row only to count it would cost more than the page
    tree.set("order", None)
    counting = f"select count(*) from ({tree.sql(dialect='sqlite')})"
    total = _fetched(tables.connection, counting, parameters)[0][0]
    rows = _fetched(tables.connection, page, parameters)
    return Answer([_row(names, dates, row) for row in rows], int(total))


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


def _row(names: Sequence[str], dates: Sequence[bool], row: Sequence[Any]) -> dict[str, str]:
    cells = zip(names, dates, row, strict=True)
    try:
        return {name: display(value) if dated else str(value) for name, dated, value in cells if value is not None}
    except ValueError as error:
        raise Unsupported("one column holds dates and texts") from error
