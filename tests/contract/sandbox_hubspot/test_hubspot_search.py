"""Search of a simulated HubSpot account: filters, sorts, pages, limits, and an index that lags."""

import pytest


@pytest.fixture
def deals(account):
    rows = [
        {"dealname": "Alpha One", "amount": "5", "dealstage": "closedwon", "closedate": "2026-11-01"},
        {"dealname": "beta two", "amount": "50", "dealstage": "closedlost", "closedate": "2026-11-02"},
        {"dealname": "Gamma", "amount": "500", "dealstage": "contractsent"},
        {"dealstage": "contractsent"},
    ]
    return [account.create("deals", **row) for row in rows]


def filters(*said):
    return [dict(zip(("propertyName", "operator", "value"), one, strict=False)) for one in said]


@pytest.mark.parametrize(
    ("filter_", "numbers"),
    [
        ({"propertyName": "dealname", "operator": "EQ", "value": "ALPHA ONE"}, [0]),
        ({"propertyName": "dealname", "operator": "NEQ", "value": "gamma"}, [0, 1, 3]),
        ({"propertyName": "dealstage", "operator": "EQ", "value": "closedwon"}, [0]),
        ({"propertyName": "dealstage", "operator": "EQ", "value": "CLOSEDWON"}, []),
        ({"propertyName": "amount", "operator": "LT", "value": "50"}, [0]),
        ({"propertyName": "amount", "operator": "LTE", "value": "50"}, [0, 1]),
        ({"propertyName": "amount", "operator": "GT", "value": "50"}, [2]),
        ({"propertyName": "amount", "operator": "GTE", "value": "50"}, [1, 2]),
        ({"propertyName": "amount", "operator": "BETWEEN", "value": "5", "highValue": "50"}, [0, 1]),
        ({"propertyName": "dealname", "operator": "IN", "values": ["gamma", "beta two"]}, [1, 2]),
        ({"propertyName": "dealname", "operator": "IN", "values": ["Gamma"]}, []),
        ({"propertyName": "dealname", "operator": "NOT_IN", "values": ["gamma"]}, [0, 1, 3]),
        ({"propertyName": "dealname", "operator": "HAS_PROPERTY"}, [0, 1, 2]),
        ({"propertyName": "dealname", "operator": "NOT_HAS_PROPERTY"}, [3]),
        ({"propertyName": "dealname", "operator": "CONTAINS_TOKEN", "value": "alp*"}, [0]),
        ({"propertyName": "dealname", "operator": "NOT_CONTAINS_TOKEN", "value": "two"}, [0, 2, 3]),
        ({"propertyName": "closedate", "operator": "GT", "value": "2026-11-01T12:00:00Z"}, [1]),
        ({"propertyName": "closedate", "operator": "LTE", "value": "1793491200000"}, [0]),
    ],
)
def test_filters_hold_for_text_numbers_instants_and_enumerations(account, deals, filter_, numbers):
    answer = account.post("deals/search", {"filterGroups": [{"filters": [filter_]}]})
    assert [one["id"] for one in answer["results"]] == [deals[number] for number in numbers]
    assert answer["total"] == len(numbers)


def test_groups_are_alternatives_and_filters_of_a_group_all_hold(account, deals):
    groups = [
        {"filters": filters(("amount", "GT", "1"), ("dealstage", "EQ", "closedlost"))},
        {"filters": filters(("dealname", "EQ", "gamma"))},
    ]
    found = account.post("deals/search", {"filterGroups": groups})["results"]
    assert [one["id"] for one in found] == [deals[1], deals[2]]


def test_records_are_found_by_their_associations(account):
    (company,) = account.make("company", {"name": "Mill"})
    inside, _ = account.make("customer", {"email": "a@example.com", "company_id": company}, {"email": "b@example.com"})
    assert account.found("contacts", ("associations.company", "EQ", company)) == [inside]
    assert account.found("contacts", ("associatedcompanyid", "EQ", company)) == [inside]


def test_results_are_sorted_by_one_rule(account, deals):
    rule = {"propertyName": "amount", "direction": "DESCENDING"}
    assert account.found("deals", sorts=[rule]) == [deals[2], deals[1], deals[0], deals[3]]
    first, second, *equal = account.found("deals", sorts=["dealstage"])
    assert (first, second, sorted(equal)) == (deals[1], deals[0], sorted(deals[2:]))


