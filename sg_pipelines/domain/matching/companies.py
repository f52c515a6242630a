"""When two company records are one company. A tax registration or a domain of its own ties; a name needs company.

Legal forms (Inc, S.L., S.A.S. ...) are set aside in names. Firms of one group share a domain and differ in tax registration:
such a pair waits for a person. A country before a tax registration or a check digit after it makes it no other one.
"""

from __future__ import annotations

from sg_pipelines.domain.matching.likeness import Likeness

_FORMS = (
    "inc|incorporated|corp|corporation|co|company|llc|llp|ltd|limited|plc|gmbh|ag|kg|ohg|bv|nv|ab|as|oy|sa|sas|sl|slu|srl|"
    "spa|ltda|lda|cia|compania|sociedad|anonima|limitada"
)
# Where anybody may have a mailbox or a page: such a domain is nobody's own.
_SHARED_HOSTS = (
    "(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|gmx|aol|yandex|zoho)[.][a-z.]+|"
    "(icloud|me|mac|mail|email|fastmail|protonmail|qq|163|126|facebook|instagram|linkedin|etsy|amazon|ebay)[.]com|"
    "proton[.]me|pm[.]me|web[.]de|t-online[.]de|freenet[.]de|(orange|free|wanadoo|sfr)[.]fr|laposte[.]net|"
    "(libero|tin)[.]it|terra[.](es|com[.]br)|telefonica[.]net|(comcast|att|verizon|sbcglobal)[.]net|mail[.]ru|naver[.]com"
)
_WORDS = f"list_filter(string_split(plain(regexp_replace(name, '[.]', '', 'g')), ' '), lambda w: not regexp_full_match(w, '{_FORMS}'))"
COMPANIES = Likeness(
    needs=("name", "domain", "tax_id", "phone", "address_street", "address_city", "address_postal_code"),
    prepared={
        "words": f"nullif({_WORDS}, [])",
        "host": "nullif(regexp_replace(regexp_replace(lower(trim(domain)), '^[a-z]+://', ''), '^www[.]|[/:].*$', '', 'g'), '')",
        "tax": "nullif(regexp_replace(lower(tax_id), '[^0-9a-z]+', '', 'g'), '')",
        "digits": "telephone(phone)",
        "street": "plain(address_street)",
        "city": "plain(address_city)",
        "zip": "left(nullif(upper(replace(address_postal_code, ' ', '')), ''), 5)",
    },
    derived={
        "phone": "case when length(digits) >= 7 then digits end",
        "firm": "array_to_string(words, ' ')",
        "sorted_words": "array_to_string(list_sort(words), ' ')",
        "web": f"case when not regexp_full_match(host, '{_SHARED_HOSTS}') then host end",
    },
    blocks={
        "d": "web",
        "t": "list_distinct([left(regexp_replace(tax, '^[a-z]{2}', ''), 8), right(tax, 8)])",
        "p": "phone",
        "n": "sorted_words",
        "w": "words[1] || left(zip, 3)",
        "c": "left(firm, 4) || city",
    },
    levels={
        "tax": "case when x.tax is null or y.tax is null then 0 when x.tax = y.tax then 3 "
        "when least(length(x.tax), length(y.tax)) >= 6 and (ends_with(x.tax, y.tax) or ends_with(y.tax, x.tax) "
        "or starts_with(x.tax, y.tax) or starts_with(y.tax, x.tax)) then 2 else -1 end",
        "web": "case when x.web is null or y.web is null then 0 when x.web = y.web then 3 "
        "when split_part(x.web, '.', 1) = split_part(y.web, '.', 1) then 2 else -1 end",
        "firm": """case when x.firm is null or y.firm is null then 0
         when x.sorted_words = y.sorted_words then 3
         when jaro_winkler_similarity(x.firm, y.firm) >= 0.93 then 2
         when damerau_levenshtein(x.firm, y.firm) <= 2 and least(length(x.firm), length(y.firm)) >= 8 then 2
         when starts_with(x.firm, y.firm) or starts_with(y.firm, x.firm) then 1
         when jaro_winkler_similarity(x.firm, y.firm) >= 0.85 then 1
         else -1 end""",
        "phone": "case when x.phone is null or y.phone is null then 0 when x.phone = y.phone then 3 "
        "when damerau_levenshtein(x.phone, y.phone) <= 1 then 2 else -1 end",
        "street": "case when x.street is null or y.street is null then 0 when x.street = y.street then 3 "
        "when jaro_winkler_similarity(x.street, y.street) >= 0.9 then 2 else -1 end",
        "zip": "case when x.zip is null or y.zip is null then 0 when x.zip = y.zip then 3 else -1 end",
        "city": "case when x.city is null or y.city is null then 0 when x.city = y.city then 3 "
        "when jaro_winkler_similarity(x.city, y.city) >= 0.9 then 2 else -1 end",
    },
    weight="""
    case tax when 3 then 90 when 2 then 70 when -1 then -50 else 0 end
  + case web when 3 then 60 when 2 then 20 when -1 then -20 else 0 end
  + case firm when 3 then 50 when 2 then 40 when 1 then 15 when -1 then -50 else 0 end
  + case phone when 3 then 50 when 2 then 25 when -1 then -10 else 0 end
  + case when street = -1 and zip = -1 and city = -1 then -15
         else case street when 3 then 40 when 2 then 30 when -1 then -5 else 0 end
            + case zip when 3 then 15 when -1 then -5 else 0 end
            + case city when 3 then 10 when 2 then 5 when -1 then -5 else 0 end end
""",
    names={
        "tax": "tax registration",
        "web": "domain",
        "firm": "name",
        "phone": "telephone",
        "street": "street",
        "zip": "postal code",
        "city": "city",
    },
    strong=(("tax", "firm"), ("web", "firm"), ("tax", "web")),
    caps={
        "different tax registration": "tax = -1",
        "different name": "firm = -1 and tax < 2",
    },
)
