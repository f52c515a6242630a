"""Records as the matcher weighs them: one row per record, each attribute in a form that can be compared quickly."""

from __future__ import annotations

import duckdb
import pyarrow as pa

OPTIONAL = ("company_name", "birth_date", "address_street", "address_city", "address_postal_code", "phone", "email")
ABSENT = ("external_id", "first_name", "last_name", "prior_entity", "prior_role", *OPTIONAL)

_WORDS = """
create or replace temp macro plain(t) as
    nullif(trim(regexp_replace(lower(strip_accents(t)), '[^a-z0-9]+', ' ', 'g')), '');
create or replace temp macro letters(t) as nullif(regexp_replace(lower(strip_accents(t)), '[^a-z]+', '', 'g'), '');
create or replace temp macro digits(t) as nullif(regexp_replace(t, '[^0-9]+', '', 'g'), '');
"""

_PEOPLE = """
create or replace temp table people as
with stated as (
    select
        row_number() over (order by account, record_id) - 1 as rid,
        account, record_id, external_id, cross_ids, prior_entity, prior_role,
        nullif(lower(trim(email)), '') as email,
        right(digits(phone), 10) as phone,
        letters(first_name) as first, letters(last_name) as last,
        plain(address_street) as street, plain(address_city) as city,
        left(nullif(upper(replace(address_postal_code, ' ', '')), ''), 5) as zip,
        plain(company_name) as company, digits(birth_date) as birth
    from incoming
)
select
    * exclude (phone),
    case when length(phone) >= 7 then phone end as phone,
    case when first is not null and last is not null then least(first, last) || ' ' || greatest(first, last) end as name,
    nullif(regexp_extract(street, '^[0-9]+'), '') as house,
    split_part(email, '@', 1) as local
from stated order by rid
"""


def prepare(connection: duckdb.DuckDBPyConnection, records: pa.Table) -> None:
    """Fill the temporary table `people`, numbered by account and record id whatever order the input had."""
    for name in ABSENT:
        if name not in records.column_names:
            records = records.append_column(name, pa.nulls(len(records), pa.string()))
    if "cross_ids" not in records.column_names:
        pair = pa.struct([pa.field("account", pa.string()), pa.field("record_id", pa.string())])
        records = records.append_column("cross_ids", pa.nulls(len(records), pa.list_(pair)))
    connection.execute(_WORDS)
    connection.register("incoming", records)
    try:
        connection.execute(_PEOPLE)
    finally:
        connection.unregister("incoming")
