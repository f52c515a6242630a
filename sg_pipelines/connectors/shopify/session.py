"""GraphQL calls to one shop: cost-aware pacing, and what its answers mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

import httpx
from pydantic import TypeAdapter

from sg_pipelines.connectors.answers import Shape, documented
from sg_pipelines.connectors.connections import ShopifyConnection
from sg_pipelines.connectors.pacing import BucketPacing
from sg_pipelines.connectors.shopify import queries, shapes
from sg_pipelines.connectors.texts import loads
from sg_pipelines.connectors.transport import Call, Transport
from sg_pipelines.errors import (
    CredentialsRejected,
    PermissionMissing,
    PlatformRefused,
    ProtocolViolation,
    RateLimited,
    SgError,
    Unavailable,
)
from sg_pipelines.ports.platforms import PullReport

NEXT_TO_NOTHING = 1.0


class ShopifySession:
    """Calls of one shop."""

    def __init__(self, connection: ShopifyConnection, http: httpx.AsyncClient) -> None:
        self.account = connection.account
        self._connection, self._http = connection, http
        self._base = connection.base_url or f"https://{connection.shop}"
        self._pacing = BucketPacing()
        self._level_heard = False
        self._transport = Transport(account=connection.account, http=http, judge=self._judge, pacing=self._pacing)

    async def ask(
        self,
        query: str,
        variables: Mapping[str, Any],
        report: PullReport,
        shape: TypeAdapter[Shape],
        *,
        cost: float = 1.0,
        counts: bool = True,
    ) -> Shape:
        """Run a document; returns its `data`, which has the shape. `cost`: the points it will ask for. A session just
        opened asks for next to nothing first, to hear what others left in the bucket."""
        is_first, self._level_heard = not self._level_heard, True
        if is_first and cost > NEXT_TO_NOTHING:
            await self._transport.send(self._call(queries.LEVEL, {}, 1.0, False), report)
        answer = await self._transport.json(self._call(query, variables, cost, counts), report)
        where = f"{self.account} GraphQL"
        return documented(shape, documented(shapes.DATA, answer, where)["data"], where)

    async def examine(self, query: str, report: PullReport) -> httpx.Response:
        """Run a document; returns the whole answer."""
        return await self._transport.send(self._call(query, {}, 10.0, False), report)

    async def download(self, url: str, into: BinaryIO, report: PullReport) -> None:
        """The file of a bulk operation."""
        await self._transport.send(Call("GET", url, timeout_seconds=600, weight=0.0, into=into), report)

    async def aclose(self) -> None:
        """Give back connections."""
        await self._http.aclose()

    def _call(self, query: str, variables: Mapping[str, Any], cost: float, counts: bool) -> Call:
        return Call(
            "POST",
            f"{self._base}/admin/api/{self._connection.api_version}/graphql.json",
            json={"query": query, "variables": dict(variables)},
            headers={"X-Shopify-Access-Token": self._connection.token},
            weight=cost,
            counts=counts,
        )

    def _judge(self, response: httpx.Response) -> SgError | None:
        where, status = f"{self.account} GraphQL", response.status_code
        if status in (401, 402, 403):
            remedy = "Check the app's access token in the environment variable the client file names"
            return CredentialsRejected("Shopify does not accept the access token", where=where, remedy=remedy)
        if status == 404:
            remedy = "Check the shop's domain and the API version in the client file"
            return PlatformRefused("there is no such shop or API version", where=where, remedy=remedy)
        if status == 429:
            return RateLimited("too many requests", where=where, wait_seconds=_retry_after(response))
        if status >= 500:
            return Unavailable(f"Shopify answered {status}", where=where, remedy="Its status page may say why")
        if response.request.method == "GET":
            return None
        return self._judge_body(response, where)

    def _judge_body(self, response: httpx.Response, where: str) -> SgError | None:
        try:
            body = loads(response.content)
        except ValueError:
            return None
        if not isinstance(body, dict):
            return ProtocolViolation("the answer is no object", where=where)
        reply = documented(shapes.REPLY, body, where)
        cost = (reply.get("extensions") or {}).get("cost") or {}
        bucket = cost.get("throttleStatus")
        if bucket:
            self._pacing.learn(float(bucket["currentlyAvailable"]), float(bucket["restoreRate"]))
        errors = reply.get("errors")
        return _from_errors(errors, cost, where) if errors else None


def _from_errors(errors: Any, cost: Mapping[str, Any], where: str) -> SgError:
    if not isinstance(errors, list):
        return PlatformRefused("Shopify refused the request", where=where)
    codes = {(error.get("extensions") or {}).get("code") for error in errors}
    if "THROTTLED" in codes:
        return RateLimited("the cost bucket is empty", where=where, wait_seconds=_until_enough(cost))
    if "ACCESS_DENIED" in codes:
        remedy = "Give the app the scope that `sg doctor` names, and approve access to protected customer data"
        return PermissionMissing("the token lacks a scope", where=where, remedy=remedy)
    if "INTERNAL_SERVER_ERROR" in codes:
        return Unavailable("Shopify failed inside", where=where)
    said = "; ".join(sorted({str(code) for code in codes if code} or {str(errors[0].get("message") or "")[:200]}))
    return PlatformRefused(f"Shopify refused the query: {said}", where=where)


def _until_enough(cost: Mapping[str, Any]) -> float:
    bucket = cost.get("throttleStatus") or {}
    lacking = float(cost.get("requestedQueryCost") or 0) - float(bucket.get("currentlyAvailable", 0))
    return max(0.2, lacking / float(bucket.get("restoreRate") or 50.0))


def _retry_after(response: httpx.Response) -> float:
    told = response.headers.get("retry-after", "")
    return float(told) if told.replace(".", "", 1).isdigit() else 2.0
