"""Blocking keys: records that share one are worth comparing. Short and stable, so that the store can index them."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from sg_pipelines.domain.matching.prepare import prepare

# Key type → SQL over `people`. A null part makes the whole key null: nothing to share.
BLOCKS: dict[str, str] = {
    "e": "email",
    "l": "case when length(local) >= 6 then local end",
    "p": "phone",
    "n": "name",
    "z": "last || zip",
    "f": "first || zip",
    "s": "house || zip",
    "c": "left(first, 1) || left(last, 3) || city",
    "b": "birth",
}
_IDENTIFIERS = """
    select rid, 'x:' || external_id as key from people where external_id is not null
    union all select rid, 'i:' || account || '/' || record_id from people
    union all select rid, 'i:' || cross_id.account || '/' || cross_id.record_id
              from (select rid, unnest(cross_ids) as cross_id from people)
"""


def block_rows(kinds: tuple[str, ...] = tuple(BLOCKS)) -> str:
    """SQL that yields (block ubigint, rid) for the named kinds of key."""
    return " union all ".join(
        f"select hash('{kind}' || ({BLOCKS[kind]})) as block, rid from people where ({BLOCKS[kind]}) is not null"
        for kind in kinds
    )


def key_rows() -> str:
    """SQL that yields (rid, key) over prepared `people`. Identifiers stand as they are; the rest is hashed, so that a
    key tells nothing of a person."""
    hashed = " union all ".join(
        f"select rid, '{kind}:' || left(md5({sql}), 11) as key from people where ({sql}) is not null"
        for kind, sql in BLOCKS.items()
    )
    return f"({hashed}) union all ({_IDENTIFIERS})"


def blocking_keys(connection: duckdb.DuckDBPyConnection, records: pa.Table) -> list[tuple[str, str, str]]:
    """(account, record_id, key) of these records, each once, sorted."""
    prepare(connection, records)
    return connection.execute(
        f"select distinct account, record_id, key from ({key_rows()}) join people using (rid) order by all"
    ).fetchall()
