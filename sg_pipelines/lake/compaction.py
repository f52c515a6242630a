"""Many files into one: every row is kept that says something new, and every column that a file has, so latest and as-of answer
as before, whatever a client file leaves out by now."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from sg_pipelines.lake.database import cursor
from sg_pipelines.lake.lacking import select_all
from sg_pipelines.lake.schema import written_schema

# A row that repeats what was said in the fetch before it adds nothing to any view.
_SAYS_SOMETHING = """
window told as (partition by record_id order by fetched_at, fetch_started_at, sequence)
qualify digest is distinct from lag(digest) over told or modified_at is distinct from lag(modified_at) over told
order by record_id, fetched_at, fetch_started_at, sequence
"""


def compacted(files: Sequence[Path], schema: pa.Schema) -> pa.Table:
    """All rows of the files worth keeping, sorted by record and time, with the schema's columns and all others there are."""
    whole = _with_others(files, schema)
    with cursor() as connection:
        found = connection.sql(f"{select_all(connection, files, whole)} {_SAYS_SOMETHING}").to_arrow_table()
    return found.cast(whole)


def _with_others(files: Sequence[Path], schema: pa.Schema) -> pa.Schema:
    """Of the type of the newest file that has them."""
    others: dict[str, pa.Field] = {}
    for file in reversed(files):
        others = {field.name: field for field in written_schema(file)} | others
    return pa.schema([*schema, *(others[name] for name in sorted(others.keys() - set(schema.names)))])
