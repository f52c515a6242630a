"""The HTTP face of a simulated shop: one GraphQL endpoint and the files of bulk operations."""

from __future__ import annotations

from collections.abc import Mapping
from json import JSONDecodeError
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLError, OperationDefinitionNode, parse, validate
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sg_pipelines.sandbox.rates import LeakyBucket
from sg_pipelines.sandbox.shopify import answers
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.bulk import BulkOperations, Operation
from sg_pipelines.sandbox.shopify.cost import actual_cost, requested_cost
from sg_pipelines.sandbox.shopify.kinds import Kinds
from sg_pipelines.sandbox.shopify.order_editing import Edit
from sg_pipelines.sandbox.shopify.projection import Lines, Projection
from sg_pipelines.sandbox.shopify.resolvers import execute, operation, read
from sg_pipelines.sandbox.shopify.schema import SCHEMA
from sg_pipelines.sandbox.shopify.shop import Shop
from sg_pipelines.sandbox.simulator import FaultKind, Surroundings

VERSION = "2026-07"
MAX_POINTS = 1_000


class ShopifyApp:
    """One shop. Settings: `bucket` (2000 points), `restore_rate` (100 per second), `index_lag_seconds` (0),
    `bulk_polls` (how often a bulk operation is still running when asked about, 0), `currency` (USD)."""

    def __init__(self, surroundings: Surroundings, shop: Shop, kinds: Kinds, token: str) -> None:
        self._surroundings, self._shop, self._kinds, self._token = surroundings, shop, kinds, token
        self._bucket = LeakyBucket(self._setting("bucket", 2000), self._setting("restore_rate", 100))
        self._base_url = ""
        self._done: dict[str, Mapping[str, Any]] = {}
        self._edits: dict[int, Edit] = {}
        self._bulk = BulkOperations(
            self._run_in_bulk,
            surroundings.time.now_ms,
            lambda: self._base_url,
            lambda: round(self._setting("bulk_polls", 0)),
        )
        self.app = Starlette(
            routes=[
                Route("/admin/api/{version}/graphql.json", self._graphql, methods=["POST"]),
                Route("/bulk/{number:int}.jsonl", self._file, methods=["GET"]),
            ]
        )

    def _setting(self, name: str, default: float) -> float:
        return float(self._surroundings.settings.get(name, default))

    async def _graphql(self, request: Request) -> Response:
        if request.headers.get("x-shopify-access-token") != self._token:
            return JSONResponse({"errors": answers.NOT_LET_IN}, 401)
        fault = self._surroundings.faults.take(self._surroundings.account, request.url.path)
        replaced = answers.fault(fault, self._throttled(100))
        if replaced is not None:
            return replaced
        if request.path_params["version"] != VERSION:
            return JSONResponse({"errors": "Not Found"}, 404)
        self._base_url = str(request.url).partition("/admin/api/")[0]
        try:
            asked = await request.json()
        except JSONDecodeError:
            asked = None
        if not isinstance(asked, dict):
            return JSONResponse({"errors": {"query": "Required parameter missing or invalid"}}, 400)
        answer = self._answer(asked.get("query") or "", asked.get("variables") or {}, asked.get("operationName"))
        return answers.spoiled(answer, fault)

    async def _file(self, request: Request) -> Response:
        fault = self._surroundings.faults.take(self._surroundings.account, request.url.path)
        lines = self._bulk.result(request.path_params["number"])
        if lines is None:
            return Response("not found", 404)
        if fault in (FaultKind.SERVER_ERROR, FaultKind.TIMEOUT):
            return Response("try again", 503)
        return Response(answers.spoiled_lines(lines, fault), media_type="application/jsonl")

    def _answer(self, text: str, variables: dict[str, Any], name: str | None) -> Response:
        try:
            document = parse(text)
        except GraphQLError as error:
            return JSONResponse({"errors": [{"message": error.message}]})
        problems = validate(SCHEMA, document)
        if problems:
            return answers.invalid(problems)
        chosen = operation(document, name)
        if chosen is None:
            return answers.error("An operation name is required", "BAD_REQUEST")
        requested = requested_cost(document, chosen, variables)
        if requested > MAX_POINTS:
            message = f"Query cost is {requested}, which exceeds the single query max cost limit ({MAX_POINTS})."
            return answers.error(message, "MAX_COST_EXCEEDED", cost=requested, maxCost=MAX_POINTS)
        if not self._bucket.take(requested):
            return self._throttled(requested)
        return self._executed(document, chosen, variables, requested)

    def _executed(
        self, document: DocumentNode, chosen: OperationDefinitionNode, variables: dict[str, Any], requested: int
    ) -> Response:
        asking = self._asking()
        outcome = execute(document, asking, variables, chosen.name.value if chosen.name else None)
        actual = requested
        if outcome.data is not None and not outcome.errors:
            actual = min(requested, actual_cost(document, chosen, variables, outcome.data))
        self._bucket.give_back(requested - actual)
        body: dict[str, Any] = {"extensions": self._cost(requested, actual)}
        if outcome.errors:
            body["errors"] = _errors(outcome)
        if outcome.data is not None:
            body["data"] = outcome.data
        if asking.searches:
            body["extensions"]["search"] = asking.searches
        return JSONResponse(body)

    def _asking(self) -> Asking:
        return Asking(self._shop, self._kinds, self._bulk, self._done, self._edits)

    def _run_in_bulk(self, one: Operation) -> Lines:
        asking = self._asking()
        projection = Projection(
            parse(one.query), lambda source, parent, name, args: read(source, parent, name, args, asking)
        )
        return projection.run(grouped=one.grouped)

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


def _errors(outcome: ExecutionResult) -> list[dict[str, Any]]:
    """Errors of a run; one without a place in the answer is about the variables."""
    told: list[dict[str, Any]] = []
    for one in outcome.errors or ():
        error = dict(one.formatted)
        if not one.path and not one.extensions:
            error["extensions"] = {"code": "INVALID_VARIABLE"}
        told.append(error)
    return told
