"""Custom fields of a client on a simulated HubSpot account: told once, then properties like any other."""

import pytest

KINDS = {"customer": "contacts", "company": "companies", "product": "products", "order": "deals"}


def tell(account, kind, attribute="custom_segment", name="segment", **more):
    field = {"kind": kind, "attribute": attribute, "name": name, **more}
    return account.tell("POST", "fields", {"account": "hubspot", "fields": [field]})


def definition(account, kind, name="segment"):
    return account.call("GET", f"/crm/v3/properties/{kind}/{name}").json()


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_is_a_property_that_says_nothing_until_somebody_writes_it(account, kind):
    (number,) = account.make(kind, {})
    assert tell(account, kind) == {"fields": [f"{kind}.custom_segment"]}
    made = definition(account, KINDS[kind])
    assert made["type"] == "string"
    assert made["modificationMetadata"]["readOnlyDefinition"] is False
    assert account.neutral(kind, number)["custom_segment"] is None
    assert account.found(KINDS[kind], ("segment", "HAS_PROPERTY")) == []
    account.edit(kind, number, custom_segment="Key account")
    assert account.read(f"{KINDS[kind]}/{number}", properties="segment")["properties"]["segment"] == "Key account"
    assert account.found(KINDS[kind], ("segment", "EQ", "key account")) == [number]


def test_what_is_written_over_the_wire_is_seen_in_the_worlds_words(account):
    tell(account, "company")
    number = account.create("companies", name="Acme", segment="retail")
    assert account.neutral("company", number)["custom_segment"] == "retail"


def test_a_property_may_be_called_otherwise_than_the_field(account):
    tell(account, "customer", "custom_loyalty_tier", "tier_of_loyalty")
    (number,) = account.make("customer", {"email": "ada@example.com", "custom_loyalty_tier": "gold"})
    said = account.read(f"contacts/{number}", properties="tier_of_loyalty,loyalty_tier")["properties"]
    assert (said["tier_of_loyalty"], said["loyalty_tier"]) == ("gold", None)
    assert account.neutral("customer", number)["custom_loyalty_tier"] == "gold"


def test_a_field_of_numbers_takes_numbers_only(account):
    tell(account, "product", "custom_weight", "weight", is_number=True)
    assert definition(account, "products", "weight")["type"] == "number"
    refused = account.objects("POST", "products", json={"properties": {"weight": "heavy"}})
    assert refused.status_code == 400
    assert account.create("products", weight="2.5")


def test_orders_have_the_field_where_they_are_kept(account):
    account.settings(order_object="orders")
    tell(account, "order")
    assert definition(account, "orders")["type"] == "string"
    assert account.call("GET", "/crm/v3/properties/deals/segment").status_code == 404


def test_fields_and_their_values_are_there_after_a_restart(open_account):
    with open_account() as account:
        tell(account, "company", "custom_segment", "market_segment")
        (number,) = account.make("company", {"name": "Acme", "custom_segment": "retail"})
    with open_account() as account:
        assert definition(account, "companies", "market_segment")["type"] == "string"
        assert account.neutral("company", number)["custom_segment"] == "retail"
        assert account.edit("company", number, custom_segment=None)["custom_segment"] is None
