"""Postal addresses as one comparable key: abbreviations, states and countries by code or by name.

Where an address is said to lie decides how its words are read: "No." is a unit in the United States and nothing in Spain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sg_pipelines.domain.comparators import spanish_places
from sg_pipelines.domain.comparators.spanish_communities import province_in
from sg_pipelines.domain.comparators.text import text_key, visible

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
    "united states": "us", "united states of america": "us", "usa": "us", "u s": "us", "u s a": "us", "estados unidos": "us",
    "canada": "ca", "mexico": "mx", "colombia": "co", "col": "co", "republica de colombia": "co", "spain": "es",
    "espana": "es", "esp": "es", "reino de espana": "es", "united kingdom": "gb", "great britain": "gb", "uk": "gb",
    "reino unido": "gb", "germany": "de", "deutschland": "de", "alemania": "de", "france": "fr", "francia": "fr",
    "italy": "it", "italia": "it", "portugal": "pt",
}  # fmt: skip
_PUNCTUATION = re.compile(r"[.,;:/\-]+")
_NOT_CODE = re.compile(r"[^0-9a-z]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")
# "nº", "n.º", "N°" and "3º", "2ª": the ordinal marks would turn into letters with the accents.
_NUMBER_SIGN = re.compile(r"\b[Nn]\s?\.?\s?[º°](?:\s?\.)?")
_ORDINAL = re.compile(r"(?<=[0-9])\s?\.?\s?[ºª°]")
# "P.º", "Avd.ª": a word's last letter, set high, after a point that says where letters were left out.
_LAST_LETTER = re.compile(r"(?<=[A-Za-z])\.\s?(?=[ºª°])")
# "s/n", "s/nº", "sin número", once number signs are "#".
_NO_NUMBER = re.compile(r"\bs\s?/\s?(?:n\b|#)\.?|\bsin\s(?:numero\b|num\b|nro\b|no\b|#)\.?")
# "P.I. Las Rozas" is a "Polígono Industrial", "P.K. 12" a "Kilómetro".
_ESTATE, _KILOMETRE = re.compile(r"\bp\.\s?i\.\s?(?=[a-z]{2})"), re.compile(r"\bp\.?\s?k\.?\s?(?=[0-9])")
# "Bº" after a house number, at the end or before a door, is a ground floor.
_GROUND_FLOOR = re.compile(r"(?<=[0-9] )bo(?=(?: [a-z0-9]| izq| dcha| pta [a-z0-9]+)?\Z)")
_PARTICLES = re.compile(rf"\b({'|'.join(spanish_places.WAYS)}) (?:(?:del|de l[ao]s|de la|de|d') )+(?=\S)")
# "Palmas, Las", "Hospitalet de Llobregat (L')": official names with their article behind.
_ARTICLE_BEHIND = re.compile(
    r"(?P<name>[^()]+?)[,(][.,;:/\-\s]*(?P<article>l'|el|la|los|las|els|les|a|o|as|os|illes|islas)\)?[.,;:/\-\s]*\Z"
)
# What kind of area it is, or its country before a code.
_AREA = {
    nation: re.compile(rf"\A(?:(?:{nation}|(?:departamento|dpto|depto|provincia|comunidad autonoma) del?) )+(?=\S)")
    for nation in spanish_places.REGIONS
}
_CODE_DIGITS = {"us": 5, "es": 5, "co": 6}
_SEAMS = re.compile(r"(?<=[0-9])(?=[a-z])|(?<=[a-z])(?=[0-9])|(?<=(?<![a-z])d')(?=\S)")
_STREET, _CITY, _STATE, _POSTAL, _COUNTRY = slice(0, 2), 2, 3, 4, 5


def address_key(parts: Sequence[str | None], region: str) -> str | None:
    """One key for street, street2, city, region, postal code, country; None when all are blank.

    A blank country means the client's own. A US postal code counts by its first five digits; zeros at the beginning of
    a postal code, which spreadsheets eat, are put back. Where an address of Spain names its autonomous community, the postal
    code says the province.
    """
    said = [text_key(part) if part else None for part in parts]
    if not any(said):
        return None
    country = _spaced(said[_COUNTRY])
    nation = _COUNTRIES.get(country, country) or region.casefold()
    if nation in spanish_places.REGIONS:
        return "|".join((*_spanish(parts, said, nation), nation))
    state = said[_STATE] or ""
    area = _STATES.get(state, state) if nation == "us" else state
    code = _NOT_CODE.sub("", said[_POSTAL] or "")
    code = _whole(code, nation)[:5] if nation == "us" else code
    lines = " ".join(filter(None, (_street(line) for line in said[_STREET] if line)))
    return "|".join((lines, _spaced(said[_CITY]), area, code, nation))


def _street(line: str) -> str:
    spaced = _PUNCTUATION.sub(" ", line).replace("#", " unit ")
    words = [_WORDS.get(word, word) for word in spaced.split()]
    return " ".join(word for index, word in enumerate(words) if word != "unit" or words[index - 1 : index] != ["unit"])


def _spanish(parts: Sequence[str | None], said: Sequence[str | None], nation: str) -> tuple[str, str, str, str]:
    """Lines, city, department or province, and postal code as they are written in Colombia and Spain."""
    lines = " ".join(filter(None, (_spanish_street(line, nation) for line in parts[_STREET] if line)))
    city, area = _place(said[_CITY]), _AREA[nation].sub("", _place(said[_STATE]))
    code = _whole(_NOT_DIGIT.sub("", said[_POSTAL] or ""), nation)
    area = spanish_places.REGIONS[nation].get(area, area)
    return (
        lines,
        spanish_places.CITIES[nation].get(city, city),
        province_in(area, code) if nation == "es" else area,
        code,
    )


def _place(text: str | None) -> str:
    """Its article in front and its words in full."""
    found = _ARTICLE_BEHIND.match(text or "")
    if found:
        article = found["article"]
        text = article + (" " if article.isalpha() else "") + found["name"]
    return " ".join(spanish_places.PLACE_WORDS.get(word, word) for word in _spaced(text).split())


def _whole(code: str, nation: str) -> str:
    return code.zfill(_CODE_DIGITS[nation]) if code.isdigit() else code


def _spanish_street(line: str, nation: str) -> str:
    said = text_key(line if line.isascii() else _without_high_letters(visible(line))) or ""
    if "/" in said or "sin " in said:
        said = _NO_NUMBER.sub(f" {spanish_places.NO_NUMBER} ", said)
    if nation == "es":
        said = _KILOMETRE.sub("km ", _ESTATE.sub("pol ind ", said))
    spaced = _SEAMS.sub(" ", _PUNCTUATION.sub(" ", said).replace("#", " # "))
    words = spanish_places.WORDS[nation]
    short = " ".join(words.get(word, word) for word in spaced.split() if word not in spanish_places.NUMBER_MARKS)
    if nation == "es" and "bo" in short:
        short = re.sub(r"\bbo\b", "br", _GROUND_FLOOR.sub("bj", short))
    return _PARTICLES.sub(r"\1 ", short)


def _without_high_letters(line: str) -> str:
    """Number signs as "#", numbers without the ending of an ordinal, abbreviations in one piece."""
    return _LAST_LETTER.sub("", _ORDINAL.sub(" ", _NUMBER_SIGN.sub("#", line))).replace("°", "º")


def _spaced(text: str | None) -> str:
    return " ".join(_PUNCTUATION.sub(" ", text or "").split())
