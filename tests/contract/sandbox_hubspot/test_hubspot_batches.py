"""Batches of a simulated HubSpot account: up to a hundred records a call, whole or in parts."""

import pytest


def batch(account, path, inputs, **more):
    return account.objects("POST", f"{path}", json={"inputs": inputs, **more})


def traced(*inputs):
    return [{**one, "objectWriteTraceId": f"trace-{n}"} for n, one in enumerate(inputs)]


def properties(**said):
    return {"properties": said}


@pytest.mark.parametrize("kind", ["contacts", "companies", "deals", "products", "line_items", "orders"])
def test_every_type_is_written_and_read_in_batches(account, kind):
    made = batch(account, f"{kind}/batch/create", [properties(external_id=f"X-{n}") for n in range(3)])
    assert made.status_code == 201
    assert made.json()["status"] == "COMPLETE"
    ids = [one["id"] for one in made.json()["results"]]
    changed = batch(account, f"{kind}/batch/update", [{"id": one, **properties(external_id=f"Y-{one}")} for one in ids])
    assert changed.status_code == 200
    read = batch(account, f"{kind}/batch/read", [{"id": one} for one in ids], properties=["external_id"])
    assert read.status_code == 200
    assert [one["properties"]["external_id"] for one in read.json()["results"]] == [f"Y-{one}" for one in ids]
    gone = batch(account, f"{kind}/batch/archive", [{"id": one} for one in (*ids[:2], "999")])
    assert (gone.status_code, gone.content) == (204, b"")
    assert account.listed(kind) == ids[2:]


def test_a_batch_read_names_all_that_is_not_there_in_one_error(account):
    (number,) = account.make("product", {"sku": "MUG"})
    answer = batch(account, "products/batch/read", [{"id": one} for one in (number, "7", "mug", number)])
    assert answer.status_code == 207
    body = answer.json()
    assert [one["id"] for one in body["results"]] == [number]
    assert body["numErrors"] == 1
    (error,) = body["errors"]
    assert (error["category"], error["context"]) == ("OBJECT_NOT_FOUND", {"ids": ["7", "mug"]})


def test_a_batch_read_finds_by_a_unique_property_and_among_the_archived(account):
    number = account.create("orders", external_id="X-1")
    asked = {"inputs": [{"id": "x-1"}], "idProperty": "external_id"}
    assert [one["id"] for one in account.post("orders/batch/read", asked)["results"]] == [number]
    account.objects("DELETE", f"orders/{number}")
    archived = account.post("orders/batch/read?archived=true", {"inputs": [{"id": number}]})
    assert [one["archived"] for one in archived["results"]] == [True]


def test_with_a_trace_for_each_input_only_the_bad_one_fails(account):
    inputs = traced(properties(amount="1"), properties(amount="much"), properties(amount="3"))
    answer = batch(account, "deals/batch/create", inputs)
    assert answer.status_code == 207
    body = answer.json()
    assert [one["objectWriteTraceId"] for one in body["results"]] == ["trace-0", "trace-2"]
    (error,) = body["errors"]
    assert error["context"] == {"objectWriteTraceId": ["trace-1"]}
    assert error["category"] == "VALIDATION_ERROR"
    assert len(account.listed("deals")) == 2


@pytest.mark.parametrize("same_trace", [False, True])
def test_without_a_trace_of_its_own_for_each_input_one_bad_one_fails_all(account, same_trace):
    inputs = [properties(amount="1"), properties(amount="much")]
    if same_trace:
        inputs = [{**one, "objectWriteTraceId": "same"} for one in inputs]
    assert batch(account, "deals/batch/create", inputs).status_code == 400
    assert account.listed("deals") == []


def test_an_update_of_what_is_not_there_fails_its_input_or_all(account):
    number = account.create("deals", amount="1")
    inputs = [{"id": number, **properties(amount="2")}, {"id": "7", **properties(amount="2")}]
    assert batch(account, "deals/batch/update", inputs).status_code == 404
    assert account.read(f"deals/{number}")["properties"]["amount"] == "1"
    answer = batch(account, "deals/batch/update", traced(*inputs))
    assert answer.status_code == 207
    assert account.read(f"deals/{number}")["properties"]["amount"] == "2"


def test_an_upsert_changes_who_is_there_and_makes_who_is_not(account):
    number = account.create("contacts", email="ada@example.com")
    inputs = [
        {"id": "Ada@example.com", "idProperty": "email", **properties(firstname="Ada")},
        {"id": "eve@example.com", "idProperty": "email", **properties(firstname="Eve")},
    ]
    answer = batch(account, "contacts/batch/upsert", inputs)
    assert answer.status_code == 200
    told = answer.json()["results"]
    assert [one["new"] for one in told] == [False, True]
    assert told[0]["id"] == number
    assert told[1]["properties"]["email"] == "eve@example.com"
    again = batch(account, "contacts/batch/upsert", inputs).json()["results"]
    assert [(one["id"], one["new"]) for one in again] == [(one["id"], False) for one in told]


def test_an_upsert_by_an_id_nobody_has_makes_nothing(account):
    assert batch(account, "deals/batch/upsert", [{"id": "7", **properties(amount="1")}]).status_code == 404
    assert account.listed("deals") == []


def test_one_batch_cannot_mean_the_same_record_twice(account):
    twice = [properties(external_id="X-1"), properties(external_id="x-1")]
    assert batch(account, "products/batch/create", twice).status_code == 400
    assert account.listed("products") == []


@pytest.mark.parametrize("deed", ["read", "create", "update", "upsert", "archive"])
def test_more_than_a_hundred_inputs_are_refused(account, deed):
    answer = batch(account, f"companies/batch/{deed}", [{"id": "1", **properties()}] * 101)
    assert (answer.status_code, answer.json()["category"]) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("body", [{}, {"inputs": {}}, {"inputs": ["1"]}, {"inputs": [{}]}])
def test_inputs_that_are_none_are_refused(account, body):
    assert account.objects("POST", "companies/batch/read", json=body).status_code == 400
