"""Amounts with their currency: one cell, so that a mixture is never written."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.model.money import Money


def money_key(amount: str, currency: str) -> str | None:
    """Amount without insignificant zeros, and the ISO code; None without an amount. The same number in two
    currencies is two values."""
    number = decimal_key(amount)
    return None if number is None else f"{number} {currency.strip().upper()}"


def money_of(key: str | None) -> Money | None:
    """What is behind a key of a money or decimal field; None where it is no number."""
    if key is None:
        return None
    text, _, currency = key.partition(" ")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return Money(number, currency) if number.is_finite() else None
