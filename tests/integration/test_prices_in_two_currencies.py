"""A shop in pesos and a shop in euros: what a product costs in one of them says nothing about the other."""

import asyncio

import pytest

from sg_pipelines.domain.model.product import PRODUCT
from sg_pipelines.operations.show import show
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.session import open_session
from tests.integration.steps import edit, live, opened, pulse

WAS, NOW = "shop_es:  {platform: shopify, at: sandbox}", "shop_es:  {platform: shopify, at: sandbox, currency: EUR}"


@pytest.fixture
def session(lived_home):
    lived_home(client="andes", instead={WAS: NOW})
    with open_session("andes") as found:
        yield found


def prices(entity):
    """Account → currency of the price it states."""
    return {account: one["columns"]["price_currency"] for account, one in live(entity).items()}


def in_both_shops(session):
    """Products in both shops with nothing open about their prices."""
    for one in session.workspace.store.find("entities", {"kind": "product", "state": "live"}):
        if {"shop_co", "shop_es", "netsuite"} <= prices(one).keys() and not differing(session, one):
            yield one


def differing(session, product):
    return {one["field"] for one in opened(session, "discrepancies", product["_id"])}


def test_prices_in_two_currencies_do_not_contradict_each_other(session):
    found_open = session.workspace.store.find("discrepancies", {"kind": "product", "open": True})
    for found in (one for one in found_open if one["field"] == "price"):
        assert len({value["price_currency"] for value in found["values"].values() if value}) == 1
    product = next(in_both_shops(session))
    assert (prices(product)["shop_co"], prices(product)["shop_es"]) == ("COP", "EUR")
    assert product["fields"]["price"]["value"]["price_currency"] == "COP"


def test_prices_in_one_currency_are_compared_all_the_same(session):
    product = next(in_both_shops(session))
    edit(session, product, "netsuite", price_amount="7")
    edit(session, product, "shop_es", price_amount="9")
    pulse(session)
    (found,) = opened(session, "discrepancies", product["_id"])
    assert (found["field"], found["moved"]) == ("price", ["netsuite"])
    assert "shop_es" not in found["values"]


def test_what_is_not_compared_is_counted_and_shown(session):
    product = next(in_both_shops(session))
    edit(session, product, "shop_es", price_amount="9")
    asyncio.run(session.ingest("shop_es", PRODUCT, mode=PullMode.INCREMENTAL))
    assert session.reconcile(PRODUCT).in_other_currencies > 0
    cells = {cell["field"]: cell["in_other_currencies"] for cell in show(session.workspace, product["_id"])["fields"]}
    assert cells == {field: ["shop_es"] if field == "price" else [] for field in cells}
