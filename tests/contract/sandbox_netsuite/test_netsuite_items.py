"""Inventory items, their prices and their stock on a simulated NetSuite account."""

import pytest

ITEM = "/record/v1/inventoryItem"
LAMP = {
    "sku": "LAMP-1",
    "barcode": "0012345678905",
    "name": "Lamp - Green",
    "description": "A green lamp",
    "price_amount": "19.90",
    "price_currency": "USD",
    "cost_amount": "7.25",
    "external_id": "P-1",
    "cross_ids": {"shop_us": "71"},
    "inventory": [{"location": "Reno", "quantity": "5"}, {"location": "Elko", "quantity": "0"}],
}
GOODS = (
    "SELECT i.id, i.itemid, i.displayname, i.description, i.upccode, i.cost FROM item i WHERE i.itemtype = 'InvtPart'"
)
PRICES = (
    "SELECT i.id, p.unitprice, c.symbol FROM item i LEFT JOIN pricing p ON p.item = i.id AND p.pricelevel = 1 "
    "AND p.quantity = 0 LEFT JOIN currency c ON c.id = p.currency WHERE i.itemtype = 'InvtPart' ORDER BY i.id, p.currency"
)
STOCK = (
    "SELECT l.name, s.quantityavailable AS n FROM inventoryitemlocations s INNER JOIN location l ON l.id = s.location "
    "WHERE s.item = ? ORDER BY l.name"
)
BASE = {"currencyPage": {"id": "1"}, "priceLevel": {"id": "1"}, "quantity": {"value": 0}}


def make(erp, *rows):
    return erp.make(*rows, kind="product")


def modified(erp, number):
    return erp.call("GET", f"{ITEM}/{number}").json()["lastModifiedDate"]


def test_an_item_its_price_and_its_stock_are_rows_of_their_tables(erp):
    lamp, plain = make(erp, LAMP, {"sku": "PLAIN"})
    assert erp.rows(f"{GOODS} ORDER BY i.id") == [
        {
            "id": lamp,
            "itemid": "LAMP-1",
            "displayname": "Lamp - Green",
            "description": "A green lamp",
            "upccode": "0012345678905",
            "cost": "7.25",
        },
        {"id": plain, "itemid": "PLAIN"},
    ]
    assert erp.rows(PRICES) == [{"id": lamp, "unitprice": "19.9", "symbol": "USD"}, {"id": plain}]
    assert erp.rows(STOCK, lamp) == [{"name": "Elko", "n": "0"}, {"name": "Reno", "n": "5"}]
    assert erp.rows("SELECT custitem_shop_us_id AS other FROM item WHERE id = ?", lamp) == [{"other": "71"}]


def test_the_world_reads_back_the_product_it_wrote(erp):
    (lamp,) = make(erp, LAMP)
    read = erp.simulator.read("product", lamp)
    assert {name: read[name] for name in LAMP} == LAMP
    assert (read["cost_currency"], read["state"]) == ("USD", "live")
    assert erp.simulator.ids("product") == [lamp]


def test_a_variant_is_an_item_named_after_its_group_and_option(erp):
    green, plain = make(
        erp,
        {"sku": "1", "product_group": "Lamp", "option": "Green"},
        {"sku": "2", "product_group": "Table", "option": None},
    )
    names = [erp.simulator.read("product", one)["name"] for one in (green, plain)]
    assert names == ["Lamp - Green", "Table"]


@pytest.mark.parametrize(
    "change",
    [
        {"price_amount": "21.00"},
        {"cost_amount": None},
        {"inventory": [{"location": "Reno", "quantity": "4"}]},
        {"name": "Lamp"},
    ],
)
def test_an_item_was_modified_when_its_fields_its_price_or_its_stock_changed(erp, change):
    lamp, other = make(erp, LAMP, {"sku": "PLAIN"})
    erp.clock.ms += 60_999
    erp.simulator.edit("product", lamp, change)
    assert modified(erp, lamp) == "2026-11-24T12:01:00Z"
    assert modified(erp, other) == "2026-11-24T12:00:00Z"
    read = erp.simulator.read("product", lamp)
    assert {name: read[name] for name in change} == change


def test_a_price_in_another_currency_takes_the_place_of_the_first(erp):
    (lamp,) = make(erp, LAMP)
    erp.simulator.edit("product", lamp, {"price_amount": "18", "price_currency": "EUR"})
    assert erp.rows(PRICES) == [{"id": lamp, "unitprice": "18", "symbol": "EUR"}]
    erp.simulator.edit("product", lamp, {"price_amount": "20000", "price_currency": "COP"})
    assert erp.rows(PRICES) == [{"id": lamp, "unitprice": "20000", "symbol": "COP"}]
    erp.simulator.edit("product", lamp, {"price_amount": None})
    read = erp.simulator.read("product", lamp)
    assert (read["price_amount"], read["price_currency"]) == (None, None)


