"""How much a pair of records speaks for one thing: integer weights per comparison, summed.

Weights are tenths of a bit, in the manner of Fellegi and Sunter (1969): agreement on something rare speaks loudly,
disagreement speaks against.
"""

from __future__ import annotations

import duckdb

from sg_pipelines.domain.matching.blocking import block_rows
from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.domain.matching.types import MatchSettings

_PAIRS = """
create or replace temp table pairs as
with members as (
    select block, rid from ({blocks})
    qualify count(*) over (partition by block) between 2 and {limit}
)
select distinct one.rid as a, two.rid as b
from members one join members two on one.block = two.block and one.rid < two.rid
"""
_LEVELS = """
create or replace temp table levels as
select p.a, p.b, x.account = y.account as same_account, x.platform = y.platform as same_platform{measures}, {levels}
from pairs p join prepared x on x.rid = p.a join prepared y on y.rid = p.b{joins}
"""
_WEIGHED = """
create or replace temp table weighed as
with total as (select greatest(times, 1000) as n from common where part = 'records'),
said as (select * exclude (n), {weight} as weight from levels, total),
guarded as (select *, {held} as held from said)
select * replace (case when held > 0 then least(weight, {most}) else weight end as weight) from guarded
where weight >= {review}
"""
HELD_BELOW = 10


def weigh(
    connection: duckdb.DuckDBPyConnection,
    settings: MatchSettings,
    likeness: Likeness,
    *,
    are_some_crowded: bool = False,
) -> None:
    """Fill `weighed` by what `common` says: pairs that share a block, with the level of every comparison and the summed
    weight. A pair under one of the likeness's caps is never linked by evidence alone: it stays in the review band, well below
    its upper end, and `held` says by which cap, counted from one. `are_some_crowded`: `common` tells of crowded keys."""
    blocks = block_rows(likeness, are_some_crowded=are_some_crowded)
    connection.execute(_PAIRS.format(blocks=blocks, limit=settings.block_limit))
    for statement in likeness.tables:
        connection.execute(statement)
    measures = "".join(f", {said} as {name}" for name, said in likeness.measures.items())
    levels = ", ".join(f"{said} as {name}" for name, said in likeness.levels.items())
    connection.execute(_LEVELS.format(measures=measures, levels=levels, joins=likeness.joins))
    connection.execute("drop table pairs")
    connection.execute(
        _WEIGHED.format(
            weight=likeness.weight,
            held=_held(likeness),
            most=min(settings.automatic - 1, max(settings.review, settings.automatic - HELD_BELOW)),
            review=settings.review,
        )
    )
    for table in ("levels", *likeness.dropped):
        connection.execute(f"drop table {table}")


def _held(likeness: Likeness) -> str:
    """SQL for the number of the first cap a pair is under, 0: none."""
    under = " ".join(f"when {condition} then {place}" for place, condition in enumerate(likeness.caps.values(), 1))
    return f"case {under} else 0 end" if under else "0"
