"""Columns of a snapshot file, in order; `docs/architecture.md` explains them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sg_pipelines.domain.model.kinds import Column, ColumnType, Kind

INSTANT = pa.timestamp("ms", tz="UTC")
CROSS_IDS = pa.list_(pa.struct([pa.field("account", pa.string()), pa.field("record_id", pa.string())]))
_TYPES = {
    ColumnType.TEXT: pa.string(),
    ColumnType.TEXTS: pa.list_(pa.string()),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.DECIMAL: pa.string(),
    ColumnType.INSTANT: INSTANT,
    ColumnType.BOOLEAN: pa.bool_(),
}
STATED = pa.schema(
    [
        pa.field("record_id", pa.string()),
        pa.field("state", pa.string()),
        pa.field("merged_into", pa.string()),
        pa.field("external_id", pa.string()),
        pa.field("cross_ids", CROSS_IDS),
        pa.field("modified_at", INSTANT),
        pa.field("fetched_at", INSTANT),
        pa.field("fetch_started_at", INSTANT),
        pa.field("sequence", pa.int64()),
        pa.field("digest", pa.string()),
        pa.field("unknown", pa.string()),
        pa.field("payload", pa.string()),
    ]
)


def column_type(column: Column) -> pa.DataType:
    """How a column is stored."""
    if column.type is ColumnType.ROWS:
        return pa.list_(pa.struct([pa.field(part, pa.string()) for part in column.parts]))
    return _TYPES[column.type]


@lru_cache(maxsize=10_000)
def written_schema(file: Path) -> pa.Schema:
    """What a snapshot file was written with: it is never written again, nor is another one called like it."""
    return pq.read_schema(file)


def lake_schema(kind: Kind) -> pa.Schema:
    """The whole schema of a kind's snapshot files."""
    own = [pa.field(column.name, column_type(column)) for column in kind.columns()]
    return pa.schema([*STATED, *own])
