"""When two product records are one product: the same stock keeping unit or barcode, else what their names share, the rarer
the better. A number or a model code that differs speaks against, and so does the price."""

from __future__ import annotations

from sg_pipelines.domain.matching.likeness import Likeness

_TOKENS = """
create or replace temp table tokens as
with said as (select rid, unnest(words) as token from prepared),
rare as (select token, ln(1.0 + (select count(*) from prepared) / count(*)) as worth from said group by token)
select rid, token, worth from said join rare using (token)
"""
_NORMS = "create or replace temp table norms as select rid, sqrt(sum(worth * worth)) as norm from tokens group by rid"
_SHARED = """
create or replace temp table shared as
select p.a, p.b, sum(t.worth * t.worth) as dot from pairs p
join tokens t on t.rid = p.a join tokens u on u.rid = p.b and u.token = t.token group by p.a, p.b
"""
PRODUCTS = Likeness(
    needs=("sku", "barcode", "name", "description", "price_amount"),
    prepared={
        "code": "nullif(regexp_replace(lower(sku), '[^0-9a-z]+', '', 'g'), '')",
        "bars": "nullif(ltrim(digits(barcode), '0'), '')",
        "words": "nullif(list_distinct(string_split(coalesce(plain(name), ''), ' ')), [''])",
        "price": "try_cast(price_amount as double)",
    },
    derived={
        "title": "array_to_string(words, ' ')",
        "models": "list_filter(words, lambda w: length(w) >= 4 and regexp_matches(w, '[0-9]'))",
        "numbers": "list_filter(words, lambda w: regexp_full_match(w, '[0-9]+'))",
    },
    blocks={
        "k": "code",
        "u": "bars",
        "n": "title",
        "m": "models",
        "v": "list_filter(words, lambda w: length(w) >= 7)",
        "w": "words[1] || ' ' || words[2]",
    },
    levels={
        "code": "case when x.code is null or y.code is null then 0 when x.code = y.code then 3 else -1 end",
        "bars": "case when x.bars is null or y.bars is null then 0 when x.bars = y.bars then 3 else -1 end",
        "title": """case when x.title is null or y.title is null then 0 when x.title = y.title then 3
         when likeness >= 0.75 then 2 when likeness >= 0.5 then 1 else -1 end""",
        "model": """case when len(coalesce(x.models, [])) = 0 or len(coalesce(y.models, [])) = 0 then 0
         when list_has_any(x.models, y.models) then 3 else -1 end""",
        "price": """case when x.price is null or y.price is null then 0
         when abs(x.price - y.price) <= 0.02 * greatest(x.price, y.price) then 3
         when abs(x.price - y.price) <= 0.25 * greatest(x.price, y.price) then 2
         when greatest(x.price, y.price) > 2 * least(x.price, y.price) then -1 else 0 end""",
    },
    weight="""
    case code when 3 then 90 when -1 then -30 else 0 end
  + case bars when 3 then 90 when -1 then -30 else 0 end
  + case title when 3 then 60 when 2 then 45 when 1 then 25 when -1 then -40 else 0 end
  + case model when 3 then 45 when -1 then -30 else 0 end
  + case price when 3 then 15 when 2 then 8 when -1 then -20 else 0 end
""",
    names={"code": "stock keeping unit", "bars": "barcode", "title": "name", "model": "model code", "price": "price"},
    strong=(("code", "title"), ("bars", "title"), ("code", "bars")),
    tables=(_TOKENS, _NORMS, _SHARED),
    dropped=("tokens", "norms", "shared"),
    joins="""
left join shared s on s.a = p.a and s.b = p.b
left join norms nx on nx.rid = p.a
left join norms ny on ny.rid = p.b
""",
    measures={"likeness": "coalesce(s.dot / (nx.norm * ny.norm), 0)"},
    caps={"nothing alike but the price": "code < 3 and bars < 3 and title < 1 and model < 3"},
)
