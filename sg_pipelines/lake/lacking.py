"""Columns that a snapshot file was written without, as nobody asked for them then: its rows say nothing about them, which is not
that they are empty."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.lake.casting import source
from sg_pipelines.lake.schema import STATED, written_schema

UNKNOWN = "unknown"
# What rows of a file say nothing about, beside what they say so of themselves; one that is not live is not asked.
_ADDED = f"""
case when state = '{RecordState.LIVE.value}' and lacking.names is not null
then array_to_string(list_sort(list_distinct(string_split(concat_ws(',', "{UNKNOWN}", lacking.names), ','))), ',')
else "{UNKNOWN}" end as "{UNKNOWN}"
"""


def select_all(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], schema: pa.Schema) -> str:
    """`select … from …` of the schema's columns of all rows of the files."""
    there = {name for file in files for name in written_schema(file).names}
    chosen = {name: f'"{name}"' if name in there else f'null as "{name}"' for name in schema.names}
    own = set(schema.names) - set(STATED.names)
    lacking = {str(file): own.difference(written_schema(file).names) for file in files}
    if UNKNOWN not in chosen or not any(lacking.values()):
        return f"select {', '.join(chosen.values())} from {source(files, schema)}"
    names = [",".join(sorted(some)) or None for some in lacking.values()]
    connection.register("lacking", pa.table({"filename": list(lacking), "names": pa.array(names, pa.string())}))
    chosen[UNKNOWN] = _ADDED
    return f"select {', '.join(chosen.values())} from {source(files, schema)} join lacking using (filename)"