def test_a_product_is_archived_and_deleted(erp):
    lamp, other = make(erp, LAMP, {"sku": "PLAIN", "inventory": [{"location": "Reno", "quantity": "1"}]})
    erp.simulator.archive("product", lamp)
    assert erp.simulator.read("product", lamp)["state"] == "archived"
    assert erp.rows("SELECT id FROM item WHERE isinactive = 'T'") == [{"id": lamp}]
    erp.simulator.delete("product", other)
    assert erp.simulator.read("product", other) == {"state": "deleted"}
    assert erp.rows("SELECT type, recordid, name FROM deletedrecord") == [
        {"type": "inventoryitem", "recordid": other, "name": "PLAIN"}
    ]
    assert erp.rows(STOCK, other) == []
    assert erp.simulator.ids("product") == []
    assert make(erp, {"sku": "NEW"}) != [other]


def test_items_that_are_no_goods_are_no_products(erp):
    kinds = {row["itemtype"]: row["id"] for row in erp.rows("SELECT id, itemtype FROM item")}
    assert set(kinds) == {"Discount", "ShipItem", "TaxItem"}
    assert erp.simulator.read("product", kinds["Discount"]) is None
    assert erp.call("GET", f"{ITEM}/{kinds['TaxItem']}").status_code == 404
    assert erp.call("GET", ITEM).json()["totalResults"] == 0


def test_an_item_has_the_documented_shape(erp):
    (lamp,) = make(erp, LAMP)
    body = erp.call("GET", f"{ITEM}/{lamp}", params={"expandSubResources": "true"}).json()
    assert (body["itemId"], body["upcCode"], body["salesDescription"]) == ("LAMP-1", "0012345678905", "A green lamp")
    assert (body["cost"], body["displayName"], body["isInactive"]) == (7.25, "Lamp - Green", False)
    assert body["itemType"] == {"id": "InvtPart", "refName": "Inventory Item"}
    (price,) = body["price"]["items"]
    assert (price["price"], price["quantity"], price["priceLevel"]["refName"]) == (19.9, {"value": 0}, "Base Price")
    assert (price["currencyPage"]["id"], price["currencyPage"]["refName"]) == ("1", "US Dollar")
    reno = body["locations"]["items"][0]
    assert (reno["location"]["refName"], reno["quantityAvailable"], reno["quantityOnHand"]) == ("Reno", 5.0, 5.0)


def test_an_item_is_made_with_its_price_and_changed(erp):
    body = {"itemId": "LAMP-2", "displayName": "Lamp", "cost": 7, "price": {"items": [{**BASE, "price": 12.5}]}}
    number = erp.created(ITEM, body)
    read = erp.simulator.read("product", number)
    assert (read["sku"], read["price_amount"], read["cost_amount"]) == ("LAMP-2", "12.50", "7.00")
    erp.clock.ms += 60_000
    more = {"price": {"items": [{**BASE, "price": 13}, {**BASE, "currencyPage": {"id": "4"}, "price": 11}]}}
    assert erp.call("PATCH", f"{ITEM}/{number}", json=more).status_code == 204
    assert [row["symbol"] for row in erp.rows(PRICES)] == ["USD", "EUR"]
    assert modified(erp, number) == "2026-11-24T12:01:00Z"
    breaks = {"price": {"items": [{**BASE, "quantity": {"value": 10}, "price": 9}]}}
    assert erp.call("PATCH", f"{ITEM}/{number}", json=breaks).status_code == 204
    assert len(erp.rows("SELECT unitprice FROM pricing")) == 3
    assert erp.call("PATCH", f"{ITEM}/{number}", json=breaks, params={"replace": "price"}).status_code == 204
    assert erp.rows("SELECT quantity, unitprice FROM pricing") == [{"quantity": "10", "unitprice": "9"}]
    gone = {"price": {"items": [{**BASE, "quantity": {"value": 10}, "price": None}]}}
    assert erp.call("PATCH", f"{ITEM}/{number}", json=gone).status_code == 204
    assert erp.rows("SELECT unitprice FROM pricing") == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"displayName": "Lamp"}, "itemId"),
        ({"itemId": "1", "cost": "seven"}, "cost"),
        ({"itemId": "1", "cost": True}, "cost"),
        ({"itemId": "1", "itemType": {"id": "InvtPart"}}, "itemType"),
        ({"itemId": "1", "price": 5}, "price"),
        ({"itemId": "1", "price": {"items": [{**BASE, "price": "5"}]}}, "price.items[0].price"),
        ({"itemId": "1", "price": {"items": [{**BASE, "price": 5, "quantity": {}}]}}, "price.items[0].quantity"),
        ({"itemId": "1", "price": {"items": [{"price": 5}]}}, "price.items[0].currencyPage"),
        (
            {
                "itemId": "1",
                "price": {"items": [{**BASE, "price": 5}, {**BASE, "priceLevel": {"id": "77"}, "price": 5}]},
            },
            "price.items[1].priceLevel",
        ),
        ({"itemId": "1", "locations": {"items": [{"locationId": 1, "quantityAvailable": 5}]}}, "locations"),
    ],
)
def test_an_item_that_is_wrong_is_refused_with_the_place_and_not_made(erp, body, place):
    assert erp.refusal("POST", ITEM, json=body) == (400, "INVALID_CONTENT", place)
    assert erp.simulator.ids("product") == []
    assert erp.rows("SELECT unitprice FROM pricing") == []


