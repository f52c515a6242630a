"""When two customer records are one person. Rarer names speak louder; families share mailbox, telephone and house."""

from __future__ import annotations

from sg_pipelines.domain.matching.likeness import Likeness

_COUNTS = {
    "first": "select first as token, count(*) as times from prepared where first is not null group by first",
    "last": "select last as token, count(*) as times from prepared where last is not null group by last",
    "name": """select name as token, max(times) as times from (
        select name, account, count(*) as times from prepared where name is not null group by name, account
    ) group by name""",
    "email": """select email as token, count(distinct coalesce(first, '')) as times
        from prepared where email is not null group by email""",
}
_LEVELS = {
    "email": """case when x.email is null or y.email is null then 0
         when x.email = y.email then 3
         when jaro_winkler_similarity(x.email, y.email) >= 0.95 then 2
         when x.local = y.local and length(x.local) >= 5 then 2
         when jaro_winkler_similarity(x.local, y.local) >= 0.9 then 1
         else -1 end""",
    "phone": """case when x.phone is null or y.phone is null then 0
         when x.phone = y.phone then 3
         when damerau_levenshtein(x.phone, y.phone) <= 1 then 2
         else -1 end""",
    "first": """case when x.first is null or y.first is null then 0
         when x.first = y.first then 3
         when x.first = y.last and y.first = x.last then 3
         when x.first = y.last and jaro_winkler_similarity(x.last, y.first) >= 0.88 then 2
         when jaro_winkler_similarity(x.first, y.first) >= 0.88 then 2
         when damerau_levenshtein(x.first, y.first) <= 2 and least(length(x.first), length(y.first)) >= 5 then 2
         when starts_with(x.first, y.first) or starts_with(y.first, x.first) then 1
         when jaro_winkler_similarity(x.first, y.first) >= 0.78 then 1
         else -1 end""",
    "last": """case when x.last is null or y.last is null then 0
         when x.last = y.last then 3
         when x.first = y.last and y.first = x.last then 3
         when x.last = y.first and jaro_winkler_similarity(x.first, y.last) >= 0.88 then 2
         when jaro_winkler_similarity(x.last, y.last) >= 0.88 then 2
         when damerau_levenshtein(x.last, y.last) <= 2 and least(length(x.last), length(y.last)) >= 5 then 2
         else -1 end""",
    "street": """case when x.street is null or y.street is null then 0
         when x.street = y.street then 3
         when x.house = y.house and jaro_winkler_similarity(x.street, y.street) >= 0.86 then 2
         when jaro_winkler_similarity(x.street, y.street) >= 0.92 then 2
         else -1 end""",
    "zip": """case when x.zip is null or y.zip is null then 0
         when x.zip = y.zip then 3
         when damerau_levenshtein(x.zip, y.zip) <= 1 then 2
         else -1 end""",
    "city": """case when x.city is null or y.city is null then 0
         when x.city = y.city then 3
         when jaro_winkler_similarity(x.city, y.city) >= 0.9 then 2
         else -1 end""",
    "company": """case when x.company is null or y.company is null then 0
         when x.company = y.company then 3
         when jaro_winkler_similarity(x.company, y.company) >= 0.9 then 2
         else -1 end""",
    "birth": """case when x.birth is null or y.birth is null then 0
         when x.birth = y.birth then 3
         when length(x.birth) = length(y.birth) and damerau_levenshtein(x.birth, y.birth) <= 2 then 2
         else -1 end""",
}
# Where a person lives is said three times over: moving house is one disagreement, not three.
_WEIGHT = """
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
  + case birth when 3 then 100 when 2 then 50 when -1 then -40 else 0 end
"""
_NAME_ALONE = """
email < 2 and phone < 2 and street < 2 and zip < 2 and company < 2 and birth < 2
and (email = -1)::int + (phone = -1)::int + (zip = -1 and city = -1)::int >= 2
"""
PEOPLE = Likeness(
    needs=(
        *("first_name", "last_name", "email", "phone", "company_name", "birth_date"),
        *("address_street", "address_city", "address_postal_code"),
    ),
    prepared={
        "email": "nullif(lower(trim(visible(email))), '')",
        "digits": "telephone(phone)",
        "first": "letters(first_name)",
        "last": "letters(last_name)",
        "street": "plain(address_street)",
        "city": "plain(address_city)",
        "zip": "left(nullif(upper(replace(address_postal_code, ' ', '')), ''), 5)",
        "company": "plain(company_name)",
        "birth": "digits(birth_date)",
    },
    derived={
        "phone": "case when length(digits) >= 7 then digits end",
        "name": "case when first is not null and last is not null "
        "then least(first, last) || ' ' || greatest(first, last) end",
        "house": "nullif(regexp_extract(street, '^[0-9]+'), '')",
        "local": "split_part(email, '@', 1)",
    },
    blocks={
        "e": "email",
        "l": "case when length(local) >= 6 then local end",
        "p": "phone",
        "n": "name",
        "z": "last || zip",
        "f": "first || zip",
        "s": "house || zip",
        "c": "left(first, 1) || left(last, 3) || city",
        "b": "birth",
    },
    levels=_LEVELS,
    weight=_WEIGHT,
    names={
        "email": "e-mail",
        "phone": "telephone",
        "first": "given name",
        "last": "family name",
        "street": "street",
        "zip": "postal code",
        "city": "city",
        "company": "company",
        "birth": "day of birth",
    },
    strong=(("first", "last", "email"), ("first", "last", "phone")),
    counts=_COUNTS,
    joins="""
left join common ff on ff.part = 'first' and ff.token = x.first
left join common fg on fg.part = 'first' and fg.token = y.first
left join common lf on lf.part = 'last' and lf.token = x.last
left join common lg on lg.part = 'last' and lg.token = y.last
left join common nf on nf.part = 'name' and nf.token = x.name
left join common ef on ef.part = 'email' and ef.token = x.email
""",
    measures={
        "first_n": "coalesce(least(ff.times, fg.times), 1)",
        "last_n": "coalesce(least(lf.times, lg.times), 1)",
        "email_people": "coalesce(ef.times, 1)",
        "namesakes": "case when x.name = y.name then coalesce(nf.times, 1) end",
    },
    caps={
        "different given name": "first = -1 and birth <> 3",
        "a name alone against what disagrees": _NAME_ALONE,
    },
)
