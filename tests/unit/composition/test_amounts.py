"""Every cent of an order is explained by its parts, by a named rule, or it is a finding."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.composition.amounts import Amounts, GapRule, lines_verdict, total_verdict
from sg_pipelines.domain.model.money import Money

cents = st.integers(0, 10_000_00).map(lambda number: Decimal(number) / 100)


def dollars(amount):
    return Money(Decimal(amount), "USD")


def order(subtotal="100", discount="0", tax="0", shipping="0", total="100", **more):
    currency = more.pop("currency", "USD")
    said = {"subtotal": subtotal, "discount": discount, "tax": tax, "shipping": shipping, "total": total}
    return Amounts(**{name: Money(Decimal(value), currency) for name, value in said.items()}, **more)


@given(cents, cents, cents, cents)
def test_what_adds_up_needs_no_reason(subtotal, discount, tax, shipping):
    said = order(subtotal, discount, tax, shipping, subtotal - discount + tax + shipping)
    verdict = total_verdict(said)
    assert not verdict.gap
    assert verdict.rule is None
    assert not verdict.is_finding


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (order(total="100.01"), GapRule.ROUNDING),
        (order(tax="19", total="100", tax_included=True), GapRule.TAX_INCLUSIVE),
        (order(discount="10", total="100", lines=dollars(110)), GapRule.ORDER_DISCOUNT),
        (order(discount="10", tax="19", total="100", lines=dollars(110), tax_included=True), GapRule.ORDER_DISCOUNT),
        (order(total="400000", shop_total=Money(Decimal(400_000), "COP")), GapRule.PRESENTMENT),
        (order(total="100.04", shop_total=Money(Decimal(400_000), "COP")), GapRule.PRESENTMENT),
    ],
)
def test_a_gap_has_a_name(said, rule):
    assert total_verdict(said).rule is rule


def test_tips_duties_and_fees_explain_a_total_that_contains_them():
    verdict = total_verdict(order(discount="10", total="97", charges=dollars(7)))
    assert (verdict.gap, verdict.rule) == (dollars(-7), GapRule.CHARGES)
    inside = total_verdict(order(tax="19", total="107", tax_included=True, charges=dollars(7)))
    assert inside.rule is GapRule.CHARGES


def test_what_is_beyond_the_charges_is_a_finding_of_that_much():
    verdict = total_verdict(order(total="110", charges=dollars(7)))
    assert (verdict.gap, verdict.is_finding) == (dollars(-3), True)
    assert total_verdict(order(total="93", charges=dollars(7))).is_finding


def test_what_the_charges_leave_may_have_a_name_of_its_own():
    assert total_verdict(order(total="107.01", charges=dollars(7))).rule is GapRule.ROUNDING
    pesos = Money(Decimal(400_000), "COP")
    assert total_verdict(order(total="107.04", charges=dollars(7), shop_total=pesos)).rule is GapRule.PRESENTMENT
    after = order(discount="10", total="107", lines=dollars(110), charges=dollars(7))
    assert (total_verdict(after).rule, lines_verdict(after).rule) == (GapRule.ORDER_DISCOUNT, GapRule.LINE_DISCOUNT)


def test_a_total_without_the_charges_adds_up_by_itself():
    verdict = total_verdict(order(charges=dollars(7)))
    assert (verdict.gap, verdict.rule) == (dollars(0), None)


@given(cents, cents, cents, st.integers(3, 10_000).map(lambda number: Decimal(number) / 100))
def test_no_charge_hides_more_than_itself(subtotal, shipping, charges, more):
    total = subtotal + shipping + charges + more
    assert total_verdict(order(subtotal, shipping=shipping, total=total, charges=dollars(charges))).is_finding


def test_a_gap_without_a_name_is_a_finding():
    assert total_verdict(order(tax="5", total="100")).is_finding
    assert total_verdict(order(total="100.02")).is_finding


def test_tax_inside_the_prices_is_not_added_again():
    verdict = total_verdict(order(tax="19", total="119", tax_included=True))
    assert (verdict.gap, verdict.is_finding) == (dollars("-19"), True)


@pytest.mark.parametrize("discount", ["0", "10"])
def test_a_wrong_subtotal_is_a_finding_although_lines_and_total_are_right(discount):
    said = order("150", discount=discount, total=str(100 - int(discount)), lines=dollars(100), line_count=2)
    assert total_verdict(said).is_finding
    assert lines_verdict(said).is_finding


@given(cents, cents, st.integers(6, 10_000).map(lambda number: Decimal(number) / 100))
def test_no_wrong_subtotal_is_taken_for_a_discount(goods, discount, more):
    said = order(goods + more, discount, total=goods - discount, lines=dollars(goods), line_count=2)
    assert total_verdict(said).is_finding
    assert lines_verdict(said).is_finding


def test_converting_rounds_by_a_cent_a_part_however_many_lines_there_are():
    pesos = Money(Decimal(400_000), "COP")
    assert not total_verdict(order(total="100.05", shop_total=pesos)).is_finding
    assert total_verdict(order(total="100.06", shop_total=pesos, line_count=10)).is_finding


def test_money_worth_the_same_hides_no_error():
    """Balboas and dollars are one to one: that the totals are equal says nothing."""
    assert total_verdict(order(total="103", shop_total=Money(Decimal(103), "PAB"))).is_finding


def test_two_totals_of_nothing_are_no_conversion():
    assert total_verdict(order(total="0", shop_total=Money(Decimal(0), "COP"))).is_finding


@pytest.mark.parametrize(
    ("untold", "total", "may_be"),
    [("discount", "90", True), ("discount", "110", False), ("tax", "110", True), ("shipping", "90", False)],
)
def test_what_is_not_told_may_be_the_gap_only_if_its_sign_is_right(untold, total, may_be):
    assert order(total=total, untold=frozenset({untold})).may_be_untold is may_be


def test_rounding_may_lead_further_where_there_are_many_lines_and_counts_in_the_currencys_unit():
    assert not total_verdict(order(total="100.03", line_count=6)).is_finding
    assert not total_verdict(order(total="101", currency="JPY")).is_finding
    assert total_verdict(order(total="102", currency="JPY")).is_finding


def test_lines_must_make_the_subtotal():
    assert not lines_verdict(order(lines=dollars(100), line_count=2)).is_finding
    assert lines_verdict(order(lines=dollars(95), line_count=2)).is_finding
    assert lines_verdict(order(lines=dollars(110), line_count=2, discount="10")).rule is GapRule.LINE_DISCOUNT
    assert not lines_verdict(order()).is_finding


@given(cents, cents, st.integers(3, 10_000).map(lambda number: Decimal(number) / 100))
def test_no_rule_swallows_a_gap_that_nothing_in_the_order_explains(subtotal, shipping, gap):
    assert total_verdict(order(subtotal, "0", "0", shipping, subtotal + shipping + gap)).is_finding
