"""Rows whose amounts cannot be held against each other are compared by the amount the others state, and by their quantity."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.amounts_of_others import amounts_of_others
from sg_pipelines.domain.comparators.columns import row_keys
from sg_pipelines.domain.comparators.keys import key
from sg_pipelines.domain.comparators.packing import pack_rows, stated, unpack
from sg_pipelines.domain.model.order import ORDER

LINES = ORDER.field("lines")
TYPE = pa.list_(pa.struct([(part, pa.string()) for part in LINES.parts]))


def line(sku, quantity, amount):
    return {"product_id": None, "sku": sku, "quantity": quantity, "amount": amount}


def compared(said, apart):
    """Account → per order the packed lines, their comparable key, and the key that was worked out in columns."""
    columns = {account: pa.chunked_array([pa.array(orders, TYPE)]) for account, orders in said.items()}
    flat = {account: column.combine_chunks().flatten() for account, column in columns.items()}
    resolved = {account: pa.nulls(len(rows), pa.string()) for account, rows in flat.items()}
    masks = {account: np.array(apart.get(account, [False] * len(orders))) for account, orders in said.items()}
    instead = amounts_of_others(LINES, columns, resolved, masks)
    found = {}
    for account, column in columns.items():
        packed = pack_rows(LINES, column, resolved[account], instead.get(account)).to_pylist()
        keys = [key(LINES, one, region="US") for one in packed]
        found[account] = packed, keys, row_keys(LINES, column, resolved[account], instead.get(account)).to_pylist()
    return found


def keys(said, apart):
    return {account: one[1] for account, one in compared(said, apart).items()}


def test_an_amount_without_tax_is_compared_as_the_one_with_it():
    said = {"shop": [[line("A", "2", "121.00")]], "erp": [[line("A", "2", "100.00")]]}
    assert len({one for (one,) in keys(said, {}).values()}) == 2
    assert len({one for (one,) in keys(said, {"erp": [True]}).values()}) == 1


def test_quantities_and_products_count_whatever_is_compared_of_amounts():
    said = {
        "shop": [[line("A", "2", "121")], [line("A", "2", "121")]],
        "erp": [[line("A", "3", "100")], [line("B", "2", "100")]],
    }
    found = keys(said, {"erp": [True, True]})
    assert all(one != other for one, other in zip(found["shop"], found["erp"], strict=True))


def test_those_who_are_compared_are_held_against_each_other():
    said = {"crm": [[line("A", "1", "120")]], "shop": [[line("A", "1", "121")]], "erp": [[line("A", "1", "100")]]}
    found = keys(said, {"erp": [True]})
    assert found["crm"] != found["shop"]
    assert found["erp"] == found["crm"]


def test_one_line_that_is_split_elsewhere_is_one_line():
    said = {"shop": [[line("A", "3", "30")]], "erp": [[line("A", "1", "8"), line("A", "2", "16")]]}
    assert len({one for (one,) in keys(said, {"erp": [True]}).values()}) == 1
    said = {"shop": [[line("A", "1", "10"), line("A", "2", "20")]], "erp": [[line("A", "3", "24")]]}
    assert len({one for (one,) in keys(said, {"erp": [True]}).values()}) == 1


def test_each_of_several_that_are_not_compared_has_the_whole_amount():
    said = {account: [[line("A", "1", amount)]] for account, amount in (("shop", "121"), ("crm", "100"), ("erp", "99"))}
    assert len({one for (one,) in keys(said, {"crm": [True], "erp": [True]}).values()}) == 1


def test_what_is_stated_stays_what_it_is():
    said = {"shop": [[line("A", "2", "121.00")]], "erp": [[line("A", "2", "100.00")]]}
    (packed,), _, _ = compared(said, {"erp": [True]})["erp"]
    (row,) = unpack(LINES, packed)
    assert (row["amount"], row["compared_amount"]) == ("100.00", "121.00")
    (alone,), _, _ = compared(said, {})["erp"]
    assert stated(LINES, packed) == stated(LINES, alone)


lines = st.lists(
    st.builds(
        line,
        st.sampled_from(["A", "a", "B", None]),
        st.sampled_from(["1", "2.0", None]),
        st.sampled_from(["5", "7.50", None]),
    ),
    max_size=3,
)


@given(st.lists(st.tuples(lines, lines, lines, st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_columns_never_call_equal_what_the_comparator_tells_apart(orders):
    said = {name: [order[place] for order in orders] for place, name in enumerate(("crm", "shop", "erp"))}
    apart = {"shop": [order[3] for order in orders], "erp": [order[4] for order in orders]}
    found = compared(said, apart)
    for one in found.values():
        for other in found.values():
            for here, there, fast, quick in zip(one[1], other[1], one[2], other[2], strict=True):
                assert here == there or fast != quick
