"""How many orders, for how much, when last."""

from datetime import UTC, date, datetime

from sg_pipelines.operations.derived import Ordered
from sg_pipelines.operations.typed import day, number


def ordered(*orders):
    one = Ordered()
    for placed_on, amount, currency, *status in orders:
        one.add(*(status or ["open"]), day(placed_on), number(amount), currency)
    return one.row()


def test_totals_are_exact_and_kept_apart_by_currency():
    told = ordered(("2026-01-05", "0.10", "USD"), ("2026-03-01", "0.20", "USD"), ("2026-02-01", "7.50", "EUR"))
    assert told == {"orders_count": 3, "total_spent": "7.50 EUR, 0.30 USD", "last_order_at": date(2026, 3, 1)}


def test_an_amount_that_is_no_number_or_not_there_is_told_rather_than_left_out():
    told = ordered(("2026-01-05", "10.00", "USD"), (None, "ten", "EUR"), ("2026-01-04", None, "USD"))
    spent = "10.00 USD, 2 without an amount"
    assert told == {"orders_count": 3, "total_spent": spent, "last_order_at": date(2026, 1, 5)}


def test_a_cancelled_order_counts_and_costs_nothing():
    told = ordered(("2026-01-05", "10.00", "USD"), ("2026-01-07", "99.00", "USD", "cancelled"))
    assert told == {"orders_count": 2, "total_spent": "10.00 USD", "last_order_at": date(2026, 1, 7)}


def test_nothing_ordered_is_nothing_spent():
    assert ordered() == {"orders_count": 0, "total_spent": None, "last_order_at": None}


def asked(*orders):
    one = Ordered()
    for placed_on, amount, currency in orders:
        one.add("open", day(placed_on), number(amount), currency)
    return one.asked()


def test_conditions_read_the_last_day_as_its_beginning_and_a_sum_as_a_number():
    told = asked(("2026-01-05", "10.10", "USD"), ("2026-03-01", "0.20", "USD"))
    assert told == {"orders_count": 2, "total_spent": 10.3, "last_order_at": datetime(2026, 3, 1, tzinfo=UTC)}
    assert asked() == {"orders_count": 0, "total_spent": 0.0, "last_order_at": None}


def test_there_is_no_sum_of_several_currencies_or_of_what_is_not_told():
    assert asked(("2026-01-05", "1.00", "USD"), ("2026-01-05", "1.00", "EUR"))["total_spent"] is None
    assert asked(("2026-01-05", None, "USD"))["total_spent"] is None
