"""What is nested in nodes: taken out of pages, or put together from the lines of a bulk file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

from sg_pipelines.connectors.shopify.mapping import Nested
from sg_pipelines.connectors.shopify.wire import CHILDREN
from sg_pipelines.errors import ProtocolViolation

PARENT = "__parentId"


def taken_out(nested: Nested | None, node: Any) -> str | None:
    """Move a page's nested nodes to the node's `children`; returns the cursor when there are more."""
    if nested is None or not isinstance(node, dict):
        return None
    holder = node
    for name in nested.path[:-1]:
        holder = holder.get(name) or {}
    connection = holder.pop(nested.path[-1], None) or {}
    node[CHILDREN] = connection.get("nodes") or []
    page = connection.get("pageInfo") or {}
    cursor: str | None = page.get("endCursor") if page.get("hasNextPage") else None
    return cursor


async def roots(lines: AsyncIterator[str], *, has_children: bool, account: str) -> AsyncIterator[dict[str, Any]]:
    """Nodes of a grouped bulk file, each with its children: a node's children follow it. ProtocolViolation when the file
    is cut, or a child follows another's parent."""
    root: dict[str, Any] | None = None
    async for line in lines:
        if not line.strip():
            continue
        node = _parsed(line, account)
        parent = node.pop(PARENT, None)
        if parent is None:
            if root is not None:
                yield root
            root = {**node, CHILDREN: []} if has_children else node
        elif root is not None and root.get("id") == parent:
            root[CHILDREN].append(node)
        else:
            raise ProtocolViolation(
                "the bulk file is not grouped by parent", where=account, remedy="Run the full pulse again"
            )
    if root is not None:
        yield root


def _parsed(line: str, account: str) -> dict[str, Any]:
    try:
        node: dict[str, Any] = json.loads(line)
    except json.JSONDecodeError:
        raise ProtocolViolation(
            "the bulk file is cut in the middle", where=account, remedy="Run the full pulse again"
        ) from None
    return node
