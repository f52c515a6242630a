"""Blocking keys: records that share one are worth comparing. Short and stable, so that the store can index them."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.domain.matching.prepare import prepare

_SPELLED = "'{of_type}:' || left(md5(key), 11)"
_IDENTIFIERS = """
    select rid, 'x:' || external_id as key from prepared where external_id is not null
    union all select rid, 'i:' || account || '/' || record_id from prepared
    union all select rid, 'i:' || cross_id.account || '/' || cross_id.record_id
              from (select rid, unnest(cross_ids) as cross_id from prepared)
"""


def block_rows(likeness: Likeness, *, are_some_crowded: bool = False) -> str:
    """SQL that yields (block ubigint, rid); without the keys that `common` calls crowded, if there are some."""
    left_out = f" where {_SPELLED} not in (select token from common where part = 'crowded')" if are_some_crowded else ""
    return " union all ".join(
        f"select hash('{of_type}' || key) as block, rid from ({_keys(sql)}){left_out.format(of_type=of_type)}"
        for of_type, sql in likeness.blocks.items()
    )


def crowded_keys(likeness: Likeness, limit: int) -> str:
    """SQL that yields (token, times): keys as `key_rows` spells them that more records than the limit share."""
    return " union all ".join(
        f"select {_SPELLED.format(of_type=of_type)} as token, times from (select any_value(key) as key, count(*) as times "
        f"from ({_keys(sql)}) group by hash(key) having count(*) > {limit})"
        for of_type, sql in likeness.blocks.items()
    )


def key_rows(likeness: Likeness) -> str:
    """SQL that yields (rid, key) over `prepared`. Identifiers stand as they are; the rest is hashed, so that a key tells
    nothing of a person."""
    hashed = " union all ".join(
        f"select rid, {_SPELLED.format(of_type=of_type)} as key from ({_keys(sql)})"
        for of_type, sql in likeness.blocks.items()
    )
    return f"({hashed}) union all ({_IDENTIFIERS})"


def _keys(sql: str) -> str:
    """Keys of one type, null ones left out; a list is several keys."""
    one = f"unnest({sql})" if sql.startswith("list_") else sql
    return f"select rid, key from (select rid, {one} as key from prepared) where key is not null"


def blocking_keys(
    connection: duckdb.DuckDBPyConnection, records: pa.Table, likeness: Likeness
) -> list[tuple[str, str, str]]:
    """(account, record_id, key) of these records, each once, sorted."""
    prepare(connection, records, likeness)
    return connection.execute(
        f"select distinct account, record_id, key from ({key_rows(likeness)}) join prepared using (rid) order by all"
    ).fetchall()
