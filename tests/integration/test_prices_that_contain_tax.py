"""A shop's prices contain tax, the ERP's lines do not: of what they state only the tax and the total can be compared."""

from decimal import Decimal

import pytest

from sg_pipelines.operations.show import show
from tests.integration.steps import edit, live, opened, pulse

EVERYWHERE = {"hubspot", "shopify", "netsuite"}


@pytest.fixture
def session(local_session):
    return local_session


def differing(session, order):
    return {one["field"] for one in opened(session, "discrepancies", order["_id"])}


def taxed_order(session):
    """An order that is everywhere, about which nothing is open, with some tax and a single line of one piece."""
    for order in session.workspace.store.find("entities", {"kind": "order", "state": "live"}):
        said = {account: one["columns"] for account, one in live(order).items()}
        if (
            said.keys() == EVERYWHERE
            and not differing(session, order)
            and Decimal(said["shopify"]["tax_amount"]) > 1
            and [line["quantity"] for line in said["shopify"]["lines"]] == ["1"]
            and said["shopify"]["currency"] == said["shopify"]["shop_currency"]
        ):
            return order
    raise AssertionError("the world has no such order")


def with_tax_inside(order, account="shopify"):
    """What the shop, or a copy of it, says when the tax on goods is part of their price."""
    said = live(order)[account]["columns"]
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
    assert now["fields"]["subtotal"]["value"]["subtotal_amount"] == with_tax_inside(order)["subtotal_amount"]
    assert now["fields"]["subtotal"]["base"] == order["fields"]["subtotal"]["base"]


def test_who_does_not_own_amounts_hides_no_difference_of_others_by_saying_that_its_own_contain_tax(session):
    order = taxed_order(session)
    edit(session, order, "netsuite", shipping_amount="1.23")
    pulse(session)
    assert "shipping" in differing(session, order)
    edit(session, order, "hubspot", tax_included=True)
    pulse(session)
    assert "shipping" in differing(session, order)
    more = Decimal(live(order)["shopify"]["columns"]["subtotal_amount"]) + 9
    edit(session, order, "shopify", subtotal_amount=str(more))
    pulse(session)
    assert {"shipping", "subtotal"} <= differing(session, order)


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


def test_a_difference_that_cannot_be_told_any_more_is_not_called_resolved(session):
    order = taxed_order(session)
    edit(session, order, "netsuite", shipping_amount="1.23")
    pulse(session)
    edit(session, order, "shopify", tax_included=True, **with_tax_inside(order))
    pulse(session)
    (found,) = session.workspace.store.find("discrepancies", {"entity": order["_id"], "open": False})
    assert (found["field"], found["close_reason"]) == ("shipping", "not compared any more")
    edit(session, order, "netsuite", shipping_amount=live(order)["netsuite"]["columns"]["shipping_amount"])
    edit(session, order, "shopify", tax_included=False, **said_before(order))
    pulse(session)
    assert differing(session, order) == set()


def said_before(order):
    said = live(order)["shopify"]["columns"]
    return {name: said[name] for name in ("subtotal_amount", "lines")}


def unlike(session, order):
    """Findings about other goods: ref → detail."""
    found = opened(session, "findings", order["_id"])
    return {one["ref"]: one["detail"] for one in found if one["type"] == "unlike_goods"}


def another_item(session, line):
    """A record of an item of NetSuite that the line does not name."""
    found = session.workspace.store.find("entities", {"kind": "product", "state": "live"})
    items = (live(one)["netsuite"] for one in found if "netsuite" in live(one))
    return next(item for item in items if item["record_id"] != line["product_id"])


def test_other_goods_where_amounts_are_not_compared_are_a_finding_until_they_are_the_same(session):
    order = taxed_order(session)
    for account in ("shopify", "hubspot"):
        edit(session, order, account, tax_included=True, **with_tax_inside(order, account))
    pulse(session)
    assert unlike(session, order) == {}
    erp = live(order)["netsuite"]
    (line,) = erp["columns"]["lines"]
    ref, sku = f"netsuite/order/{erp['record_id']}", live(order)["shopify"]["columns"]["lines"][0]["sku"]
    edit(session, order, "netsuite", lines=[{**line, "quantity": "19"}])
    pulse(session)
    assert differing(session, order) == set()
    assert unlike(session, order) == {ref: f"{line['sku']}: 19 here, {line['quantity']} at shopify"}
    other = another_item(session, line)
    edit(session, order, "netsuite", lines=[{**line, "product_id": other["record_id"], "sku": other["columns"]["sku"]}])
    pulse(session)
    assert sorted(unlike(session, order)[ref].split("; ")) == sorted(
        [f"{other['columns']['sku']}: 1 here, 0 at shopify", f"{sku}: 0 here, 1 at shopify"]
    )
    edit(session, order, "netsuite", lines=[line])
    pulse(session)
    assert unlike(session, order) == {}


def test_what_is_not_compared_is_shown_with_the_reason(session):
    order = taxed_order(session)
    edit(session, order, "shopify", tax_included=True, **with_tax_inside(order))
    pulse(session)
    cells = {cell["field"]: cell["with_tax"] for cell in show(session.workspace, order["_id"])["fields"]}
    apart = {"subtotal", "discount", "shipping", "lines"}
    others = {"hubspot": False, "netsuite": False}
    assert cells == {field: others if field in apart else {} for field in cells}
