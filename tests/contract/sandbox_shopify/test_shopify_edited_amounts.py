"""Whatever is edited in an order, its amounts add up to the cent: as ordered, and of what is left."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.sandbox.shopify.money import exact
from sg_pipelines.sandbox.shopify.order_editing import Edit, applied
from sg_pipelines.sandbox.shopify.order_worth import current_total, current_units, gone, subtotal

CENTS = st.integers(min_value=0, max_value=20_000).map(lambda cents: Decimal(cents) / 100)
UNITS = st.integers(min_value=1, max_value=7)


@st.composite
def orders(draw):
    """An order whose amounts are those of its lines, with any discount and tax."""
    lines = [
        {"id": place, "quantity": str(draw(UNITS)), "amount": str(draw(CENTS))} for place in range(1, draw(UNITS) + 1)
    ]
    whole = sum(exact(line["amount"]) for line in lines)
    discount = draw(st.decimals(min_value=0, max_value=whole, places=2))
    tax = draw(CENTS) if whole > discount else Decimal(0)
    included = draw(st.booleans())
    total = whole - discount + (0 if included else tax)
    amounts = {"subtotal": whole, "discount": discount, "tax": tax, "total": total}
    said = {f"{name}_amount": str(amount) for name, amount in amounts.items()}
    return {**said, "currency": "USD", "tax_included": included, "lines": lines, "last_line": len(lines)}


@st.composite
def edits(draw):
    """Any quantity for any of the lines, and lines to come."""
    line = {"product_id": None, "sku": None, "name": "Pot"}
    coming = [{**line, "unit": str(draw(CENTS)), "quantity": draw(UNITS)} for _ in range(draw(st.integers(0, 2)))]
    quantities = st.dictionaries(UNITS, st.integers(min_value=0, max_value=9), max_size=5)
    return Edit(1, draw(quantities), coming)


def taxed(said):
    return Decimal(0) if said["tax_included"] else exact(said["tax_amount"])


def edited(said, many):
    for edit in many:
        said = applied(said, edit, "USD")
    return said


@given(orders(), st.lists(edits(), max_size=3))
def test_an_edited_order_adds_up_as_it_was_ordered(order, many):
    after = edited(order, many)
    assert sum(exact(line["amount"]) for line in after["lines"]) == exact(after["subtotal_amount"])
    assert subtotal(after) + taxed(after) == exact(after["total_amount"])


@given(orders(), st.lists(edits(), max_size=3))
def test_what_is_left_of_an_edited_order_adds_up(order, many):
    after = edited(order, many)
    left_tax = Decimal(0) if after["tax_included"] else exact(after["tax_amount"]) - gone(after).tax
    assert subtotal(after) - gone(after).subtotal + left_tax == current_total(after)


@given(orders(), st.lists(edits(), max_size=3))
def test_an_order_without_units_comes_to_nothing(order, many):
    after = edited(order, many)
    emptied = applied(after, Edit(1, {line["id"]: 0 for line in after["lines"]}), "USD")
    assert [current_units(emptied, line) for line in emptied["lines"]] == [0] * len(emptied["lines"])
    assert current_total(emptied) == 0


@given(orders(), edits())
def test_every_line_has_the_units_it_was_set_to(order, edit):
    after = applied(order, edit, "USD")
    units = {line["id"]: current_units(after, line) for line in after["lines"]}
    known = {line["id"] for line in order["lines"]}
    assert {line: units[line] for line in edit.quantities if line in known} == {
        line: quantity for line, quantity in edit.quantities.items() if line in known
    }
    assert [int(line["quantity"]) for line in after["lines"] if line["id"] not in known] == [
        line["quantity"] for line in edit.added
    ]
