"""What the words of a product's name and description are: codes, sizes, colours. SQL over columns of records."""

from __future__ import annotations

# A hyphen, dot or slash inside a code is spelling.
_GLUED = "string_split_regex(regexp_replace(lower(strip_accents({of})), '[^a-z0-9\\s]+', '', 'g'), '\\s+')"
_IS_CODE = (
    "regexp_full_match(w, '[0-9]{6,14}') or length(w) between 4 and 24 and regexp_matches(w, '[0-9]')"
    " and regexp_matches(w, '[a-z]') and not regexp_full_match(w, '[0-9]+[a-z]{1,4}')"
)
STEM = "regexp_replace({of}, '([0-9])[a-z]{{1,3}}$', '\\1')"
CODES_OF_NAME = f"list_filter({_GLUED.format(of='name')}, lambda w: {_IS_CODE})"
CODES_OF_TEXT = (
    f"list_filter({_GLUED.format(of='concat_ws(chr(32), sku, left(description, 400))')}, lambda w: {_IS_CODE})"
)
# "RS 130" is "RS130".
CODES_OVER_TWO_WORDS = (
    "list_filter(list_transform(range(1, len(words)), lambda i: words[i] || words[i + 1]),"
    " lambda w: length(w) >= 4 and regexp_full_match(w, '[a-z]{1,4}[0-9]{2,}[a-z]{0,3}'))"
)
_UNITS = (
    "tb|gb|mb|mm|cm|ml|cl|kg|lbs?|oz|watts?|w|volts?|v|megapixels?|mp|inch(?:es)?|in|ft|feet|ports?|packs?|pcs|pieces?|"
    "ct|count|hz|ghz|mhz|litres?|liters?|m|l|g"
)
MEASURES = (
    "list_transform(regexp_extract_all(replace(replace(lower(name), '\"', ' inch '), chr(39), ' inch '),"
    f" '\\b[0-9]+(?:[.][0-9]+)?[ -]{{0,2}}(?:{_UNITS})\\b'), lambda w: regexp_replace(regexp_replace(w, '[ -]+', '', 'g'), 's$', ''))"
)
UNITS = "list_transform(measures, lambda w: regexp_replace(w, '^[0-9.]+', ''))"
_COLOURS = (
    "black|white|silver|grey|gray|red|blue|green|pink|purple|yellow|orange|brown|gold|beige|sand|navy|"
    "negro|blanco|plata|gris|rojo|azul|verde|rosa|morado|amarillo|naranja|marron|dorado"
)
COLOURS = f"list_filter(words, lambda w: regexp_full_match(w, '{_COLOURS}'))"
