"""What each shop counts of one customer is added up, as far as it can be."""

import pyarrow as pa
import pytest

from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.operations import attributes

DOLLARS = {"shop_a": "USD", "shop_b": "USD", "crm": "USD"}
TYPES = {"orders_count": pa.int64(), "total_spent": pa.string()}


def combined(name, currencies=DOLLARS, duplicates=(), **said):
    """One column of one customer, `said` by account; `duplicates`: pairs of account and value."""
    column = next(one for one in CUSTOMER.read_only if one.name == name)
    columns = {account: pa.chunked_array([pa.array([value], TYPES[name])]) for account, value in said.items()}
    beside = {account: [value for of, value in duplicates if of == account] for account in said}
    extra = {account: ([0] * len(values), pa.array(values, TYPES[name])) for account, values in beside.items()}
    return attributes.combined(column, columns, currencies, extra).to_pylist()[0]


@pytest.mark.parametrize(("counts", "together"), [((0, 3), 3), ((2, 3), 5), ((None, 3), 3), ((None, None), None)])
def test_orders_of_two_shops_are_counted_together(counts, together):
    assert combined("orders_count", crm=None, shop_a=counts[0], shop_b=counts[1]) == together


def test_what_was_spent_in_one_currency_is_added_up_exactly():
    assert combined("total_spent", shop_a="0.10", shop_b="0.20") == "0.30"
    assert combined("total_spent", shop_a=None, shop_b="0.2") == "0.2"


def test_what_was_spent_in_two_currencies_makes_no_sum():
    pesos = DOLLARS | {"shop_b": "COP"}
    assert combined("total_spent", pesos, shop_a="0.10", shop_b="900.00") is None
    assert combined("orders_count", pesos, shop_a=1, shop_b=2) == 3


def test_what_is_no_number_makes_no_sum():
    assert combined("total_spent", shop_a="0.10", shop_b="much") is None


def test_what_hangs_on_a_duplicate_counts():
    assert combined("orders_count", duplicates=[("shop_a", 1), ("shop_a", 2)], crm=None, shop_a=0) == 3
    assert combined("orders_count", duplicates=[("shop_a", 1)], shop_a=None, shop_b=2) == 3
    assert combined("total_spent", duplicates=[("shop_a", "3.50"), ("shop_a", None)], shop_a="1.00") == "4.50"
    assert combined("total_spent", duplicates=[("shop_a", "much")], shop_a="1.00", shop_b="2.00") is None
