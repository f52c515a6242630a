"""Snapshot files so small that asking DuckDB about them takes longer than the answer: each is read once and kept in memory
(it is never written again), and their last rows are found there, by the same order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sg_pipelines.lake.schema import written_schema

# Bytes of all files that are asked together
SMALL = 1 << 20
KEPT_FILES = 1_000
_SAID_AT = "said_at"
_LAST_FIRST = [
    ("record_id", "ascending"),
    (_SAID_AT, "descending"),
    ("fetch_started_at", "descending"),
    ("sequence", "descending"),
]
_RANKING = ("record_id", "modified_at", "fetched_at", "fetch_started_at", "sequence")


def are_few(files: Sequence[Path], schema: pa.Schema) -> bool:
    """Whether the files are small, and were written with the schema's columns and types."""
    return sum(file.stat().st_size for file in files) <= SMALL and all(_is_written_so(file, schema) for file in files)


def last_of_few(
    files: Sequence[Path], schema: pa.Schema, *, fetched_by: datetime | None, record_ids: Sequence[str] | None
) -> pa.Table:
    """Per record the last row, sorted by record_id, of files (one at least) that `are_few`."""
    names = [*schema.names, *(name for name in _RANKING if name not in schema.names)]
    rows = pa.concat_tables(_whole(file).select(names) for file in files)
    if record_ids is not None:
        rows = rows.filter(pc.is_in(rows["record_id"], pa.array(record_ids, pa.string())))
    if fetched_by is not None:
        rows = rows.filter(pc.less_equal(rows["fetched_at"], pa.scalar(fetched_by)))
    said_at = pc.coalesce(rows["modified_at"], rows["fetched_at"])
    rows = rows.take(pc.sort_indices(rows.append_column(_SAID_AT, said_at), _LAST_FIRST))
    ids = [None, *rows["record_id"].to_pylist()]
    return rows.select(schema.names).filter(pa.array([one != before for before, one in pairwise(ids)], pa.bool_()))


@lru_cache(maxsize=KEPT_FILES)
def _whole(file: Path) -> pa.Table:
    with pq.ParquetFile(file) as opened:
        return opened.read(use_threads=False)


def _is_written_so(file: Path, schema: pa.Schema) -> bool:
    written = written_schema(file)
    return all(
        written.get_field_index(field.name) >= 0 and written.field(field.name).type == field.type for field in schema
    )
