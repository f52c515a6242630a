"""How a simulated NetSuite account fails: too many at once, and faults that were asked for."""

import json

import pytest

from sg_pipelines.sandbox.simulator import FaultKind

LIST = "http://sb1.example/services/rest/record/v1/customer"
SQL = "SELECT id, email FROM customer ORDER BY id"


def person(number):
    return {"first_name": "Ada", "last_name": f"L{number}", "email": f"ada{number}@example.com"}


def codes(answer):
    return [one["o:errorCode"] for one in answer.json()["o:errorDetails"]]


def together(account, count):
    headers = account.bearer()
    return account.send_all([("GET", LIST, {"headers": headers})] * count)


def test_as_many_as_allowed_at_once_are_served_and_the_next_is_not(open_account):
    account = open_account(latency_seconds=0.3)
    answers = together(account, 7)
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [429] * 2
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["title"] == "Bad Request"
    assert refused.json()["o:errorCode"] == "USER_ERROR"
    assert codes(refused) == ["CONCURRENCY_LIMIT_EXCEEDED"]
    assert "retry-after" not in refused.headers


def test_a_slot_is_free_again_when_its_request_ended(open_account):
    account = open_account(concurrency=1)
    for _ in range(3):
        assert account.call("GET", "/record/v1/customer").status_code == 200
    assert account.query("SELECT nothing FROM customer").status_code == 400
    assert account.call("GET", "/record/v1/customer").status_code == 200


def test_the_limit_can_change_while_the_sandbox_runs(open_account):
    account = open_account(concurrency=1, latency_seconds=0.3)
    account.bearer()
    account.settings["concurrency"] = 3
    assert sorted(answer.status_code for answer in together(account, 4)) == [200, 200, 200, 429]
    assert account.call("GET", "/system/v1/governanceLimits").json()["accountConcurrencyLimit"] == 3


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (FaultKind.THROTTLE, 429, "CONCURRENCY_LIMIT_EXCEEDED"),
        (FaultKind.SERVER_ERROR, 500, "UNEXPECTED_ERROR"),
        (FaultKind.TIMEOUT, 504, "UNEXPECTED_ERROR"),
        (FaultKind.UNAUTHORIZED, 401, "INVALID_LOGIN"),
        (FaultKind.FORBIDDEN, 403, "INSUFFICIENT_PERMISSION"),
    ],
)
def test_a_fault_is_suffered_once_and_changes_nothing(account, fault, status, code):
    (number,) = account.make(person(1))
    account.bearer()
    account.faults.asked = [fault]
    answer = account.call("DELETE", f"/record/v1/customer/{number}")
    assert answer.status_code == answer.json()["status"] == status
    assert codes(answer) == [code]
    assert account.call("GET", f"/record/v1/customer/{number}").status_code == 200


def test_signing_in_suffers_faults_too(account):
    account.faults.asked = [FaultKind.SERVER_ERROR]
    assert account.ask_token(account.assertion()).status_code == 500
    assert account.ask_token(account.assertion()).status_code == 200


def test_a_malformed_record_is_one_row_with_an_object_for_a_text(account):
    account.make(*(person(n) for n in range(3)))
    account.bearer()
    account.faults.asked = [FaultKind.MALFORMED_RECORD]
    kinds = [type(row["email"]) for row in account.rows(SQL)]
    assert kinds == [dict, str, str]


def test_a_truncated_page_is_no_json(account):
    account.make(*(person(n) for n in range(3)))
    account.bearer()
    account.faults.asked = [FaultKind.TRUNCATED_PAGE]
    answer = account.query(SQL)
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert len(account.rows(SQL)) == 3


@pytest.mark.parametrize("fault", [FaultKind.MALFORMED_RECORD, FaultKind.TRUNCATED_PAGE])
def test_an_answer_without_a_body_cannot_be_spoiled(account, fault):
    (number,) = account.make(person(1))
    account.bearer()
    account.faults.asked = [fault]
    assert account.call("DELETE", f"/record/v1/customer/{number}").status_code == 204
