"""Bulk operations: checked, run while they are polled, delivered as JSONL with `__parentId` on children."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLError, OperationDefinitionNode, OperationType, SelectionSetNode, parse

from sg_pipelines.sandbox.instants import iso_seconds

MAX_RUNNING, MAX_CONNECTIONS, MAX_DEPTH, MAX_BYTES = 5, 5, 2, 65_535
FINISHED = frozenset({"COMPLETED", "FAILED", "CANCELED", "EXPIRED"})
RunQuery = Callable[[str], dict[str, Any]]


@dataclass(slots=True)
class Operation:
    """One bulk operation and, once it is done, its lines."""

    number: int
    query: str
    created: int
    status: str = "CREATED"
    completed: int | None = None
    lines: str = ""
    objects: int = 0
    roots: int = 0


class BulkOperations:
    """The operations of one shop. Each poll moves an operation on: CREATED, RUNNING, COMPLETED."""

    def __init__(self, run: RunQuery, now_ms: Callable[[], int], base_url: Callable[[], str]) -> None:
        self._run, self._now_ms, self._base_url = run, now_ms, base_url
        self._operations: dict[str, Operation] = {}

    def start(self, query: str) -> dict[str, Any]:
        """The mutation's payload."""
        problem = _problem(query)
        running = [name for name, one in self._operations.items() if one.status not in FINISHED]
        if problem is not None:
            return _refused("INVALID", problem)
        if len(running) >= MAX_RUNNING:
            return _refused("OPERATION_IN_PROGRESS", f"Bulk query operations are already in progress: {running}")
        number = len(self._operations) + 1
        name = f"gid://shopify/BulkOperation/{number}"
        self._operations[name] = Operation(number, query, self._now_ms())
        return {"bulkOperation": self._told(name), "userErrors": []}

    def poll(self, name: str) -> dict[str, Any] | None:
        """The operation as it is now; asking moves it on."""
        operation = self._operations.get(name)
        if operation is None:
            return None
        if operation.status == "RUNNING":
            self._finish(operation)
        elif operation.status == "CREATED":
            operation.status = "RUNNING"
            self._finish(operation)
        return self._told(name)

    def result(self, number: int) -> str | None:
        """The JSONL of a finished operation."""
        operation = self._operations.get(f"gid://shopify/BulkOperation/{number}")
        return operation.lines if operation is not None and operation.status == "COMPLETED" else None

    def _finish(self, operation: Operation) -> None:
        data = self._run(operation.query)
        lines = [line for connection in data.values() for line in _lines(connection, None)]
        operation.roots = sum("__parentId" not in line for line in lines)
        operation.objects = len(lines)
        operation.lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        operation.status, operation.completed = "COMPLETED", self._now_ms()

    def _told(self, name: str) -> dict[str, Any]:
        one = self._operations[name]
        done = one.status == "COMPLETED"
        return {
            "__typename": "BulkOperation",
            "id": name,
            "status": one.status,
            "errorCode": None,
            "createdAt": iso_seconds(one.created),
            "completedAt": iso_seconds(one.completed) if one.completed else None,
            "objectCount": str(one.objects),
            "rootObjectCount": str(one.roots),
            "fileSize": str(len(one.lines.encode())) if done else None,
            "url": f"{self._base_url()}/bulk/{one.number}.jsonl" if done and one.lines else None,
            "partialDataUrl": None,
            "query": one.query,
        }


def _refused(code: str, message: str) -> dict[str, Any]:
    return {"bulkOperation": None, "userErrors": [{"code": code, "field": None, "message": message}]}


def _problem(query: str) -> str | None:
    """What the platform would refuse about a bulk query."""
    if len(query.encode()) > MAX_BYTES:
        return f"the query is longer than {MAX_BYTES} bytes"
    try:
        document = parse(query)
    except GraphQLError as error:
        return error.message
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].operation is not OperationType.QUERY:
        return "only one query operation can run in bulk"
    roots = [one.name.value for one in operations[0].selection_set.selections if isinstance(one, FieldNode)]
    if {"node", "nodes"} & set(roots):
        return "top-level node and nodes cannot run in bulk"
    depths = list(_connection_depths(operations[0].selection_set, 0))
    if not depths:
        return "a bulk query needs at least one connection with edges and node"
    if len(depths) > MAX_CONNECTIONS or max(depths) > MAX_DEPTH:
        return f"at most {MAX_CONNECTIONS} connections, nested at most {MAX_DEPTH} deep"
    return None


def _connection_depths(chosen: SelectionSetNode, depth: int) -> Iterator[int]:
    for one in chosen.selections:
        if not isinstance(one, FieldNode) or one.selection_set is None:
            continue
        is_connection = any(
            isinstance(child, FieldNode) and child.name.value == "edges" for child in one.selection_set.selections
        )
        if is_connection:
            yield depth + 1
        yield from _connection_depths(one.selection_set, depth + is_connection)


def _lines(connection: dict[str, Any], parent: str | None) -> Iterator[dict[str, Any]]:
    """A node per line; connections inside it follow as lines of their own."""
    for edge in connection["edges"]:
        nested = {name: value for name, value in edge["node"].items() if isinstance(value, dict) and "edges" in value}
        line = {name: value for name, value in edge["node"].items() if name not in nested}
        yield line if parent is None else {**line, "__parentId": parent}
        for child in nested.values():
            yield from _lines(child, line["id"])
