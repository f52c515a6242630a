"""Amounts, neighbours, order lines and stock levels: when two of them say the same."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.columns import money_keys, row_keys
from sg_pipelines.domain.comparators.keys import elements, key
from sg_pipelines.domain.comparators.neighbours import Known, Neighbours, pack_references
from sg_pipelines.domain.comparators.packing import pack, pack_columns, pack_rows, stated, unpack
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.domain.model.product import PRODUCT

TOTAL, LINES, CUSTOMER = ORDER.field("total"), ORDER.field("lines"), ORDER.field("customer")
INVENTORY = PRODUCT.field("inventory")
texts = st.text(alphabet="ab 1.é", max_size=5)


def money(amount, currency="USD"):
    return key(TOTAL, pack(TOTAL, {"total_amount": amount, "currency": currency}), region="US")


def line(sku="A1", quantity="1", amount="10.00", product_id="7", entity=None):
    row = {"product_id": product_id, "sku": sku, "quantity": quantity, "amount": amount}
    return row | ({"entity": entity} if entity else {})


def test_zeros_make_no_difference_and_currencies_do():
    assert money("10") == money("10.00") == money("010.0")
    assert money("10") != money("10", "EUR")
    assert money("10", "usd") == money("10")


def test_a_currency_without_an_amount_says_nothing():
    assert pack(TOTAL, {"total_amount": None, "currency": "USD"}) is None
    table = pa.table({"total_amount": [None, "", "3"], "currency": ["USD", "USD", "USD"]})
    assert pack_columns(TOTAL, table).to_pylist() == [None, None, "3\x1fUSD"]


@given(st.lists(st.fixed_dictionaries({"location": texts, "quantity": texts}), max_size=3))
def test_stock_levels_come_back_as_they_were(rows):
    packed = pack(INVENTORY, rows)
    kept = [{name: value for name, value in row.items() if value} for row in rows]
    assert sorted(sorted(row.items()) for row in unpack(INVENTORY, packed)) == sorted(sorted(r.items()) for r in kept)


def level(location, quantity):
    return {"location": location, "quantity": quantity}


def test_a_place_without_stock_states_that_it_has_none_and_one_without_a_number_states_nothing():
    def stock(*rows):
        return key(INVENTORY, pack(INVENTORY, list(rows)), region="US")

    here = level("Main", "5")
    assert stock(here) == stock(here, level("Repair", None))
    assert stock(level("Main", "0.0")) == stock(level("main", "0")) != stock()
    assert stock(level("Main", "2"), level("main", "3")) == stock(here)


def test_a_line_is_about_its_product_else_its_sku_else_its_id():
    packed = pack(LINES, [line(entity="E1"), line(sku=" b-2 "), line(sku="", product_id="9")])
    assert sorted(elements(LINES, packed)) == ["E1", "id:9", "sku:b-2"]


def test_two_lines_of_one_product_count_together():
    split = pack(LINES, [line(quantity="1", amount="10.00"), line(quantity="2", amount="20")])
    whole = pack(LINES, [line(quantity="3", amount="30.0")])
    assert key(LINES, split, region="US") == key(LINES, whole, region="US")


def test_the_order_of_lines_makes_no_difference():
    one = pack(LINES, [line("A"), line("B")])
    two = pack(LINES, [line("B"), line("A")])
    assert key(LINES, one, region="US") == key(LINES, two, region="US")


def test_what_was_resolved_is_no_part_of_what_the_platform_said():
    assert stated(LINES, pack(LINES, [line()])) == stated(LINES, pack(LINES, [line(entity="E1")]))
    resolved = {"account": "crm", "record_id": "5", "entity": "E1"}
    assert stated(CUSTOMER, pack(CUSTOMER, resolved)) == stated(CUSTOMER, pack(CUSTOMER, resolved | {"entity": None}))


def test_neighbours_are_compared_by_what_they_are_and_one_that_is_gone_is_like_nobody():
    neighbours = Neighbours({("customer", "crm"): Known.of({"1": "E1", "2": None})})
    said = pack_references(CUSTOMER, "crm", pa.chunked_array([["1", "2", "3", None]]), neighbours)
    keys = [key(CUSTOMER, one, region="US") for one in said.packed.to_pylist()]
    assert keys == ["E1", "gone:crm/2", "gone:crm/3", None]
    assert said.can_tell.tolist() == [True, True, False, True]
    assert said.undecided.tolist() == [False, False, True, False]
    assert said.gone.tolist() == [False, True, False, False]


def test_one_that_was_put_away_before_anybody_knew_who_it_is_is_no_open_question():
    neighbours = Neighbours({("customer", "crm"): Known.of({"1": None}, put_away={"1"})})
    said = pack_references(CUSTOMER, "crm", pa.chunked_array([["1"]]), neighbours)
    assert [mask.tolist() for mask in (said.can_tell, said.undecided, said.gone)] == [[False], [False], [False]]


def test_what_an_account_does_not_keep_is_never_compared_and_no_open_question():
    said = pack_references(CUSTOMER, "crm", pa.chunked_array([["1", None]]), Neighbours())
    assert said.can_tell.tolist() == [False, True]
    assert not said.undecided.any()


numbers = st.from_regex(r"[0-9]{1,4}(\.[0-9]{0,4})?", fullmatch=True)


@given(numbers, numbers)
def test_columns_never_call_equal_what_the_comparator_tells_apart(one, two):
    table = pa.table({"total_amount": [one, two], "currency": ["USD", "USD"]})
    in_columns = money_keys(TOTAL, table).to_pylist()
    if in_columns[0] == in_columns[1]:
        assert money(one) == money(two)


spelled = st.builds(
    str.format, st.sampled_from(("{0}", "{0} USD", "US$ {0}", "-€{0}", "\u2212{0}", "\u200b{0}", "{0} eur")), numbers
)
codes = st.sampled_from(("USD", "usd", "EUR", " eur", ""))


@given(spelled, spelled, codes, codes)
def test_nor_do_they_whatever_marks_stand_beside_an_amount(one, two, first, second):
    table = pa.table({"total_amount": [one, two], "currency": [first, second]})
    in_columns = money_keys(TOTAL, table).to_pylist()
    if in_columns[0] == in_columns[1]:
        assert money(one, first) == money(two, second)


@given(numbers, numbers, st.sampled_from((None, "E1")))
def test_columns_of_rows_never_call_equal_what_the_comparator_tells_apart(one, two, entity):
    rows = pa.chunked_array([[[line(amount=one)], [line(amount=two)]]])
    resolved = pa.array([entity, entity], pa.string())
    in_columns = row_keys(LINES, rows, resolved).to_pylist()
    packed = pack_rows(LINES, rows, resolved).to_pylist()
    if in_columns[0] == in_columns[1]:
        assert key(LINES, packed[0], region="US") == key(LINES, packed[1], region="US")


def test_rows_are_packed_in_columns_as_one_by_one():
    rows = [[line("A"), line("B")], [], None]
    packed = pack_rows(LINES, pa.chunked_array([pa.array(rows, LINES_TYPE)]), None).to_pylist()
    assert packed == [pack(LINES, row) for row in rows]


LINES_TYPE = pa.list_(pa.struct([(part, pa.string()) for part in LINES.parts]))


@pytest.mark.parametrize("kind", [ORDER, PRODUCT])
def test_a_column_that_several_fields_share_is_stored_once(kind):
    names = [column.name for column in kind.columns()]
    assert len(names) == len(set(names))
