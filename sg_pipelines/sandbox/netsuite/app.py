"""The HTTP face of a simulated NetSuite account: SuiteQL, customer records, sign-in, governance limits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sg_pipelines.sandbox.netsuite import answers
from sg_pipelines.sandbox.netsuite.signing_in import TOKEN_SECONDS, Gatekeeper
from sg_pipelines.sandbox.netsuite.suiteql import Unsupported, run
from sg_pipelines.sandbox.netsuite.tables import Tables
from sg_pipelines.sandbox.simulator import Surroundings

BASE = "/services/rest"
PAGE, REACHABLE = 1_000, 100_000
Handler = Callable[[Request], Awaitable[Response]]


class NetSuiteApp:
    """One account. Settings: `concurrency` simultaneous requests (5), `latency_seconds` a request holds its slot (0)."""

    def __init__(self, surroundings: Surroundings, tables: Tables, gatekeeper: Gatekeeper) -> None:
        self._surroundings, self._tables, self._gatekeeper = surroundings, tables, gatekeeper
        self._running = 0
        self.app = Starlette(
            routes=[
                Route(f"{BASE}/auth/oauth2/v1/token", self._token, methods=["POST"]),
                self._route("/query/v1/suiteql", self._suiteql, "POST"),
                self._route("/record/v1/customer", self._list, "GET"),
                self._route("/record/v1/customer/{id}", self._read, "GET"),
                self._route("/record/v1/customer/{id}", self._delete, "DELETE"),
                self._route("/record/v1/metadata-catalog", self._catalog, "GET"),
                self._route("/system/v1/governanceLimits", self._limits, "GET"),
            ]
        )

    def _setting(self, name: str, default: float) -> float:
        return float(self._surroundings.settings.get(name, default))

    def _route(self, path: str, handler: Handler, method: str) -> Route:
        async def guarded(request: Request) -> Response:
            return await self._guarded(request, handler)

        return Route(BASE + path, guarded, methods=[method])

    async def _guarded(self, request: Request, handler: Handler) -> Response:
        """Sign-in, faults, concurrency, then the work."""
        if not self._gatekeeper.admits(request):
            return answers.refused_login()
        fault = self._surroundings.faults.take(self._surroundings.account, request.url.path)
        replaced = answers.fault_answer(fault) if fault else None
        if replaced is not None:
            return replaced
        if self._running >= int(self._setting("concurrency", 5)):
            return answers.too_many()
        self._running += 1
        try:
            await asyncio.sleep(self._setting("latency_seconds", 0))
            answer = await handler(request)
        except (json.JSONDecodeError, KeyError, ValueError) as error:
            answer = answers.error(400, "Bad Request", "INVALID_REQUEST", f"Invalid request: {error}")
        finally:
            self._running -= 1
        return answers.spoiled(answer, fault)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        audience = str(request.url.replace(query="", fragment=""))
        wanted = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
        token = None
        if form.get("grant_type") == "client_credentials" and form.get("client_assertion_type") == wanted:
            token = self._gatekeeper.issue(str(form.get("client_assertion", "")), audience)
        if token is None:
            return JSONResponse({"error": "invalid_request"}, 400)
        return JSONResponse({"access_token": token, "expires_in": str(TOKEN_SECONDS), "token_type": "bearer"})

    async def _suiteql(self, request: Request) -> Response:
        if "transient" not in request.headers.get("prefer", ""):
            return answers.error(400, "Bad Request", "INVALID_HEADER", "The Prefer header must be transient.")
        limit, offset = int(request.query_params.get("limit", PAGE)), int(request.query_params.get("offset", 0))
        if not 1 <= limit <= PAGE or offset % limit or offset >= REACHABLE:
            detail = "limit must be 1 to 1000, offset a multiple of limit and below 100000."
            return answers.error(400, "Bad Request", "INVALID_PARAMETER", detail)
        asked = await request.json()
        try:
            found = run(self._tables, asked["q"], asked.get("params", []), limit=limit, offset=offset)
        except Unsupported as error:
            return answers.error(400, "Bad Request", "INVALID_REQUEST", f"Invalid search query: {error}")
        total = min(found.total, REACHABLE)
        return JSONResponse(
            {
                "links": [{"rel": "self", "href": str(request.url)}],
                "count": len(found.items),
                "hasMore": offset + len(found.items) < total,
                "offset": offset,
                "totalResults": total,
                "items": [{"links": [], **item} for item in found.items],
            }
        )

    async def _list(self, request: Request) -> Response:
        limit, offset = int(request.query_params.get("limit", PAGE)), int(request.query_params.get("offset", 0))
        ids = self._tables.ids()
        page = ids[offset : offset + limit]
        href = str(request.url.replace(query=""))
        return JSONResponse(
            {
                "links": [{"rel": "self", "href": str(request.url)}],
                "count": len(page),
                "hasMore": offset + len(page) < len(ids),
                "offset": offset,
                "totalResults": len(ids),
                "items": [{"links": [{"rel": "self", "href": f"{href}/{one}"}], "id": str(one)} for one in page],
            }
        )

    async def _read(self, request: Request) -> Response:
        row = self._found(request)
        if row is None:
            return _nonexistent()
        shown = _record(row, self._tables.address(int(row["id"])), str(request.url.replace(query="")))
        if "fields" in request.query_params:
            wanted = set(request.query_params["fields"].split(","))
            shown = {name: value for name, value in shown.items() if name in wanted or name in ("id", "links")}
        return JSONResponse(shown, media_type="application/vnd.oracle.resource+json; type=singular")

    async def _delete(self, request: Request) -> Response:
        row = self._found(request)
        if row is None:
            return _nonexistent()
        self._tables.delete(int(row["id"]))
        return Response(status_code=204)

    def _found(self, request: Request) -> dict[str, Any] | None:
        named = request.path_params["id"]
        number = self._tables.by_external_id(named[4:]) if named.startswith("eid:") else int(named)
        return None if number is None else self._tables.row(number)

    async def _catalog(self, request: Request) -> Response:
        return JSONResponse({"items": [{"name": "customer", "links": []}]})

    async def _limits(self, request: Request) -> Response:
        limit = int(self._setting("concurrency", 5))
        return JSONResponse({"accountConcurrencyLimit": limit, "accountUnallocatedConcurrencyLimit": limit})


def _nonexistent() -> Response:
    return answers.error(404, "Not Found", "NONEXISTENT_ID", "The record instance does not exist.")


def _record(row: dict[str, Any], address: dict[str, Any] | None, href: str) -> dict[str, Any]:
    """A customer in the record service's words: references and enumerations are objects."""
    plain = {
        "id": str(row["id"]),
        "entityId": row["entityid"],
        "externalId": row["externalid"],
        "isPerson": row["isperson"] == "T",
        "isInactive": row["isinactive"] == "T",
        "firstName": row["firstname"],
        "lastName": row["lastname"],
        "companyName": row["companyname"],
        "email": row["email"],
        "phone": row["phone"],
        "dateCreated": row["datecreated"],
        "lastModifiedDate": row["lastmodifieddate"],
        "custentity_loyalty_tier": row["custentity_loyalty_tier"],
        "custentity_shopify_id": row["custentity_shopify_id"],
        "custentity_hubspot_id": row["custentity_hubspot_id"],
    }
    shown = {name: value for name, value in plain.items() if value is not None}
    shown["links"] = [{"rel": "self", "href": href}]
    shown["subsidiary"] = {"id": "1", "refName": "Parent Company", "links": []}
    if row["searchstage"]:
        shown["searchStage"] = {"id": row["searchstage"].upper(), "refName": row["searchstage"]}
    if address is not None:
        shown["defaultAddress"] = ", ".join(str(part) for name, part in address.items() if part and name != "nkey")
    return shown
