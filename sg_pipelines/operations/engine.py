"""The DuckDB that one reconcile computes in: in memory up to a bound, then in files of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

MEMORY_LIMIT = "3GB"


@contextmanager
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database, gone at the end of the block. Results never depend on the limit: order is always asked for."""
    with tempfile.TemporaryDirectory(prefix="sg-engine-") as spill:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": spill,
            "preserve_insertion_order": "false",
        }
        with duckdb.connect(config=settings) as connection:
            yield connection
