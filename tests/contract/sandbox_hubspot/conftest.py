"""A simulated HubSpot account behind real HTTP, and the world's side of it through the control API."""

from contextlib import contextmanager

import httpx
import pytest

from sg_pipelines.sandbox.server import running

OBJECTS = "/crm/v3/objects"


class Account:
    """One simulated account; requests carry its token unless they bring headers of their own."""

    def __init__(self, url):
        self.control = httpx.Client(base_url=f"{url}/control", timeout=30)
        token = self.tell("GET", "accounts")["hubspot"]["credentials"]["token"]
        self.http = httpx.Client(
            base_url=f"{url}/hubspot", headers={"Authorization": f"Bearer {token}"}, timeout=30, follow_redirects=False
        )

    def close(self):
        self.http.close()
        self.control.close()

    # --- the world's side ---

    def tell(self, method, path, body=None):
        answer = self.control.request(method, f"/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def make(self, kind, *rows):
        return self.tell("POST", "records/create", {"account": "hubspot", "kind": kind, "rows": list(rows)})[
            "record_ids"
        ]

    def deed(self, deed, kind, **said):
        return self.tell("POST", f"records/{deed}", {"account": "hubspot", "kind": kind, **said})

    def edit(self, kind, record_id, **attributes):
        return self.deed("edit", kind, record_id=record_id, attributes=attributes)["record"]

    def neutral(self, kind, record_id):
        return self.edit(kind, record_id)

    def settings(self, **told):
        self.tell("POST", "settings", {"account": "hubspot", **told})

    def fault(self, kind, path_contains=""):
        asked = {"account": "hubspot", "kind": kind, "count": 1, "path_contains": path_contains}
        self.tell("POST", "faults", asked)

    def advance(self, seconds):
        self.tell("POST", "advance", {"seconds": seconds})

    # --- the wire ---

    def call(self, method, path, **more):
        return self.http.request(method, path, **more)

    def objects(self, method, path, **more):
        return self.call(method, f"{OBJECTS}/{path}", **more)

    def post(self, path, body, status=200):
        answer = self.objects("POST", path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def read(self, path, **params):
        answer = self.objects("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def create(self, object_type, associations=(), **properties):
        body = {"properties": properties, "associations": list(associations)}
        return self.post(object_type, body, 201)["id"]

    def listed(self, object_type, **params):
        return [one["id"] for one in self.read(object_type, limit=100, **params)["results"]]

    def found(self, object_type, *filters, **more):
        groups = [{"filters": [dict(zip(("propertyName", "operator", "value"), one, strict=False)) for one in filters]}]
        answer = self.post(f"{object_type}/search", {"filterGroups": groups if filters else [], **more})
        return [one["id"] for one in answer["results"]]

    def modified(self, object_type, record_id):
        return self.read(f"{object_type}/{record_id}")["updatedAt"]


@pytest.fixture
def open_account(tmp_path):
    """A function that opens the account on the test's one folder; a context manager, so that it can be reopened."""

    @contextmanager
    def open_(**settings):
        told = {"search_rate_limit": 1000, **settings}
        with running(tmp_path, accounts={"hubspot": "hubspot"}, settings={"hubspot": told}) as sandbox:
            account = Account(sandbox.base_url)
            try:
                yield account
            finally:
                account.close()

    return open_


@pytest.fixture
def account(open_account):
    with open_account() as account:
        yield account
