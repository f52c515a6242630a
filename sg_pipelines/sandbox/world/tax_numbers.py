"""Tax numbers of Colombia and Spain with the check digits and letters that belong to them."""

from __future__ import annotations

_NIT_WEIGHTS = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)
_NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_CIF_LETTERS = "JABCDEFGHI"
_CIF_WITH_LETTER = "KPQSNW"


def nit(number: int) -> str:
    """A Colombian NIT: the number, a dash and its check digit."""
    digits = [int(digit) for digit in reversed(str(number))]
    rest = sum(digit * weight for digit, weight in zip(digits, _NIT_WEIGHTS, strict=False)) % 11
    return f"{number}-{rest if rest < 2 else 11 - rest}"


def nif(number: int) -> str:
    """A Spanish NIF of a person in business: eight digits and a control letter."""
    return f"{number:08d}{_NIF_LETTERS[number % 23]}"


def cif(letter: str, number: int) -> str:
    """A Spanish tax number of a company: its legal form, seven digits and a control digit or letter."""
    digits = [int(digit) for digit in f"{number:07d}"]
    odd = sum(sum(divmod(2 * digit, 10)) for digit in digits[::2])
    control = -(odd + sum(digits[1::2])) % 10
    return f"{letter}{number:07d}{_CIF_LETTERS[control] if letter in _CIF_WITH_LETTER else control}"
