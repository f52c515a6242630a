"""What people do in HubSpot's pages, in the world's words, and how it looks on the wire: every kind."""

import pytest

COMPANY = {
    "name": "Mill & Co",
    "domain": "mill.example",
    "tax_id": "12-3456789",
    "phone": "312 555 0100",
    "address_street": "1 Mill Lane",
    "address_street2": "Floor 2",
    "address_city": "Reno",
    "address_region": "NV",
    "address_postal_code": "89501",
    "address_country": "US",
    "lifecycle": "prospect",
    "external_id": "CO-1",
}
PRODUCT = {
    "sku": "MUG-B",
    "barcode": "4006381333931",
    "name": "Mug - Blue",
    "description": "It holds coffee",
    "price_amount": "9.90",
    "cost_amount": "3.10",
    "external_id": "P-1",
}
ORDER = {
    "number": "#1001",
    "placed_on": "2026-11-20",
    "status": "fulfilled",
    "currency": "EUR",
    "subtotal_amount": "29.70",
    "discount_amount": "1.00",
    "tax_amount": "2.00",
    "shipping_amount": "5.00",
    "total_amount": "35.70",
    "tax_included": False,
    "external_id": "O-1",
}
ON_THE_WIRE = {
    "deals": {
        "order_number": "#1001",
        "dealname": "Order #1001",
        "closedate": "2026-11-20T12:00:00.000Z",
        "dealstage": "closedwon",
        "deal_currency_code": "EUR",
        "order_subtotal": "29.70",
        "order_discount": "1.00",
        "order_tax": "2.00",
        "order_shipping": "5.00",
        "amount": "35.70",
        "tax_included": "false",
        "external_id": "O-1",
        "shop_us_order_id": "7001",
    },
    "orders": {
        "hs_order_name": "#1001",
        "hs_external_created_date": "2026-11-20T12:00:00.000Z",
        "hs_fulfillment_status": "fulfilled",
        "hs_currency_code": "EUR",
        "hs_subtotal_price": "29.70",
        "hs_order_discount": "1.00",
        "hs_tax": "2.00",
        "hs_shipping_cost": "5.00",
        "hs_total_price": "35.70",
        "hs_tax_included": "false",
        "external_id": "O-1",
        "shop_us_order_id": "7001",
    },
}


def line(product, sku="MUG-B", quantity="3", amount="29.70", name="Mug - Blue"):
    return {"product_id": product, "sku": sku, "name": name, "quantity": quantity, "amount": amount}


def said(account, path, names):
    return account.read(path, properties=",".join(names))["properties"]


def items_of(account, kind, number):
    told = account.call("GET", f"/crm/v4/objects/{kind}/{number}/associations/line_items").json()["results"]
    return [str(one["toObjectId"]) for one in told]


@pytest.fixture(params=["deals", "orders"])
def kept_as(request, account):
    account.settings(order_object=request.param)
    return request.param


def test_a_company_is_where_the_table_says(account):
    (number,) = account.make("company", {**COMPANY, "orders_count": 3, "cross_ids": {"netsuite": "88"}})
    wire = {
        "name": "Mill & Co",
        "domain": "mill.example",
        "tax_id": "12-3456789",
        "phone": "312 555 0100",
        "address": "1 Mill Lane",
        "address2": "Floor 2",
        "city": "Reno",
        "state": "NV",
        "zip": "89501",
        "country": "US",
        "lifecyclestage": "opportunity",
        "external_id": "CO-1",
        "netsuite_company_id": "88",
    }
    assert said(account, f"companies/{number}", wire).items() >= wire.items()
    assert account.neutral("company", number) == {**COMPANY, "cross_ids": {"netsuite": "88"}, "state": "live"}


def test_a_product_is_where_the_table_says_and_its_price_has_no_currency(account):
    row = {
        **PRODUCT,
        "price_currency": "USD",
        "cost_currency": "USD",
        "inventory": [{"location": "A", "quantity": "1"}],
    }
    (number,) = account.make("product", {**row, "cross_ids": {"shop_us": "5"}})
    wire = {
        "hs_sku": "MUG-B",
        "barcode": "4006381333931",
        "name": "Mug - Blue",
        "description": "It holds coffee",
        "price": "9.90",
        "hs_cost_of_goods_sold": "3.10",
        "external_id": "P-1",
        "shop_us_product_id": "5",
    }
    assert said(account, f"products/{number}", wire).items() >= wire.items()
    assert account.neutral("product", number) == {**PRODUCT, "cross_ids": {"shop_us": "5"}, "state": "live"}


def test_a_variant_is_named_after_its_group(account):
    numbers = account.make(
        "product",
        {"product_group": "Mug", "option": "Blue"},
        {"product_group": "Lamp"},
        {"product_group": "X", **PRODUCT},
    )
    assert [account.neutral("product", one)["name"] for one in numbers] == ["Mug - Blue", "Lamp", "Mug - Blue"]


