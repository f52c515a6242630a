"""Bulk operations: checked, run while they are polled, delivered as JSONL with `__parentId` on children."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.shopify.bulk_checks import problems
from sg_pipelines.sandbox.shopify.projection import Lines

MAX_RUNNING, ABANDONED_MS = 5, 10_000
FINISHED = frozenset({"COMPLETED", "FAILED", "CANCELED", "EXPIRED"})
NOTHING = Lines("", 0, 0)


@dataclass(slots=True)
class Operation:
    """One bulk operation and, once it is done, its lines."""

    number: int
    query: str
    grouped: bool
    created: int
    polls_left: int
    status: str = "CREATED"
    completed: int | None = None
    lines: Lines = NOTHING


RunQuery = Callable[[Operation], Lines]


class BulkOperations:
    """The operations of one shop, in memory. `polls`: how often an operation is still RUNNING when asked about."""

    def __init__(
        self, run: RunQuery, now_ms: Callable[[], int], base_url: Callable[[], str], polls: Callable[[], int]
    ) -> None:
        self._run, self._now_ms, self._base_url, self._polls = run, now_ms, base_url, polls
        self._operations: dict[str, Operation] = {}

    def start(self, query: str, *, grouped: bool) -> dict[str, Any]:
        """The mutation's payload."""
        self._end_abandoned()
        wrong = problems(query)
        running = [name for name, one in self._operations.items() if one.status not in FINISHED]
        if wrong:
            return _refused([{"code": "INVALID", "field": ["query"], "message": message} for message in wrong])
        if len(running) >= MAX_RUNNING:
            message = f"Bulk query operations are already in progress: {', '.join(running)}."
            return _refused([{"code": "OPERATION_IN_PROGRESS", "field": None, "message": message}])
        number = len(self._operations) + 1
        name = f"gid://shopify/BulkOperation/{number}"
        self._operations[name] = Operation(number, query, grouped, self._now_ms(), self._polls())
        return {"bulkOperation": self._told(name), "userErrors": []}

    def poll(self, name: str) -> dict[str, Any] | None:
        """The operation as it is now; asking moves it on."""
        operation = self._operations.get(name)
        if operation is None:
            return None
        if operation.status in ("CREATED", "RUNNING"):
            self._move_on(operation)
        elif operation.status == "CANCELING":
            operation.status, operation.completed = "CANCELED", self._now_ms()
        return self._told(name)

    def current(self) -> dict[str, Any] | None:
        """The latest operation."""
        return self.poll(next(reversed(self._operations))) if self._operations else None

    def cancel(self, name: str) -> dict[str, Any]:
        """The mutation's payload; a finished operation cannot be cancelled."""
        operation = self._operations.get(name)
        if operation is None:
            return _refused([{"field": ["id"], "message": "Bulk operation does not exist"}])
        if operation.status in FINISHED:
            message = f"A bulk operation cannot be canceled when it is {operation.status.lower()}"
            return {**_refused([{"field": None, "message": message}]), "bulkOperation": self._told(name)}
        operation.status = "CANCELING"
        return {"bulkOperation": self._told(name), "userErrors": []}

    def result(self, number: int) -> str | None:
        """The JSONL of a finished operation."""
        operation = self._operations.get(f"gid://shopify/BulkOperation/{number}")
        return operation.lines.text if operation is not None and operation.status == "COMPLETED" else None

    def _end_abandoned(self) -> None:
        """What nobody asks about comes to its end all the same."""
        for one in self._operations.values():
            if one.status in ("CREATED", "RUNNING") and self._now_ms() - one.created > ABANDONED_MS:
                one.polls_left = 0
                self._move_on(one)

    def _move_on(self, operation: Operation) -> None:
        if operation.polls_left > 0:
            operation.status, operation.polls_left = "RUNNING", operation.polls_left - 1
            return
        operation.lines = self._run(operation)
        operation.status, operation.completed = "COMPLETED", self._now_ms()

    def _told(self, name: str) -> dict[str, Any]:
        one = self._operations[name]
        done = one.status == "COMPLETED"
        return {
            "__typename": "BulkOperation",
            "id": name,
            "type": "QUERY",
            "status": one.status,
            "errorCode": None,
            "createdAt": iso_seconds(one.created),
            "completedAt": iso_seconds(one.completed) if one.completed else None,
            "objectCount": str(one.lines.objects),
            "rootObjectCount": str(one.lines.roots),
            "fileSize": str(len(one.lines.text.encode())) if done else None,
            "url": f"{self._base_url()}/bulk/{one.number}.jsonl" if done and one.lines.text else None,
            "partialDataUrl": None,
            "query": one.query,
        }


def _refused(errors: list[dict[str, Any]]) -> dict[str, Any]:
    return {"bulkOperation": None, "userErrors": errors}
