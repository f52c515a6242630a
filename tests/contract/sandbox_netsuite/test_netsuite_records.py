"""The record service of a simulated NetSuite account, and what the world sees of it."""

import pytest

CUSTOMER = "/record/v1/customer"
ADDRESS = {
    "address_street": "1 Mill Lane",
    "address_city": "Reno",
    "address_region": "NV",
    "address_postal_code": "89501",
    "address_country": "US",
}


def person(number, **more):
    return {"first_name": "Ada", "last_name": f"L{number}", "email": f"ada{number}@example.com", **more}


def listed(account, **asked):
    return [item["id"] for item in account.call("GET", CUSTOMER, params=asked).json()["items"]]


def refused(answer):
    return answer.status_code, answer.json()["o:errorDetails"][0]["o:errorCode"]


def test_a_customer_has_the_documented_shape(account):
    (number,) = account.make(person(1, lifecycle="customer", external_id="C-1", custom_loyalty_tier="gold", **ADDRESS))
    answer = account.call("GET", f"{CUSTOMER}/{number}")
    assert answer.headers["content-type"].startswith("application/vnd.oracle.resource+json; type=singular")
    body = answer.json()
    assert body["id"] == number
    assert (body["isPerson"], body["isInactive"]) == (True, False)
    assert (body["firstName"], body["externalId"], body["searchStage"]) == ("Ada", "C-1", "Customer")
    assert body["lastModifiedDate"] == "2026-11-24T12:00:00Z"
    assert body["subsidiary"]["refName"] == "Parent Company"
    assert body["custentity_loyalty_tier"] == "gold"
    assert set(body["addressBook"]) == {"links"}
    assert "phone" not in body


def test_the_address_book_is_expanded_when_asked_for(account):
    with_, without = account.make(person(1, **ADDRESS), person(2))
    asked = {"expandSubResources": "true"}
    book = account.call("GET", f"{CUSTOMER}/{with_}", params=asked).json()["addressBook"]
    (line,) = book["items"]
    assert line["defaultBilling"] is True
    assert line["addressBookAddress"]["addr1"] == "1 Mill Lane"
    assert line["addressBookAddress"]["country"] == {"id": "US", "refName": "United States"}
    assert account.call("GET", f"{CUSTOMER}/{without}", params=asked).json()["addressBook"]["items"] == []


def test_only_the_named_fields_are_shown(account):
    (number,) = account.make(person(1))
    body = account.call("GET", f"{CUSTOMER}/{number}", params={"fields": "email,isPerson"}).json()
    assert set(body) == {"links", "id", "email", "isPerson"}
    assert account.call("GET", f"{CUSTOMER}/{number}", params={"fields": "shoeSize"}).status_code == 400


def test_an_external_id_stands_for_the_id(account):
    (number,) = account.make(person(1, external_id="C-1"))
    assert account.call("GET", f"{CUSTOMER}/eid:C-1").json()["id"] == number


@pytest.mark.parametrize("named", ["9", "eid:nobody", "abc", "9" * 40, "²"])
def test_what_is_not_there_is_a_404(account, named):
    assert refused(account.call("GET", f"{CUSTOMER}/{named}")) == (404, "NONEXISTENT_ID")
    assert refused(account.call("DELETE", f"{CUSTOMER}/{named}")) == (404, "NONEXISTENT_ID")


def test_a_collection_lists_links_to_active_and_inactive_customers(account):
    made = account.make(*(person(n) for n in range(5)))
    account.simulator.archive("customer", made[0])
    body = account.call("GET", CUSTOMER, params={"limit": 2, "offset": 0}).json()
    assert (body["count"], body["totalResults"], body["hasMore"]) == (2, 5, True)
    assert [set(item) for item in body["items"]] == [{"links", "id"}] * 2
    assert body["items"][1]["links"][0]["href"].endswith(f"/customer/{made[1]}")
    assert listed(account, limit=2, offset=4) == made[4:]
    assert account.simulator.ids("customer") == made[1:]


@pytest.mark.parametrize(
    ("q", "numbers"),
    [
        ("email IS ADA1@example.com", [1]),
        ("email IS_NOT ada1@example.com", [2, 3]),
        ("email START_WITH ada", [1, 2]),
        ("lastName CONTAIN L", [1, 2, 3]),
        ("lastName ENDWITH 3", [3]),
        ('companyName IS "Mill & Co"', [3]),
        ('companyName IS "OR"', []),
        ("companyName EMPTY", [1, 2]),
        ("companyName EMPTY_NOT", [3]),
        ("id GREATER 1001", [2, 3]),
        ("id ANY_OF [1001, 1003]", [1, 3]),
        ("isInactive IS true", [2]),
        ("email IS ada1@example.com OR isInactive IS true AND lastName IS L2", [1, 2]),
        ("lastModifiedDate ON_OR_AFTER 11/24/2026", [1, 2, 3]),
        ("lastModifiedDate AFTER 11/24/2026", []),
        ('lastModifiedDate AFTER "11/24/2026 12:30 pm"', [2]),
        ("lastModifiedDate BEFORE 11/24/2026", []),
        ("email CONTAIN %", []),
    ],
)
def test_a_collection_is_filtered(account, q, numbers):
    third = {"first_name": "Bo", "last_name": "L3", "email": "bo@example.com", "company_name": "Mill & Co"}
    made = account.make(person(1), person(2), third)
    account.clock.ms += 3_600_000
    account.simulator.archive("customer", made[1])
    assert listed(account, q=q) == [made[number - 1] for number in numbers]


