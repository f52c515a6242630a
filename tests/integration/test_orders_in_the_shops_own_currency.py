"""An order that a shop took in another currency than its own, and that another system keeps in the shop's."""

from decimal import Decimal

import pytest

from sg_pipelines.operations.show import show
from tests.integration.steps import edit, live, opened, pulse

EVERYWHERE = {"hubspot", "shopify", "netsuite"}
AMOUNTS = ("subtotal", "discount", "tax", "shipping", "total")


def differing(session, order):
    return {one["field"] for one in opened(session, "discrepancies", order["_id"])}


@pytest.fixture
def session(local_session):
    return local_session


@pytest.fixture
def order(session):
    """One in another currency that is everywhere, and about which nothing is open."""
    for one in session.workspace.store.find("entities", {"kind": "order", "state": "live"}):
        said = {account: record["columns"] for account, record in live(one).items()}
        if (
            said.keys() == EVERYWHERE
            and not differing(session, one)
            and said["shopify"]["shop_currency"] != said["shopify"]["currency"]
        ):
            return one
    raise AssertionError("the world has no such order")


def converted(order, *, total=None):
    """What NetSuite says when it keeps the order in the shop's currency."""
    shop, erp = (live(order)[account]["columns"] for account in ("shopify", "netsuite"))
    rate = Decimal(shop["shop_total"]) / Decimal(shop["total_amount"])

    def amount(said):
        return str(round(Decimal(said) * rate, 2))

    lines = [{**line, "amount": amount(line["amount"])} for line in erp["lines"]]
    parts = {f"{name}_amount": amount(erp[f"{name}_amount"]) for name in AMOUNTS}
    return {**parts, "currency": shop["shop_currency"], "lines": lines, "total_amount": total or shop["shop_total"]}


def test_the_shop_s_own_total_is_no_contradiction_and_neither_are_the_parts_of_it(session, order):
    edit(session, order, "netsuite", **converted(order))
    pulse(session)
    assert differing(session, order) == set()
    now = session.workspace.store.get("entities", order["_id"])
    assert live(now)["netsuite"]["columns"]["currency"] == live(now)["shopify"]["columns"]["shop_currency"]
    assert {name: now["fields"][name]["value"] for name in AMOUNTS} == {
        name: order["fields"][name]["value"] for name in AMOUNTS
    }


def test_another_total_in_the_shop_s_currency_is_a_contradiction(session, order):
    edit(session, order, "netsuite", **converted(order, total="1.23"))
    pulse(session)
    assert differing(session, order) == {"total"}


def test_other_quantities_are_a_finding_across_currencies(session, order):
    said = converted(order)
    said["lines"][0]["quantity"] = str(Decimal(said["lines"][0]["quantity"]) + 1)
    edit(session, order, "netsuite", **said)
    pulse(session)
    assert differing(session, order) == set()
    (found,) = opened(session, "findings", order["_id"])
    assert (found["type"], found["ref"]) == ("unlike_goods", f"netsuite/order/{live(order)['netsuite']['record_id']}")


def total_of(session, order):
    (found,) = [one for one in opened(session, "discrepancies", order["_id"]) if one["field"] == "total"]
    return found


def test_who_kept_the_order_in_the_shop_s_currency_has_not_moved_when_the_shop_changes_it(session, order):
    edit(session, order, "netsuite", **converted(order))
    pulse(session)
    shop = live(order)["shopify"]["columns"]
    more = {name: str(2 * Decimal(shop[name])) for name in ("total_amount", "shop_total")}
    edit(session, order, "shopify", **more)
    pulse(session)
    found = total_of(session, order)
    assert (found["class"], found["rule"], found["moved"]) == ("soft_drift", "6 owner changed it", ["shopify"])
    assert found["proposed"]["targets"] == ["hubspot"]


def test_who_changes_the_total_in_the_shop_s_currency_has_moved(session, order):
    edit(session, order, "netsuite", **converted(order))
    pulse(session)
    edit(session, order, "netsuite", total_amount="1.23")
    pulse(session)
    found = total_of(session, order)
    assert (found["class"], found["rule"], found["moved"]) == ("hard_conflict", "6 foreign edit", ["netsuite"])


def test_a_third_currency_is_a_contradiction(session, order):
    edit(session, order, "netsuite", **{**converted(order), "currency": "NOK"})
    pulse(session)
    assert {"subtotal", "total"} <= differing(session, order)


def test_it_is_shown_why_amounts_are_not_compared(session, order):
    edit(session, order, "netsuite", **converted(order))
    pulse(session)
    cells = {cell["field"]: cell["in_other_currencies"] for cell in show(session.workspace, order["_id"])["fields"]}
    assert {field for field, apart in cells.items() if apart == ["netsuite"]} == {*AMOUNTS, "lines"}
