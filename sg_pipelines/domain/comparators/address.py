"""Postal addresses as one comparable key: abbreviations, states and countries by code or by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sg_pipelines.domain.comparators.text import exact_text_key, text_key

_WORDS = {
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd", "road": "rd", "drive": "dr",
    "lane": "ln", "court": "ct", "place": "pl", "square": "sq", "terrace": "ter", "parkway": "pkwy", "highway": "hwy",
    "circle": "cir", "trail": "trl", "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne",
    "northwest": "nw", "southeast": "se", "southwest": "sw", "apartment": "unit", "apt": "unit", "suite": "unit",
    "ste": "unit", "number": "unit", "no": "unit", "room": "unit", "rm": "unit", "floor": "fl",
    "calle": "c", "cl": "c", "carrera": "cra", "avenida": "ave", "avda": "ave",
}  # fmt: skip
_STATES = {
    "alabama": "al", "alaska": "ak", "arizona": "az", "arkansas": "ar", "california": "ca", "colorado": "co",
    "connecticut": "ct", "delaware": "de", "district of columbia": "dc", "florida": "fl", "georgia": "ga",
    "hawaii": "hi", "idaho": "id", "illinois": "il", "indiana": "in", "iowa": "ia", "kansas": "ks", "kentucky": "ky",
    "louisiana": "la", "maine": "me", "maryland": "md", "massachusetts": "ma", "michigan": "mi", "minnesota": "mn",
    "mississippi": "ms", "missouri": "mo", "montana": "mt", "nebraska": "ne", "nevada": "nv", "new hampshire": "nh",
    "new jersey": "nj", "new mexico": "nm", "new york": "ny", "north carolina": "nc", "north dakota": "nd",
    "ohio": "oh", "oklahoma": "ok", "oregon": "or", "pennsylvania": "pa", "rhode island": "ri",
    "south carolina": "sc", "south dakota": "sd", "tennessee": "tn", "texas": "tx", "utah": "ut", "vermont": "vt",
    "virginia": "va", "washington": "wa", "west virginia": "wv", "wisconsin": "wi", "wyoming": "wy",
}  # fmt: skip
_COUNTRIES = {
    "united states": "us", "united states of america": "us", "usa": "us", "u.s.": "us", "u.s.a.": "us",
    "canada": "ca", "mexico": "mx", "colombia": "co", "spain": "es", "espana": "es", "united kingdom": "gb",
    "great britain": "gb", "uk": "gb", "germany": "de", "deutschland": "de", "france": "fr", "italy": "it",
}  # fmt: skip
_PUNCTUATION = re.compile(r"[.,;:/\-]+")
_ORDER = ("street", "street2", "city", "region", "postal_code", "country")


def address_key(parts: Sequence[str | None], region: str) -> str | None:
    """One key for street, street2, city, region, postal code, country; None when all are blank.

    A blank country means the client's own. A US postal code counts by its first five digits.
    """
    street, street2, city, state, postal, country = (text_key(part) if part else None for part in parts)
    if not any((street, street2, city, state, postal, country)):
        return None
    nation = _COUNTRIES.get(country, country) if country else region.casefold()
    lines = " ".join(_street(line) for line in (street, street2) if line)
    area = _STATES.get(state, state) if state and nation == "us" else state
    code = re.sub(r"[^0-9a-z]", "", postal or "")
    code = code[:5] if nation == "us" else code
    return "|".join((lines, _PUNCTUATION.sub(" ", city or "").strip(), area or "", code, nation or ""))


def exact_address_key(parts: Sequence[str | None]) -> str:
    """The parts with accents kept."""
    return "|".join(exact_text_key(part) or "" if part else "" for part in parts)


def _street(line: str) -> str:
    spaced = _PUNCTUATION.sub(" ", line).replace("#", " unit ")
    words = [_WORDS.get(word, word) for word in spaced.split()]
    return " ".join(word for index, word in enumerate(words) if word != "unit" or words[index - 1 : index] != ["unit"])
