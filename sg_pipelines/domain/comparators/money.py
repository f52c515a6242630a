"""Amounts with their currency: one cell, so that a mixture is never written."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from sg_pipelines.domain.comparators.numbers import SIGNS, amount_key
from sg_pipelines.domain.model.money import Money, currency_code


def money_key(amount: str, currency: str) -> str | None:
    """Amount without insignificant zeros, and the ISO code; None without an amount. The same number in two
    currencies is two values, and an amount that names another currency than its own column, by code or by a sign that
    its own does not use, is no number."""
    number, written = amount_key(amount)
    if number is None:
        return None
    code = currency_code(currency)
    other = written if written != code else ""
    other = other or next((sign for sign, users in SIGNS.items() if sign in amount and code not in users), "")
    if code and other:
        return f"{number} {other} {code}"
    return f"{number} {code or written}"


def money_of(key: str | None) -> Money | None:
    """What is behind a key of a money or decimal field; None where it is no number."""
    if key is None:
        return None
    text, _, currency = key.partition(" ")
    if currency and not currency.isalpha():
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return Money(number, currency) if number.is_finite() else None
