"""The amounts of one order at one account: subtotal - discount + tax + shipping = total, to the cent, or a named reason.

Tried in this order; the first that closes the gap names it. What no rule closes is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sg_pipelines.domain.model.money import Money

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
    """What one record states, in one currency. `lines` is the sum of its lines before discounts, None when it has none;
    `line_count` how many they are. `shop_total` is the total in the shop's own currency where that is another one: the
    record may state its total in it, and converting every part rounds every part."""

    subtotal: Money
    discount: Money
    tax: Money
    shipping: Money
    total: Money
    lines: Money | None = None
    line_count: int = 0
    tax_included: bool = False
    shop_total: Money | None = None

    @property
    def gap(self) -> Money:
        """What the parts exceed the total by."""
        return self.subtotal - self.discount + self.tax + self.shipping - self.total

    @property
    def lines_gap(self) -> Money:
        """What the lines exceed the subtotal by; nothing when no lines are known."""
        return (self.subtotal if self.lines is None else self.lines) - self.subtotal

    @property
    def rounding(self) -> Decimal:
        """How far rounding alone may lead: half the smallest coin a line, and one in any case."""
        return self.total.coin * max(Decimal(1), Decimal(self.line_count) / 2)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one sum came out: a `gap` of nothing, one that `rule` explains, or one that nothing does."""

    gap: Money
    rule: GapRule | None = None

    @property
    def is_finding(self) -> bool:
        """Somebody should look."""
        return bool(self.gap) and self.rule is None


def total_verdict(said: Amounts) -> Verdict:
    """Do the parts make the total?"""
    return Verdict(said.gap, _total_rule(said) if said.gap else None)


def lines_verdict(said: Amounts) -> Verdict:
    """Do the lines make the subtotal?"""
    return Verdict(said.lines_gap, _lines_rule(said) if said.lines_gap else None)


def _total_rule(said: Amounts) -> GapRule | None:
    gap, near = said.gap, said.rounding
    if said.tax_included and gap.is_near(said.tax, near):
        return GapRule.TAX_INCLUSIVE
    if abs(gap.amount) <= near:
        return GapRule.ROUNDING
    if said.shop_total is not None and _is_converted(said, said.shop_total):
        return GapRule.PRESENTMENT
    return _discount_rule(said)


def _is_converted(said: Amounts, shop_total: Money) -> bool:
    """The total is stated in the shop's own currency, or every part was rounded when it was converted."""
    return shop_total.amount == said.total.amount or abs(said.gap.amount) <= CONVERTED_PARTS * said.rounding


def _lines_rule(said: Amounts) -> GapRule | None:
    gap, near = said.lines_gap, said.rounding
    if abs(gap.amount) <= near:
        return GapRule.ROUNDING
    if said.tax_included and gap.is_near(said.tax, near):
        return GapRule.TAX_INCLUSIVE
    return GapRule.LINE_DISCOUNT if _discount_rule(said) is not None else None


def _discount_rule(said: Amounts) -> GapRule | None:
    """A discount that is counted elsewhere, as total and lines say alike: the subtotal is stated after it, or lines are
    stated after their own discounts and the order's alone is called one."""
    if said.lines is None:
        return None
    if said.discount and said.gap.is_near(-said.discount, said.rounding):
        return GapRule.LINE_DISCOUNT if said.lines_gap.is_near(said.discount, said.rounding) else None
    is_counted_twice = said.gap.amount > 0 and said.gap.is_near(-said.lines_gap, said.rounding)
    return GapRule.ORDER_DISCOUNT if is_counted_twice else None
