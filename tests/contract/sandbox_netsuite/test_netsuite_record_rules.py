"""What holds for every record type of a simulated NetSuite account: unknown names, sublists, the catalog, letter case."""

import json
import sqlite3

import pytest

from sg_pipelines.sandbox.netsuite.record_types import TYPES

CUSTOMER, ITEM, ORDER = "/record/v1/customer", "/record/v1/inventoryItem", "/record/v1/salesOrder"
HEADER = "X-NetSuite-PropertyNameValidation"
ADA = {"firstName": "Ada", "lastName": "L"}


def patched(erp, number, body, **more):
    return erp.call("PATCH", f"{CUSTOMER}/{number}", json=body, **more)


def test_an_unknown_name_is_dropped_with_a_warning_unless_it_is_an_error(erp):
    number = erp.created(CUSTOMER, ADA)
    body = {"shoeSize": 5, "email": "ada@example.com"}
    for headers in ({}, {HEADER: "Warning"}):
        answer = patched(erp, number, body, headers=headers)
        assert (answer.status_code, "shoeSize" in answer.headers["warning"]) == (204, True)
    answer = patched(erp, number, body, headers={HEADER: "ignore"})
    assert (answer.status_code, "warning" in answer.headers) == (204, False)
    assert erp.simulator.read("customer", number)["email"] == "ada@example.com"
    changed = {"shoeSize": 5, "email": "new@example.com"}
    refused = erp.refusal("PATCH", f"{CUSTOMER}/{number}", json=changed, headers={HEADER: "error"})
    assert refused == (400, "INVALID_CONTENT", "shoeSize")
    assert erp.simulator.read("customer", number)["email"] == "ada@example.com"
    refused = erp.refusal("PATCH", f"{CUSTOMER}/{number}", json=changed, headers={HEADER: "perhaps"})
    assert refused == (400, "INVALID_HEADER", HEADER)


def test_an_unknown_name_inside_a_line_is_told_with_its_path(erp):
    line = {"colour": "red", "addressBookAddress": {"addr1": "1 Mill Lane", "planet": "Earth"}}
    answer = erp.call("POST", CUSTOMER, json={**ADA, "größe\n": 1, "addressBook": {"items": [line]}})
    assert answer.status_code == 204
    for path in ("addressBook.items[0].colour", "addressBook.items[0].addressBookAddress.planet", r"gr\xf6\xdfe\n"):
        assert path in answer.headers["warning"]
    refused = erp.refusal("POST", CUSTOMER, json={**ADA, "addressBook": {"items": [line]}}, headers={HEADER: "error"})
    assert refused[2] == "addressBook.items[0].colour"


def test_a_record_that_was_read_can_be_sent_back(erp):
    (number,) = erp.make({"first_name": "Ada", "last_name": "L", "address_city": "Reno"})
    body = erp.call("GET", f"{CUSTOMER}/{number}", params={"expandSubResources": "true"}).json()
    derived = ("searchStage", "dateCreated", "lastModifiedDate", "defaultAddress", "contactList")
    kept = {name: value for name, value in body.items() if name not in derived}
    assert patched(erp, number, kept, headers={HEADER: "error"}).status_code == 204
    after = erp.call("GET", f"{CUSTOMER}/{number}", params={"expandSubResources": "true"}).json()
    assert after["addressBook"] == body["addressBook"]


def test_null_clears_only_what_is_selected_when_that_is_asked_for(erp):
    (number,) = erp.make({"first_name": "Ada", "last_name": "L", "phone": "1", "email": "ada@example.com"})
    asked = {"replaceSelectedFields": "true", "replace": "phone"}
    assert patched(erp, number, {"phone": None, "email": None}, params=asked).status_code == 204
    read = erp.simulator.read("customer", number)
    assert (read["phone"], read["email"]) == (None, "ada@example.com")


def test_nothing_of_a_change_is_kept_when_a_part_of_it_is_refused(erp):
    (number,) = erp.make({"first_name": "Ada", "last_name": "L"})
    body = {"email": "ada@example.com", "addressBook": {"items": [{"addressBookAddress": {}}, {"id": 5}]}}
    assert erp.refusal("PATCH", f"{CUSTOMER}/{number}", json=body)[2] == "addressBook.items[1].id"
    assert erp.simulator.read("customer", number)["email"] is None
    assert erp.rows("SELECT nkey FROM entityaddress") == []


@pytest.mark.parametrize("type_", ["inventoryItem", "inventoryitem", "INVENTORYITEM"])
def test_a_record_type_is_written_in_any_letter_case(erp, type_):
    (number,) = erp.make({"sku": "1"}, kind="product")
    body = erp.call("GET", f"/record/v1/{type_}/{number}").json()
    assert body["itemId"] == "1"
    assert body["links"][0]["href"] == f"{erp.rest}/record/v1/inventoryitem/{number}"


