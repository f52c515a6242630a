"""Which properties a simulated HubSpot account lists."""

import pytest

KINDS = {"contacts": "customer", "companies": "company", "products": "product", "deals": "order", "orders": "order"}


def listed(account, kind):
    answer = account.call("GET", f"/crm/v3/properties/{kind}")
    assert answer.status_code == 200
    return {one["name"]: one for one in answer.json()["results"]}


@pytest.mark.parametrize("kind", [*KINDS, "line_items"])
def test_a_listing_tells_types_and_which_values_are_unique(account, kind):
    told = listed(account, kind)
    assert told["hs_object_id"]["type"] == "number"
    assert told["createdate"]["type"] == "datetime"
    unique = {name for name, one in told.items() if one["hasUniqueValue"]}
    assert unique == {"hs_object_id", "external_id"} | ({"email"} if kind == "contacts" else set())
    assert ("lastmodifieddate" in told, "hs_lastmodifieddate" in told) == (kind == "contacts", kind != "contacts")


def test_options_of_an_enumeration_are_told(account):
    stages = [one["value"] for one in listed(account, "deals")["dealstage"]["options"]]
    assert stages[-2:] == ["closedwon", "closedlost"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_cross_id_is_listed_once_its_account_was_asked_for(account, kind):
    name = f"shop_us_{KINDS[kind]}_id"
    assert name not in listed(account, kind)
    assert f"shopify_{KINDS[kind]}_id" in listed(account, kind)
    account.read(kind, properties=name)
    assert listed(account, kind)[name]["type"] == "string"


def test_properties_that_were_made_are_there_after_a_restart(open_account):
    with open_account() as account:
        account.read("deals", properties="shop_us_order_id")
        made = {"name": "season", "label": "Season", "type": "string", "fieldType": "text", "groupName": "deals"}
        assert account.call("POST", "/crm/v3/properties/deals", json=made).status_code == 201
        assert account.call("POST", "/crm/v3/properties/deals", json=made).status_code == 409
    with open_account() as account:
        assert {"shop_us_order_id", "season"} <= listed(account, "deals").keys()
        assert account.call("GET", "/crm/v3/properties/deals/season").json()["type"] == "string"
        account.create("deals", season="autumn")


def test_a_property_that_is_not_there_is_a_404(account):
    assert account.call("GET", "/crm/v3/properties/deals/shoe_size").status_code == 404
    assert account.call("GET", "/crm/v3/properties/tickets").status_code == 400
    odd = {"name": "x", "type": "sound"}
    assert account.call("POST", "/crm/v3/properties/deals", json=odd).status_code == 400
