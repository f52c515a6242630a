"""How much a pair of records speaks for one person: integer weights per comparison, summed.

Weights are tenths of a bit, in the manner of Fellegi and Sunter (1969): agreement on something rare speaks loudly,
disagreement speaks against. Frequencies of names decide what is rare.
"""

from __future__ import annotations

import duckdb

from sg_pipelines.domain.matching.blocking import block_rows
from sg_pipelines.domain.matching.types import MatchSettings

_FREQUENCIES = """
create or replace temp table frequencies as
    select 'first' as part, first as token, count(*) as n from people where first is not null group by first
    union all select 'last', last, count(*) from people where last is not null group by last
    union all select 'name', name, max(n) from (
        select name, account, count(*) as n from people where name is not null group by name, account
    ) group by name
    union all select 'email', email, count(distinct coalesce(first, '')) from people where email is not null group by email
"""

_PAIRS = """
create or replace temp table pairs as
with members as (
    select block, rid from ({blocks})
    qualify count(*) over (partition by block) between 2 and {limit}
)
select distinct one.rid as a, two.rid as b
from members one join members two on one.block = two.block and one.rid < two.rid
"""

# Levels: 3 equal, 2 nearly, 1 weakly, 0 nothing to compare, -1 different.
_LEVELS = """
create or replace temp table levels as
select
    p.a, p.b, x.account = y.account as same_account,
    case when x.email is null or y.email is null then 0
         when x.email = y.email then 3
         when jaro_winkler_similarity(x.email, y.email) >= 0.95 then 2
         when x.local = y.local and length(x.local) >= 5 then 2
         when jaro_winkler_similarity(x.local, y.local) >= 0.9 then 1
         else -1 end as email,
    case when x.phone is null or y.phone is null then 0
         when x.phone = y.phone then 3
         when damerau_levenshtein(x.phone, y.phone) <= 1 then 2
         else -1 end as phone,
    case when x.first is null or y.first is null then 0
         when x.first = y.first then 3
         when x.first = y.last and y.first = x.last then 3
         when x.first = y.last and jaro_winkler_similarity(x.last, y.first) >= 0.88 then 2
         when jaro_winkler_similarity(x.first, y.first) >= 0.88 then 2
         when damerau_levenshtein(x.first, y.first) <= 2 and least(length(x.first), length(y.first)) >= 5 then 2
         when starts_with(x.first, y.first) or starts_with(y.first, x.first) then 1
         when jaro_winkler_similarity(x.first, y.first) >= 0.78 then 1
         else -1 end as first,
    case when x.last is null or y.last is null then 0
         when x.last = y.last then 3
         when x.first = y.last and y.first = x.last then 3
         when x.last = y.first and jaro_winkler_similarity(x.first, y.last) >= 0.88 then 2
         when jaro_winkler_similarity(x.last, y.last) >= 0.88 then 2
         when damerau_levenshtein(x.last, y.last) <= 2 and least(length(x.last), length(y.last)) >= 5 then 2
         else -1 end as last,
    case when x.street is null or y.street is null then 0
         when x.street = y.street then 3
         when x.house = y.house and jaro_winkler_similarity(x.street, y.street) >= 0.86 then 2
         when jaro_winkler_similarity(x.street, y.street) >= 0.92 then 2
         else -1 end as street,
    case when x.zip is null or y.zip is null then 0
         when x.zip = y.zip then 3
         when damerau_levenshtein(x.zip, y.zip) <= 1 then 2
         else -1 end as zip,
    case when x.city is null or y.city is null then 0
         when x.city = y.city then 3
         when jaro_winkler_similarity(x.city, y.city) >= 0.9 then 2
         else -1 end as city,
    case when x.company is null or y.company is null then 0
         when x.company = y.company then 3
         when jaro_winkler_similarity(x.company, y.company) >= 0.9 then 2
         else -1 end as company,
    case when x.birth is null or y.birth is null then 0
         when x.birth = y.birth then 3
         when length(x.birth) = length(y.birth) and damerau_levenshtein(x.birth, y.birth) <= 2 then 2
         else -1 end as birth,
    coalesce(least(ff.n, fg.n), 1) as first_n,
    coalesce(least(lf.n, lg.n), 1) as last_n,
    coalesce(ef.n, 1) as email_people,
    case when x.name = y.name then coalesce(nf.n, 1) end as namesakes
from pairs p
join people x on x.rid = p.a
join people y on y.rid = p.b
left join frequencies ff on ff.part = 'first' and ff.token = x.first
left join frequencies fg on fg.part = 'first' and fg.token = y.first
left join frequencies lf on lf.part = 'last' and lf.token = x.last
left join frequencies lg on lg.part = 'last' and lg.token = y.last
left join frequencies nf on nf.part = 'name' and nf.token = x.name
left join frequencies ef on ef.part = 'email' and ef.token = x.email
"""

