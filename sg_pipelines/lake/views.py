"""Views over snapshot files: per record the last row, of all or of what had been fetched by an instant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.lake.casting import is_cast
from sg_pipelines.lake.database import cursor
from sg_pipelines.lake.few_rows import are_few, last_of_few
from sg_pipelines.lake.holders import LAST, WANTED, are_worth_choosing, holders
from sg_pipelines.lake.lacking import select_all
from sg_pipelines.lake.schema import lake_schema, written_schema


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
    """Per record the last row, sorted by record_id; columns a file does not have yet are null, and unknown. Of a few
    records only the files that hold their last rows are read in full, where the files are large."""
    if not files or (record_ids is not None and not record_ids):
        return schema.empty_table()
    if are_few(files, schema):
        return last_of_few(files, schema, fetched_by=fetched_by, record_ids=record_ids)
    with cursor() as connection:
        if record_ids is not None:
            connection.register("wanted", pa.table({"record_id": pa.array(record_ids, pa.string())}))
            files = holders(connection, files) if fetched_by is None and are_worth_choosing(files) else files
        if not files:
            return schema.empty_table()
        conditions, values = _conditions(fetched_by, record_ids)
        found = connection.sql(
            f"{select_all(connection, files, schema)} {conditions} {LAST} order by record_id",
            params=values,
        ).to_arrow_table()
    return found.cast(schema)


def _conditions(fetched_by: datetime | None, record_ids: Sequence[str] | None) -> tuple[str, list[datetime]]:
    conditions = ["fetched_at <= $1"] if fetched_by is not None else []
    if record_ids is not None:
        conditions.append(WANTED)
    where = f"where {' and '.join(conditions)}" if conditions else ""
    return where, [fetched_by] if fetched_by is not None else []


def whole_file(file: Path, schema: pa.Schema) -> pa.Table:
    """A file in which every record occurs once and no column is missing: no ranking needed."""
    table = pq.read_table(file, columns=schema.names).select(schema.names).cast(schema)
    ids = table.column("record_id")
    if len(table) > 1 and not pc.all(pc.less_equal(ids[:-1], ids[1:])).as_py():
        table = table.take(pc.sort_indices(ids))
    return table


def has_all(file: Path, schema: pa.Schema) -> bool:
    """Whether a file was written with these columns, of these types."""
    return set(schema.names) <= set(written_schema(file).names) and not is_cast(file, schema)


def record_ids_in(files: Sequence[Path]) -> set[str]:
    """Every record id the files name."""
    return {value for file in files for value in pq.read_table(file, columns=["record_id"]).column(0).to_pylist()}
