"""How a simulated HubSpot account fails: strangers, too many calls, and faults that were asked for."""

import json

import pytest

MAX, REMAINING = "X-HubSpot-RateLimit-Max", "X-HubSpot-RateLimit-Remaining"
DAILY_LEFT = "X-HubSpot-RateLimit-Daily-Remaining"


def refused(answer):
    body = answer.json()
    return answer.status_code, body["category"], body.get("policyName")


@pytest.mark.parametrize("path", ["/crm/v3/objects/deals", "/crm/v4/objects/deals/1/associations/contacts"])
def test_nobody_is_let_in_without_the_token(account, path):
    for header in ({"Authorization": "Bearer other"}, {"Authorization": ""}):
        answer = account.call("GET", path, headers=header)
        assert (answer.status_code, answer.json()["category"]) == (401, "INVALID_AUTHENTICATION")


def test_every_answer_has_a_correlation_id_and_those_of_searches_tell_no_limits(account):
    listed, found = account.objects("GET", "deals"), account.objects("POST", "deals/search", json={})
    assert listed.headers["X-HubSpot-Correlation-Id"] != found.headers["X-HubSpot-Correlation-Id"]
    assert (listed.headers[MAX], listed.headers[REMAINING]) == ("190", "189")
    assert listed.headers["X-HubSpot-RateLimit-Interval-Milliseconds"] == "10000"
    assert listed.headers[DAILY_LEFT] == "999999"
    assert not [name for name in found.headers if name.startswith("x-hubspot-ratelimit")]


def test_the_ten_second_limit_counts_all_but_searches_and_association_batches(account):
    account.settings(rate_limit=2)
    account.objects("GET", "deals")
    account.objects("POST", "products/batch/read", json={"inputs": []})
    assert refused(account.objects("GET", "companies")) == (429, "RATE_LIMITS", "TEN_SECONDLY_ROLLING")
    single = account.call("GET", "/crm/v4/objects/deals/1/associations/contacts")
    assert refused(single) == (429, "RATE_LIMITS", "TEN_SECONDLY_ROLLING")
    batch = account.call("POST", "/crm/v4/associations/deals/contacts/batch/read", json={"inputs": []})
    assert batch.status_code == 200
    assert account.objects("POST", "deals/search", json={}).status_code == 200


def test_searches_have_a_limit_of_their_own_over_all_types(account):
    account.settings(search_rate_limit=1)
    assert account.objects("POST", "deals/search", json={}).status_code == 200
    answer = account.objects("POST", "contacts/search", json={})
    assert answer.status_code == 429
    assert answer.json() == {
        "status": "error",
        "message": "You have reached your secondly limit.",
        "correlationId": answer.headers["X-HubSpot-Correlation-Id"],
        "category": "RATE_LIMITS",
    }


def test_a_refusal_is_found_again_by_the_id_in_its_header(account):
    account.settings(rate_limit=1)
    account.objects("GET", "deals")
    beyond, unknown = (
        account.objects("GET", "deals"),
        account.call("POST", "/crm/v3/objects/deals/search", json={"limit": 999}),
    )
    assert beyond.json().keys() >= {"errorType", "policyName", "requestId"}
    for answer in (beyond, unknown):
        assert answer.is_error
        assert answer.json()["correlationId"] == answer.headers["X-HubSpot-Correlation-Id"]


def test_the_daily_limit_ends_the_day(account):
    account.settings(daily_limit=1)
    assert account.objects("GET", "deals").headers[DAILY_LEFT] == "0"
    assert refused(account.objects("GET", "deals")) == (429, "RATE_LIMITS", "DAILY")


@pytest.mark.parametrize(
    ("fault", "status"),
    [("throttle", 429), ("server_error", 502), ("timeout", 504), ("unauthorized", 401), ("forbidden", 403)],
)
def test_a_fault_is_suffered_once_and_changes_nothing(account, fault, status):
    number = account.create("deals")
    account.fault(fault, path_contains="deals")
    assert account.objects("DELETE", f"deals/{number}").status_code == status
    assert account.objects("GET", f"deals/{number}").status_code == 200


def test_a_malformed_record_is_the_first_of_a_page(account):
    account.make("product", {"sku": "A"}, {"sku": "B"})
    account.fault("malformed_record")
    kinds = [type(one["properties"]) for one in account.read("products")["results"]]
    assert kinds == [list, dict]


def test_a_malformed_association_is_the_first_of_a_batch(account):
    (company,) = account.make("company", {"name": "Mill"})
    people = account.make("customer", {"company_id": company}, {"company_id": company})
    asked = {"inputs": [{"id": one} for one in people]}
    account.fault("malformed_record")
    told = account.call("POST", "/crm/v4/associations/contacts/companies/batch/read", json=asked).json()["results"]
    assert [isinstance(one["to"][0], dict) for one in told] == [False, True]


def test_a_truncated_page_is_no_json(account):
    account.make("product", {"sku": "A"})
    account.fault("truncated_page")
    answer = account.objects("GET", "products")
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()


@pytest.mark.parametrize("fault", ["malformed_record", "truncated_page"])
def test_an_answer_without_a_body_cannot_be_spoiled(account, fault):
    number = account.create("deals")
    account.fault(fault)
    assert account.objects("DELETE", f"deals/{number}").status_code == 204


def test_what_is_not_there_says_so_in_a_header(account):
    assert account.objects("GET", "deals/7").headers["X-HubSpot-NotFound"] == "true"


def test_an_unknown_path_is_refused_like_anything_that_is_not_there(account):
    for method, path in (("GET", "/crm/v3/owners"), ("POST", "/crm/v9/objects/contacts"), ("GET", "/")):
        answer = account.call(method, path)
        assert answer.status_code == 404
        assert answer.json() == {
            "status": "error",
            "message": "resource not found",
            "correlationId": answer.headers["X-HubSpot-Correlation-Id"],
            "category": "OBJECT_NOT_FOUND",
        }
    wrong = account.objects("PUT", "contacts")
    assert (wrong.status_code, wrong.json()["status"]) == (405, "error")