def test_a_customers_company_is_its_primary_association(account):
    one, two = account.make("company", {"name": "One"}, {"name": "Two"})
    (number,) = account.make("customer", {"email": "ada@example.com", "company_id": one})
    path = f"contacts/{number}"
    assert said(account, path, ["associatedcompanyid"])["associatedcompanyid"] == one
    account.edit("customer", number, company_id=two)
    assert said(account, path, ["associatedcompanyid"])["associatedcompanyid"] == two
    assert account.read(path, associations="companies")["associations"]["companies"]["results"] == [
        {"id": two, "type": "contact_to_company"},
        {"id": two, "type": "contact_to_company_unlabeled"},
    ]
    account.objects("PATCH", path, json={"properties": {"associatedcompanyid": one}})
    assert account.neutral("customer", number)["company_id"] == one
    assert account.edit("customer", number, company_id=None)["company_id"] is None


def test_an_order_is_where_the_table_says(account, kept_as):
    (company,) = account.make("company", {"name": "Mill"})
    (customer,) = account.make("customer", {"email": "ada@example.com", "company_id": company})
    (product,) = account.make("product", PRODUCT)
    around = {"customer_id": customer, "company_id": company, "cross_ids": {"shop_us": "7001"}}
    lines = [line(product)]
    row = {**ORDER, **around, "lines": lines, "refunded": "5.00", "shop_total": "40.00", "shop_currency": "USD"}
    (number,) = account.make("order", row)
    wire = ON_THE_WIRE[kept_as]
    assert said(account, f"{kept_as}/{number}", wire).items() >= wire.items()
    told = account.read(f"{kept_as}/{number}", associations="contacts,companies,line_items")["associations"]
    one = kept_as.removesuffix("s")
    assert told["contacts"]["results"] == [{"id": customer, "type": f"{one}_to_contact"}]
    assert told["companies"]["results"][0] == {"id": company, "type": f"{one}_to_company"}
    ((item,),) = [[one["id"] for one in told["line items"]["results"]]]
    assert (
        said(account, f"line_items/{item}", ["hs_product_id", "hs_sku", "name", "quantity", "price", "amount"]).items()
        >= {
            "hs_product_id": product,
            "hs_sku": "MUG-B",
            "name": "Mug - Blue",
            "quantity": "3",
            "price": "9.90",
            "amount": "29.70",
        }.items()
    )
    assert account.neutral("order", number) == {**ORDER, **around, "lines": lines, "state": "live"}


def test_orders_are_kept_as_the_setting_says_when_it_is_used(account):
    account.make("order", {"number": "#1"})
    account.settings(order_object="orders")
    account.make("order", {"number": "#2"}, {"number": "#3"})
    assert (len(account.listed("deals")), len(account.listed("orders"))) == (1, 2)
    account.settings(order_object="tickets")
    refused = account.control.post("/records/create", json={"account": "hubspot", "kind": "order", "rows": [{}]})
    assert refused.status_code == 400
    assert "deals or orders" in refused.json()["error"]


@pytest.mark.parametrize("status", ["open", "fulfilled", "cancelled"])
def test_the_status_of_an_order_is_read_as_it_was_written(account, kept_as, status):
    (number,) = account.make("order", {"number": "#1", "status": status})
    assert account.neutral("order", number)["status"] == status


def test_any_other_stage_of_a_deal_is_open(account):
    (number,) = account.make("order", {"number": "#1", "status": "fulfilled"})
    account.objects("PATCH", f"deals/{number}", json={"properties": {"dealstage": "qualifiedtobuy"}})
    assert account.neutral("order", number)["status"] == "open"


def test_the_day_of_an_order_is_a_day_where_the_account_is(account, kept_as):
    account.settings(time_zone="Pacific/Auckland")
    (number,) = account.make("order", {"number": "#1", "placed_on": "2026-11-20"})
    name = {"deals": "closedate", "orders": "hs_external_created_date"}[kept_as]
    assert said(account, f"{kept_as}/{number}", [name])[name] == "2026-11-19T23:00:00.000Z"
    assert account.neutral("order", number)["placed_on"] == "2026-11-20"
    assert account.call("GET", "/account-info/v3/details").json()["timeZone"] == "Pacific/Auckland"


def test_editing_the_lines_changes_makes_and_archives_line_items(account, kept_as):
    products = account.make("product", *({"sku": sku} for sku in "ABCD"))
    a, b, c, d = (line(product, sku) for product, sku in zip(products, "ABCD", strict=True))
    (number,) = account.make("order", {"number": "#1", "lines": [a, b, c]})
    first, second, third = items_of(account, kept_as, number)
    account.advance(60)
    before = account.modified(kept_as, number)
    same = account.modified("line_items", first)
    more = {**b, "quantity": "4", "amount": "39.60"}
    assert account.edit("order", number, lines=[a, more, d])["lines"] == [a, more, d]
    assert account.modified(kept_as, number) > before
    assert account.modified("line_items", first) == same
    assert said(account, f"line_items/{second}", ["quantity", "price"])["quantity"] == "4"
    assert account.listed("line_items", archived="true") == [third]
    assert items_of(account, kept_as, number)[:2] == [first, second]
    assert len(items_of(account, kept_as, number)) == 3


