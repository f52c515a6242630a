"""Records as the matcher weighs them: one row per record, each attribute in a form that can be compared quickly."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from sg_pipelines.domain.matching.likeness import Likeness

STATED = ("external_id", "prior_entity", "prior_role")

# `visible` leaves out what the comparators call invisible; `telephone` an extension, and what some write before the nine digits
# that numbers of Spain have and that tell other countries' apart nearly as well as ten.
_WORDS = r"""
create or replace temp macro visible(t) as
    regexp_replace(t, '[\x{00AD}\x{200B}-\x{200D}\x{2060}\x{FEFF}]+', '', 'g');
create or replace temp macro plain(t) as
    nullif(trim(regexp_replace(lower(strip_accents(visible(t))), '[^a-z0-9]+', ' ', 'g')), '');
create or replace temp macro letters(t) as nullif(regexp_replace(lower(strip_accents(t)), '[^a-z]+', '', 'g'), '');
create or replace temp macro digits(t) as nullif(regexp_replace(t, '[^0-9]+', '', 'g'), '');
create or replace temp macro telephone(t) as
    right(digits(regexp_replace(t, '^([^A-Za-z#]*[0-9][^A-Za-z#]*)[A-Za-z#].*$', '\1')), 9);
"""


def prepare(
    connection: duckdb.DuckDBPyConnection,
    records: pa.Table,
    likeness: Likeness,
    platforms: Mapping[str, str] | None = None,
) -> None:
    """Fill the temporary table `prepared`, numbered by account and record id whatever order the input had. `platforms`:
    account → platform; an account that is not named is a platform of its own."""
    records = records.drop_columns([name for name in likeness.unread if name in records.column_names])
    for name in (*STATED, *likeness.needs):
        if name not in records.column_names:
            records = records.append_column(name, pa.nulls(len(records), pa.string()))
    if "cross_ids" not in records.column_names:
        pair = pa.struct([pa.field("account", pa.string()), pa.field("record_id", pa.string())])
        records = records.append_column("cross_ids", pa.nulls(len(records), pa.list_(pair)))
    connection.execute(_WORDS)
    known = platforms or {}
    connection.register("incoming", records)
    connection.register(
        "platforms",
        pa.table({"account": pa.array(known, pa.string()), "platform": pa.array(known.values(), pa.string())}),
    )
    try:
        connection.execute(_statement(likeness))
    finally:
        connection.unregister("incoming")
        connection.unregister("platforms")


def _statement(likeness: Likeness) -> str:
    own = ", ".join(f"{said} as {name}" for name, said in likeness.prepared.items())
    derived = "".join(f", {said} as {name}" for name, said in likeness.derived.items())
    return f"""
create or replace temp table prepared as
with numbered as (
    select row_number() over (order by account, record_id) - 1 as rid, account, record_id, external_id, cross_ids,
           prior_entity, prior_role, {own}
    from incoming
)
select numbered.*, coalesce(platform, account) as platform{derived}
from numbered left join platforms using (account) order by rid
"""