def test_a_sublist_has_an_address_of_its_own(erp):
    (number,) = erp.make({"sku": "1", "price_amount": "5"}, kind="product")
    href = erp.call("GET", f"{ITEM}/{number}").json()["price"]["links"][0]["href"]
    listed = erp.send("GET", href, headers=erp.bearer()).json()
    assert (listed["totalResults"], [set(line) for line in listed["items"]]) == (1, [{"links"}])
    whole = erp.send("GET", href, headers=erp.bearer(), params={"expandSubResources": "true"}).json()
    assert whole["items"][0]["price"] == 5.0
    assert erp.call("GET", f"{ITEM}/{number}/colours").status_code == 404


@pytest.mark.parametrize("path", [CUSTOMER, ITEM, ORDER, "/record/v1/contact"])
def test_every_type_is_listed_and_says_what_is_not_there(erp, path):
    assert erp.call("GET", path).json()["totalResults"] == 0
    for method in ("GET", "DELETE", "PATCH"):
        assert erp.refusal(method, f"{path}/9", json={})[:2] == (404, "NONEXISTENT_ID")


def test_the_catalog_describes_the_fields_of_the_account(erp):
    erp.make({"first_name": "Ada", "last_name": "L", "cross_ids": {"shop_us": "5"}})
    schema = erp.call("GET", "/record/v1/metadata-catalog/salesOrder", headers={"Accept": "application/schema+json"})
    assert schema.headers["content-type"].startswith("application/schema+json")
    assert schema.json()["properties"]["tranDate"] == {"type": "string", "format": "date"}
    assert schema.json()["properties"]["total"]["readOnly"] is True
    assert "tranDate" in schema.json()["x-ns-filterable"]
    asked = {"select": "customer,contact"}
    catalog = erp.call(
        "GET", "/record/v1/metadata-catalog", params=asked, headers={"Accept": "application/swagger+json"}
    )
    assert catalog.json()["openapi"].startswith("3.0")
    assert set(catalog.json()["components"]["schemas"]) == {"customer", "contact"}
    assert "custentity_shop_us_id" in catalog.json()["components"]["schemas"]["customer"]["properties"]
    assert erp.call("GET", "/record/v1/metadata-catalog/ship").status_code == 404
    links = erp.call("GET", "/record/v1/metadata-catalog/contact").json()["links"]
    assert links[0]["href"].endswith("/metadata-catalog/contact")


@pytest.mark.parametrize("key", sorted(TYPES))
def test_fields_are_called_what_the_platform_calls_them(key, shared):
    names = shared("platforms/netsuite/rest_fields_2026.1.json")
    known = json.loads(names.read_text(encoding="utf-8"))[TYPES[key].name]
    ours = {field.name for field in TYPES[key].fields} | set(TYPES[key].sublists) | set(TYPES[key].derived)
    # the list at hand ends somewhere in the alphabet, and is a choice where it concerns items and orders
    assert {name for name in ours - known.keys() if name < max(known)} <= {"status", "itemType"}


def test_a_file_from_before_there_were_companies_is_taken_over(open_account, tmp_path):
    with sqlite3.connect(tmp_path / "sandbox.sqlite") as old:
        old.execute("create table netsuite_customer (id integer primary key, entityid text, externalid text, isperson text,"
                    " isinactive text, firstname text, lastname text, companyname text, email text, phone text,"
                    " searchstage text, datecreated text, lastmodifieddate text, defaultbillingaddress integer,"
                    " defaultshippingaddress integer, subsidiary integer, custentity_loyalty_tier text)")  # fmt: skip
        old.execute("create table netsuite_entityaddress (nkey integer primary key, addr1 text, addr2 text, city text,"
                    " state text, zip text, country text)")  # fmt: skip
        old.execute("create view netsuite_entity as select id from netsuite_customer")
        old.execute("insert into netsuite_customer (id, isperson, isinactive, firstname, lastname, defaultbillingaddress)"
                    " values (1007, 'T', 'F', 'Ada', 'L', 1001007)")  # fmt: skip
        old.execute("insert into netsuite_entityaddress (nkey, city) values (1001007, 'Reno')")
    old.close()
    account = open_account()
    assert account.simulator.read("customer", "1007")["address_city"] == "Reno"
    assert account.rows("SELECT firstname FROM entity WHERE id = 1007") == [{"firstname": "Ada"}]
    assert account.make({"first_name": "Bo", "last_name": "B", "address_city": "Elko"}) == ["1008"]
    book = account.call("GET", f"{CUSTOMER}/1007", params={"expandSubResources": "true"}).json()["addressBook"]
    assert [line["id"] for line in book["items"]] == [1001007]
