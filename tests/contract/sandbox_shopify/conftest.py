"""A simulated shop that listens on loopback; the test decides its settings, its time and its faults."""

import json
from contextlib import ExitStack

import httpx
import pytest

from sg_pipelines.sandbox.server import running

RUN_BULK = """
mutation Run($query: String!, $grouped: Boolean!) {
  bulkOperationRunQuery(query: $query, groupObjects: $grouped) {
    bulkOperation { id status } userErrors { code field message }
  }
}
"""
POLL_BULK = (
    "query Poll($id: ID!) { bulkOperation(id: $id)"
    " { id status type url objectCount rootObjectCount fileSize completedAt } }"
)


class Shop:
    """One account of a running sandbox."""

    def __init__(self, base_url, account, http):
        self.base_url, self.account, self.http = base_url, account, http
        self.token = self.control("accounts")[account]["credentials"]["token"]

    def control(self, path, **asked):
        url = f"{self.base_url}/control/{path}"
        answer = self.http.post(url, json=asked) if asked else self.http.get(url)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def make(self, kind, *rows):
        return self.control("records/create", account=self.account, kind=kind, rows=list(rows))["record_ids"]

    def deed(self, deed, kind, record_id, **attributes):
        asked = {"account": self.account, "kind": kind, "record_id": record_id, "attributes": attributes}
        return self.control(f"records/{deed}", **asked)["record"]

    def refused(self, deed, kind, record_id):
        asked = {"account": self.account, "kind": kind, "record_id": record_id}
        answer = self.http.post(f"{self.base_url}/control/records/{deed}", json=asked)
        assert answer.status_code == 400
        return answer.json()["error"]

    def read(self, kind, record_id):
        """What the world sees, by way of an edit that says nothing."""
        return self.deed("edit", kind, record_id)

    def merge(self, winner, loser):
        asked = {"account": self.account, "kind": "customer", "winner": winner, "loser": loser}
        return self.control("records/merge", **asked)["record_id"]

    def later(self, seconds=60):
        self.control("advance", seconds=seconds)

    def set(self, **settings):
        self.control("settings", account=self.account, **settings)

    def fault(self, kind, path_contains=""):
        self.control("faults", account=self.account, kind=kind, count=1, path_contains=path_contains)

    def send(self, body, token=None, version="2026-07"):
        url = f"{self.base_url}/{self.account}/admin/api/{version}/graphql.json"
        return self.http.post(url, json=body, headers={"X-Shopify-Access-Token": token or self.token})

    def answer(self, query, /, **variables):
        answer = self.send({"query": query, "variables": variables})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def data(self, query, /, **variables):
        body = self.answer(query, **variables)
        assert "errors" not in body, body["errors"]
        return body["data"]

    def did(self, mutation, /, **variables):
        """The payload of the one mutation of a document."""
        (payload,) = self.data(mutation, **variables).values()
        return payload

    def code(self, query, /, **variables):
        """The code of the one error of an answer."""
        (error,) = self.answer(query, **variables)["errors"]
        return error["extensions"]["code"]

    def cost(self, query, /, **variables):
        cost = self.answer(query, **variables)["extensions"]["cost"]
        return cost["requestedQueryCost"], cost["actualQueryCost"]

    def run(self, query, *, grouped=False):
        return self.data(RUN_BULK, query=query, grouped=grouped)["bulkOperationRunQuery"]

    def poll(self, operation):
        return self.data(POLL_BULK, id=operation)["bulkOperation"]

    def bulk(self, query, *, grouped=False):
        started = self.run(query, grouped=grouped)
        assert started["userErrors"] == []
        told = self.poll(started["bulkOperation"]["id"])
        assert told["status"] == "COMPLETED"
        return told, self.lines(told["url"])

    def lines(self, url):
        return [json.loads(line) for line in self.http.get(url).text.splitlines()] if url else []


@pytest.fixture
def open_sandbox(tmp_path):
    """A function that starts a sandbox with shops of these names; called again, it stops it and starts it anew."""
    stopping = ExitStack()

    def open_(*accounts, **settings):
        stopping.close()
        told = {account: dict(settings) for account in accounts}
        sandbox = running(tmp_path, accounts=dict.fromkeys(accounts, "shopify"), settings=told)
        started = stopping.enter_context(sandbox)
        http = stopping.enter_context(httpx.Client(timeout=60))
        return [Shop(started.base_url, account, http) for account in accounts]

    with stopping:
        yield open_


@pytest.fixture
def shop(open_sandbox):
    """A shop with nothing in it."""
    return open_sandbox("shopify")[0]
