"""Spain's autonomous communities of several provinces: which of these an address lies in says its postal code.

Communities of one province go by that province's code, in `spanish_places`. Codes of provinces and communities are those of
ISO 3166-2; a postal code begins with the number that the statistics office (INE) gives the province."""

from __future__ import annotations

_NUMBERED = """
vi ab a al av ba pm b bu cc ca cs cr co c cu gi gr gu ss h hu j le l lo
lu m ma mu na or o p gc po sa tf s sg se so t te to v va bi za z ce ml
"""
# First two digits of a postal code → province.
PROVINCES = {f"{number:02}": code for number, code in enumerate(_NUMBERED.split(), 1)}
_PROVINCES_OF = {
    "an": "al ca co gr h j ma se",
    "ar": "hu te z",
    "cl": "av bu le p sa sg so va za",
    "cm": "ab cr cu gu to",
    "cn": "gc tf",
    "ct": "b gi l t",
    "ex": "ba cc",
    "ga": "c lu or po",
    "pv": "bi ss vi",
    "vc": "a cs v",
}
_NAMES = {
    "an": "andalucia|andalusia",
    "ar": "aragon",
    "cl": "castilla y leon|castilla leon",
    "cm": "castilla la mancha",
    "cn": "canarias|islas canarias|canarias islas|canary islands",
    "ct": "cataluna|catalunya|catalonia",
    "ex": "extremadura",
    "ga": "galicia|galiza",
    "pv": "pais vasco|euskadi|pais vasco euskadi|euskadi pais vasco|basque country",
    "vc": "c valenciana|comunidad valenciana|comunitat valenciana|valenciana comunidad|valenciana comunitat|valencian community",
}
# Name, and code → code.
COMMUNITIES = {name: code for code, names in _NAMES.items() for name in (code, *names.split("|"))}


def province_in(area: str, postal_code: str) -> str:
    """The province of a whole postal code in place of the community around it. A province stays; so does a community without
    a code, and with one of elsewhere."""
    community = COMMUNITIES.get(area, area)
    province = PROVINCES.get(postal_code[:2]) if len(postal_code) == 5 else None
    return province if province in _PROVINCES_OF.get(community, "").split() else community