def test_the_same_product_can_be_on_an_order_twice(account):
    (product,) = account.make("product", PRODUCT)
    lines = [line(product, quantity="1", amount="9.90"), line(product, quantity="2", amount="19.80")]
    (number,) = account.make("order", {"number": "#1", "lines": lines})
    items = items_of(account, "deals", number)
    assert account.edit("order", number, lines=lines[:1])["lines"] == lines[:1]
    assert items_of(account, "deals", number) == items[:1]


def test_an_amount_is_quantity_times_price_even_where_the_price_has_no_end(account):
    (number,) = account.make("order", {"number": "#1", "lines": [line("1", quantity="3", amount="10.00")]})
    (item,) = items_of(account, "deals", number)
    assert (
        said(account, f"line_items/{item}", ["price", "amount"]).items()
        >= {
            "price": "3.333333",
            "amount": "9.999999",
        }.items()
    )


def test_a_changed_neighbour_of_an_order_replaces_the_former(account, kept_as):
    one, two = account.make("customer", {"email": "a@example.com"}, {"email": "b@example.com"})
    (company,) = account.make("company", {"name": "Mill"})
    (number,) = account.make("order", {"number": "#1", "customer_id": one, "company_id": company})
    account.advance(60)
    before = account.modified(kept_as, number)
    changed = account.edit("order", number, customer_id=two, company_id=None)
    assert (changed["customer_id"], changed["company_id"]) == (two, None)
    assert account.modified(kept_as, number) > before


@pytest.mark.parametrize(
    ("kind", "row"),
    [("order", {"customer_id": "7"}), ("order", {"company_id": "7"}), ("customer", {"company_id": "7"})],
)
def test_a_neighbour_that_is_not_there_is_refused_before_anything_is_made(account, kind, row):
    refused = account.control.post("/records/create", json={"account": "hubspot", "kind": kind, "rows": [row]})
    assert refused.status_code == 400
    assert (account.listed("deals"), account.listed("contacts")) == ([], [])


@pytest.mark.parametrize("kind", ["customer", "company", "product", "order"])
def test_the_cross_id_of_any_account_has_a_property_by_its_name(account, kind):
    row = {"cross_ids": {"shopify": "1", "netsuite": "2", "shop_co": "3"}}
    (number,) = account.make(kind, row)
    object_type = {"customer": "contacts", "company": "companies", "product": "products", "order": "deals"}[kind]
    wire = {f"shopify_{kind}_id": "1", f"netsuite_{kind}_id": "2", f"shop_co_{kind}_id": "3"}
    assert said(account, f"{object_type}/{number}", wire).items() >= wire.items()
    assert account.found(object_type, (f"shop_co_{kind}_id", "EQ", "3")) == [number]
    account.edit(kind, number, cross_ids={"shop_co": None, "shopify": "9"})
    assert account.neutral(kind, number)["cross_ids"] == {"shopify": "9", "netsuite": "2"}


def test_a_custom_attribute_has_a_property_without_the_prefix(account):
    customer, _ = account.make("customer", {"custom_loyalty_tier": "gold", "custom_segment": "b2b"}, {})
    wire = {"loyalty_tier": "gold", "segment": "b2b"}
    assert said(account, f"contacts/{customer}", wire).items() >= wire.items()
    assert account.neutral("customer", customer)["custom_segment"] == "b2b"


@pytest.mark.parametrize("kind", ["customer", "company", "product", "order"])
def test_records_of_every_kind_go_their_ways(account, kind):
    archived, deleted, winner, loser, kept = account.make(kind, *({"external_id": f"X-{n}"} for n in range(5)))
    states = [
        account.deed(deed, kind, record_id=one)["record"]["state"]
        for deed, one in (("archive", archived), ("delete", deleted))
    ]
    assert states == ["archived", "deleted"]
    survivor = account.deed("merge", kind, winner=winner, loser=loser)["record_id"]
    object_type = {"customer": "contacts", "company": "companies", "product": "products", "order": "deals"}[kind]
    assert account.listed(object_type) == [kept, survivor]
    assert account.listed(object_type, archived="true") == [archived]


def test_times_of_creation_and_change_can_be_given(account, kept_as):
    row = {
        "number": "#1",
        "created_at_ms": 1_700_000_000_000,
        "modified_at_ms": 1_750_000_000_000,
        "lines": [line("1")],
    }
    (number,) = account.make("order", row)
    (item,) = items_of(account, kept_as, number)
    for path in (f"{kept_as}/{number}", f"line_items/{item}"):
        body = account.read(path)
        assert (body["createdAt"], body["updatedAt"]) == ("2023-11-14T22:13:20.000Z", "2025-06-15T15:06:40.000Z")
