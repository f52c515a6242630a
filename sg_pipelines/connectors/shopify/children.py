"""What is nested in nodes: taken out of pages, or put together from the lines of a bulk file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from sg_pipelines.connectors.shopify.mapping import Nested
from sg_pipelines.connectors.shopify.wire import CHILDREN
from sg_pipelines.connectors.texts import loads
from sg_pipelines.errors import ProtocolViolation

PARENT = "__parentId"
Node = dict[str, Any]


def taken_out(nested: Nested, node: Node) -> str | None:
    """Move a page's nested nodes to the node's `children`; returns the cursor when there are more. What does not have the
    shape stays as it is, for the check of shapes to find."""
    holder: Any = node
    for name in nested.path[:-1]:
        holder = holder.get(name) if isinstance(holder, dict) else None
    connection = holder.pop(nested.path[-1], None) if isinstance(holder, dict) else None
    nodes, page = (connection.get(name) if isinstance(connection, dict) else None for name in ("nodes", "pageInfo"))
    if not isinstance(nodes, list) or not isinstance(page, dict):
        node[CHILDREN] = connection
        return None
    node[CHILDREN] = nodes
    cursor: str | None = page.get("endCursor") if page.get("hasNextPage") else None
    return cursor


def roots(file: BinaryIO, *, has_children: bool, account: str) -> Iterator[Node]:
    """Nodes of a bulk file in its order, each with all its children. ProtocolViolation when the file is cut.

    We ask for files in which children follow their parent. Only where one stands elsewhere its place is remembered, so
    that the file is never held whole. Children whose parent has no line make a node of nothing but id and children: it
    does not have the shape and is put aside.
    """
    if not has_children:
        yield from (node for _, node in _lines(file, account))
        return
    strays = _strays(file, account)
    root: Node | None = None
    for _, node in _lines(file, account):
        parent = node.pop(PARENT, None)
        if parent is None:
            if root is not None:
                yield _with_strays(root, strays, file, account)
            root = {**node, CHILDREN: []}
        elif root is not None and _is_of(root, parent):
            root[CHILDREN].append(node)
    if root is not None:
        yield _with_strays(root, strays, file, account)
    for parent in list(strays):
        yield _with_strays({"id": parent, CHILDREN: []}, strays, file, account)


def _strays(file: BinaryIO, account: str) -> dict[str, list[int]]:
    """Parent → where the lines of those children start that do not follow it."""
    strays: dict[str, list[int]] = {}
    root: Node | None = None
    for offset, node in _lines(file, account):
        parent = node.get(PARENT)
        if parent is None:
            root = {"id": node.get("id")}
        elif root is None or not _is_of(root, parent):
            strays.setdefault(parent, []).append(offset)
    return strays


def _is_of(root: Node, parent: str) -> bool:
    """Whether a child that follows a root is its own; one whose id cannot be read takes what follows it."""
    return not isinstance(root["id"], str) or root["id"] == parent


def _with_strays(root: Node, strays: dict[str, list[int]], file: BinaryIO, account: str) -> Node:
    """The root with the children that stand elsewhere."""
    known = root.get("id")
    place = file.tell()
    for offset in strays.pop(known, ()) if isinstance(known, str) else ():
        file.seek(offset)
        child = _parsed(file.readline(), account)
        del child[PARENT]
        root[CHILDREN].append(child)
    file.seek(place)
    return root


def _lines(file: BinaryIO, account: str) -> Iterator[tuple[int, Node]]:
    """Each line that is not blank, with the place it starts at. Lines end with a line feed and nothing else: a text may
    hold other separators."""
    file.seek(0)
    offset = 0
    while line := file.readline():
        if line.strip():
            yield offset, _parsed(line, account)
        offset += len(line)


def _parsed(line: bytes, account: str) -> Node:
    try:
        node = loads(line)
    except ValueError:
        node = None
    if not isinstance(node, dict):
        said = "a line of the bulk file is cut or no object"
        raise ProtocolViolation(said, where=account, remedy="Run the full pulse again")
    return node
