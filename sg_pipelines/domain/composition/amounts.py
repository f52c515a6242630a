"""The amounts of one order at one account: subtotal - discount + tax + shipping = total, to the cent, or a named reason.

Tried in this order; the first that closes the gap names it. What no rule closes is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# ISO 4217: currencies whose amounts have no decimals, or three. All others have two.
_DECIMALS = dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "XAF"), 0)
_DECIMALS |= dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
ZERO = Decimal(0)
CONVERTED_PARTS = 5


class GapRule(StrEnum):
    """Why the parts of an order need not add up."""

    ROUNDING = "rounding"
    TAX_INCLUSIVE = "tax_inclusive_prices"
    PRESENTMENT = "presentment_currency"
    LINE_DISCOUNT = "line_discount"
    ORDER_DISCOUNT = "order_discount"


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one record states, in `currency`. `lines` is the sum of its lines before discounts, None when it has none;
    `line_count` how many they are. `shop_total` is the total in the shop's own currency where that is another one: the
    record may state its total in it, and converting every part rounds every part."""

    subtotal: Decimal
    discount: Decimal
    tax: Decimal
    shipping: Decimal
    total: Decimal
    currency: str
    lines: Decimal | None = None
    line_count: int = 0
    tax_included: bool = False
    shop_total: Decimal | None = None

    @property
    def gap(self) -> Decimal:
        """What the parts exceed the total by."""
        return self.subtotal - self.discount + self.tax + self.shipping - self.total

    @property
    def lines_gap(self) -> Decimal:
        """What the lines exceed the subtotal by; nothing when no lines are known."""
        return ZERO if self.lines is None else self.lines - self.subtotal


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one sum came out: a `gap` of zero, one that `rule` explains, or one that nothing does."""

    gap: Decimal
    rule: GapRule | None = None

    @property
    def is_finding(self) -> bool:
        """Somebody should look."""
        return self.gap != ZERO and self.rule is None


def total_verdict(said: Amounts) -> Verdict:
    """Do the parts make the total?"""
    gap = said.gap
    if gap == ZERO:
        return Verdict(gap)
    if said.tax_included and abs(gap - said.tax) <= _cents(said):
        return Verdict(gap, GapRule.TAX_INCLUSIVE)
    if abs(gap) <= _cents(said):
        return Verdict(gap, GapRule.ROUNDING)
    if said.shop_total is not None and (said.shop_total == said.total or abs(gap) <= CONVERTED_PARTS * _cents(said)):
        return Verdict(gap, GapRule.PRESENTMENT)
    if said.discount and abs(gap + said.discount) <= _cents(said):
        return Verdict(gap, GapRule.LINE_DISCOUNT)
    if said.discount and abs(gap - said.discount) <= _cents(said):
        return Verdict(gap, GapRule.ORDER_DISCOUNT)
    return Verdict(gap)


def lines_verdict(said: Amounts) -> Verdict:
    """Do the lines make the subtotal?"""
    gap = said.lines_gap
    if gap == ZERO:
        return Verdict(gap)
    if abs(gap) <= _cents(said):
        return Verdict(gap, GapRule.ROUNDING)
    if said.tax_included and abs(gap - said.tax) <= _cents(said):
        return Verdict(gap, GapRule.TAX_INCLUSIVE)
    if said.discount and abs(gap - said.discount) <= _cents(said):
        return Verdict(gap, GapRule.LINE_DISCOUNT)
    return Verdict(gap)


def written(amount: Decimal, currency: str) -> str:
    """An amount with the decimals its currency has, or more where it states more."""
    usual = amount.quantize(Decimal(1).scaleb(-_DECIMALS.get(currency, 2)))
    return f"{usual if usual == amount else amount.normalize() + 0:f}"


def _cents(said: Amounts) -> Decimal:
    """How far rounding alone may lead: half a minor unit a line, and one in any case."""
    unit = Decimal(1).scaleb(-_DECIMALS.get(said.currency, 2))
    return unit * max(Decimal(1), Decimal(said.line_count) / 2)
