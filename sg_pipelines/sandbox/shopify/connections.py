"""Connections: filtered, sorted, and paged by cursors that hold the last sort value and id, as the platform's do."""

from __future__ import annotations

import base64
import json
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError

from sg_pipelines.sandbox.shopify.nodes import Args, Listing, Node
from sg_pipelines.sandbox.shopify.query_filter import Search
from sg_pipelines.sandbox.shopify.search_keys import KEYS, SORTS

MAX_PAGE, DEEPEST = 250, 25_000
SortKey = tuple[Any, int]


def chosen(listing: Listing, now_ms: int) -> tuple[Listing, list[dict[str, str]]]:
    """Those that the `query` argument finds, and what was odd about it."""
    words = listing.args.get("query")
    if not words or listing.typename not in KEYS:
        return listing, []
    search = Search(listing.typename, now_ms)
    test = search.parse(words)
    return Listing(listing.typename, [one for one in listing.nodes if test(one)], listing.args), search.warnings


def ordered(listing: Listing) -> Sequence[Any]:
    """All of it as `sortKey` and `reverse` say."""
    return [node for _, node in _keyed(listing)]


def page(listing: Listing) -> dict[str, Any]:
    """The part that `first`, `after`, `last` and `before` ask for."""
    keyed, args = _keyed(listing), listing.args
    size, forwards = _size(args)
    start, end = 0, len(keyed)
    if args.get("after"):
        start = _place(keyed, _read(args["after"]), args, past=True)
    if args.get("before"):
        end = _place(keyed, _read(args["before"]), args, past=False)
    lower, upper = (start, min(end, start + size)) if forwards else (max(start, end - size), end)
    if lower >= DEEPEST:
        raise _bad(f"paging stops after {DEEPEST} objects")
    edges = [{"cursor": _written(key), "node": node} for key, node in keyed[lower:upper]]
    return {
        "edges": edges,
        "nodes": [edge["node"] for edge in edges],
        "pageInfo": {
            "hasNextPage": upper < len(keyed),
            "hasPreviousPage": lower > 0,
            "startCursor": edges[0]["cursor"] if edges else None,
            "endCursor": edges[-1]["cursor"] if edges else None,
        },
    }


def _keyed(listing: Listing) -> list[tuple[SortKey, Any]]:
    """Nodes with the key they are sorted by; nested connections without a sort stay as they are."""
    sort = SORTS.get(listing.typename, {}).get(listing.args.get("sortKey", "ID"))
    keyed: list[tuple[SortKey, Any]] = [
        ((sort(node) if sort else "", _tie(node, place)), node) for place, node in enumerate(listing.nodes)
    ]
    keyed.sort(key=lambda pair: pair[0], reverse=bool(listing.args.get("reverse")))
    return keyed


def _tie(node: Any, place: int) -> int:
    return node.number if isinstance(node, Node) and not node.part else place


def _place(keyed: list[tuple[SortKey, Any]], cursor: SortKey, args: Args, *, past: bool) -> int:
    keys = [key for key, _ in keyed]
    try:
        if not args.get("reverse"):
            return bisect_right(keys, cursor) if past else bisect_left(keys, cursor)
        keys.reverse()
        return len(keys) - (bisect_left(keys, cursor) if past else bisect_right(keys, cursor))
    except TypeError:
        raise _bad("the cursor is of another sort key") from None


def _size(args: Args) -> tuple[int, bool]:
    first, last = args.get("first"), args.get("last")
    size = first if first is not None else last
    if size is None:
        raise _bad("you must provide one of first or last")
    if not 1 <= size <= MAX_PAGE:
        raise _bad(f"{size} is beyond the page limit of {MAX_PAGE}")
    return size, first is not None


def _written(key: SortKey) -> str:
    said = json.dumps({"last_id": key[1], "last_value": key[0]}, separators=(",", ":"))
    return base64.b64encode(said.encode()).decode()


def _read(cursor: str) -> SortKey:
    try:
        said = json.loads(base64.b64decode(cursor))
        return said["last_value"], int(said["last_id"])
    except (ValueError, KeyError, TypeError):
        raise _bad("the cursor is not valid") from None


def _bad(message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": "BAD_REQUEST"})
