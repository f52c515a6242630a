"""What a shop's total holds beside goods, shipping and tax is read, and its sum has a reason."""

from datetime import timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from sg_pipelines.domain.composition.amounts import GapRule
from sg_pipelines.operations.composition import AMOUNT_GAP, RECORDS, gaps_of
from tests.contract.connectors.accounts import live
from tests.contract.connectors.pairs import FAST, Pair
from tests.contract.connectors.rows import an_order


@pytest.fixture
def shop(open_account):
    with open_account(Pair("shopify", "order", "orders", settings=FAST)) as account:
        yield account


def gap_of(columns):
    """The gap of a record's total and its rule; None where there is none."""
    gaps, _ = gaps_of(pa.Table.from_pylist([dict(columns)], schema=RECORDS))
    return next(((gap.rule, gap.detail) for _, gap in gaps if gap.type == AMOUNT_GAP), None)


@pytest.mark.parametrize(
    ("said", "charges"),
    [
        ({}, "0"),
        ({"tip_amount": "3.00"}, "3"),
        ({"duties_amount": "4.25", "fees_amount": "1.50"}, "5.75"),
        ({"tip_amount": "3.00", "duties_amount": "4.25", "fees_amount": "1.50"}, "8.75"),
    ],
    ids=["none", "a tip", "duties and fees", "all"],
)
def test_tips_duties_and_fees_are_read_in_the_customers_money_and_explain_the_total(shop, said, charges):
    whole = Decimal("47.00") + Decimal(charges)
    paid = {"currency": "EUR", "shop_total": str(2 * whole), "shop_currency": "USD", "total_amount": str(whole)}
    (order,) = shop.make({**an_order(1, **shop.around()), **paid, **said})
    for (records, _), _ in (shop.full(), shop.changes(shop.now() - timedelta(hours=1)), shop.fetch([order])):
        columns = live(records)[order].columns
        assert Decimal(columns["charges"]) == Decimal(charges)
        rule, _ = gap_of(columns) or (None, "")
        assert rule is (GapRule.CHARGES if Decimal(charges) else None)


def test_a_total_that_holds_more_than_its_charges_is_told(shop):
    (order,) = shop.make({**an_order(1, **shop.around()), "tip_amount": "3.00", "total_amount": "52.00"})
    (records, _), _ = shop.full()
    rule, detail = gap_of(live(records)[order].columns)
    assert rule is None
    assert detail.endswith("+ 3.00 is not 52.00 USD: -2.00 is left")
