"""Views over snapshot files: per record the last row, of all or of what had been fetched by an instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.lake.database import cursor
from sg_pipelines.lake.holders import LAST, WANTED, are_worth_choosing, holders
from sg_pipelines.lake.schema import lake_schema


def schema_of(kind: Kind, columns: Sequence[str] | None) -> pa.Schema:
    """The columns asked for, always with record_id and state."""
    whole = lake_schema(kind)
    if columns is None:
        return whole
    wanted = {"record_id", "state", *columns}
    return pa.schema([field for field in whole if field.name in wanted])


def last_rows(
    files: Sequence[Path],
    schema: pa.Schema,
    *,
    fetched_by: datetime | None = None,
    record_ids: Sequence[str] | None = None,
) -> pa.Table:
    """Per record the last row, sorted by record_id; columns a file does not have yet are null. Of a few
    records only the files that hold their last rows are read in full, where the files are large."""
    if not files or (record_ids is not None and not record_ids):
        return schema.empty_table()
    with cursor() as connection:
        if record_ids is not None:
            connection.register("wanted", pa.table({"record_id": pa.array(record_ids, pa.string())}))
            files = holders(connection, files) if fetched_by is None and are_worth_choosing(files) else files
        if not files:
            return schema.empty_table()
        conditions, values = _conditions(fetched_by, record_ids)
        there = _columns_there(files)
        chosen = ", ".join(f'"{name}"' if name in there else f'null as "{name}"' for name in schema.names)
        found = connection.sql(
            f"select {chosen} from read_parquet($1, union_by_name = true) {conditions} {LAST} order by record_id",
            params=[[str(file) for file in files], *values],
        ).to_arrow_table()
    return found.cast(schema)


def _conditions(fetched_by: datetime | None, record_ids: Sequence[str] | None) -> tuple[str, list[datetime]]:
    conditions = ["fetched_at <= $2"] if fetched_by is not None else []
    if record_ids is not None:
        conditions.append(WANTED)
    where = f"where {' and '.join(conditions)}" if conditions else ""
    return where, [fetched_by] if fetched_by is not None else []


def whole_file(file: Path, schema: pa.Schema) -> pa.Table:
    """A file in which every record occurs once: no ranking needed."""
    columns = _columns_of(file)
    there = [name for name in schema.names if name in columns]
    table = pq.read_table(file, columns=there)
    for position, field in enumerate(schema):
        if field.name not in there:
            table = table.add_column(position, field, pa.nulls(len(table), field.type))
    table = table.select(schema.names).cast(schema)
    ids = table.column("record_id")
    if len(table) > 1 and not pc.all(pc.less_equal(ids[:-1], ids[1:])).as_py():
        table = table.take(pc.sort_indices(ids))
    return table


def record_ids_in(files: Sequence[Path]) -> set[str]:
    """Every record id the files name."""
    return {value for file in files for value in pq.read_table(file, columns=["record_id"]).column(0).to_pylist()}


def _columns_there(files: Sequence[Path]) -> set[str]:
    return {name for file in files for name in _columns_of(file)}


@lru_cache(maxsize=10_000)
def _columns_of(file: Path) -> tuple[str, ...]:
    """A snapshot file is never written again, nor is another one called like it."""
    return tuple(pq.read_schema(file).names)