# Where a person lives is said three times over: moving house is one disagreement, not three.
_WEIGHED = """
create or replace temp table weighed as
with total as (select greatest(count(*), 1000) as n from people)
select *,
    case email when 3 then (case when email_people > 2 then 40 else 80 end)
               when 2 then 50 when 1 then 20 when -1 then -15 else 0 end
  + case phone when 3 then 80 when 2 then 40 when -1 then -10 else 0 end
  + case first when 3 then least(60, 5 + cast(round(5 * log2(n / first_n)) as int))
               when 2 then least(40, cast(round(4 * log2(n / first_n)) as int))
               when -1 then (case when birth = 3 then -30 else -60 end) else 0 end
  + case last when 3 then least(70, 5 + cast(round(6 * log2(n / last_n)) as int))
              when 2 then least(45, cast(round(4 * log2(n / last_n)) as int))
              when -1 then (case when birth = 3 then -30 else -60 end) else 0 end
  + case when namesakes = 1 then 25 when namesakes > 2 then -15 else 0 end
  + case when street = -1 and zip = -1 and city = -1 then -20
         else case street when 3 then 70 when 2 then 50 when -1 then -10 else 0 end
            + case zip when 3 then 25 when 2 then 10 when -1 then -10 else 0 end
            + case city when 3 then 15 when 2 then 10 when -1 then -5 else 0 end end
  + case when first = -1 and last = 3 and street >= 2 and birth <> 3 then -30 else 0 end
  + case company when 3 then 30 when 2 then 20 when -1 then -5 else 0 end
  + case birth when 3 then 100 when 2 then 50 when -1 then -40 else 0 end as weight
from levels, total
"""


_NAME_ALONE = """
email < 2 and phone < 2 and street < 2 and zip < 2 and company < 2 and birth < 2
and (email = -1)::int + (phone = -1)::int + (zip = -1 and city = -1)::int >= 2
"""


def weigh(connection: duckdb.DuckDBPyConnection, settings: MatchSettings) -> None:
    """Fill `weighed`: pairs that share a block, with the level of every comparison and the summed weight.

    A name alone, against two other things that disagree, is for a person to judge.
    A clearly different given name is never linked by evidence alone unless the day of birth is the same: families
    share e-mail, telephone and address.
    """
    connection.execute(_FREQUENCIES)
    connection.execute(_PAIRS.format(blocks=block_rows(), limit=settings.block_limit))
    connection.execute(_LEVELS)
    connection.execute("drop table pairs")
    connection.execute(_WEIGHED)
    connection.execute("drop table levels; drop table frequencies")
    connection.execute(
        f"update weighed set weight = least(weight, {settings.automatic - 1}) where first = -1 and birth <> 3"
    )
    connection.execute(f"update weighed set weight = least(weight, {settings.automatic - 1}) where {_NAME_ALONE}")
    connection.execute(f"delete from weighed where weight < {settings.review}")
