"""Blocking keys per entity, read a range at a time: a million entities have tens of millions of them."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from sg_pipelines.domain.matching.blocking import key_rows
from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.operations.cast import Cast


class EntityKeys:
    """Keys of the entities of a cast. Uses the matcher's table `prepared` on the same connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, cast: Cast, likeness: Likeness) -> None:
        self._connection = connection
        of_row = pa.table({"rid": pa.array(range(len(cast.rows)), pa.int64()), "entity": cast.entity_of_row})
        connection.register("entity_of_row", of_row)
        connection.execute(
            "create or replace temp table entity_keys as "
            f"select entity, list_sort(list(distinct key)) as keys from ({key_rows(likeness)}) join entity_of_row using (rid) "
            "group by entity order by entity"
        )
        connection.unregister("entity_of_row")

    def between(self, start: int, stop: int) -> dict[int, list[str]]:
        """Entity position → keys, for positions from `start` to before `stop`."""
        rows = self._connection.execute(
            "select entity, keys from entity_keys where entity >= ? and entity < ?", [start, stop]
        ).fetchall()
        return dict(rows)
