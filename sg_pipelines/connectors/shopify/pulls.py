"""Full pulls by bulk operation, incremental ones by modification time, named ones by id.

Shopify tells nobody of deletions: ids that a full pull no longer lists are looked up, and null means gone. Between full
pulls a deletion stays unseen.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sg_pipelines.connectors.pacing import Sleep
from sg_pipelines.connectors.shopify import queries
from sg_pipelines.connectors.shopify.mapping import CustomerMapping, deleted
from sg_pipelines.connectors.shopify.session import ShopifySession
from sg_pipelines.connectors.shopify.wire import read_nodes
from sg_pipelines.connectors.watermarks import latest
from sg_pipelines.errors import PlatformRefused, ProtocolViolation, Unavailable
from sg_pipelines.ports import Page, PullReport

FILE_PAGE, ID_PAGE = 1_000, 250
MOST_POINTS, PAGES_BEFORE_BULK = 1_000, 3
FIRST_POLL, LONGEST_POLL = 0.2, 10.0


class CustomerPulls:
    """Pulls of one shop."""

    def __init__(
        self, session: ShopifySession, mapping: CustomerMapping, account: str, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._session, self._mapping, self._account, self._sleep = session, mapping, account, sleep

    async def full(self, report: PullReport, known_ids: frozenset[str]) -> AsyncIterator[Page]:
        """Everything: start, poll, download; three calls are the least."""
        report.lower_bound += 3
        operation = await self._bulk(report)
        seen: set[str] = set()
        watermark: datetime | None = None
        if operation["url"]:
            async for page in self._file(operation["url"], report):
                watermark = latest(watermark, page.records)
                seen.update(record.record_id for record in page.records)
                yield page
        report.expected_records = int(operation["rootObjectCount"])
        async for page in self.by_ids(report, sorted(known_ids - seen)):
            yield page
        report.watermark = watermark

    async def changes(self, report: PullReport, since: datetime) -> AsyncIterator[Page]:
        """What was modified at or after `since`, in order of time; when that is much, the rest by bulk operation."""
        size, watermark, after = self._page_size(), since, None
        query = queries.changed_customers(self._mapping.metafields)
        report.notes.append("deletions at Shopify are seen by the next full pull")
        for _ in range(PAGES_BEFORE_BULK):
            variables = {"first": size, "after": after, "query": f"updated_at:>='{_written(since)}'"}
            connection = (await self._session.ask(query, variables, report, cost=self._cost(size)))["customers"]
            report.lower_bound += 1
            page = self.page(connection["nodes"], report)
            watermark = max(watermark, latest(None, page.records) or since)
            report.watermark = watermark
            yield page
            if not connection["pageInfo"]["hasNextPage"]:
                return
            after = connection["pageInfo"]["endCursor"]
        report.lower_bound += 3
        operation = await self._bulk(report, _written(watermark))
        if operation["url"]:
            async for page in self._file(operation["url"], report):
                report.watermark = max(report.watermark or since, latest(None, page.records) or since)
                yield page

    async def by_ids(self, report: PullReport, record_ids: Sequence[str]) -> AsyncIterator[Page]:
        """The named ones; null means gone."""
        size = min(ID_PAGE, self._page_size())
        report.lower_bound += math.ceil(len(record_ids) / size)
        query = queries.customers_by_id(self._mapping.metafields)
        for start in range(0, len(record_ids), size):
            wanted = record_ids[start : start + size]
            ids = [f"gid://shopify/Customer/{one}" for one in wanted]
            data = await self._session.ask(query, {"ids": ids}, report, cost=self._cost(len(ids)))
            page = self.page([node for node in data["nodes"] if node], report)
            gone = [deleted(one) for one, node in zip(wanted, data["nodes"], strict=True) if not node]
            report.records += len(gone)
            yield Page([*page.records, *gone], page.quarantined)

    # --- parts ---------------------------------------------------------------------------------------------

    async def _bulk(self, report: PullReport, since: str | None = None) -> dict[str, Any]:
        """Run to its end."""
        query = queries.bulk_customers(self._mapping.metafields, since)
        started = (await self._session.ask(queries.RUN_BULK, {"query": query}, report, cost=20.0))[
            "bulkOperationRunQuery"
        ]
        if started["userErrors"]:
            raise self._refused(started["userErrors"])
        name, pause = started["bulkOperation"]["id"], FIRST_POLL
        while True:
            operation: dict[str, Any] = (await self._session.ask(queries.POLL_BULK, {"id": name}, report))[
                "bulkOperation"
            ]
            if operation["status"] == "COMPLETED":
                return operation
            if operation["status"] in ("FAILED", "CANCELED", "EXPIRED"):
                raise PlatformRefused(
                    f"the bulk operation ended as {operation['status'].lower()} ({operation['errorCode']})",
                    where=self._account,
                    remedy="Run the full pulse again; nothing was taken from its partial data",
                )
            report.lower_bound += 1
            report.waited_seconds += pause
            await self._sleep(pause)
            pause = min(LONGEST_POLL, pause * 2)

    def _refused(self, errors: Sequence[dict[str, Any]]) -> PlatformRefused | Unavailable:
        said = str(errors[0]["message"])
        if "already in progress" in said:
            return Unavailable("too many bulk operations run at once", where=self._account, remedy="Run again later")
        return PlatformRefused(f"Shopify refused the bulk query: {said[:200]}", where=self._account)

    async def _file(self, url: str, report: PullReport) -> AsyncIterator[Page]:
        waiting: list[Any] = []
        async for line in self._session.lines(url, report):
            if not line.strip():
                continue
            try:
                waiting.append(json.loads(line))
            except json.JSONDecodeError:
                raise ProtocolViolation(
                    "the bulk file is cut in the middle", where=self._account, remedy="Run the full pulse again"
                ) from None
            report.seen_records += 1
            if len(waiting) == FILE_PAGE:
                yield self.page(waiting, report)
                waiting = []
        if waiting:
            yield self.page(waiting, report)

    def page(self, raw: Sequence[Any], report: PullReport) -> Page:
        """Nodes as records, the unusable ones put aside; counted on the report."""
        nodes, aside = read_nodes(raw)
        records = [self._mapping.record(node, whole) for node, whole in nodes]
        report.records += len(records)
        report.quarantined += len(aside)
        return Page(records, aside)

    def _page_size(self) -> int:
        """As many customers as fit the largest query: each costs its objects."""
        return min(ID_PAGE, (MOST_POINTS - 2) // self._points())

    def _points(self) -> int:
        return 4 + len(self._mapping.metafields)

    def _cost(self, size: int) -> float:
        return float(2 + size * self._points())


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
