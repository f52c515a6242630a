"""Many files into one: every row is kept that says something new, so latest and as-of answer as before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sg_pipelines.lake.database import cursor

# A row that repeats what was said in the fetch before it adds nothing to any view.
_SAYS_SOMETHING = """
window told as (partition by record_id order by fetched_at, fetch_started_at, sequence)
qualify digest is distinct from lag(digest) over told or modified_at is distinct from lag(modified_at) over told
order by record_id, fetched_at, fetch_started_at, sequence
"""


def compacted(files: Sequence[Path], schema: pa.Schema) -> pa.Table:
    """All rows of the files worth keeping, sorted by record and time."""
    there = {name for file in files for name in pq.read_schema(file).names}
    chosen = ", ".join(f'"{name}"' if name in there else f'null as "{name}"' for name in schema.names)
    with cursor() as connection:
        found = connection.sql(
            f"select {chosen} from read_parquet($1, union_by_name = true) {_SAYS_SOMETHING}",
            params=[[str(file) for file in files]],
        ).to_arrow_table()
    return found.cast(schema)
