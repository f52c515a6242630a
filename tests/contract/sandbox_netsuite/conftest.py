"""A simulated NetSuite account behind ASGI, with a clock and faults that the test decides."""

import asyncio
import sqlite3
import time

import httpx
import jwt
import pytest

from sg_pipelines.sandbox.netsuite.simulator import NetSuiteSimulator
from sg_pipelines.sandbox.simulator import Surroundings

HOST = "http://sb1.example"
REST = f"{HOST}/services/rest"
TOKEN_URL = f"{REST}/auth/oauth2/v1/token"
NOON_MS = 1_795_521_600_000  # 2026-11-24 12:00 UTC
GRANT = {
    "grant_type": "client_credentials",
    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
}


class StillClock:
    """Stands until the test moves it."""

    def __init__(self):
        self.ms = NOON_MS

    def now_ms(self):
        return self.ms


class AskedFaults:
    """Hands out what the test asked for, oldest first."""

    def __init__(self):
        self.asked = []

    def take(self, account, path):
        return self.asked.pop(0) if self.asked else None


class Account:
    """One simulated account; requests carry a bearer token unless they bring headers of their own."""

    def __init__(self, connection, **settings):
        self.clock, self.faults, self.settings = StillClock(), AskedFaults(), settings
        self.simulator = NetSuiteSimulator(Surroundings("netsuite", connection, self.clock, self.faults, settings))
        self.token = None

    def make(self, *rows):
        return self.simulator.create_many("customer", list(rows))

    def send(self, method, url, *, app=None, **more):
        return self.send_all([(method, url, more)], app=app)[0]

    def send_all(self, requests, *, app=None):
        """All at the same time, in one event loop."""

        async def sent():
            transport = httpx.ASGITransport(app=app or self.simulator.app)
            async with httpx.AsyncClient(transport=transport) as client:
                return await asyncio.gather(*(client.request(m, url, **more) for m, url, more in requests))

        return asyncio.run(sent())

    def claims(self, **other):
        now = int(time.time())
        usual = {"iss": self.simulator.credentials()["client_id"], "scope": ["rest_webservices"], "aud": TOKEN_URL}
        return {**usual, "iat": now, "exp": now + 300, **other}

    def assertion(self, *, algorithm="ES256", key=None, kid=None, **claims):
        given = self.simulator.credentials()
        headers = {"kid": kid or given["certificate_id"]}
        return jwt.encode(self.claims(**claims), key or given["private_key"], algorithm=algorithm, headers=headers)

    def ask_token(self, assertion):
        return self.send("POST", TOKEN_URL, data={**GRANT, "client_assertion": assertion})

    def bearer(self):
        if self.token is None:
            self.token = self.ask_token(self.assertion()).json()["access_token"]
        return {"Authorization": f"Bearer {self.token}"}

    def call(self, method, path, **more):
        return self.send(method, REST + path, headers=self.bearer() | more.pop("headers", {}), **more)

    def query(self, sql, *parameters, **paging):
        body = {"q": sql, "params": list(parameters)}
        return self.call("POST", "/query/v1/suiteql", json=body, params=paging, headers={"Prefer": "transient"})

    def rows(self, sql, *parameters, **paging):
        answer = self.query(sql, *parameters, **paging)
        assert answer.status_code == 200, answer.text
        items = answer.json()["items"]
        return [{name: value for name, value in item.items() if name != "links"} for item in items]


@pytest.fixture
def open_account(tmp_path):
    """A function that opens the account on the test's one file, as often as it is called."""
    opened = []

    def open_(**settings):
        file = tmp_path / "sandbox.sqlite"
        opened.append(sqlite3.connect(file, isolation_level=None, check_same_thread=False))
        return Account(opened[-1], **settings)

    yield open_
    for connection in opened:
        connection.close()


@pytest.fixture
def account(open_account):
    return open_account()
