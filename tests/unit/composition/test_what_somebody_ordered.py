"""How many orders, for how much, when last."""

from sg_pipelines.operations.derived import Ordered


def ordered(*orders):
    one = Ordered()
    for order in orders:
        one.add(*order)
    return one.row()


def test_totals_are_exact_and_kept_apart_by_currency():
    told = ordered(("2026-01-05", "0.10", "USD"), ("2026-03-01", "0.20", "USD"), ("2026-02-01", "7.50", "EUR"))
    assert told == {"orders_count": 3, "total_spent": "7.50 EUR, 0.30 USD", "last_order_at": "2026-03-01"}


def test_an_amount_that_is_no_number_is_told_rather_than_left_out():
    told = ordered(("2026-01-05", "10.00", "USD"), (None, "ten", "EUR"))
    assert told == {"orders_count": 2, "total_spent": "10.00 USD, 1 not readable", "last_order_at": "2026-01-05"}


def test_nothing_ordered_is_nothing_spent():
    assert ordered() == {"orders_count": 0, "total_spent": None, "last_order_at": None}
