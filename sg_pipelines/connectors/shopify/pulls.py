"""Full pulls by bulk operation, incremental ones by modification time, named ones by id.

Shopify tells nobody of deletions: ids that a full pull no longer lists are looked up, and null means gone. Between full
pulls a deletion stays unseen.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sg_pipelines.connectors.answers import AGAIN
from sg_pipelines.connectors.quarantine import unreadable
from sg_pipelines.connectors.shopify import queries, shapes
from sg_pipelines.connectors.shopify.around import changed_around
from sg_pipelines.connectors.shopify.bulk import BulkRuns
from sg_pipelines.connectors.shopify.children import taken_out
from sg_pipelines.connectors.shopify.mapping import NodeMapping, deleted
from sg_pipelines.connectors.shopify.points import CONNECTION_POINTS, points_of_node
from sg_pipelines.connectors.shopify.session import ShopifySession
from sg_pipelines.connectors.shopify.wire import CHILDREN, read_nodes, record_id
from sg_pipelines.connectors.watermarks import latest
from sg_pipelines.errors import ProtocolViolation
from sg_pipelines.ports.platforms import Page, PullReport

ID_PAGE = 250
MOST_POINTS = 1_000
REST_COST = float(MOST_POINTS)
BY_TIME = "UPDATED_AT"


class NodePulls:
    """Pulls of one kind of one shop."""

    def __init__(self, session: ShopifySession, mapping: NodeMapping, account: str) -> None:
        self._session, self._mapping, self._sheet = session, mapping, mapping.sheet
        self._account, self._bulk = account, BulkRuns(session, account)

    @property
    def columns(self) -> tuple[str, ...]:
        """What the mapping fills."""
        return self._mapping.columns

    @property
    def scopes(self) -> tuple[str, ...]:
        """What the app must be granted."""
        return self._sheet.scopes

    async def full(self, report: PullReport, known_ids: frozenset[str]) -> AsyncIterator[Page]:
        """Everything, then what is known and no longer listed."""
        seen: set[str] = set()
        async for page in self._in_bulk(report, None):
            seen.update(record.record_id for record in page.records)
            yield page
        async for page in self.by_ids(report, sorted(known_ids - seen)):
            yield page

    async def changes(self, report: PullReport, *, since: datetime, start: datetime) -> AsyncIterator[Page]:
        """What was modified at or after `start` itself or has something beside it that was; when that is much, in bulk.
        The next pull starts from the latest time seen, and never before `since`.

        What is beside records is asked for first: of what is read later nothing then is newer than what was asked about.
        """
        report.notes.append("deletions at Shopify are seen by the next full pull")
        around = await changed_around(self._session, self._sheet.type, _written(start), report)
        report.watermark = max(since, around.latest or since)
        if around.is_much:
            async for page in self._in_bulk(report, None):
                yield page
            return
        seen: set[str] = set()
        async for page in self._changed(report, start):
            seen.update(record.record_id for record in page.records)
            yield page
        async for page in self.by_ids(report, sorted(around.record_ids - seen, key=int)):
            yield page

    async def by_ids(self, report: PullReport, record_ids: Sequence[str]) -> AsyncIterator[Page]:
        """The named ones; null means gone."""
        query = queries.by_id(self._sheet, self._mapping.metafields)
        points = points_of_node(query, "nodes")
        size = min(ID_PAGE, (MOST_POINTS - CONNECTION_POINTS) // points)
        report.lower_bound += math.ceil(len(record_ids) / size)
        for first in range(0, len(record_ids), size):
            wanted = record_ids[first : first + size]
            ids = [f"gid://shopify/{self._sheet.type}/{one}" for one in wanted]
            cost = float(CONNECTION_POINTS + len(ids) * points)
            data = await self._session.ask(query, {"ids": ids}, report, shapes.BY_ID, cost=cost)
            if len(data["nodes"]) != len(ids):
                said = f"{len(data['nodes'])} nodes came of {len(ids)} that were named"
                raise ProtocolViolation(said, where=f"{self._account} GraphQL", remedy=AGAIN)
            gone = [one for one, node in zip(wanted, data["nodes"], strict=True) if not node]
            yield await self._page([node for node in data["nodes"] if node], report, gone)

    async def sample(self, size: int, report: PullReport) -> Page:
        """A few, for the doctor."""
        connection = await self._page_of(size, datetime.fromtimestamp(0, UTC), report, counts=False)
        return await self._page(connection["nodes"], report)

    # --- parts ---------------------------------------------------------------------------------------------

    async def _changed(self, report: PullReport, start: datetime) -> AsyncIterator[Page]:
        """A page when all of it fits on one, else in bulk: that costs a call or two more than a second page and none of
        its points, and a bucket that pages have emptied fills in twenty seconds."""
        points = points_of_node(queries.changed(self._sheet, self._mapping.metafields), self._sheet.connection)
        size, reached = min(ID_PAGE, (MOST_POINTS - CONNECTION_POINTS) // points), start
        waiting = await self._waiting(report, start)
        if waiting == 0:
            return
        if waiting is None or waiting <= size:
            connection = await self._page_of(waiting or size, start, report)
            report.lower_bound += 1
            page = await self._page(connection["nodes"], report)
            report.watermark = latest(report.watermark, page.records)
            yield page
            if not connection["pageInfo"]["hasNextPage"]:
                return
            reached = (latest(None, page.records) if self._sheet.sort == BY_TIME else None) or start
        async for rest in self._in_bulk(report, reached):
            yield rest

    async def _waiting(self, report: PullReport, start: datetime) -> int | None:
        """How many were modified at or after an instant; None where the platform does not count them."""
        if self._sheet.counted is None:
            return None
        query = queries.waiting(self._sheet.counted)
        data = await self._session.ask(query, {"query": _since(start)}, report, shapes.WAITING)
        report.lower_bound += 1
        return next(iter(data.values()))["count"]

    async def _in_bulk(self, report: PullReport, start: datetime | None) -> AsyncIterator[Page]:
        """All of it, or what was modified at or after an instant. What people did while the operation ran may be in the
        file or not: the next pull starts no later than the operation did."""
        query = queries.bulk(self._sheet, self._mapping.metafields, _written(start) if start else None)
        has_children = self._sheet.nested is not None
        operation = await self._bulk.run(query, report, grouped=has_children)
        async for nodes in self._bulk.pages(operation, report, has_children=has_children):
            page = self._read(nodes, report)
            seen = latest(report.watermark, page.records)
            report.watermark = min(seen, operation.began_at) if seen else None
            yield page

    async def _page_of(
        self, size: int, start: datetime, report: PullReport, *, counts: bool = True
    ) -> shapes.Connection:
        query, name = queries.changed(self._sheet, self._mapping.metafields), self._sheet.connection
        cost = float(CONNECTION_POINTS + size * points_of_node(query, name))
        variables = {"first": size, "query": _since(start)}
        data = await self._session.ask(query, variables, report, shapes.CHANGED, cost=cost, counts=counts)
        return next(iter(data.values()))

    async def _page(self, nodes: Sequence[Any], report: PullReport, gone: Sequence[str] = ()) -> Page:
        """Nodes of a page with all that is nested in them, and those that are gone."""
        whole, vanished = [], list(gone)
        for node in nodes:
            if self._sheet.nested is None or not isinstance(node, dict) or await self._completed(node, report):
                whole.append(node)
            else:
                vanished.append(record_id(node["id"]) or "")
        page = self._read(whole, report)
        report.records += len(vanished)
        return Page([*page.records, *map(deleted, vanished)], page.quarantined)

    async def _completed(self, node: dict[str, Any], report: PullReport) -> bool:
        """Whether the node is still there once what its page cut off was read, which is counted."""
        nested = self._sheet.nested
        assert nested is not None
        after = taken_out(nested, node)
        while after is not None:
            report.lower_bound += 1
            asked = {"id": node["id"], "after": after}
            query = queries.rest(self._sheet, nested)
            more = (await self._session.ask(query, asked, report, shapes.REST, cost=REST_COST))["node"]
            if not more:
                return False
            after = taken_out(nested, more)
            whole = isinstance(more[CHILDREN], list)
            node[CHILDREN] = node[CHILDREN] + more[CHILDREN] if whole else more[CHILDREN]
        return True

    def _read(self, raw: Sequence[Any], report: PullReport) -> Page:
        """Nodes as records, the unusable ones put aside; counted on the report."""
        nodes, aside = read_nodes(raw, self._sheet.adapter)
        records = []
        for node in nodes:
            try:
                records.append(self._mapping.record(node))
            except ValueError as error:
                aside.append(unreadable(record_id(node["id"]) or "", error))
        report.records += len(records)
        report.quarantined += len(aside)
        report.left_out += sum(map(self._sheet.left_out, nodes))
        return Page(records, aside)


def _since(instant: datetime) -> str:
    return f"updated_at:>='{_written(instant)}'"


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
