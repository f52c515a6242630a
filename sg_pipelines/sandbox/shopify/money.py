"""Amounts as the Admin API writes them, and an order's amounts in both currencies."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

NOUGHT = Decimal(0)
WHOLE = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)


def exact(text: Any) -> Decimal:
    """An amount; nothing is nought."""
    return Decimal(str(text)) if text not in (None, "") else NOUGHT


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the digits of the currency."""
    return amount.quantize(Decimal(1).scaleb(0 if currency in WHOLE else -2))


def received(said: Mapping[str, Any]) -> Decimal:
    """What was paid for an order: all of it as it was placed, whatever was added since."""
    stated = said.get("received")
    return exact(said.get("total_amount") if stated is None else stated)


def written(amount: Decimal) -> str:
    """As `MoneyV2.amount`: no needless zeros, but one digit after the point."""
    plain = f"{amount:f}"
    if "." not in plain:
        return f"{plain}.0"
    stripped = plain.rstrip("0")
    return stripped + "0" if stripped.endswith(".") else stripped


def price(amount: Any, currency: str) -> str:
    """As the scalar `Money`: with the currency's digits, more only where there are more."""
    value = exact(amount)
    digits = 0 if currency in WHOLE else 2
    least = value.quantize(Decimal(1).scaleb(-digits))
    return f"{least if least == value else value:f}"


def money(amount: Decimal, currency: str) -> dict[str, Any]:
    """A `MoneyV2`."""
    return {"amount": written(amount), "currencyCode": currency}


class OrderMoney:
    """One order's amounts: as the customer paid, and converted by what the shop's total is to the total."""

    def __init__(self, said: Mapping[str, Any], shop_currency: str) -> None:
        total, shop_total = exact(said.get("total_amount")), said.get("shop_total")
        self.presentment = said.get("currency") or shop_currency
        self.shop = said.get("shop_currency") or self.presentment
        self._total, self._shop_total = total, exact(shop_total) if shop_total not in (None, "") else total
        self._same = self.shop == self.presentment and self._shop_total == total

    def bag(self, amount: Decimal) -> dict[str, Any]:
        """A `MoneyBag`."""
        return {
            "presentmentMoney": money(amount, self.presentment),
            "shopMoney": money(self.in_shop_currency(amount), self.shop),
        }

    def in_shop_currency(self, amount: Decimal) -> Decimal:
        """Rounded to the digits of the shop's currency."""
        if self._same or not self._total:
            return amount
        if amount == self._total:
            return self._shop_total
        return rounded(amount * self._shop_total / self._total, self.shop)

    def as_paid(self, amount: Decimal) -> Decimal:
        """An amount in the shop's currency, in the customer's."""
        if self._same or not self._shop_total:
            return amount
        return rounded(amount * self._total / self._shop_total, self.presentment)
