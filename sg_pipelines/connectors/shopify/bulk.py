"""Bulk operations: started, waited for, their file read."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sg_pipelines.connectors.pacing import Sleep
from sg_pipelines.connectors.shopify import queries, shapes
from sg_pipelines.connectors.shopify.children import roots
from sg_pipelines.connectors.shopify.session import ShopifySession
from sg_pipelines.errors import PermissionMissing, PlatformRefused, ProtocolViolation, SgError, Unavailable
from sg_pipelines.ports.platforms import PullReport

FILE_PAGE = 1_000
FIRST_POLL, LONGEST_POLL = 0.2, 10.0
AGAIN = "Run the full pulse again; nothing was taken from its partial data"


@dataclass(frozen=True, slots=True)
class Operation:
    """One that is done. `began_at`: all that was changed by then is in the file; `url` is None when the file is empty."""

    url: str | None
    roots: int
    began_at: datetime


class BulkRuns:
    """Bulk operations of one shop."""

    def __init__(self, session: ShopifySession, account: str, sleep: Sleep = asyncio.sleep) -> None:
        self._session, self._account, self._sleep = session, account, sleep

    async def run(self, query: str, report: PullReport, *, grouped: bool) -> Operation:
        """Run to its end: start and poll are the two calls there must be; so is every poll that finds it still running, and
        later the download of a file that is not empty."""
        report.lower_bound += 2
        variables = {"query": query, "grouped": grouped}
        answer = await self._session.ask(queries.RUN_BULK, variables, report, shapes.RUN_BULK, cost=20.0)
        started = answer["bulkOperationRunQuery"]
        if started["userErrors"] or started["bulkOperation"] is None:
            raise self._refused(started["userErrors"])
        name, pause = started["bulkOperation"]["id"], FIRST_POLL
        while True:
            polled = await self._session.ask(queries.POLL_BULK, {"id": name}, report, shapes.POLL_BULK)
            operation = self._done(polled["bulkOperation"])
            if operation is not None:
                return operation
            report.lower_bound += 1
            report.waited_seconds += pause
            await self._sleep(pause)
            pause = min(LONGEST_POLL, pause * 2)

    async def pages(self, operation: Operation, report: PullReport, *, has_children: bool) -> AsyncIterator[list[Any]]:
        """The file's nodes with their children, by the thousand. The platform's own count goes on the report."""
        report.expected_records = (report.expected_records or 0) + operation.roots
        if operation.url is None:
            return
        report.lower_bound += 1
        with tempfile.TemporaryFile() as file:
            await self._session.download(operation.url, file, report)
            waiting: list[Any] = []
            for node in roots(file, has_children=has_children, account=self._account):
                report.seen_records += 1
                waiting.append(node)
                if len(waiting) == FILE_PAGE:
                    yield waiting
                    waiting = []
            if waiting:
                yield waiting

    def _done(self, told: shapes.Told | None) -> Operation | None:
        """None while it runs."""
        if told is None:
            raise ProtocolViolation("the bulk operation is not known any more", where=self._account, remedy=AGAIN)
        if told["status"] == "COMPLETED":
            began_at = datetime.fromisoformat(told["createdAt"])
            return Operation(told["url"], int(told["rootObjectCount"]), began_at)
        if told["errorCode"] == "ACCESS_DENIED":
            remedy = "Give the app the scope that `sg doctor` names, and approve access to protected customer data"
            raise PermissionMissing("the bulk operation was denied access", where=self._account, remedy=remedy)
        if told["status"] in ("FAILED", "CANCELED", "EXPIRED"):
            said = f"the bulk operation ended as {told['status'].lower()} ({told['errorCode']})"
            raise PlatformRefused(said, where=self._account, remedy=AGAIN)
        return None

    def _refused(self, errors: Sequence[shapes.UserError]) -> SgError:
        said = errors[0]["message"] if errors else "no reason given"
        if "already in progress" in said:
            return Unavailable("too many bulk operations run at once", where=self._account, remedy="Run again later")
        return PlatformRefused(f"Shopify refused the bulk query: {said[:200]}", where=self._account)
