"""Quantities and amounts: exact between the sandbox's texts and the numbers SQLite keeps, which are binary."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

# What binary fractions and their sums are off by is far behind these places
PLACES = 8
LARGEST = Decimal(10) ** 15
WHOLE_CURRENCIES = frozenset({"CLP", "JPY", "KRW", "PYG", "UGX", "VND", "XAF", "XOF"})


def exact(value: Any) -> Decimal | None:
    """A text or number as it was meant; None for nothing. ValueError when it is no number."""
    if value is None or value == "":
        return None
    try:
        number = round(Decimal(str(value)), PLACES)
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise ValueError(f"{value!r} is no number, or none of that size") from error
    if not number.is_finite():
        raise ValueError(f"{value!r} is no number")
    return number


def kept(number: Decimal | None) -> str | None:
    """As a numeric column takes it."""
    return None if number is None else str(number)


def plain(number: Any) -> float:
    """As JSON has it; there is no negative nothing."""
    return float(number) + 0.0


def shown(value: Any) -> str:
    """The shortest plain text of a number: 19.99, 20, 0.5."""
    number = Decimal(str(value))
    text = format(round(number, PLACES) if abs(number) < LARGEST else number, "f")
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if plain == "-0" else plain


def amount_text(value: Any, currency: str | None) -> str | None:
    """An amount as people write it in that currency: 20.00, but 20 in yen; finer ones as they are."""
    number = exact(value)
    if number is None:
        return None
    places = 0 if currency in WHOLE_CURRENCIES else 2
    rounded = round(number, places) if places else number.quantize(Decimal(1))
    return format(rounded, "f") if rounded == number else shown(value)


def quantity_text(value: Any) -> str | None:
    """A quantity: 2, 0.5."""
    return None if value is None else shown(value)
