"""Signed requests to HubSpot, its two rate limits, and what its answers mean."""

from __future__ import annotations

import re

import httpx

from sg_pipelines.connectors.answers import Answer
from sg_pipelines.connectors.connections import HubSpotConnection
from sg_pipelines.connectors.pacing import WindowPacing, shared_window
from sg_pipelines.connectors.transport import Call, Transport
from sg_pipelines.errors import (
    CredentialsRejected,
    PermissionMissing,
    PlatformRefused,
    RateLimited,
    SgError,
    Unavailable,
)
from sg_pipelines.ports.platforms import PullReport

TEN_SECOND_LIMIT, SEARCH_LIMIT = 100, 5
MOST, LEFT = "X-HubSpot-RateLimit-Max", "X-HubSpot-RateLimit-Remaining"
DAILY_LEFT = "X-HubSpot-RateLimit-Daily-Remaining"
_OBJECT = re.compile(r"/crm/v3/(?:objects|properties)/([a-z_]+)")
_TWO_OBJECTS = re.compile(r"/crm/v4/associations/([a-z_]+)/([a-z_]+)/")


class HubSpotSession:
    """Calls of one account. The ten-second limit starts at the lowest tier's and follows the headers."""

    def __init__(self, connection: HubSpotConnection, http: httpx.AsyncClient) -> None:
        self.account = connection.account
        self._connection, self._http = connection, http
        where = (connection.base_url, connection.account)
        self._window = WindowPacing(
            TEN_SECOND_LIMIT,
            10.0,
            window=shared_window(*where, "ten seconds"),
            limit_header=MOST,
            remaining_header=LEFT,
        )
        self._search = WindowPacing(SEARCH_LIMIT, 1.05, window=shared_window(*where, "search"))
        self._transport = Transport(account=connection.account, http=http, judge=self._judge, pacing=self._window)

    async def get(
        self, path: str, params: dict[str, str], report: PullReport, *, counts: bool = True
    ) -> httpx.Response:
        """GET, the whole answer."""
        return await self._transport.send(self._call("GET", path, params=params, counts=counts), report)

    async def page(self, path: str, params: dict[str, str], report: PullReport) -> Answer:
        """GET, decoded."""
        return await self._transport.json(self._call("GET", path, params=params), report)

    async def post(self, path: str, body: object, report: PullReport, *, counts: bool = True) -> Answer:
        """POST, decoded; searches are paced by the limit of their own."""
        pacing = self._search if path.endswith("/search") else None
        call = self._call("POST", path, json=body, counts=counts)
        return await self._transport.json(call, report, pacing=pacing)

    async def aclose(self) -> None:
        """Give back connections."""
        await self._http.aclose()

    def _call(
        self, method: str, path: str, *, params: dict[str, str] | None = None, json: object = None, counts: bool = True
    ) -> Call:
        headers = {"Authorization": f"Bearer {self._connection.token}"}
        url = self._connection.base_url + path
        return Call(method, url, params=params, json=json, headers=headers, counts=counts)

    def _judge(self, response: httpx.Response) -> SgError | None:
        if response.is_success:
            return None
        where, status = f"{self._connection.account} {response.request.url.path}", response.status_code
        if status == 429:
            wait = 1.0 if "secondly limit" in response.text and "ten" not in response.text else 10.0
            if _policy(response) == "DAILY":
                return PlatformRefused(
                    "the daily limit is used up", where=where, remedy="Wait for the account's midnight"
                )
            return RateLimited("too many requests", where=where, wait_seconds=wait)
        if status == 401:
            remedy = "Check the private app's token in the environment variable the client file names"
            return CredentialsRejected("HubSpot does not accept the token", where=where, remedy=remedy)
        if status == 403:
            remedy = f"Give the private app {_scopes(response.request.url.path)}"
            return PermissionMissing("the token lacks a scope", where=where, remedy=remedy)
        if status in (423, 477) or status >= 500:
            return Unavailable(f"HubSpot answered {status}", where=where, remedy="Its status page may say why")
        return PlatformRefused(f"HubSpot refused ({status}): {_category(response)}", where=where)


def _body(response: httpx.Response) -> dict[str, object]:
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _scopes(path: str) -> str:
    """The scope that a path of the CRM asks for; associations ask for those of both ends."""
    match = _TWO_OBJECTS.search(path) or _OBJECT.search(path)
    if match is None:
        return "the scope that this call needs"
    scopes = [f"crm.objects.{name}.read" for name in match.groups()]
    return f"the scope{'s' * (len(scopes) > 1)} {' and '.join(scopes)}"


def _policy(response: httpx.Response) -> object:
    return _body(response).get("policyName")


def _category(response: httpx.Response) -> object:
    """The category alone: messages may quote values."""
    return _body(response).get("category", "no reason given")
