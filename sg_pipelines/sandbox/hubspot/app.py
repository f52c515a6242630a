"""The HTTP face of a simulated HubSpot account: who is let in, how often, and which call answers."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Iterator
from enum import Enum, auto

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sg_pipelines.sandbox.hubspot import answers
from sg_pipelines.sandbox.hubspot.account_calls import AccountCalls
from sg_pipelines.sandbox.hubspot.association_calls import AssociationCalls
from sg_pipelines.sandbox.hubspot.batch_calls import BatchCalls
from sg_pipelines.sandbox.hubspot.crm import Crm
from sg_pipelines.sandbox.hubspot.object_calls import ObjectCalls
from sg_pipelines.sandbox.hubspot.writes import Writes
from sg_pipelines.sandbox.rates import RollingWindow
from sg_pipelines.sandbox.simulator import Surroundings

DATED = ("2026-03", "2026-09")
OBJECTS = ("/crm/v3/objects", *(f"/crm/objects/{version}" for version in DATED))
RECORD_ASSOCIATIONS = ("/crm/v4/objects", *(f"/crm/objects/{version}" for version in DATED))
BATCH_ASSOCIATIONS = ("/crm/v4/associations", *(f"/crm/associations/{version}" for version in DATED))
Handler = Callable[[Request], Awaitable[Response]]


class Limit(Enum):
    """Which rate limit a call counts against."""

    TEN_SECONDLY = auto()
    SEARCH = auto()
    NONE = auto()


class HubSpotApp:
    """Routes over one account. Settings, read when used: `rate_limit` per 10 s (190), `search_rate_limit` per second
    (5), `daily_limit` (1,000,000), `index_lag_seconds` (0), `time_zone` (UTC), `order_object` (deals)."""

    def __init__(self, surroundings: Surroundings, crm: Crm, token: str, portal_id: int) -> None:
        self._surroundings, self._token = surroundings, token
        self._calls = 0
        self._window = RollingWindow(self._setting("rate_limit", 190), 10.0)
        self._search_window = RollingWindow(self._setting("search_rate_limit", 5), 1.0)
        writes = Writes(crm)
        self._objects = ObjectCalls(surroundings, crm, writes)
        self._batches = BatchCalls(crm, writes)
        self._associations = AssociationCalls(crm)
        self._account = AccountCalls(surroundings, crm.book, portal_id)
        self.app = Starlette(routes=list(self._routes()), exception_handlers={HTTPException: _no_such_path})

    def _setting(self, name: str, default: int) -> int:
        return int(self._surroundings.settings.get(name, default))

    def _routes(self) -> Iterator[Route]:
        yield self._route("GET", "/account-info/v3/details", self._account.details)
        yield self._route("GET", "/crm/v3/properties/{type}", self._account.properties)
        yield self._route("POST", "/crm/v3/properties/{type}", self._account.make_property)
        yield self._route("GET", "/crm/v3/properties/{type}/{name}", self._account.one_property)
        for prefix in BATCH_ASSOCIATIONS:
            yield from self._association_batches(f"{prefix}/{{type}}/{{to_type}}/batch")
        for prefix in RECORD_ASSOCIATIONS:
            yield from self._record_associations(f"{prefix}/{{type}}/{{id}}/associations")
        for prefix in OBJECTS:
            yield from self._object_routes(f"{prefix}/{{type}}")

    def _association_batches(self, here: str) -> Iterator[Route]:
        calls = self._associations
        yield self._route("POST", f"{here}/read", calls.batch_read, Limit.NONE)
        yield self._route("POST", f"{here}/create", calls.batch_create, Limit.NONE)
        yield self._route("POST", f"{here}/associate/default", calls.batch_default, Limit.NONE)
        yield self._route("POST", f"{here}/archive", calls.batch_archive, Limit.NONE)
        yield self._route("POST", f"{here}/labels/archive", calls.batch_archive_labels, Limit.NONE)

    def _record_associations(self, here: str) -> Iterator[Route]:
        calls = self._associations
        yield self._route("PUT", f"{here}/default/{{to_type}}/{{to_id}}", calls.put_default)
        yield self._route("PUT", f"{here}/{{to_type}}/{{to_id}}", calls.put)
        yield self._route("DELETE", f"{here}/{{to_type}}/{{to_id}}", calls.delete)
        yield self._route("GET", f"{here}/{{to_type}}", calls.page)

    def _object_routes(self, here: str) -> Iterator[Route]:
        calls, batches = self._objects, self._batches
        yield self._route("POST", f"{here}/search", calls.search, Limit.SEARCH)
        yield self._route("POST", f"{here}/merge", calls.merge)
        yield self._route("POST", f"{here}/gdpr-delete", calls.erase)
        yield self._route("POST", f"{here}/batch/read", batches.read)
        yield self._route("POST", f"{here}/batch/create", batches.create)
        yield self._route("POST", f"{here}/batch/update", batches.update)
        yield self._route("POST", f"{here}/batch/upsert", batches.upsert)
        yield self._route("POST", f"{here}/batch/archive", batches.archive)
        yield self._route("GET", f"{here}/{{id}}", calls.read)
        yield self._route("PATCH", f"{here}/{{id}}", calls.update)
        yield self._route("DELETE", f"{here}/{{id}}", calls.archive)
        yield self._route("GET", here, calls.list_page)
        yield self._route("POST", here, calls.create)

    def _route(self, method: str, path: str, handler: Handler, limit: Limit = Limit.TEN_SECONDLY) -> Route:
        async def guarded(request: Request) -> Response:
            return self._finished(await self._guarded(request, handler, limit), limit)

        return Route(path, guarded, methods=[method])

    async def _guarded(self, request: Request, handler: Handler, limit: Limit) -> Response:
        """Credentials, faults, limits, then the work."""
        if request.headers.get("authorization") != f"Bearer {self._token}":
            return answers.refused_credentials()
        fault = self._surroundings.faults.take(self._surroundings.account, request.url.path)
        replaced = answers.fault_answer(fault) if fault else None
        if replaced is not None:
            return replaced
        exceeded = self._exceeded(limit)
        if exceeded is not None:
            return answers.throttled(exceeded)
        self._calls += 1
        try:
            answer = await handler(request)
        except answers.Refused as refused:
            answer = refused.answer()
        return answers.spoiled(answer, fault)

    def _exceeded(self, limit: Limit) -> str | None:
        """The limit this call is beyond, in HubSpot's words."""
        self._window.limit = self._setting("rate_limit", 190)
        self._search_window.limit = self._setting("search_rate_limit", 5)
        if self._calls >= self._setting("daily_limit", 1_000_000):
            return answers.DAILY
        if limit is Limit.SEARCH and not self._search_window.take():
            return answers.SECONDLY
        if limit is Limit.TEN_SECONDLY and not self._window.take():
            return answers.TEN_SECONDLY
        return None

    def _finished(self, answer: Response, limit: Limit) -> Response:
        """Every answer has a correlation id; those of searches tell no limits."""
        answer.headers.setdefault(answers.CORRELATION, str(uuid.uuid4()))
        if limit is not Limit.SEARCH:
            daily = self._setting("daily_limit", 1_000_000)
            answer.headers["X-HubSpot-RateLimit-Max"] = str(self._window.limit)
            answer.headers["X-HubSpot-RateLimit-Remaining"] = str(max(0, self._window.remaining))
            answer.headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = "10000"
            answer.headers["X-HubSpot-RateLimit-Daily"] = str(daily)
            answer.headers["X-HubSpot-RateLimit-Daily-Remaining"] = str(max(0, daily - self._calls))
        return answer


async def _no_such_path(request: Request, error: Exception) -> Response:
    """Nothing is here, or not with this method."""
    if isinstance(error, HTTPException) and error.status_code != 404:
        return answers.error(error.status_code, "METHOD_NOT_ALLOWED", f"HTTP {error.status_code} {error.detail}")
    return answers.not_found().answer()
