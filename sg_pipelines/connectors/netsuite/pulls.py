"""Full, incremental and by-id pulls through SuiteQL, keyset by id or by (time, id): paging by offset is no snapshot.

The lower bound counts the data pages, the count that proves completeness, and the look at deleted records: NetSuite
offers no cheaper way to any of them.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sg_pipelines.connectors.netsuite.mapping import FORMAT, CustomerMapping, instant, written
from sg_pipelines.connectors.netsuite.session import PAGE, NetSuiteSession
from sg_pipelines.connectors.netsuite.wire import CustomerRow, read_rows
from sg_pipelines.connectors.watermarks import latest
from sg_pipelines.domain.model.record import Record, RecordState
from sg_pipelines.ports import Page, PullReport

PERSONS = "c.isperson = 'T'"
TIME = f"TO_TIMESTAMP(?, '{FORMAT}')"


class CustomerPulls:
    """Pulls of one account."""

    def __init__(self, session: NetSuiteSession, mapping: CustomerMapping, account: str) -> None:
        self._session, self._mapping, self._account = session, mapping, account

    async def full(self, report: PullReport, known_ids: frozenset[str]) -> AsyncIterator[Page]:
        """Everything by ascending id, then what was deleted."""
        seen: set[str] = set()
        watermark: datetime | None = None
        last, found = "0", 0
        while True:
            sql = f"{self._mapping.select} WHERE {PERSONS} AND c.id > ? ORDER BY c.id"
            body, rows, page = await self._read(sql, [last], report)
            watermark = latest(watermark, page.records)
            seen.update(row["id"] for row in rows)
            found += len(body["items"])
            yield page
            if not body["hasMore"] or not rows:
                break
            last = rows[-1]["id"]
        report.seen_records = found
        report.lower_bound += max(1, math.ceil(found / PAGE))
        await self._count(report, watermark)
        yield await self._deleted(report, since=None, alive=seen)
        unexplained = sorted(known_ids - seen)
        async for page in self.by_ids(report, unexplained):
            yield page
        report.watermark = watermark

    async def changes(self, report: PullReport, since: datetime) -> AsyncIterator[Page]:
        """What was modified at or after `since`. Times have whole seconds, so a page may end among equals: the next one
        goes on by id."""
        watermark, found, after = since, 0, None
        while True:
            sql, parameters = self._changed(since, after)
            body, rows, page = await self._read(sql, parameters, report)
            watermark = latest(watermark, page.records) or since
            found += len(body["items"])
            yield page
            if not body["hasMore"] or not rows:
                break
            after = (rows[-1]["modified"], rows[-1]["id"])
        report.lower_bound += max(1, math.ceil(found / PAGE))
        yield await self._deleted(report, since=since, alive=set())
        report.watermark = watermark

    async def by_ids(self, report: PullReport, record_ids: Sequence[str]) -> AsyncIterator[Page]:
        """The named ones; what is not there any more is deleted."""
        report.lower_bound += math.ceil(len(record_ids) / PAGE)
        for start in range(0, len(record_ids), PAGE):
            wanted = list(record_ids[start : start + PAGE])
            marks = ", ".join("?" * len(wanted))
            sql = f"{self._mapping.select} WHERE c.id IN ({marks}) ORDER BY c.id"
            _, rows, page = await self._read(sql, wanted, report)
            there = {row["id"] for row in rows} | {one.record_id for one in page.quarantined}
            gone = [Record(one, RecordState.DELETED, None, payload={}) for one in wanted if one not in there]
            report.records += len(gone)
            yield Page([*page.records, *gone], page.quarantined)

    # --- parts ---------------------------------------------------------------------------------------------

    def _changed(self, since: datetime, after: tuple[str, str] | None) -> tuple[str, list[str]]:
        order = "ORDER BY c.lastmodifieddate, c.id"
        if after is None:
            return f"{self._mapping.select} WHERE {PERSONS} AND c.lastmodifieddate >= {TIME} {order}", [written(since)]
        past = f"(c.lastmodifieddate > {TIME} OR (c.lastmodifieddate = {TIME} AND c.id > ?))"
        return f"{self._mapping.select} WHERE {PERSONS} AND {past} {order}", [after[0], after[0], after[1]]

    async def _read(
        self, sql: str, parameters: list[str], report: PullReport
    ) -> tuple[dict[str, Any], list[CustomerRow], Page]:
        body = await self._session.query(sql, parameters, report)
        rows, aside = read_rows(body, f"{self._account} customers")
        records = [self._mapping.record(row) for row in rows]
        report.records += len(records)
        report.quarantined += len(aside)
        return body, rows, Page(records, aside)

    async def _deleted(self, report: PullReport, *, since: datetime | None, alive: set[str]) -> Page:
        """Deleted customers, by ascending time; an id that is there again is not deleted."""
        records: list[Record] = []
        start = written(since) if since else "1970-01-01 00:00:00"
        calls = 0
        while True:
            sql = (
                f"SELECT d.recordid AS id, TO_CHAR(d.deleteddate, '{FORMAT}') AS modified FROM deletedrecord d "
                f"WHERE d.type = 'customer' AND d.deleteddate >= {TIME} ORDER BY d.deleteddate, d.recordid"
            )
            body = await self._session.query(sql, [start], report)
            rows, _ = read_rows(body, f"{self._account} deleted records")
            calls += 1
            records += [
                Record(row["id"], RecordState.DELETED, instant(row["modified"]), payload={})
                for row in rows
                if row["id"] not in alive
            ]
            if not body["hasMore"] or not rows or rows[-1]["modified"] == start:
                break
            start = rows[-1]["modified"]
        report.lower_bound += calls
        report.records += len(records)
        return Page(records)

    async def _count(self, report: PullReport, watermark: datetime | None) -> None:
        body = await self._session.query(
            f"SELECT COUNT(c.id) AS n FROM customer c WHERE {PERSONS}", [], report, limit=1
        )
        report.lower_bound += 1
        report.expected_records = int(body["items"][0]["n"])
        if report.expected_records != report.seen_records and watermark is not None:
            sql = f"SELECT COUNT(c.id) AS n FROM customer c WHERE {PERSONS} AND c.lastmodifieddate >= {TIME}"
            moved = await self._session.query(sql, [written(watermark)], report, limit=1)
            report.changed_during_pull = int(moved["items"][0]["n"])