@pytest.mark.parametrize(
    "q",
    [
        "",
        "email",
        "email IS",
        "shoeSize IS 5",
        "email NEAR ada",
        "(email IS a)",
        "email IS a OR",
        'email IS "a',
        "id ANY_OF []",
        "id EQUAL ²",
        "lastModifiedDate AFTER 2026-11-24",
        "isPerson IS maybe",
    ],
)
def test_a_filter_that_is_not_understood_is_refused_and_not_ignored(account, q):
    assert refused(account.call("GET", CUSTOMER, params={"q": q})) == (400, "INVALID_PARAMETER")


def test_a_created_customer_is_where_the_answer_says(account):
    body = {"firstName": "Ada", "lastName": "L", "isPerson": True, "externalId": "C-9", "subsidiary": {"id": "1"}}
    answer = account.call("POST", CUSTOMER, json=body)
    assert (answer.status_code, answer.content) == (204, b"")
    made = account.send("GET", answer.headers["Location"], headers=account.bearer()).json()
    assert made["externalId"] == "C-9"
    assert refused(account.call("POST", CUSTOMER, json=body)) == (400, "DUP_RCRD")


def test_a_change_keeps_what_is_absent_and_null_clears(account):
    (number,) = account.make(person(1, phone="1"))
    account.clock.ms += 60_000
    assert account.call("PATCH", f"{CUSTOMER}/{number}", json={"phone": None, "lastName": "New"}).status_code == 204
    body = account.call("GET", f"{CUSTOMER}/{number}").json()
    assert (body["firstName"], body["lastName"]) == ("Ada", "New")
    assert "phone" not in body
    assert body["lastModifiedDate"] == "2026-11-24T12:01:00Z"


def test_an_upsert_twice_makes_one_customer(account):
    body = {"firstName": "Ada", "lastName": "L"}
    places = [account.call("PUT", f"{CUSTOMER}/eid:C-7", json=body).headers["Location"] for _ in range(2)]
    assert places[0] == places[1]
    assert len(account.simulator.ids("customer")) == 1
    assert account.call("PUT", f"{CUSTOMER}/1001", json=body).status_code == 400


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"firstName": "Ada"}, "lastName"),
        ({"isPerson": False}, "companyName"),
        ({"firstName": "Ada", "lastName": "L", "shoeSize": 5}, "shoeSize"),
        ({"firstName": "Ada", "lastName": "L", "email": {"a": 1}}, "email"),
        ({"firstName": "Ada", "lastName": "L", "subsidiary": {"id": "7"}}, "subsidiary"),
    ],
)
def test_content_that_is_wrong_is_refused_with_the_place(account, body, place):
    answer = account.call("POST", CUSTOMER, json=body, headers={"X-NetSuite-PropertyNameValidation": "error"})
    assert refused(answer) == (400, "INVALID_CONTENT")
    assert answer.json()["o:errorDetails"][0]["o:errorPath"] == place
    assert account.simulator.ids("customer") == []


def test_a_deleted_customer_is_gone_and_its_id_is_not_given_again(account):
    (number,) = account.make(person(1))
    assert account.call("DELETE", f"{CUSTOMER}/{number}").status_code == 204
    assert account.call("GET", f"{CUSTOMER}/{number}").status_code == 404
    assert account.simulator.read("customer", number) == {"state": "deleted"}
    assert account.make(person(2)) != [number]


def test_the_catalog_and_the_limits_can_be_read(account):
    catalog = account.call("GET", "/record/v1/metadata-catalog").json()
    assert [item["name"] for item in catalog["items"]] == ["customer", "contact", "inventoryItem", "salesOrder"]
    assert account.call("GET", "/system/v1/governanceLimits").json()["accountConcurrencyLimit"] == 5


def test_an_unknown_path_is_answered_in_the_documented_error_form(account):
    for method, path, status in (("GET", "/record/v1/ship", 404), ("PUT", "/query/v1/suiteql", 405)):
        answer = account.call(method, path)
        assert answer.status_code == answer.json()["status"] == status
        assert answer.json()["o:errorDetails"]


def test_the_world_reads_back_what_it_wrote(account):
    said = person(1, phone="1", lifecycle="prospect", external_id="C-1", cross_ids={"shopify": "77"}, **ADDRESS)
    (number,) = account.make(said)
    read = account.simulator.read("customer", number)
    assert {name: read[name] for name in said} == said
    assert read["state"] == "live"
    account.simulator.edit("customer", number, {"phone": None, "address_city": "Elko"})
    read = account.simulator.read("customer", number)
    assert (read["phone"], read["address_city"], read["address_street"]) == (None, "Elko", "1 Mill Lane")
    account.simulator.archive("customer", number)
    assert account.simulator.read("customer", number)["state"] == "archived"
    assert account.simulator.read("customer", "5") is None


def test_many_are_made_wholly_or_not_at_all(account):
    with pytest.raises(ValueError):
        account.make(person(1), person(2, modified_at_ms="never"))
    assert account.simulator.ids("customer") == []
    assert len(account.make(person(1))) == 1


def test_a_merge_needs_two_customers(account):
    (number,) = account.make(person(1))
    with pytest.raises(ValueError):
        account.simulator.merge("customer", winner=number, loser=number)
    with pytest.raises(KeyError):
        account.simulator.merge("customer", winner="5", loser=number)
    assert account.simulator.ids("customer") == [number]


def test_customers_survive_a_restart(open_account):
    made = open_account().make(person(1, **ADDRESS))
    again = open_account()
    assert again.simulator.ids("customer") == made
    assert again.simulator.read("customer", made[0])["address_city"] == "Reno"
