"""A simulated NetSuite account, behind ASGI or behind a real server, with a clock and faults that the test decides."""

import asyncio
import socket
import sqlite3
import threading
import time
from contextlib import contextmanager

import httpx
import jwt
import pytest
import uvicorn

from sg_pipelines.sandbox.netsuite.simulator import NetSuiteSimulator
from sg_pipelines.sandbox.simulator import Surroundings

HOST = "http://sb1.example"
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

    def __init__(self, connection, host=HOST, **settings):
        self.host, self.rest = host, f"{host}/services/rest"
        self.token_url = f"{self.rest}/auth/oauth2/v1/token"
        self.clock, self.faults, self.settings = StillClock(), AskedFaults(), settings
        self.simulator = NetSuiteSimulator(Surroundings("netsuite", connection, self.clock, self.faults, settings))
        self.token = None

    def make(self, *rows, kind="customer"):
        return self.simulator.create_many(kind, list(rows))

    def send(self, method, url, *, app=None, **more):
        return self.send_all([(method, url, more)], app=app)[0]

    def send_all(self, requests, *, app=None):
        """All at the same time, in one event loop."""

        async def sent():
            async with httpx.AsyncClient(transport=self.transport(app)) as client:
                return await asyncio.gather(*(client.request(m, url, **more) for m, url, more in requests))

        return asyncio.run(sent())

    def transport(self, app):
        return httpx.ASGITransport(app=app or self.simulator.app)

    def claims(self, **other):
        now = int(time.time())
        usual = {"iss": self.simulator.credentials()["client_id"], "scope": ["rest_webservices"], "aud": self.token_url}
        return {**usual, "iat": now, "exp": now + 300, **other}

    def assertion(self, *, algorithm="ES256", key=None, kid=None, **claims):
        given = self.simulator.credentials()
        headers = {"kid": kid or given["certificate_id"]}
        return jwt.encode(self.claims(**claims), key or given["private_key"], algorithm=algorithm, headers=headers)

    def ask_token(self, assertion):
        return self.send("POST", self.token_url, data={**GRANT, "client_assertion": assertion})

    def bearer(self):
        if self.token is None:
            self.token = self.ask_token(self.assertion()).json()["access_token"]
        return {"Authorization": f"Bearer {self.token}"}

    def call(self, method, path, **more):
        return self.send(method, self.rest + path, headers=self.bearer() | more.pop("headers", {}), **more)

    def refusal(self, method, path, **more):
        """Status, code and place of a request that is refused."""
        answer = self.call(method, path, **more)
        detail = answer.json()["o:errorDetails"][0]
        place = next((value for name, value in detail.items() if name not in ("detail", "o:errorCode")), None)
        return answer.status_code, detail["o:errorCode"], place

    def created(self, path, body):
        """The id of a record made by POST."""
        answer = self.call("POST", path, json=body)
        assert answer.status_code == 204, answer.text
        return answer.headers["Location"].rpartition("/")[2]

    def query(self, sql, *parameters, **paging):
        body = {"q": sql, "params": list(parameters)}
        return self.call("POST", "/query/v1/suiteql", json=body, params=paging, headers={"Prefer": "transient"})

    def rows(self, sql, *parameters, **paging):
        answer = self.query(sql, *parameters, **paging)
        assert answer.status_code == 200, answer.text
        items = answer.json()["items"]
        return [{name: value for name, value in item.items() if name != "links"} for item in items]


class ServedAccount(Account):
    """The same behind a real server."""

    def transport(self, app):
        return httpx.AsyncHTTPTransport()


@contextmanager
def listening(app):
    """Serve in a thread; the port is open before anybody is told."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture
def erp(tmp_path):
    """An account behind a real server; its own currency is USD."""
    connection = sqlite3.connect(tmp_path / "erp.sqlite", isolation_level=None, check_same_thread=False)
    made = []

    async def app(scope, receive, send):
        await made[0].simulator.app(scope, receive, send)

    with listening(app) as host:
        made.append(ServedAccount(connection, host))
        yield made[0]
    connection.close()


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
