"""The amounts of one order at one account: subtotal - discount + tax + shipping = total, to the cent, or a named reason.

Tax that is inside the prices is set aside first. Then the rules are tried in this order; the first that closes the gap
names it. Where none does, tips, duties and fees are counted as well, and the rules tried at what they leave. What no rule
closes is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from sg_pipelines.domain.model.money import Money

# How many amounts are rounded when an order is converted.
CONVERTED_PARTS = 5
# A sum and a total that are nearer than this share are one currency with an error, not two currencies.
NEAREST_RATE = Decimal("0.1")


class GapRule(StrEnum):
    """Why the parts of an order need not add up."""

    ROUNDING = "rounding"
    TAX_INCLUSIVE = "tax_inclusive_prices"
    PRESENTMENT = "presentment_currency"
    LINE_DISCOUNT = "line_discount"
    ORDER_DISCOUNT = "order_discount"
    CHARGES = "tips_duties_and_fees"


@dataclass(frozen=True, slots=True)
class Amounts:
    """What one record states, in one currency. `lines` is the sum of its lines before discounts, None when it has none;
    `line_count` how many they are. `shop_total` is the total in the shop's own currency where that is another one: the
    record may state its total in it, and converting every part rounds every part. `charges`: tips, duties and fees, which
    the total may contain and no other amount does; None when there are none. `untold`: which of discount, tax and
    shipping it does not say; they are nothing here."""

    subtotal: Money
    discount: Money
    tax: Money
    shipping: Money
    total: Money
    lines: Money | None = None
    line_count: int = 0
    tax_included: bool = False
    shop_total: Money | None = None
    charges: Money | None = None
    untold: frozenset[str] = frozenset()

    @property
    def parts(self) -> Money:
        """What the total should be."""
        net = self.subtotal - self.discount + self.shipping
        return net if self.tax_included else net + self.tax

    @property
    def gap(self) -> Money:
        """What the parts exceed the total by."""
        return self.parts - self.total

    @property
    def charged(self) -> Amounts:
        """The same, where the parts contain the charges: they are counted as shipping."""
        return replace(self, shipping=self.shipping + self.charges, charges=None) if self.charges else self

    @property
    def may_be_untold(self) -> bool:
        """The gap may be what the record does not say: a discount where the total is less, tax or shipping where it is
        more. Tax that is inside the prices makes no total."""
        lowers, raises = {"discount"}, {"shipping"} if self.tax_included else {"shipping", "tax"}
        return bool(self.untold & (lowers if self.gap.amount > 0 else raises if self.gap.amount < 0 else set()))

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
    """Do the parts make the total? Where they do because tax is inside the prices, that is the rule. A finding's gap is
    what the charges leave."""
    if said.gap:
        rule = _total_rule(said)
        return _charged_verdict(said) if rule is None and said.charges else Verdict(said.gap, rule)
    is_inside = said.tax_included and bool(said.tax)
    return Verdict(said.tax, GapRule.TAX_INCLUSIVE) if is_inside else Verdict(said.gap)


def lines_verdict(said: Amounts) -> Verdict:
    """Do the lines make the subtotal?"""
    return Verdict(said.lines_gap, _lines_rule(said) if said.lines_gap else None)


def _charged_verdict(said: Amounts) -> Verdict:
    left = said.charged.gap
    return Verdict(left, _total_rule(said.charged)) if left else Verdict(said.gap, GapRule.CHARGES)


def _total_rule(said: Amounts) -> GapRule | None:
    if abs(said.gap.amount) <= said.rounding:
        return GapRule.ROUNDING
    if said.shop_total is not None and _is_converted(said, said.shop_total):
        return GapRule.PRESENTMENT
    return GapRule.ORDER_DISCOUNT if _is_after_discount(said) else None


def _is_converted(said: Amounts, shop_total: Money) -> bool:
    """Every part was rounded when it was converted, or the total is stated in the shop's own currency."""
    gap = abs(said.gap.amount)
    if gap <= CONVERTED_PARTS * said.total.coin:
        return True
    is_same_number = bool(said.total) and shop_total.amount == said.total.amount
    return is_same_number and gap > NEAREST_RATE * abs(said.total.amount)


def _lines_rule(said: Amounts) -> GapRule | None:
    if abs(said.lines_gap.amount) <= said.rounding:
        return GapRule.ROUNDING
    if said.tax_included and said.lines_gap.is_near(said.tax, said.rounding):
        return GapRule.TAX_INCLUSIVE
    is_after = _is_after_discount(said) or _is_after_discount(said.charged)
    return GapRule.LINE_DISCOUNT if is_after else None


def _is_after_discount(said: Amounts) -> bool:
    """The subtotal is stated after the discount, as the total and the lines say alike: it lacks as much of the lines as
    it would be taken off once too often."""
    is_taken_twice = said.gap.is_near(-said.discount, said.rounding)
    return bool(said.discount) and is_taken_twice and said.lines_gap.is_near(said.discount, said.rounding)
