"""The HTTP face of a simulated shop: one GraphQL endpoint and the files of bulk operations."""

from __future__ import annotations

import json
from typing import Any

from graphql import DocumentNode, GraphQLError, execute_sync, parse, validate
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sg_pipelines.sandbox.rates import LeakyBucket
from sg_pipelines.sandbox.shopify.bulk import BulkOperations
from sg_pipelines.sandbox.shopify.cost import requested_cost
from sg_pipelines.sandbox.shopify.customers import Customers
from sg_pipelines.sandbox.shopify.resolvers import SCHEMA, Roots
from sg_pipelines.sandbox.simulator import FaultKind, Surroundings

VERSION = "2026-07"
MAX_POINTS = 1_000


class ShopifyApp:
    """One shop. Settings: `bucket` (2000 points), `restore_rate` (100 per second), `index_lag_seconds` (0)."""

    def __init__(self, surroundings: Surroundings, customers: Customers, token: str, shop: str) -> None:
        self._surroundings, self._customers = surroundings, customers
        self._token, self._shop = token, shop
        self._bucket = LeakyBucket(self._setting("bucket", 2000), self._setting("restore_rate", 100))
        self._base_url = ""
        self._bulk = BulkOperations(self._run_in_bulk, surroundings.time.now_ms, lambda: self._base_url)
        self.app = Starlette(
            routes=[
                Route("/admin/api/{version}/graphql.json", self._graphql, methods=["POST"]),
                Route("/bulk/{number:int}.jsonl", self._file, methods=["GET"]),
            ]
        )

    def _setting(self, name: str, default: float) -> float:
        return float(self._surroundings.settings.get(name, default))

    def _lag_ms(self) -> int:
        return round(self._setting("index_lag_seconds", 0) * 1000)

    async def _graphql(self, request: Request) -> Response:
        if request.headers.get("x-shopify-access-token") != self._token:
            message = "[API] Invalid API key or access token (unrecognized login or wrong password)"
            return JSONResponse({"errors": message}, 401)
        fault = self._surroundings.faults.take(self._surroundings.account, request.url.path)
        replaced = self._fault_answer(fault)
        if replaced is not None:
            return replaced
        if request.path_params["version"] != VERSION:
            return JSONResponse({"errors": "Not Found"}, 404)
        self._base_url = str(request.url).partition("/admin/api/")[0]
        asked = await request.json()
        return _spoiled(self._answer(asked.get("query", ""), asked.get("variables") or {}), fault)

    async def _file(self, request: Request) -> Response:
        fault = self._surroundings.faults.take(self._surroundings.account, request.url.path)
        lines = self._bulk.result(request.path_params["number"])
        if lines is None:
            return Response("not found", 404)
        if fault is FaultKind.TRUNCATED_PAGE:
            lines = lines[: len(lines) // 2]
        if fault is FaultKind.MALFORMED_RECORD:
            lines = '{"id": 7, "tags": "not a list"}\n' + lines.split("\n", 1)[1]
        if fault in (FaultKind.SERVER_ERROR, FaultKind.TIMEOUT):
            return Response("try again", 503)
        return Response(lines, media_type="application/jsonl")

    def _answer(self, text: str, variables: dict[str, Any]) -> Response:
        try:
            document = parse(text)
        except GraphQLError as error:
            return JSONResponse({"errors": [{"message": error.message}]})
        problems = validate(SCHEMA, document)
        if problems:
            return JSONResponse(
                {"errors": [{**p.formatted, "extensions": {"code": "undefinedField"}} for p in problems]}
            )
        requested = requested_cost(document, variables)
        if requested > MAX_POINTS:
            message = f"Query cost is {requested}, which exceeds the single query max cost limit ({MAX_POINTS})."
            return JSONResponse(
                {"errors": [{"message": message, "extensions": {"code": "MAX_COST_EXCEEDED", "cost": requested}}]}
            )
        if not self._bucket.take(requested):
            return self._throttled(requested)
        return self._executed(document, variables, requested)

    def _executed(self, document: DocumentNode, variables: dict[str, Any], requested: int) -> Response:
        roots = Roots(self._customers, self._shop, self._lag_ms(), self._bulk)
        outcome = execute_sync(SCHEMA, document, root_value=roots, variable_values=variables)
        actual = min(requested, max(1, requested if outcome.errors else _size(outcome.data) + 2))
        self._bucket.give_back(requested - actual)
        body: dict[str, Any] = {"data": outcome.data, "extensions": self._cost(requested, actual)}
        if outcome.errors:
            body["errors"] = [error.formatted for error in outcome.errors]
        if roots.ignored:
            body["extensions"]["search"] = [{"path": [name], "warnings": [{"field": name}]} for name in roots.ignored]
        return JSONResponse(body)

    def _run_in_bulk(self, query: str) -> dict[str, Any]:
        roots = Roots(self._customers, self._shop, self._lag_ms(), None)
        outcome = execute_sync(SCHEMA, parse(query), root_value=roots)
        if outcome.errors or outcome.data is None:
            raise GraphQLError(f"the bulk query failed: {outcome.errors}")
        return dict(outcome.data)

    def _cost(self, requested: int, actual: int | None) -> dict[str, Any]:
        return {
            "cost": {
                "requestedQueryCost": requested,
                "actualQueryCost": actual,
                "throttleStatus": {
                    "maximumAvailable": self._bucket.size,
                    "currentlyAvailable": int(self._bucket.available),
                    "restoreRate": self._bucket.restore_rate,
                },
            }
        }

    def _throttled(self, requested: int) -> Response:
        error = {"message": "Throttled", "extensions": {"code": "THROTTLED"}}
        return JSONResponse({"errors": [error], "extensions": self._cost(requested, None)})

    def _fault_answer(self, fault: FaultKind | None) -> Response | None:
        denied = {"message": "Access denied for customers field.", "extensions": {"code": "ACCESS_DENIED"}}
        answers: dict[FaultKind, Response] = {
            FaultKind.THROTTLE: self._throttled(100),
            FaultKind.SERVER_ERROR: Response("bad gateway", 502),
            FaultKind.TIMEOUT: Response("gateway timeout", 504),
            FaultKind.UNAUTHORIZED: JSONResponse({"errors": "[API] Invalid API key or access token"}, 401),
            FaultKind.FORBIDDEN: JSONResponse({"errors": [denied], "data": None}),
        }
        return answers.get(fault) if fault is not None else None


def _size(data: Any) -> int:
    """Objects in an answer."""
    if isinstance(data, dict):
        return 1 + sum(_size(value) for value in data.values() if isinstance(value, dict | list))
    if isinstance(data, list):
        return sum(_size(value) for value in data)
    return 0


def _spoiled(answer: Response, fault: FaultKind | None) -> Response:
    """One record without its shape, or a body cut in the middle."""
    if fault is FaultKind.TRUNCATED_PAGE:
        return Response(bytes(answer.body)[: len(answer.body) // 2], media_type="application/json")
    if fault is FaultKind.MALFORMED_RECORD:
        body = json.loads(bytes(answer.body))
        for value in (body.get("data") or {}).values():
            nodes = value if isinstance(value, list) else (value or {}).get("nodes")
            if nodes and nodes[0]:
                nodes[0]["tags"] = "not a list"
        return JSONResponse(body)
    return answer
