"""The HTTP face of a simulated HubSpot account: contacts, search, batch, merge, properties, account details."""

from __future__ import annotations

import json
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sg_pipelines.sandbox.hubspot import answers
from sg_pipelines.sandbox.hubspot.contacts import ARCHIVED, LIVE, Contacts, stated
from sg_pipelines.sandbox.hubspot.properties import DEFAULT, definitions
from sg_pipelines.sandbox.hubspot.search import MAX_BODY, MAX_PAGE, MAX_RESULTS, BadSearch, matches, ordered
from sg_pipelines.sandbox.instants import iso_milliseconds
from sg_pipelines.sandbox.rates import RollingWindow
from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.simulator import Surroundings

BATCH, PAGE = 100, 100
TYPE = "contacts"
VERSIONS = ("/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")
Handler = Callable[[Request], Awaitable[Response]]


class HubSpotApp:
    """Routes over one account's contacts. Settings: `rate_limit` per 10 s (190), `search_rate_limit` per second (5),
    `daily_limit` (1,000,000), `index_lag_seconds` (0)."""

    def __init__(self, surroundings: Surroundings, contacts: Contacts, token: str, portal_id: int) -> None:
        self._surroundings, self._contacts = surroundings, contacts
        self._token, self._portal_id = token, portal_id
        self._calls = 0
        self._window = RollingWindow(int(self._setting("rate_limit", 190)), 10.0)
        self._search_window = RollingWindow(int(self._setting("search_rate_limit", 5)), 1.0)
        self.app = Starlette(routes=self._routes())

    def _setting(self, name: str, default: float) -> float:
        return float(self._surroundings.settings.get(name, default))

    def _routes(self) -> list[Route]:
        routes = [
            self._route("/crm/v3/properties/{type}", self._properties, "GET"),
            self._route("/account-info/v3/details", self._details, "GET"),
        ]
        for base in VERSIONS:
            here = f"{base}/{{type}}"
            routes += [
                self._route(f"{here}/search", self._search, "POST", is_search=True),
                self._route(f"{here}/batch/read", self._batch_read, "POST"),
                self._route(f"{here}/merge", self._merge, "POST"),
                self._route(f"{here}/{{id}}", self._read, "GET"),
                self._route(f"{here}/{{id}}", self._update, "PATCH"),
                self._route(f"{here}/{{id}}", self._archive, "DELETE"),
                self._route(here, self._list, "GET"),
                self._route(here, self._create, "POST"),
            ]
        return routes

    def _route(self, path: str, handler: Handler, method: str, *, is_search: bool = False) -> Route:
        async def guarded(request: Request) -> Response:
            return await self._guarded(request, handler, is_search)

        return Route(path, guarded, methods=[method])

    async def _guarded(self, request: Request, handler: Handler, is_search: bool) -> Response:
        """Credentials, faults, limits, then the work; every answer has a correlation id."""
        if request.headers.get("authorization") != f"Bearer {self._token}":
            return self._finished(answers.refused_credentials(), is_search)
        fault = self._surroundings.faults.take(self._surroundings.account, request.url.path)
        replaced = answers.fault_answer(fault) if fault else None
        if replaced is not None:
            return self._finished(replaced, is_search)
        window = self._search_window if is_search else self._window
        if not window.take():
            return self._finished(answers.throttled(answers.SECONDLY if is_search else answers.TEN_SECONDLY), is_search)
        self._calls += 1
        if request.path_params.get("type", TYPE) not in (TYPE, "0-1"):
            return self._finished(answers.error(400, "VALIDATION_ERROR", "Unable to infer object type"), is_search)
        try:
            answer = await handler(request)
        except (BadSearch, json.JSONDecodeError, KeyError) as error:
            answer = answers.error(400, "VALIDATION_ERROR", f"Invalid request: {error}")
        return self._finished(answers.spoiled(answer, fault), is_search)

    def _finished(self, answer: Response, is_search: bool) -> Response:
        answer.headers["X-HubSpot-Correlation-Id"] = str(uuid.uuid4())
        if not is_search:
            daily = int(self._setting("daily_limit", 1_000_000))
            answer.headers["X-HubSpot-RateLimit-Max"] = str(self._window.limit)
            answer.headers["X-HubSpot-RateLimit-Remaining"] = str(self._window.remaining)
            answer.headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = "10000"
            answer.headers["X-HubSpot-RateLimit-Daily"] = str(daily)
            answer.headers["X-HubSpot-RateLimit-Daily-Remaining"] = str(max(0, daily - self._calls))
        return answer

    # --- reading -------------------------------------------------------------------------------------------

    async def _list(self, request: Request) -> Response:
        query = request.query_params
        limit = int(query.get("limit", "10"))
        if not 1 <= limit <= PAGE:
            return answers.error(400, "VALIDATION_ERROR", f"limit must be between 1 and {PAGE}")
        after = int(query.get("after", "0"))
        archived = query.get("archived") == "true"
        records = self._contacts.archived() if archived else self._contacts.live()
        page = []
        for number, body in records:
            if number > after:
                page.append((number, body))
                if len(page) > limit:
                    break
        shown = [_record(number, body, _names(query.get("properties"))) for number, body in page[:limit]]
        answer: dict[str, Any] = {"results": shown}
        if len(page) > limit:
            answer["paging"] = {"next": {"after": str(page[limit - 1][0]), "link": str(request.url)}}
        return JSONResponse(answer)

    async def _read(self, request: Request) -> Response:
        number = self._resolve(request.path_params["id"], request.query_params.get("idProperty"))
        body = None if number is None else self._contacts.get(number)
        wanted = ARCHIVED if request.query_params.get("archived") == "true" else LIVE
        if number is None or body is None or body["state"] != wanted:
            return answers.error(404, "OBJECT_NOT_FOUND", "resource not found")
        return JSONResponse(_record(number, body, _names(request.query_params.get("properties"))))

    async def _batch_read(self, request: Request) -> Response:
        asked = await request.json()
        inputs = asked.get("inputs", [])
        if len(inputs) > BATCH:
            return answers.error(400, "VALIDATION_ERROR", f"at most {BATCH} inputs")
        wanted = ARCHIVED if request.query_params.get("archived") == "true" else LIVE
        found, lost = [], []
        for one in inputs:
            number = self._resolve(str(one["id"]), asked.get("idProperty"))
            body = None if number is None else self._contacts.get(number)
            if number is None or body is None or body["state"] != wanted:
                lost.append(str(one["id"]))
            else:
                found.append(_record(number, body, tuple(asked.get("properties") or DEFAULT)))
        now = iso_milliseconds(self._surroundings.time.now_ms())
        answer: dict[str, Any] = {"status": "COMPLETE", "results": found, "startedAt": now, "completedAt": now}
        if lost:
            answer["numErrors"] = 1
            answer["errors"] = [
                {
                    "status": "error",
                    "category": "OBJECT_NOT_FOUND",
                    "message": "Could not get some contact objects, they may be deleted or not exist.",
                    "context": {"ids": lost},
                }
            ]
        return JSONResponse(answer, 207 if lost else 200)

    async def _search(self, request: Request) -> Response:
        raw = await request.body()
        if len(raw) > MAX_BODY:
            return answers.error(400, "VALIDATION_ERROR", f"the body exceeds {MAX_BODY} characters")
        asked = json.loads(raw)
        limit, after = int(asked.get("limit", 10)), int(asked.get("after") or 0)
        if not 1 <= limit <= MAX_PAGE:
            return answers.error(400, "VALIDATION_ERROR", f"limit must be between 1 and {MAX_PAGE}")
        if after + limit > MAX_RESULTS:
            return answers.error(400, "VALIDATION_ERROR", f"results beyond {MAX_RESULTS} cannot be reached")
        holds = matches(asked)
        lag = round(self._setting("index_lag_seconds", 0) * 1000)
        bodies = dict(self._contacts.indexed(lag))
        hits = ordered(
            ((n, said) for n, body in bodies.items() if holds(said := stated(n, body))), asked.get("sorts") or []
        )
        names = tuple(asked.get("properties") or DEFAULT)
        page = [_record(number, bodies[number], names) for number, _ in hits[after : after + limit]]
        answer: dict[str, Any] = {"total": len(hits), "results": page}
        if after + limit < len(hits):
            answer["paging"] = {"next": {"after": str(after + limit)}}
        return JSONResponse(answer)

    async def _properties(self, request: Request) -> Response:
        return JSONResponse({"results": definitions()})

    async def _details(self, request: Request) -> Response:
        return JSONResponse({"portalId": self._portal_id, "timeZone": "UTC", "accountType": "STANDARD"})

    # --- writing -------------------------------------------------------------------------------------------

    async def _create(self, request: Request) -> Response:
        properties = (await request.json())["properties"]
        email = properties.get("email")
        taken = self._contacts.by_unique("email", email) if email else None
        if taken is not None:
            return answers.error(409, "CONFLICT", f"Contact already exists. Existing ID: {taken}")
        number = self._contacts.create_from_properties(properties)
        return JSONResponse(self._shown(number), 201)

    async def _update(self, request: Request) -> Response:
        number = self._resolve(request.path_params["id"], request.query_params.get("idProperty"))
        body = None if number is None else self._contacts.get(number)
        if number is None or body is None or body["state"] != LIVE:
            return answers.error(404, "OBJECT_NOT_FOUND", "resource not found")
        self._contacts.update(number, (await request.json())["properties"])
        return JSONResponse(self._shown(number))

    async def _archive(self, request: Request) -> Response:
        number = self._resolve(request.path_params["id"], None)
        body = None if number is None else self._contacts.get(number)
        if number is not None and body is not None and body["state"] == LIVE:
            self._contacts.archive(number)
        return Response(status_code=204)

    async def _merge(self, request: Request) -> Response:
        asked = await request.json()
        survivor = self._contacts.merge(int(asked["primaryObjectId"]), int(asked["objectIdToMerge"]))
        return JSONResponse(self._shown(survivor))

    def _shown(self, number: int) -> dict[str, Any]:
        body = self._contacts.get(number)
        return _record(number, body or {}, DEFAULT)

    def _resolve(self, text: str, id_property: str | None) -> int | None:
        return self._contacts.by_unique(id_property or "", text)


def _names(asked: str | None) -> tuple[str, ...]:
    return tuple(asked.split(",")) if asked else DEFAULT


def _record(number: int, body: Body, names: tuple[str, ...]) -> dict[str, Any]:
    said: Mapping[str, str | None] = stated(number, body)
    record = {
        "id": str(number),
        "properties": {name: said.get(name) for name in dict.fromkeys((*names, *DEFAULT))},
        "createdAt": iso_milliseconds(body["created"]),
        "updatedAt": iso_milliseconds(body["updated"]),
        "archived": body["state"] == ARCHIVED,
    }
    return record if body["archived"] is None else {**record, "archivedAt": iso_milliseconds(body["archived"])}
