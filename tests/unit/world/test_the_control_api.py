"""The world through the sandbox's own interface, over real accounts' simulators."""

from contextlib import contextmanager

import httpx
import pytest

from sg_pipelines.sandbox.server import running

ACCOUNTS = {"crm": "hubspot", "shop_a": "shopify", "shop_b": "shopify", "erp": "netsuite"}


@contextmanager
def sandbox(folder, settings=None):
    with (
        running(folder, accounts=ACCOUNTS, settings=settings) as host,
        httpx.Client(base_url=f"{host.base_url}/control/", timeout=60) as client,
    ):
        yield client


@pytest.fixture
def control(tmp_path):
    """The control API of a sandbox with two shops."""
    with sandbox(tmp_path) as client:
        yield client


def test_two_shops_are_filled_each_with_a_part_of_the_people(control):
    status = control.post("world/baseline", json={"people": 200, "seed": 3}).json()
    assert (status["people"], status["kinds"], status["locale"]) == (200, ["customer"], "en_US")
    known = [{ref.split("/")[0] for ref in one["refs"]} for one in control.get("truth").json().values()]
    assert any({"shop_a", "shop_b"} <= accounts for accounts in known)
    assert any("shop_a" in accounts and "shop_b" not in accounts for accounts in known)
    assert control.post("world/edit").json()["deeds"] > 10


def test_missing_representations_are_told_by_account(control):
    control.post("world/baseline", json={"people": 200, "seed": 3, "start": "mess"})
    subjects = {one["subject"] for one in control.get("ledger").json() if one["cls"] == "missing_representation"}
    assert subjects == {"missing:crm", "missing:erp"}


def test_accounts_that_were_told_nothing_else_keep_their_books_in_the_worlds_currency(tmp_path):
    with sandbox(tmp_path, {"shop_b": {"currency": "EUR"}}) as client:
        client.post("world/baseline", json={"people": 20, "seed": 3, "locale": "es"})
        told = {account: client.post("settings", json={"account": account}).json()["currency"] for account in ACCOUNTS}
    assert told == {"crm": "COP", "shop_a": "COP", "shop_b": "EUR", "erp": "COP"}
    with sandbox(tmp_path) as again:
        assert again.post("settings", json={"account": "shop_a"}).json()["currency"] == "COP"


def test_what_cannot_be_made_is_refused_with_a_reason(control):
    refused = control.post("world/baseline", json={"people": 20, "seed": 3, "kinds": ["invoice"]})
    assert refused.status_code == 400
    assert "no kind invoice" in refused.json()["error"]
    control.post("world/baseline", json={"people": 20, "seed": 3})
    another = control.post("world/baseline", json={"people": 21, "seed": 3})
    assert another.status_code == 409
    assert control.post("fill", json={"folder": "nowhere"}).status_code == 409


def test_every_account_is_told_the_clients_fields_and_a_shop_needs_none_made(control):
    for account, name in (("crm", "segment"), ("shop_a", "metafield:crm.segment"), ("erp", "custentity_segment")):
        field = {"kind": "company", "attribute": "custom_segment", "name": name}
        assert control.post("fields", json={"account": account, "fields": [field]}).is_success
        made = {"account": account, "kind": "company", "rows": [{"name": "Acme", "custom_segment": "retail"}]}
        (number,) = control.post("records/create", json=made).json()["record_ids"]
        asked = {"account": account, "kind": "company", "record_id": number, "attributes": {}}
        assert control.post("records/edit", json=asked).json()["record"]["custom_segment"] == "retail"
    unknown = {"kind": "invoice", "attribute": "custom_segment", "name": "segment"}
    for account in ("crm", "erp"):
        assert control.post("fields", json={"account": account, "fields": [unknown]}).status_code == 400
