"""A shop's prices contain tax, the ERP's lines do not: of what they state only the tax and the total can be compared."""

from decimal import Decimal

from sg_pipelines.operations.show import show
from tests.integration.steps import edit, live, opened, pulse

EVERYWHERE = {"hubspot", "shopify", "netsuite"}


def differing(session, order):
    return {one["field"] for one in opened(session, "discrepancies", order["_id"])}


def taxed_order(session):
    """An order that is everywhere, about which nothing is open, with some tax and a single line."""
    for order in session.workspace.store.find("entities", {"kind": "order", "state": "live"}):
        said = {account: one["columns"] for account, one in live(order).items()}
        if (
            said.keys() == EVERYWHERE
            and not differing(session, order)
            and Decimal(said["shopify"]["tax_amount"]) > 1
            and len(said["shopify"]["lines"]) == 1
            and said["shopify"]["currency"] == said["shopify"]["shop_currency"]
        ):
            return order
    raise AssertionError("the world has no such order")


def with_tax_inside(order):
    """What the shop says when the tax on goods is part of their price."""
    said = live(order)["shopify"]["columns"]
    (line,) = said["lines"]
    subtotal = Decimal(said["subtotal_amount"]) + Decimal(said["tax_amount"])
    return {"subtotal_amount": str(subtotal), "lines": [{**line, "amount": str(subtotal)}]}


def test_amounts_with_and_without_tax_do_not_contradict_each_other(session):
    order = taxed_order(session)
    edit(session, order, "shopify", tax_included=True, **with_tax_inside(order))
    pulse(session)
    assert differing(session, order) == set()
    now = session.workspace.store.get("entities", order["_id"])
    assert live(now)["shopify"]["columns"]["tax_included"] is True
    assert now["fields"]["subtotal"]["value"] == order["fields"]["subtotal"]["value"]


def test_the_tax_and_the_total_are_compared_all_the_same(session):
    order = taxed_order(session)
    more = Decimal(live(order)["shopify"]["columns"]["total_amount"]) + 7
    edit(session, order, "shopify", tax_included=True, total_amount=str(more), **with_tax_inside(order))
    pulse(session)
    assert differing(session, order) == {"total"}


def test_a_shop_that_does_not_say_that_its_prices_contain_tax_is_contradicted(session):
    order = taxed_order(session)
    edit(session, order, "shopify", **with_tax_inside(order))
    pulse(session)
    assert differing(session, order) == {"subtotal", "lines"}


def test_shops_and_copies_that_both_contain_tax_are_held_against_each_other(session):
    order = taxed_order(session)
    for account in ("shopify", "hubspot"):
        edit(session, order, account, tax_included=True)
    edit(session, order, "shopify", **with_tax_inside(order))
    pulse(session)
    assert differing(session, order) == {"subtotal", "lines"}


def test_products_and_quantities_are_compared_all_the_same(session):
    order = taxed_order(session)
    edit(session, order, "shopify", tax_included=True, **with_tax_inside(order))
    pulse(session)
    (line,) = live(order)["netsuite"]["columns"]["lines"]
    edit(session, order, "netsuite", lines=[{**line, "quantity": str(Decimal(line["quantity"]) + 7)}])
    pulse(session)
    (found,) = opened(session, "discrepancies", order["_id"])
    assert found["field"] == "lines"
    quantities = {account: Decimal(row["quantity"]) for account, row in found["values"].items()}
    amounts = {account: Decimal(row["amount"]) for account, row in found["values"].items()}
    assert quantities["netsuite"] == quantities["shopify"] + 7
    assert amounts["netsuite"] == Decimal(line["amount"])
    assert amounts["shopify"] > amounts["netsuite"]


def test_another_product_at_the_same_amount_is_a_line_too_many_and_one_too_few(session):
    order, other = taxed_order(session), "BOLT-1"
    edit(session, order, "shopify", tax_included=True, **with_tax_inside(order))
    pulse(session)
    (line,) = live(order)["netsuite"]["columns"]["lines"]
    edit(session, order, "netsuite", lines=[{**line, "product_id": None, "sku": other}])
    pulse(session)
    assert {one["field"] for one in opened(session, "discrepancies", order["_id"])} == {"lines"}
    there = [
        set(one["values"]) - {a for a, v in one["values"].items() if v is None}
        for one in opened(session, "discrepancies", order["_id"])
    ]
    assert sorted(map(sorted, there)) == [["hubspot", "shopify"], ["netsuite"]]


def test_what_is_not_compared_is_shown_with_the_reason(session):
    order = taxed_order(session)
    edit(session, order, "shopify", tax_included=True, **with_tax_inside(order))
    pulse(session)
    cells = {cell["field"]: cell["with_tax"] for cell in show(session.workspace, order["_id"])["fields"]}
    apart = {"subtotal", "discount", "shipping", "lines"}
    assert cells == {field: {"shopify": True} if field in apart else {} for field in cells}
