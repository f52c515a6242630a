"""The roots of the schema over one shop's customers."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from graphql import GraphQLError, GraphQLSchema, build_schema

from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.bulk import BulkOperations
from sg_pipelines.sandbox.shopify.customers import Customers
from sg_pipelines.sandbox.shopify.nodes import CURRENCY, node, number_of
from sg_pipelines.sandbox.shopify.query_filter import parse

MAX_PAGE, DEEPEST = 250, 25_000
SCHEMA: GraphQLSchema = build_schema((Path(__file__).parent / "schema.graphql").read_text(encoding="utf-8"))
_KEYS = {"UPDATED_AT": "updated", "CREATED_AT": "created"}


class Roots:
    """Root values: graphql-core calls a field's method with its arguments. `in_bulk` lifts page limits."""

    def __init__(self, customers: Customers, shop: str, lag_ms: int, bulk: BulkOperations | None) -> None:
        self._customers, self._shop, self._lag_ms, self._bulk = customers, shop, lag_ms, bulk
        self.ignored: list[str] = []

    def customers(self, info: Any, **asked: Any) -> dict[str, Any]:
        """A page, or everything in bulk."""
        test, unknown = parse(asked.get("query"))
        self.ignored += unknown
        found = self._customers.indexed(self._lag_ms) if asked.get("query") else self._customers.live()
        hits = _sorted(
            [(n, b) for n, b in found if test(n, b)], asked.get("sortKey", "ID"), asked.get("reverse", False)
        )
        if self._bulk is None:
            return {"edges": [{"cursor": "", "node": node(number, body)} for number, body in hits]}
        return _page(hits, asked)

    def customer(self, info: Any, id: str) -> dict[str, Any] | None:
        """One, or null."""
        number = number_of(id)
        body = None if number is None else self._customers.get(number)
        return None if number is None or body is None else node(number, body)

    def node(self, info: Any, id: str) -> dict[str, Any] | None:
        """Any node we serve by id."""
        return self.customer(info, id)

    def nodes(self, info: Any, ids: list[str]) -> list[dict[str, Any] | None]:
        """Many, null for those that are gone."""
        if len(ids) > MAX_PAGE:
            raise GraphQLError(
                f"The input array size of {len(ids)} is greater than the maximum allowed of {MAX_PAGE}.",
                extensions={"code": "MAX_INPUT_SIZE_EXCEEDED"},
            )
        return [self.customer(info, one) for one in ids]

    def customersCount(self, info: Any, limit: int | None = 10_000, query: str | None = None) -> dict[str, Any]:
        """How many, up to the limit."""
        test, unknown = parse(query)
        self.ignored += unknown
        count = sum(test(number, body) for number, body in self._customers.live())
        if limit is not None and count > limit:
            return {"count": limit, "precision": "AT_LEAST"}
        return {"count": count, "precision": "EXACT"}

    def shop(self, info: Any) -> dict[str, Any]:
        """The shop itself."""
        name = self._shop.split(".", maxsplit=1)[0]
        return {
            "id": "gid://shopify/Shop/1",
            "name": name,
            "myshopifyDomain": self._shop,
            "currencyCode": CURRENCY,
            "ianaTimezone": "Etc/UTC",
        }

    def currentAppInstallation(self, info: Any) -> dict[str, Any]:
        """What we may do."""
        scopes = ("read_customers", "write_customers")
        return {
            "id": "gid://shopify/AppInstallation/1",
            "accessScopes": [{"handle": scope, "description": scope.replace("_", " ")} for scope in scopes],
        }

    def bulkOperation(self, info: Any, id: str) -> dict[str, Any] | None:
        """An operation, moved on by asking."""
        return self._bulk.poll(id) if self._bulk is not None else None

    def bulkOperationRunQuery(self, info: Any, query: str, groupObjects: bool = False) -> dict[str, Any]:
        """Start one."""
        if self._bulk is None:
            raise GraphQLError("a bulk operation cannot start another")
        return self._bulk.start(query)


def _sorted(hits: list[tuple[int, Body]], key: str, reverse: bool) -> list[tuple[int, Body]]:
    stored = _KEYS.get(key)
    if stored is None:
        return sorted(hits, key=lambda hit: hit[0], reverse=reverse)
    return sorted(hits, key=lambda hit: (hit[1][stored] // 1000, hit[0]), reverse=reverse)


def _page(hits: list[tuple[int, Body]], asked: dict[str, Any]) -> dict[str, Any]:
    first, last = asked.get("first"), asked.get("last")
    size = first if first is not None else last
    if size is None:
        raise GraphQLError("you must provide one of first or last", extensions={"code": "BAD_REQUEST"})
    if not 1 <= size <= MAX_PAGE:
        raise GraphQLError(f"{size} is beyond the page limit of {MAX_PAGE}", extensions={"code": "BAD_REQUEST"})
    if first is not None:
        start = _place(asked["after"]) + 1 if asked.get("after") else 0
    else:
        end = _place(asked["before"]) if asked.get("before") else len(hits)
        hits, start = hits[:end], max(0, end - size)
    if start >= DEEPEST:
        raise GraphQLError(f"paging stops after {DEEPEST} objects", extensions={"code": "BAD_REQUEST"})
    page = hits[start : start + size]
    edges = [
        {"cursor": _cursor(start + at, number), "node": node(number, body)} for at, (number, body) in enumerate(page)
    ]
    return {
        "edges": edges,
        "nodes": [edge["node"] for edge in edges],
        "pageInfo": {
            "hasNextPage": start + size < len(hits),
            "hasPreviousPage": start > 0,
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        },
    }


def _cursor(place: int, number: int) -> str:
    return base64.b64encode(f"{place}:{number}".encode()).decode()


def _place(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor).decode().partition(":")[0])
    except ValueError:
        raise GraphQLError("the cursor is not valid", extensions={"code": "BAD_REQUEST"}) from None
