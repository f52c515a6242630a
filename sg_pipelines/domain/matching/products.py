"""When two product records are one product: the same stock keeping unit or barcode, a model code both name, else what their
names share, the rarer the better. Another size, colour or number in otherwise like names speaks against, and so does the
price.

A model code mixes letters and digits (or is a long number) and counts whatever its punctuation; letters at its end are often
a colour or a country, so that codes alike but for those are nearly the same. The fewer products of one account carry a code,
the more it says.
"""

from __future__ import annotations

from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.domain.matching.product_words import (
    CODES_OF_NAME,
    CODES_OF_TEXT,
    CODES_OVER_TWO_WORDS,
    COLOURS,
    MEASURES,
    STEM,
    UNITS,
)

_SAID = "select rid, unnest(list_distinct(words)) as token from prepared"
_TOKENS = f"""
create or replace temp table tokens as
with total as (select greatest(times, 1000) as n from common where part = 'records')
select rid, token, cast(round(10 * log2(1 + n / times)) as bigint) as worth
from ({_SAID}) join (select token, times from common where part = 'word') using (token), total
"""
_NORMS = "create or replace temp table norms as select rid, sqrt(sum(worth * worth)) as norm from tokens group by rid"
_SHARED = """
create or replace temp table shared as
select p.a, p.b, sum(t.worth * t.worth) as dot from pairs p
join tokens t on t.rid = p.a join tokens u on u.rid = p.b and u.token = t.token group by p.a, p.b
"""
# `place` 0: in the name, 1: told elsewhere.
_CARRIED = f"""
select rid, account, code, {STEM.format(of="code")} as stem, min(place) as place from (
    select rid, account, unnest(own) as code, 0 as place from prepared
    union all select rid, account, unnest(told), 1 from prepared
) group by all
"""
# Of a code: how many products of one account carry it, where there are most.
_COUNTS = {
    "word": f"select token, count(*) as times from ({_SAID}) group by token",
    "code": f"""select code as token, max(times) as times from (
        select code, account, count(*) as times from ({_CARRIED}) group by all
    ) group by code""",
    "stem": f"""select stem as token, max(times) as times from (
        select stem, account, count(distinct rid) as times from ({_CARRIED}) group by all
    ) group by stem""",
}
_CODES = f"""
create or replace temp table codes as
select rid, code, stem, place, whole.times, stems.times as stem_times from ({_CARRIED}) carried
join common whole on whole.part = 'code' and whole.token = code
join common stems on stems.part = 'stem' and stems.token = stem
"""
# What one account's products all carry (the device an accessory is for) ties little, and so does what only texts tell.
_CODED = """
create or replace temp table coded as
with met as (
    select p.a, p.b, case when t.code = u.code then 3 when t.code = u.stem or u.code = t.stem then 2 else 1 end as degree,
           case degree when 3 then t.times else t.stem_times end as times, greatest(t.place, u.place) as told
    from pairs p join codes t on t.rid = p.a join codes u on u.rid = p.b and u.stem = t.stem
    where t.place = 0 or u.place = 0
),
scored as (
    select a, b, degree, case degree when 3 then 80 when 2 then 60 else 35 end
                         - 12 * cast(floor(log2(times)) as int) - 10 * told as score
    from met
),
best as (select a, b, max(greatest(score, 0) * 4 + degree) as packed from scored group by all)
select a, b, packed // 4 as score, packed % 4 as degree from best
"""
_LIST_OF_BOTH = "len(coalesce(x.{of}, [])) > 0 and len(coalesce(y.{of}, [])) > 0"
PRODUCTS = Likeness(
    needs=("sku", "barcode", "name", "description", "price_amount", "price_currency"),
    prepared={
        "code": "nullif(regexp_replace(lower(sku), '[^0-9a-z]+', '', 'g'), '')",
        "bars": "nullif(ltrim(digits(barcode), '0'), '')",
        "words": "string_split(plain(name), ' ')",
        "in_name": CODES_OF_NAME,
        "in_text": CODES_OF_TEXT,
        "measures": MEASURES,
        "price": "try_cast(price_amount as double)",
        "currency": "nullif(upper(trim(price_currency)), '')",
    },
    derived={
        "title": "array_to_string(words, ' ')",
        "own": f"list_concat(coalesce(in_name, []), coalesce({CODES_OVER_TWO_WORDS}, []))",
        "told": "list_slice(coalesce(in_text, []), 1, 6)",
        "stems": f"list_transform(list_concat(own, told), lambda w: {STEM.format(of='w')})",
        "numbers": "list_sort(list_filter(words, lambda w: regexp_full_match(w, '[0-9]{1,5}')))",
        "text": "list_sort(list_filter(words, lambda w: not regexp_full_match(w, '[0-9]{1,5}')))",
        "units": UNITS,
        "colours": COLOURS,
    },
    blocks={
        "k": "code",
        "u": "bars",
        "n": "array_to_string(list_sort(words), ' ')",
        "m": "list_slice(list_filter(stems, lambda w, i: list_position(stems, w) = i), 1, 3)",
        "v": "list_slice(list_filter(words, lambda w: length(w) >= 6), 1, 2)",
    },
    levels={
        "code": "case when x.code is null or y.code is null then 0 when x.code = y.code then 3 else -1 end",
        "bars": "case when x.bars is null or y.bars is null then 0 when x.bars = y.bars then 3 else -1 end",
        "title": """case when x.title is null or y.title is null then 0 when x.title = y.title then 3
         when likeness >= 0.75 then 2 when likeness >= 0.4 then 1 else -1 end""",
        "model": f"""case when score >= 30 then coded.degree
         when {_LIST_OF_BOTH.format(of="in_name")} and not list_has_any(x.in_name, y.in_name) then -1
         when score > 0 then 1 else 0 end""",
        "measure": f"""case when not ({_LIST_OF_BOTH.format(of="measures")}) then 0
         when list_has_any(x.measures, y.measures) then 3
         when list_has_any(x.units, y.units) then -1 else 0 end""",
        "number": "case when x.text = y.text and x.numbers <> y.numbers then -1 else 0 end",
        "colour": f"""case when not ({_LIST_OF_BOTH.format(of="colours")}) then 0
         when list_has_any(x.colours, y.colours) then 3 else -1 end""",
        "price": """case when x.price is null or y.price is null or x.currency <> y.currency then 0
         when abs(x.price - y.price) <= 0.02 * greatest(x.price, y.price) then 3
         when abs(x.price - y.price) <= 0.25 * greatest(x.price, y.price) then 2
         when greatest(x.price, y.price) > 2.5 * least(x.price, y.price) then -1 else 0 end""",
    },
    weight="""
    case code when 3 then 90 when -1 then -30 else 0 end
  + case bars when 3 then 90 when -1 then -30 else 0 end
  + score + cast(round(90 * likeness) as int) - case when likeness < 0.15 then 10 else 0 end
  - case model when -1 then 30 else 0 end
  + case measure when 3 then 10 when -1 then -30 else 0 end
  + case colour when 3 then 5 when -1 then -30 else 0 end
  + case price when 3 then 15 when 2 then 8 when -1 then -25 else 0 end
""",
    names={
        "code": "stock keeping unit",
        "bars": "barcode",
        "title": "name",
        "model": "model code",
        "measure": "size",
        "number": "number in the name",
        "colour": "colour",
        "price": "price",
    },
    strong=(("code", "title"), ("bars", "title"), ("code", "bars"), ("model", "title")),
    counts=_COUNTS,
    tables=(_TOKENS, _NORMS, _SHARED, _CODES, _CODED),
    dropped=("tokens", "norms", "shared", "codes", "coded"),
    joins="""
left join shared s on s.a = p.a and s.b = p.b
left join coded on coded.a = p.a and coded.b = p.b
left join norms nx on nx.rid = p.a
left join norms ny on ny.rid = p.b
""",
    measures={
        "likeness": "coalesce(s.dot / (nx.norm * ny.norm), 0)",
        "score": "coalesce(coded.score, 0)",
    },
    caps={
        "nothing alike but the price": "code < 3 and bars < 3 and title < 1 and model < 2",
        "different model code": "model = -1 and code < 3 and bars < 3",
        "different size": "measure = -1 and code < 3 and bars < 3",
        "different number in the name": "number = -1 and code < 3 and bars < 3",
        "different colour": "colour = -1 and code < 3 and bars < 3",
        "one account holds both": "same_account and not (code = 3 and title = 3 and bars >= 0 and price in (0, 3))",
    },
)