@pytest.mark.parametrize("direction", ["ASCENDING", "DESCENDING"])
def test_what_is_equal_comes_in_no_order_of_ids_but_the_same_each_time(account, direction):
    made = account.make("company", *({"name": "Mill"} for _ in range(20)))
    rule = {"propertyName": "name", "direction": direction}
    found = account.found("companies", sorts=[rule], limit=20)
    assert sorted(found) == sorted(made)
    assert found not in (made, made[::-1])
    assert account.found("companies", sorts=[rule], limit=20) == found


def test_a_query_looks_into_every_value(account, deals):
    assert account.found("deals", query="two BETA") == [deals[1]]


def test_pages_hold_at_most_two_hundred_and_the_cursor_counts(account):
    made = account.make("company", *({"name": f"C{n}"} for n in range(250)))
    first = account.post("companies/search", {"limit": 200})
    assert first["paging"]["next"]["after"] == "200"
    second = account.post("companies/search", {"limit": 200, "after": "200"})
    assert "paging" not in second
    assert [one["id"] for page in (first, second) for one in page["results"]] == made
    assert len(account.post("companies/search", {})["results"]) == 10


TOO_MANY_GROUPS = [{"filters": filters(("amount", "GT", "1"))}] * 6
TOO_MANY_IN_ONE = [{"filters": filters(*[("amount", "GT", "1")] * 7)}]
TOO_MANY_IN_ALL = [{"filters": filters(*[("amount", "GT", "1")] * 5)}] * 4


@pytest.mark.parametrize(
    "body",
    [
        {"limit": 201},
        {"after": "9950", "limit": 100},
        {"filterGroups": TOO_MANY_GROUPS},
        {"filterGroups": TOO_MANY_IN_ONE},
        {"filterGroups": TOO_MANY_IN_ALL},
        {"sorts": ["amount", "dealname"]},
        {"filterGroups": [{"filters": filters(("amount", "NEAR", "1"))}]},
        {"filterGroups": [{"filters": filters(("shoe_size", "EQ", "1"))}]},
        {"filterGroups": [{"filters": "all"}]},
        {"sorts": ["shoe_size"]},
        {"sorts": {"propertyName": "amount"}},
        {"filterGroups": {"filters": []}},
        {"filterGroups": [{"filters": [{"propertyName": "amount", "operator": "IN", "values": 5}]}]},
        {"filterGroups": [{"filters": [{"propertyName": ["amount"], "operator": ["EQ"]}]}]},
        {"properties": "amount"},
        {"properties": [5]},
        {"query": "x" * 3000},
    ],
)
def test_what_search_cannot_do_is_refused(account, body):
    answer = account.objects("POST", "deals/search", json=body)
    assert (answer.status_code, answer.json()["category"]) == (400, "VALIDATION_ERROR")


def test_exactly_ten_thousand_results_can_be_reached(account):
    assert account.post("deals/search", {"after": "9900", "limit": 100})["results"] == []


@pytest.mark.parametrize("kind", ["contacts", "deals"])
def test_the_index_learns_of_changes_late(account, kind):
    name = {"contacts": "lastname", "deals": "dealname"}[kind]
    number = account.create(kind, **{name: "before"})
    account.advance(3600)
    account.settings(index_lag_seconds=60)
    account.objects("PATCH", f"{kind}/{number}", json={"properties": {name: "after"}})
    fresh = account.create(kind, **{name: "after"})
    gone = [account.found(kind, (name, "EQ", "before")), account.found(kind, (name, "EQ", "after"))]
    assert gone == [[number], []]
    account.advance(61)
    assert account.found(kind, (name, "EQ", "after")) == [number, fresh]


def test_an_edit_in_several_steps_is_one_change_to_the_index(account):
    (product,) = account.make("product", {"sku": "MUG"})
    line = {"product_id": product, "sku": "MUG", "name": "Mug", "quantity": "1", "amount": "5"}
    (number,) = account.make("order", {"number": "#1", "lines": [line]})
    account.advance(3600)
    account.settings(index_lag_seconds=60)
    before = account.found("deals", ("hs_lastmodifieddate", "LTE", str(account.tell("GET", "time")["now_ms"] - 1000)))
    account.edit("order", number, number="#2", lines=[])
    later = account.found("deals", ("hs_lastmodifieddate", "LTE", str(account.tell("GET", "time")["now_ms"] - 1000)))
    assert before == later == [number]


def test_archived_and_merged_records_are_not_found(account, deals):
    account.objects("DELETE", f"deals/{deals[0]}")
    merged = account.post("deals/merge", {"primaryObjectId": deals[1], "objectIdToMerge": deals[2]})["id"]
    assert account.found("deals") == [deals[3], merged]
