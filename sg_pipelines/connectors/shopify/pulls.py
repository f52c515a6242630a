"""Full pulls by bulk operation, incremental ones by modification time, named ones by id.

Shopify tells nobody of deletions: ids that a full pull no longer lists are looked up, and null means gone. Between full
pulls a deletion stays unseen.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sg_pipelines.connectors.pacing import Sleep
from sg_pipelines.connectors.shopify import queries
from sg_pipelines.connectors.shopify.children import roots, taken_out
from sg_pipelines.connectors.shopify.levels import changed_variants
from sg_pipelines.connectors.shopify.mapping import NodeMapping, deleted
from sg_pipelines.connectors.shopify.points import CONNECTION_POINTS, points_of_node
from sg_pipelines.connectors.shopify.session import ShopifySession
from sg_pipelines.connectors.shopify.wire import CHILDREN, read_nodes
from sg_pipelines.connectors.watermarks import latest
from sg_pipelines.errors import PlatformRefused, Unavailable
from sg_pipelines.ports import Page, PullReport

FILE_PAGE, ID_PAGE = 1_000, 250
MOST_POINTS, PAGES_BEFORE_BULK = 1_000, 3
FIRST_POLL, LONGEST_POLL = 0.2, 10.0
BY_TIME = "UPDATED_AT"


class NodePulls:
    """Pulls of one kind of one shop."""

    def __init__(
        self, session: ShopifySession, mapping: NodeMapping, account: str, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._session, self._mapping, self._account, self._sleep = session, mapping, account, sleep
        self._sheet = mapping.sheet

    @property
    def columns(self) -> tuple[str, ...]:
        """What the mapping fills."""
        return self._mapping.columns

    @property
    def scopes(self) -> tuple[str, ...]:
        """What the app must be granted."""
        return self._sheet.scopes

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
        """What was modified at or after `since`; when that is much, the rest by bulk operation. Stock that changed alone is
        looked for at every location."""
        report.notes.append("deletions at Shopify are seen by the next full pull")
        seen: set[str] = set()
        async for page in self._changed(report, since):
            seen.update(record.record_id for record in page.records)
            yield page
        if self._sheet.type == "ProductVariant":
            moved = await changed_variants(self._session, _written(since), report)
            async for page in self.by_ids(report, sorted(moved - seen, key=int)):
                yield page

    async def by_ids(self, report: PullReport, record_ids: Sequence[str]) -> AsyncIterator[Page]:
        """The named ones; null means gone."""
        query = queries.by_id(self._sheet, self._mapping.metafields)
        points = points_of_node(query, "nodes")
        size = min(ID_PAGE, (MOST_POINTS - CONNECTION_POINTS) // points)
        report.lower_bound += math.ceil(len(record_ids) / size)
        for start in range(0, len(record_ids), size):
            wanted = record_ids[start : start + size]
            ids = [f"gid://shopify/{self._sheet.type}/{one}" for one in wanted]
            cost = float(CONNECTION_POINTS + len(ids) * points)
            data = await self._session.ask(query, {"ids": ids}, report, cost=cost)
            page = self.page(await self._whole([node for node in data["nodes"] if node], report), report)
            gone = [deleted(one) for one, node in zip(wanted, data["nodes"], strict=True) if not node]
            report.records += len(gone)
            yield Page([*page.records, *gone], page.quarantined)

    async def sample(self, size: int, report: PullReport) -> Page:
        """A few, for the doctor."""
        data = await self._page_of(size, None, datetime.fromtimestamp(0, UTC), report, counts=False)
        return self.page(await self._whole(data["nodes"], report), report)

    # --- parts ---------------------------------------------------------------------------------------------

    async def _changed(self, report: PullReport, since: datetime) -> AsyncIterator[Page]:
        query = queries.changed(self._sheet, self._mapping.metafields)
        points = points_of_node(query, self._sheet.connection)
        size, watermark, after = min(ID_PAGE, (MOST_POINTS - CONNECTION_POINTS) // points), since, None
        for _ in range(PAGES_BEFORE_BULK):
            connection = await self._page_of(size, after, since, report)
            report.lower_bound += 1
            page = self.page(await self._whole(connection["nodes"], report), report)
            watermark = max(watermark, latest(None, page.records) or since)
            report.watermark = watermark
            yield page
            if not connection["pageInfo"]["hasNextPage"]:
                return
            after = connection["pageInfo"]["endCursor"]
        report.lower_bound += 3
        operation = await self._bulk(report, _written(watermark if self._sheet.sort == BY_TIME else since))
        if operation["url"]:
            async for page in self._file(operation["url"], report):
                report.watermark = max(report.watermark or since, latest(None, page.records) or since)
                yield page

    async def _page_of(
        self, size: int, after: str | None, since: datetime, report: PullReport, *, counts: bool = True
    ) -> dict[str, Any]:
        query = queries.changed(self._sheet, self._mapping.metafields)
        cost = float(CONNECTION_POINTS + size * points_of_node(query, self._sheet.connection))
        variables = {"first": size, "after": after, "query": f"updated_at:>='{_written(since)}'"}
        connection: dict[str, Any] = (await self._session.ask(query, variables, report, cost=cost, counts=counts))[
            self._sheet.connection
        ]
        return connection

    async def _whole(self, nodes: Sequence[Any], report: PullReport) -> list[Any]:
        """Nodes with all that is nested in them; what a page cut off is read node by node, and counted."""
        nested = self._sheet.nested
        if nested is None:
            return list(nodes)
        for node in nodes:
            after = taken_out(nested, node)
            while after is not None:
                report.lower_bound += 1
                variables = {"id": node["id"], "after": after}
                cost = float(CONNECTION_POINTS + queries.NESTED_PAGE * 3)
                more = (await self._session.ask(queries.rest(self._sheet, nested), variables, report, cost=cost))[
                    "node"
                ]
                after = taken_out(nested, more)
                node[CHILDREN] += more[CHILDREN]
        return list(nodes)

    async def _bulk(self, report: PullReport, since: str | None = None) -> dict[str, Any]:
        """Run to its end."""
        query = queries.bulk(self._sheet, self._mapping.metafields, since)
        variables = {"query": query, "grouped": self._sheet.nested is not None}
        started = (await self._session.ask(queries.RUN_BULK, variables, report, cost=20.0))["bulkOperationRunQuery"]
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
        lines = self._session.lines(url, report)
        async for node in roots(lines, has_children=self._sheet.nested is not None, account=self._account):
            report.seen_records += 1
            waiting.append(node)
            if len(waiting) == FILE_PAGE:
                yield self.page(waiting, report)
                waiting = []
        if waiting:
            yield self.page(waiting, report)

    def page(self, raw: Sequence[Any], report: PullReport) -> Page:
        """Nodes as records, the unusable ones put aside; counted on the report."""
        nodes, aside = read_nodes(raw, self._sheet.adapter)
        records = [self._mapping.record(node) for node in nodes]
        report.records += len(records)
        report.quarantined += len(aside)
        return Page(records, aside)


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
