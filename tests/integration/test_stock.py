"""Stock by location: a place without any is like one that a system does not know."""

import pytest

from sg_pipelines.operations.lookup import entity_called
from tests.integration.steps import edit, live, opened, pulse


@pytest.fixture
def session(local_session):
    return local_session


@pytest.fixture
def product(session):
    """One that shop and ERP keep stock of, and about which nothing is open."""
    for one in session.workspace.store.find("entities", {"kind": "product", "state": "live"}):
        stock = [live(one).get(account, {}).get("columns", {}).get("inventory") for account in ("shopify", "netsuite")]
        if all(stock) and not opened(session, "discrepancies", one["_id"]):
            return one
    raise AssertionError("the world has no such product")


def levels(product, account):
    return live(product)[account]["columns"]["inventory"]


def test_an_empty_place_that_the_shop_does_not_know_is_no_difference(session, product):
    empty = {"location": "Repair shop", "quantity": "0"}
    edit(session, product, "netsuite", inventory=[*levels(product, "netsuite"), empty])
    pulse(session)
    assert opened(session, "discrepancies", product["_id"]) == []


def test_a_place_without_stock_is_what_its_owner_says_at_first_sight_too(session):
    made = {}
    for account, quantity in (("shopify", "5"), ("netsuite", "0")):
        said = {"sku": "NEW-77", "name": "Lamp 77", "inventory": [{"location": "Main Warehouse", "quantity": quantity}]}
        asked = {"account": account, "kind": "product", "attributes": said}
        (made[account],) = session.control.post("records/create", asked)["record_ids"]
    pulse(session)
    one = entity_called(session.workspace, f"shopify/product/{made['shopify']}")
    assert live(one).keys() == {"shopify", "netsuite"}
    (found,) = [each for each in opened(session, "discrepancies", one["_id"]) if each["field"] == "inventory"]
    assert (found["rule"], found["proposed"]["source"]) == ("3 owner has it", "netsuite")
    assert found["proposed"]["targets"] == ["shopify"]


def test_a_place_that_runs_out_at_its_owner_is_to_run_out_everywhere(session, product):
    stocked = next(row for row in levels(product, "netsuite") if float(row["quantity"]))
    rest = [row for row in levels(product, "netsuite") if row is not stocked]
    edit(session, product, "netsuite", inventory=[*rest, {**stocked, "quantity": "0"}])
    pulse(session)
    (found,) = opened(session, "discrepancies", product["_id"])
    assert found["proposed"]["targets"] == ["shopify"]
    assert float(found["proposed"]["value"]["quantity"]) == 0
    assert float(found["values"]["shopify"]["quantity"]) == float(stocked["quantity"])
