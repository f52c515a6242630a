"""How common is what records say: names, words, blocking keys. Rare things speak louder, so a few records can only be weighed
by what is common among all: a full look counts, and later looks at a few go by what it counted."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.matching.blocking import crowded_keys
from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.domain.matching.prepare import prepare
from sg_pipelines.domain.matching.types import COMMONNESS, MatchSettings

RECORDS, CROWDED = "records", "crowded"
_BOTH = "select part, token, max(times) as times from ({counted} union all select * from known) group by part, token"


def count(
    connection: duckdb.DuckDBPyConnection, likeness: Likeness, settings: MatchSettings, known: pa.Table | None = None
) -> None:
    """Fill `common` (part, token, times) from `prepared`: how many records there are, how often each part of the likeness is
    said, and which blocking keys too many share. Where `known` counted more, that holds."""
    parts = {RECORDS: "select '' as token, count(*) as times from prepared", **likeness.counts}
    counted = " union all ".join(f"select '{part}' as part, token, times from ({sql})" for part, sql in parts.items())
    counted += f" union all select '{CROWDED}', token, times from ({crowded_keys(likeness, settings.block_limit)})"
    connection.register("known", COMMONNESS.empty_table() if known is None else known)
    try:
        chosen = counted if known is None else _BOTH.format(counted=counted)
        connection.execute(f"create or replace temp table common as {chosen}")
    finally:
        connection.unregister("known")


def counted(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """What `common` holds: COMMONNESS, sorted; what is said once is left out, since that is what the unheard of counts as."""
    found = connection.sql("select part, token, times from common where times > 1 order by all")
    return found.to_arrow_table().cast(COMMONNESS)


def commonness(
    connection: duckdb.DuckDBPyConnection,
    records: pa.Table,
    likeness: Likeness,
    *,
    platforms: Mapping[str, str] | None = None,
    settings: MatchSettings = MatchSettings(),
) -> pa.Table:
    """Count anew over all records, without linking them."""
    prepare(connection, records, likeness, platforms)
    count(connection, likeness, settings)
    found = counted(connection)
    connection.execute("drop table common")
    return found


def crowded(known: pa.Table | None) -> set[str]:
    """Blocking keys that too many records share: they lead to nobody."""
    if known is None:
        return set()
    return set(known.filter(pc.equal(known.column("part"), CROWDED)).column("token").to_pylist())
