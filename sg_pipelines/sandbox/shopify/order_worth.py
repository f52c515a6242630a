"""Which units of an order are still in it, and what those are worth that are not.

A line keeps the units it was ordered with; `removed` counts those that edits took out, refunds name those they took back.
What of the order's discount is off shipping (`shipping_discount`) is off no unit. Units share the rest of it by their price, and the rest is taxed alike. What edits added (`extra`, an amount of its
line) has no part in the discount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.shopify.money import NOUGHT, exact, received, rounded

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Worth:
    """Amounts of some units, unrounded: before discounts, what is off, the tax of the rest."""

    price: Decimal = NOUGHT
    discount: Decimal = NOUGHT
    tax: Decimal = NOUGHT

    @property
    def subtotal(self) -> Decimal:
        """After discounts."""
        return self.price - self.discount

    def __add__(self, other: Worth) -> Worth:
        return Worth(self.price + other.price, self.discount + other.discount, self.tax + other.tax)

    def total(self, said: Said) -> Decimal:
        """What the customer paid for them."""
        return self.subtotal + (NOUGHT if said.get("tax_included") else self.tax)


def quantity_of(line: Said) -> int:
    """Units ordered."""
    return int(Decimal(line["quantity"]))


def refunded_units(said: Said, line: Said) -> int:
    """Units that refunds took back."""
    taken = (one for refund in said.get("refunds", ()) for one in refund.get("lines", ()))
    return sum(int(one["quantity"]) for one in taken if one["line"] == line["id"])


def current_units(said: Said, line: Said) -> int:
    """Units that are still in the order."""
    gone = int(line.get("removed", 0)) + refunded_units(said, line)
    return 0 if said.get("status") == "cancelled" else max(0, quantity_of(line) - gone)


def goods_discount(said: Said) -> Decimal:
    """What is off the lines."""
    return exact(said.get("discount_amount")) - exact(said.get("shipping_discount"))


def subtotal(said: Said) -> Decimal:
    """After discounts, as the platform counts it."""
    return exact(said.get("subtotal_amount")) - goods_discount(said)


def shipping(said: Said) -> Decimal:
    """After discounts."""
    return exact(said.get("shipping_amount")) - exact(said.get("shipping_discount"))


def tax_of(said: Said, amount: Decimal) -> Decimal:
    """The tax of an amount after discounts, at the order's rate."""
    whole = subtotal(said)
    return exact(said.get("tax_amount")) * amount / whole if whole else NOUGHT


def worth(said: Said, line: Said, units: int) -> Worth:
    """Of so many units of a line."""
    part = Decimal(units) / (quantity_of(line) or 1)
    price, extra = exact(line.get("amount")), exact(line.get("extra"))
    added = sum((exact(one.get("extra")) for one in said.get("lines", ())), NOUGHT)
    discounted = exact(said.get("subtotal_amount")) - added
    discount = goods_discount(said) * (price - extra) / discounted if discounted else NOUGHT
    return Worth(price * part, discount * part, tax_of(said, price - discount) * part)


def returned(said: Said, count: int) -> Worth:
    """Of the units that the first so many refunds took back, as far as their lines are there, rounded as a whole."""
    return _rounded(said, _returned(said, count))


def gone(said: Said) -> Worth:
    """Of all units that are not in the order any more, rounded as a whole."""
    lines = [line for line in said.get("lines", ()) if line.get("removed")]
    taken_out = _sum(worth(said, line, int(line["removed"])) for line in lines)
    return _rounded(said, _returned(said, len(said.get("refunds", ()))) + taken_out)


def shipping_refunded(said: Said) -> Decimal:
    """Shipping that refunds gave back."""
    return sum((exact(one.get("shipping")) for one in said.get("refunds", ())), NOUGHT)


def current_total(said: Said) -> Decimal:
    """What the order comes to by now. A refund takes off what it gave back; one that gave nothing back, what it took."""
    refunds = said.get("refunds", ())
    taken_out = gone(said).total(said) - returned(said, len(refunds)).total(said)
    left = exact(said.get("total_amount")) - taken_out
    for place, one in enumerate(refunds):
        took = returned(said, place + 1).total(said) - returned(said, place).total(said)
        left -= exact(one["amount"]) or took + exact(one.get("shipping"))
    return left


def net_payment(said: Said) -> Decimal:
    """What was paid and not given back."""
    return received(said) - exact(said.get("refunded"))


def outstanding(said: Said) -> Decimal:
    """What is still to be paid; below nought, to be given back."""
    return current_total(said) - net_payment(said)


def _returned(said: Said, count: int) -> Worth:
    lines = {line["id"]: line for line in said.get("lines", ())}
    taken = (one for refund in said.get("refunds", ())[:count] for one in refund.get("lines", ()))
    return _sum(worth(said, lines[one["line"]], int(one["quantity"])) for one in taken if one["line"] in lines)


def _sum(many: Iterable[Worth]) -> Worth:
    return sum(many, Worth())


def _rounded(said: Said, exactly: Worth) -> Worth:
    currency = said.get("currency") or ""
    return Worth(*(rounded(amount, currency) for amount in (exactly.price, exactly.discount, exactly.tax)))
