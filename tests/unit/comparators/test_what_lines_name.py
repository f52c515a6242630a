"""An order's line is about its product wherever it stands, whatever became of the product's record."""

import pyarrow as pa
import pytest

from sg_pipelines.domain.comparators.named_in_rows import named_in_rows
from sg_pipelines.domain.comparators.neighbours import Known, Neighbours
from sg_pipelines.domain.model.order import LINE, ORDER
from sg_pipelines.domain.model.product import PRODUCT

LINES = ORDER.field("lines")
SHOP = {"7": "E7", "8": "E8"}


def line(product_id="7", sku="A1"):
    return {"product_id": product_id, "sku": sku, "quantity": "1", "amount": "10.00"}


def named(known, **orders):
    """`orders`: account → the lines of each order; `known`: account → what is known of its products."""
    rows = pa.list_(pa.struct([(part, pa.string()) for part in LINE]))
    columns = {account: pa.chunked_array([pa.array(said, rows)]) for account, said in orders.items()}
    neighbours = Neighbours({("product", account): products for account, products in known.items()})
    return named_in_rows(LINES, columns, neighbours)


def entities(known, **orders):
    return {account: one.resolved.to_pylist() for account, one in named(known, **orders).items()}


def test_a_line_is_about_the_product_that_its_record_hangs_on():
    assert entities({"shop": Known.of(SHOP)}, shop=[[line("7"), line("8", "B2")]]) == {"shop": ["E7", "E8"]}


def test_a_product_that_is_gone_is_the_one_that_it_was():
    gone = Known.of({"7": None, "8": "E8"}, {"7": "E7"})
    assert entities({"shop": gone}, shop=[[line("7")]]) == {"shop": ["E7"]}


@pytest.mark.parametrize(
    "crm", [Known.of({"3": None}), Known.of({"3": None}, put_away={"3"}), Known.of({})], ids=["gone", "put away", "new"]
)
def test_what_nobody_knows_is_recognised_by_its_unit_in_the_same_order(crm):
    said = named({"shop": Known.of(SHOP), "crm": crm}, shop=[[line("7")], [line("8")]], crm=[[line("3", " a1 ")], []])
    assert said["crm"].resolved.to_pylist() == ["E7"]
    assert said["crm"].can_tell.all()
    assert not said["crm"].undecided.any()


def test_lines_that_name_a_product_that_is_gone_are_told_by_their_place():
    crm = Known.of({"3": None, "5": None, "4": None, "8": "E8"}, {"5": "E5"}, put_away={"4"})
    lines = [[line("8"), line("3")], [], [line("4")], [line("5"), line(None), line("3")]]
    assert named({"crm": crm}, crm=lines)["crm"].gone == [(0, 1), (3, 0), (3, 2)]


def test_an_order_that_names_a_product_nobody_heard_of_is_looked_at_again_though_its_unit_says_what_it_is():
    said = named({"shop": Known.of(SHOP), "crm": Known.of({})}, shop=[[line("7")], [line("8")]], crm=[[line("3")], []])
    assert said["crm"].unheard.tolist() == [True, False]
    assert not said["shop"].unheard.any()


def test_a_line_that_names_no_product_is_recognised_by_its_unit():
    assert entities({"shop": Known.of(SHOP)}, shop=[[line("7")]], crm=[[line(None)]])["crm"] == ["E7"]


def test_a_unit_in_another_order_says_nothing():
    said = named({"shop": Known.of(SHOP), "crm": Known.of({"3": None})}, shop=[[line("7")], []], crm=[[], [line("3")]])
    assert said["crm"].resolved.to_pylist() == [None]
    assert said["crm"].can_tell.all()


def test_of_two_products_with_one_unit_the_lowest_is_meant():
    two = {"shop": Known.of(SHOP)}
    assert entities(two, shop=[[line("8"), line("7")]], crm=[[line(None)]])["crm"] == ["E7"]


def test_an_order_with_a_product_that_nobody_knows_yet_waits():
    said = named({"shop": Known.of(SHOP), "crm": Known.of({})}, shop=[[line("7")]], crm=[[line("3", "Z9")]])
    assert said["crm"].undecided.tolist() == [True]
    assert said["crm"].can_tell.tolist() == [False]
    assert said["shop"].can_tell.all()


def test_an_account_that_keeps_no_products_is_compared_by_units_or_not_at_all():
    said = named({"shop": Known.of(SHOP)}, shop=[[line("7")], [line("7")]], crm=[[line("3", "Z9")], [line("3", None)]])
    assert said["crm"].can_tell.tolist() == [True, False]
    assert not said["crm"].undecided.any()


def test_stock_levels_name_nobody():
    levels = PRODUCT.field("inventory")
    column = pa.chunked_array([[[{"location": "Hall", "quantity": "3"}], []]])
    said = named_in_rows(levels, {"shop": column}, Neighbours())["shop"]
    assert said.resolved.to_pylist() == [None]
    assert said.can_tell.all()
