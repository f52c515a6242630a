"""Keys of tax registrations: punctuation, country prefixes and a check digit that only repeats the rest make no difference.

Colombia's NIT: the check digit weighs the digits from the right by the primes 3, 7, 13 ... and is taken modulo 11 (DIAN,
Orden Administrativa 4 of 1989). Spain's NIF, NIE and CIF keep their control letter or digit: it is always written.
"""

from __future__ import annotations

import re

from sg_pipelines.domain.comparators.text import fold_accents, visible

NIT = "NIT"
# DNI is a word before a citizen's number alone: a company's own letters may be the same three.
_REGISTRATION = "NIT|NIF|CIF|NIE|EIN|RUT|IVA|CC|CEDULA(?:DECIUDADANIA)?"
# "NIT No.", "CIF nº". VAT has none: NO is also the country of a VAT number of Norway, N alone a letter of the CIF.
_NUMBER = "(?:(?:NUMERO|NUM|NRO|NO)(?=(?:CO|ES)?[A-Z]?[0-9]))?"
_WORD = re.compile(
    rf"(?:(?P<word>{_REGISTRATION}){_NUMBER}|VAT)(?=.*[0-9])"
    rf"|DNI{_NUMBER}(?=(?:(?:NIF|NIE){_NUMBER})*[XYZ]?[0-9]{{5,8}}[A-Z]?\Z)"
)
_NOT_CODE = re.compile(r"[^0-9A-Z]+")
_NIT_WEIGHTS = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)
# Digits with a dash, or the letters DV, before the last one: what follows is said to be the check digit.
_DASHED = re.compile(r".*[0-9]\s*[-\u2010-\u2015\u2212]\s*[0-9]\s*\Z", re.DOTALL)
_DV = re.compile(r"([0-9]+)DV([0-9])\Z")
# Companies have nine digits from 8 or 9; a citizen's own number has up to eight, or ten from 1.
_WITH_CHECK = re.compile(r"[2-9][0-9]{9}\Z|1[0-9]{10}\Z")
_BODY = re.compile(r"[1-9][0-9]{4,8}\Z|1[0-9]{9}\Z")
_SHORT_NIF = re.compile(r"[0-9]{5,7}[A-Z]\Z")
_NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
# What follows a country's two letters in a number with that country's prefix.
_SHAPES = {
    country: re.compile(shape + r"\Z")
    for country, shape in {
        "AT": "U[0-9]{8}", "BE": "[0-9]{9,10}", "CO": "[0-9]{5,11}", "DE": "[0-9]{9}", "DK": "[0-9]{8}",
        "ES": "[0-9A-Z][0-9]{7}[0-9A-Z]", "FI": "[0-9]{8}", "FR": "[0-9A-HJ-NP-Z]{2}[0-9]{9}", "GB": "[0-9]{9}|[0-9]{12}",
        "IE": "[0-9][0-9A-Z][0-9]{5}[A-Z]{1,2}", "IT": "[0-9]{11}", "LU": "[0-9]{8}", "NL": "[0-9]{9}B[0-9]{2}",
        "PL": "[0-9]{10}", "PT": "[0-9]{9}", "SE": "[0-9]{12}",
    }.items()
}  # fmt: skip


def tax_id_key(value: str, region: str) -> str | None:
    """Letters and digits in upper case, without the prefix of a country or of a word and its "number"; a NIT (region CO, or
    prefixed so) without the check digit when it is right. None for blank."""
    said = fold_accents(visible(value).replace("°", "º")).upper()
    plain = _NOT_CODE.sub("", said)
    if not plain:
        return None
    country, number = _parted(plain, region)
    if country != "CO":
        return _nif(number)
    told = _DV.match(number)
    return _nit("".join(told.groups()) if told else number, is_dashed=bool(told or _DASHED.match(said)))


def _parted(plain: str, region: str) -> tuple[str, str]:
    """The country the number says, else the client's, and the number without any prefix."""
    country = region
    while True:
        word = _WORD.match(plain)
        if word:
            country = "CO" if word["word"] == NIT else country
            plain = plain[word.end() :]
            continue
        shape = _SHAPES.get(plain[:2])
        if shape is None or not shape.match(plain[2:]):
            return country, plain
        country, plain = plain[:2], plain[2:]


def _nit(number: str, *, is_dashed: bool) -> str:
    """A NIT and its right check digit are the NIT. Without a dash, a check digit is one more than the number can have."""
    body, check = number[:-1], number[-1]
    says_check = _BODY.match(body) if is_dashed else _WITH_CHECK.match(number)
    return body if says_check and check_digit(body) == check else _nif(number)


def check_digit(body: str) -> str:
    """The check digit of a NIT without one."""
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(body), _NIT_WEIGHTS, strict=False)) % 11
    return str(rest if rest < 2 else 11 - rest)


def _nif(number: str) -> str:
    """A NIF written without its leading zeros is the one with them, when the letter agrees."""
    if _SHORT_NIF.match(number) and _NIF_LETTERS[int(number[:-1]) % 23] == number[-1]:
        return number.zfill(9)
    return number
