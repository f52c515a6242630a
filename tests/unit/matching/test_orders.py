from sg_pipelines.domain.matching.orders import ORDERS
from tests.unit.matching.linking import are_one, groups, linked, record, waits

FIRST = {"number": "#1001", "placed_on": "2025-03-04", "total_amount": "120.00", "currency": "USD"}
SHOPS = {"a": "shopify", "b": "shopify"}


def test_the_same_number_on_the_same_day_links_across_platforms():
    assert are_one(ORDERS, FIRST, {**FIRST, "number": "SO1001", "total_amount": "129.60"})


def test_a_day_of_difference_is_a_time_zone():
    assert are_one(ORDERS, FIRST, {**FIRST, "placed_on": "2025-03-05T01:10:00Z"})


def test_the_same_number_at_two_shops_of_one_platform_with_different_totals_does_not_link():
    assert not are_one(ORDERS, FIRST, {**FIRST, "total_amount": "75.00"}, SHOPS)


def test_two_shops_that_agree_on_number_day_and_total_name_one_order():
    assert are_one(ORDERS, FIRST, {**FIRST, "number": "1001"}, SHOPS)


def test_the_same_number_a_year_apart_is_another_order():
    assert not are_one(ORDERS, FIRST, {**FIRST, "placed_on": "2024-03-04", "total_amount": "75.00"})


def test_amounts_alone_never_link():
    other = {**FIRST, "number": "1002"}
    assert not are_one(ORDERS, FIRST, other)
    assert not waits(ORDERS, FIRST, other)
    assert not are_one(ORDERS, {**FIRST, "number": None}, {**FIRST, "number": None})


def test_the_same_amount_in_another_currency_is_not_the_same():
    outcome = linked(
        ORDERS,
        [
            record("crm", "1", **FIRST),
            record("shop", "2", **{**FIRST, "currency": "EUR"}),
            record("shop", "3", **FIRST),
        ],
    )
    assert groups(outcome) == [[("crm", "1"), ("shop", "3")], [("shop", "2")]]
