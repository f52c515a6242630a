"""Rows into typed Arrow tables, a batch at a time, and values as one line a person reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

BATCH = 20_000
INSTANT = pa.timestamp("ms", tz="UTC")


def table_of(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows to one table, a batch at a time."""
    batches, waiting = [], []
    for row in rows:
        waiting.append(row)
        if len(waiting) == BATCH:
            batches.append(pa.RecordBatch.from_pylist(waiting, schema=schema))
            waiting = []
    if waiting:
        batches.append(pa.RecordBatch.from_pylist(waiting, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def readable(value: Any) -> str | None:
    """A value, a composite or a mapping of values as one line."""
    if value is None:
        return None
    if isinstance(value, dict):
        return "; ".join(f"{key}: {readable(part)}" for key, part in value.items() if part is not None)
    if isinstance(value, list):
        return ", ".join(f"({readable(one)})" if isinstance(one, dict) else str(one) for one in value)
    return str(value)
