"""The DuckDB that reads snapshot files: one in memory per process, as starting one costs more than most of what it is asked."""

from __future__ import annotations

from functools import cache

import duckdb


def cursor() -> duckdb.DuckDBPyConnection:
    """A connection of one's own, for a `with`: what is registered there is seen by nobody else. Times are UTC."""
    opened = _database().cursor()
    opened.execute("set timezone = 'UTC'")
    return opened


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """Order is always asked for, so none is kept."""
    return duckdb.connect(config={"preserve_insertion_order": "false"})
