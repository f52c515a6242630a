"""What was said outright: ids of other systems on a record, shared business keys, persons' decisions, former links."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from sg_pipelines.domain.matching.types import ACCEPT, REJECT

DECISION, CROSS_ID, EXTERNAL_ID, PRIOR = 5000, 2000, 1900, 1000
STATED_TYPES = {DECISION: "decision", CROSS_ID: "cross_id", EXTERNAL_ID: "external_id", PRIOR: "prior"}
STATED_DETAILS = {
    DECISION: "a person decided",
    CROSS_ID: "one record names the other's id",
    EXTERNAL_ID: "same external id",
    PRIOR: "linked before",
}

_STATED = f"""
create or replace temp table stated as
with crossing as (select rid, unnest(cross_ids) as cross_id from prepared),
keyed as (
    select rid, account, external_id from prepared where external_id is not null
    qualify count(*) over (partition by external_id, account) = 1
),
linked as (select rid, prior_entity, min(rid) over (partition by prior_entity) as first_rid,
                  lag(rid) over (partition by prior_entity order by rid) as former_rid
           from prepared where prior_entity is not null),
everything as (
    select crossing.rid as a, y.rid as b, {CROSS_ID} as weight from crossing
      join prepared y on y.account = cross_id.account and y.record_id = cross_id.record_id
    union all
    select one.rid, two.rid, {EXTERNAL_ID} from keyed one join keyed two
        on one.external_id = two.external_id and one.account < two.account
    union all select rid, first_rid, {PRIOR} from linked
    union all select rid, former_rid, {PRIOR} from linked where former_rid is not null
    union all
    select x.rid, y.rid, {DECISION} from decisions d
      join prepared x on x.account = d.account and x.record_id = d.record_id
      join prepared y on y.prior_entity = d.entity
    where d.verdict = '{ACCEPT}'
)
select least(a, b) as a, greatest(a, b) as b, max(weight) as weight from everything where a <> b group by 1, 2
"""
_FORBIDDEN = f"""
create or replace temp table forbidden as
select distinct least(x.rid, y.rid) as a, greatest(x.rid, y.rid) as b from decisions d
  join prepared x on x.account = d.account and x.record_id = d.record_id
  join prepared y on y.prior_entity = d.entity and y.rid <> x.rid
where d.verdict = '{REJECT}'
"""
_FORGET = f"""
update prepared set prior_entity = null, prior_role = null from decisions d
where d.verdict = '{REJECT}' and prepared.account = d.account and prepared.record_id = d.record_id
  and prepared.prior_entity = d.entity
"""


def state(connection: duckdb.DuckDBPyConnection, decisions: pa.Table) -> None:
    """Fill `stated` (a, b, weight) and `forbidden` (a, b); a rejected record forgets the entity it hung on."""
    connection.register("decisions", decisions)
    try:
        connection.execute(_FORGET)
        connection.execute(_STATED)
        connection.execute(_FORBIDDEN)
    finally:
        connection.unregister("decisions")
