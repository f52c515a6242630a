"""Many orders at once: each gap has a rule or is a finding, and what cannot be added up is counted."""

from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.operations.composition import RECORDS, compose

SCHEMA = pa.schema([*RECORDS, ("account", pa.string()), ("record_id", pa.string())])
ADDS_UP = {"subtotal": "100", "discount": "10", "tax": "18", "shipping": "2", "total": "110"}


def order(lines=("60", "40"), currency="USD", **said):
    amounts = {name: said.pop(name, amount) for name, amount in ADDS_UP.items()}
    rows = [{"product_id": str(at), "sku": None, "quantity": "1", "amount": amount} for at, amount in enumerate(lines)]
    return {
        **{f"{name}_amount": amount for name, amount in amounts.items()},
        "currency": currency,
        "lines": rows,
        **said,
    }


def composed(*orders):
    rows = [{"account": "shop", "record_id": str(at), **one} for at, one in enumerate(orders)]
    cast = SimpleNamespace(
        rows=pa.Table.from_pylist(rows, schema=SCHEMA),
        entity_ids=[f"E{at}" for at in range(len(rows))],
        entity_of_row=np.arange(len(rows)),
    )
    return compose(cast, ORDER)


def found(composition):
    return {(one["entity"], one["type"]): one["detail"] for each in composition.findings.values() for one in each}


def test_what_adds_up_is_found_nowhere():
    outcome = composed(order(), order(), order(lines=()))
    assert (found(outcome), dict(outcome.explained), outcome.unreadable) == ({}, {}, 0)


def test_a_gap_is_told_with_its_parts_and_the_record():
    outcome = composed(order(), order(total="111.50"))
    (finding,) = outcome.findings[1]
    assert (finding["entity"], finding["ref"], finding["type"]) == ("E1", "shop/order/1", "amount_gap")
    assert finding["detail"] == "100.00 - 10.00 + 18.00 + 2.00 is not 111.50 USD: -1.50 is left"


def test_what_charges_leave_of_a_gap_is_told_with_them():
    outcome = composed(order(total="118", charges="5"), order(total="103", charges="5", tax_included=True))
    assert found(outcome) == {
        ("E0", "amount_gap"): "100.00 - 10.00 + 18.00 + 2.00 + 5.00 is not 118.00 USD: -3.00 is left",
        ("E1", "amount_gap"): "100.00 - 10.00 + 2.00 + 5.00 is not 103.00 USD, with tax of 18.00 inside: -6.00 is left",
    }


def test_a_part_that_is_not_told_may_be_what_charges_leave_and_not_what_they_are():
    outcome = composed(
        order(shipping=None, total="113", charges="5"),
        order(shipping=None, total="115", charges="5"),
        order(shipping=None, total="110", charges="5"),
    )
    assert (set(found(outcome)), dict(outcome.explained), outcome.unreadable) == (
        {("E2", "amount_gap")},
        {"tips_duties_and_fees": 1},
        1,
    )


def test_lines_that_are_not_the_subtotal_are_told():
    outcome = composed(order(lines=("60", "45")))
    assert found(outcome) == {("E0", "lines_gap"): "the lines add up to 105.00, not to 100.00 USD"}


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"total": "110.01"}, "rounding"),
        ({"total": "92", "tax_included": True}, "tax_inclusive_prices"),
        ({"total": "440000", "shop_total": "440000", "shop_currency": "COP"}, "presentment_currency"),
        ({"total": "115", "charges": "5.0"}, "tips_duties_and_fees"),
        ({"total": "97.50", "tax_included": True, "charges": "5.50"}, "tips_duties_and_fees"),
        ({"total": "110.04", "shop_total": "440000", "shop_currency": "COP"}, "presentment_currency"),
    ],
)
def test_every_rule_is_counted_and_no_finding(said, rule):
    outcome = composed(order(**said))
    assert (found(outcome), dict(outcome.explained)) == ({}, {rule: 1})


def test_a_discount_explains_both_sums_or_none():
    outcome = composed(order(total="120", lines=("60", "50")))
    assert (found(outcome), dict(outcome.explained)) == ({}, {"line_discount": 1, "order_discount": 1})


@pytest.mark.parametrize(
    ("said", "types"),
    [
        ({"total": "120"}, {"amount_gap"}),
        ({"total": "120", "lines": ()}, {"amount_gap"}),
        ({"total": "100"}, {"amount_gap"}),
        ({"lines": ("60", "50")}, {"lines_gap"}),
        ({"lines": ("60", "30")}, {"lines_gap"}),
        ({"total": "115", "lines": ("60", "35")}, {"amount_gap", "lines_gap"}),
        ({"total": "105", "lines": ("60", "35")}, {"amount_gap", "lines_gap"}),
    ],
    ids=[
        "forgotten",
        "forgotten, no lines",
        "taken twice",
        "lines too much",
        "lines too little",
        "the other way round",
        "a wrong subtotal",
    ],
)
def test_a_discount_that_the_lines_do_not_bear_out_is_told(said, types):
    assert {of_type for _, of_type in found(composed(order(**said)))} == types


def test_pesos_are_rounded_to_whole_ones():
    said = {"subtotal": "100000", "discount": "0", "tax": "19000", "shipping": "0", "lines": ("100000",)}
    outcome = composed(order(**said, total="119001", currency="COP"), order(**said, total="119002", currency="COP"))
    assert (set(found(outcome)), dict(outcome.explained)) == ({("E1", "amount_gap")}, {"rounding": 1})


def test_amounts_are_read_as_the_comparison_reads_them():
    spanish = {"subtotal": "1.234,50", "discount": "0", "tax": "0", "shipping": "0", "total": "$ 1.234,50"}
    outcome = composed(
        order(lines=("1.234,50",), **spanish), order(lines=("1.234,50",), **spanish | {"total": "1.200,00"})
    )
    assert (set(found(outcome)), outcome.unreadable) == ({("E1", "amount_gap")}, 0)


@pytest.mark.parametrize(
    "said",
    [{"tax": None}, {"total": "free"}, {"lines": ("60", "some")}, {"total": "111", "currency": None}],
    ids=["nothing said", "no number", "no number in a line", "a gap in no currency"],
)
def test_what_cannot_be_added_up_is_counted_once(said):
    outcome = composed(order(), order(**said))
    assert (found(outcome), outcome.unreadable) == ({}, 1)


def test_a_part_that_is_not_told_is_nothing():
    outcome = composed(
        order(discount=None, total="120"), order(discount="", total="120"), order(discount=None, total="125")
    )
    assert (found(outcome), outcome.unreadable) == (
        {("E2", "amount_gap"): "100.00 - 0.00 + 18.00 + 2.00 is not 125.00 USD: -5.00 is left"},
        0,
    )


def test_tax_that_is_inside_and_added_again_is_told_as_such():
    outcome = composed(order(tax_included=True))
    assert found(outcome) == {
        ("E0", "amount_gap"): "100.00 - 10.00 + 2.00 is not 110.00 USD, with tax of 18.00 inside: -18.00 is left"
    }


def test_a_currency_in_small_letters_is_that_currency():
    outcome = composed(order(total="150", currency="usd", shop_total="150", shop_currency="USD"))
    assert set(found(outcome)) == {("E0", "amount_gap")}


def test_lines_are_held_against_the_subtotal_also_where_the_total_is_not_told():
    outcome = composed(order(total=None, lines=("60", "45")))
    assert (set(found(outcome)), outcome.unreadable) == ({("E0", "lines_gap")}, 1)


def test_only_orders_are_added_up():
    assert not compose(SimpleNamespace(rows=pa.table({})), CUSTOMER).findings
