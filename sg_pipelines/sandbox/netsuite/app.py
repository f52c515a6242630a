"""The HTTP face of a simulated NetSuite account: which path leads where, and what every request goes through first.

Settings: `concurrency` simultaneous requests (5), `latency_seconds` a request holds its slot (0), `token_seconds` a
bearer token lives (3600); they may change while the sandbox runs. `key_type` of the certificate (`ec` or `rsa`) and the
account's own `currency` (USD) hold from when they are first told.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sg_pipelines.sandbox.netsuite import answers
from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.database import Database
from sg_pipelines.sandbox.netsuite.named_lists import NamedLists
from sg_pipelines.sandbox.netsuite.query_service import QueryService
from sg_pipelines.sandbox.netsuite.record_catalog import RecordCatalog
from sg_pipelines.sandbox.netsuite.record_desks import desks
from sg_pipelines.sandbox.netsuite.record_service import RecordService
from sg_pipelines.sandbox.netsuite.references import References
from sg_pipelines.sandbox.netsuite.signing_in import Gatekeeper
from sg_pipelines.sandbox.simulator import FaultKind, Surroundings

BASE = "/services/rest"
TOKEN_SECONDS, CONCURRENCY = 3600, 5
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
Handler = Callable[[Request], Awaitable[Response]]


class NetSuiteApp:
    """One account."""

    def __init__(
        self, surroundings: Surroundings, database: Database, lists: NamedLists, gatekeeper: Gatekeeper
    ) -> None:
        self._surroundings, self._gatekeeper = surroundings, gatekeeper
        self._running = 0
        references, catalog = References(database), RecordCatalog(database)
        records = RecordService(database, desks(database, lists, references), references)
        many, one, metadata = "/record/v1/{type}", "/record/v1/{type}/{id}", "/record/v1/metadata-catalog"
        self.app = Starlette(
            routes=[
                Route(f"{BASE}/auth/oauth2/v1/token", self._token, methods=["POST"]),
                self._route("/query/v1/suiteql", QueryService(database).suiteql, "POST"),
                self._route(metadata, catalog.all, "GET"),
                self._route(f"{metadata}/{{type}}", catalog.one, "GET"),
                self._route(many, records.list, "GET"),
                self._route(many, records.create, "POST"),
                self._route(one, records.read, "GET"),
                self._route(one, records.change, "PATCH"),
                self._route(one, records.upsert, "PUT"),
                self._route(one, records.delete, "DELETE"),
                self._route(f"{one}/{{sublist}}", records.read_lines, "GET"),
                self._route(f"{one}/{{sublist}}/{{line}}", records.read_line, "GET"),
                self._route(f"{one}/{{deed}}/contact/{{contact}}", records.attach, "POST"),
                self._route("/system/v1/governanceLimits", self._limits, "GET"),
            ],
            exception_handlers={HTTPException: _no_such_path},
        )

    def _setting(self, name: str, usual: float) -> float:
        return float(self._surroundings.settings.get(name, usual))

    def _fault(self, request: Request) -> FaultKind | None:
        return self._surroundings.faults.take(self._surroundings.account, request.url.path)

    def _route(self, path: str, handler: Handler, method: str) -> Route:
        async def guarded(request: Request) -> Response:
            return await self._guarded(request, handler)

        return Route(BASE + path, guarded, methods=[method])

    async def _guarded(self, request: Request, handler: Handler) -> Response:
        """Faults, sign-in, concurrency, then the work."""
        fault = self._fault(request)
        replaced = answers.fault_answer(fault) if fault else None
        if replaced is not None:
            return replaced
        if not self._gatekeeper.admits(request):
            return answers.refused_login()
        if self._running >= int(self._setting("concurrency", CONCURRENCY)):
            return answers.too_many()
        self._running += 1
        try:
            await asyncio.sleep(self._setting("latency_seconds", 0))
            return answers.spoiled(await _answered(handler, request), fault)
        finally:
            self._running -= 1

    async def _token(self, request: Request) -> Response:
        fault = self._fault(request)
        replaced = answers.fault_answer(fault) if fault else None
        if replaced is not None:
            return replaced
        form = await request.form()
        audience = str(request.url.replace(query="", fragment=""))
        token, seconds = None, self._setting("token_seconds", TOKEN_SECONDS)
        if form.get("grant_type") == "client_credentials" and form.get("client_assertion_type") == ASSERTION:
            assertion = str(form.get("client_assertion", ""))
            token = self._gatekeeper.desk.issue(assertion, audience, lifetime_seconds=seconds)
        if token is None:
            return JSONResponse({"error": "invalid_request"}, 400)
        return JSONResponse({"access_token": token, "expires_in": str(int(seconds)), "token_type": "bearer"})

    async def _limits(self, request: Request) -> Response:
        limit = int(self._setting("concurrency", CONCURRENCY))
        told = {"accountConcurrencyLimit": limit, "accountUnallocatedConcurrencyLimit": limit}
        return JSONResponse({**told, "integrationLimitType": "accountLimit"})


async def _answered(handler: Handler, request: Request) -> Response:
    try:
        return await handler(request)
    except Refused as refused:
        return answers.refusal(refused)
    except (json.JSONDecodeError, UnicodeDecodeError):
        return answers.refusal(Refused(400, "INVALID_REQUEST", "The body is not JSON."))


async def _no_such_path(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    detail = "There is no such path, or not with that method."
    return answers.refusal(Refused(status, "INVALID_REQUEST", detail))
