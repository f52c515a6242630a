"""Keys of tax registrations: punctuation, country prefixes and a check digit that only repeats the rest make no difference.

Colombia's NIT: the check digit weighs the digits from the right by the primes 3, 7, 13 ... and is taken modulo 11 (DIAN,
Orden Administrativa 4 of 1989).
"""

from __future__ import annotations

from sg_pipelines.domain.comparators.text import fold_accents

_NIT_WEIGHTS = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)
_NIT_DIGITS = 9
NIT = "NIT"
_PREFIXES = (NIT, "NIF", "CIF", "NIE", "VAT", "EIN", "RUT", "IVA")
_COUNTRIES = frozenset({"AT", "BE", "CO", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "LU", "NL", "PL", "PT", "SE"})


def tax_id_key(value: str, region: str) -> str | None:
    """Letters and digits in upper case, without the prefix of a country or of a word; a NIT (region CO, or prefixed so)
    without the check digit when it is right. None for blank."""
    plain = "".join(letter for letter in fold_accents(value).upper() if letter.isalnum() and letter.isascii())
    if not plain:
        return None
    country, number = _country(_without_word(plain), "CO" if plain.startswith(NIT) else region)
    number = _without_word(number)
    return _nit(number) if country == "CO" else number


def _without_word(plain: str) -> str:
    for word in _PREFIXES:
        if plain.startswith(word) and any(letter.isdigit() for letter in plain[len(word) :]):
            return plain[len(word) :]
    return plain


def _country(plain: str, region: str) -> tuple[str, str]:
    """The country the number says, else the client's; two letters before digits may be a country's or the number's own."""
    said = plain[:2]
    if said in _COUNTRIES and len(plain) > _NIT_DIGITS - 1 and any(letter.isdigit() for letter in plain[2:]):
        return said, plain[2:]
    return region, plain


def _nit(number: str) -> str:
    """Nine digits and the right check digit are the nine digits."""
    if not number.isdigit() or len(number) != _NIT_DIGITS + 1:
        return number
    body = number[:_NIT_DIGITS]
    return body if check_digit(body) == number[-1] else number


def check_digit(body: str) -> str:
    """The check digit of a NIT without one."""
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(body), _NIT_WEIGHTS, strict=False)) % 11
    return str(rest if rest < 2 else 11 - rest)