def test_an_item_name_is_given_once_and_an_upsert_finds_it(erp):
    erp.created(ITEM, {"itemId": "LAMP-2"})
    assert erp.refusal("POST", ITEM, json={"itemId": "LAMP-2"}) == (400, "DUP_RCRD", "itemId")
    body = {"itemId": "LAMP-3", "price": {"items": [{**BASE, "price": 5}]}}
    places = [erp.call("PUT", f"{ITEM}/eid:P-3", json=body).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    assert len(erp.rows("SELECT unitprice FROM pricing")) == 1


def test_an_item_on_an_order_cannot_be_deleted(erp):
    lamp, other = make(erp, LAMP, {"sku": "PLAIN"})
    (company,) = erp.make({"name": "Mill & Co"}, kind="company")
    sold = [{"product_id": lamp, "quantity": "1", "amount": "5"}]
    erp.make({"company_id": company, "lines": sold}, kind="order")
    assert erp.refusal("DELETE", f"{ITEM}/{lamp}")[:2] == (400, "USER_ERROR")
    assert erp.call("DELETE", f"{ITEM}/{other}").status_code == 204


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("itemId START_WITH lamp", ["LAMP-1"]),
        ("cost GREATER 5", ["LAMP-1"]),
        ("cost EQUAL 2.5", ["PLAIN"]),
        ("upcCode EMPTY", ["PLAIN"]),
        ("itemType ANY_OF [InvtPart]", ["LAMP-1", "PLAIN"]),
        ("createdDate ON 11/24/2026 AND cost LESS 7", ["PLAIN"]),
        ("createdDate ON 11/23/2026", []),
    ],
)
def test_items_are_filtered(erp, q, found):
    made = make(erp, LAMP, {"sku": "PLAIN", "cost_amount": "2.5"})
    listed = [item["id"] for item in erp.call("GET", ITEM, params={"q": q}).json()["items"]]
    assert listed == [one for one, sku in zip(made, ("LAMP-1", "PLAIN"), strict=True) if sku in found]


def test_all_of_many_products_are_made_or_none(erp):
    with pytest.raises(ValueError, match="no number"):
        make(erp, LAMP, {"sku": "2", "price_amount": "ten"})
    assert erp.simulator.ids("product") == []
    assert erp.rows("SELECT name FROM location") == []
    (lamp,) = make(erp, LAMP)
    assert erp.rows(STOCK, lamp) == [{"name": "Elko", "n": "0"}, {"name": "Reno", "n": "5"}]


def test_prices_follow_the_accounts_own_currency(open_account):
    account = open_account(currency="COP")
    (lamp,) = account.make({"sku": "1", "price_amount": "20000", "cost_amount": "5000"}, kind="product")
    assert account.rows("SELECT symbol FROM currency WHERE isbasecurrency = 'T'") == [{"symbol": "COP"}]
    read = account.simulator.read("product", lamp)
    assert (read["price_currency"], read["cost_currency"]) == ("COP", "COP")


def test_a_price_is_where_its_link_says(erp):
    (number,) = erp.make({"sku": "LAMP-1", "price_amount": "10.25"}, kind="product")
    (price,) = erp.call("GET", f"/record/v1/inventoryItem/{number}/price").json()["items"]
    found = erp.send("GET", price["links"][0]["href"], headers=erp.bearer()).json()
    assert (found["price"], found["links"]) == (10.25, price["links"])
