"""Full, incremental and by-id pulls through SuiteQL, keyset by id or by (time, id): paging by offset is no snapshot.

Sublists (order lines, prices, stock) are read by queries of their own. The lower bound counts the data pages of records and
of sublists, the count that proves completeness, and the look at deleted records: NetSuite offers no cheaper way to any.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sg_pipelines.connectors.netsuite.mapping import FORMAT, RecordMapping, instant, written
from sg_pipelines.connectors.netsuite.session import PAGE, NetSuiteSession
from sg_pipelines.connectors.netsuite.sublists import Sublist, Sweep, of_owners
from sg_pipelines.connectors.netsuite.wire import Row, counted, has_more, read_rows
from sg_pipelines.connectors.quarantine import unreadable
from sg_pipelines.connectors.watermarks import Newest, latest
from sg_pipelines.domain.model.record import Quarantined, Record, RecordState
from sg_pipelines.ports.platforms import Page, PullReport

TIME = f"TO_TIMESTAMP(?, '{FORMAT}')"


class RecordPulls:
    """Pulls of one kind of one account."""

    def __init__(self, session: NetSuiteSession, mapping: RecordMapping, account: str) -> None:
        self._session, self._mapping, self._account = session, mapping, account
        self._sheet = mapping.sheet
        self._id = f"{self._sheet.record}.id"

    async def full(self, report: PullReport, known_ids: frozenset[str]) -> AsyncIterator[Page]:
        """Everything by ascending id, then what was deleted."""
        seen: set[str] = set()
        newest = Newest()
        last, found = "0", 0
        sweeps = {detail.name: Sweep(self._session, detail, self._account) for detail in self._sheet.details}
        while True:
            sql = f"{self._mapping.select} WHERE {self._sheet.where} AND {self._id} > ? ORDER BY {self._id}"
            body, rows, aside = await self._read(sql, [last], report)
            is_last = not has_more(body, rows, f"{self._account} {self._sheet.record}")
            reach = None if is_last else rows[-1]["id"]
            sublists = {name: await sweep.up_to(reach, report) for name, sweep in sweeps.items()}
            page = self._page(rows, aside, sublists, report)
            newest.saw(page.records)
            seen.update(row["id"] for row in rows)
            found += len(body["items"])
            yield page
            if is_last:
                break
            last = rows[-1]["id"]
        report.seen_records = found
        report.lower_bound += max(1, math.ceil(found / PAGE))
        await self._count(report, newest)
        yield await self._deleted(report, since=None, alive=seen)
        async for page in self.by_ids(report, sorted(known_ids - seen)):
            yield page
        report.watermark = newest.at

    async def changes(self, report: PullReport, since: datetime) -> AsyncIterator[Page]:
        """What was modified at or after `since`. Times have whole seconds, so a page may end among equals: the next one
        goes on by id."""
        watermark, found, after = since, 0, None
        while True:
            sql, parameters = self._changed(since, after)
            body, rows, aside = await self._read(sql, parameters, report)
            page = self._page(rows, aside, await self._sublists(rows, report), report)
            watermark = latest(watermark, page.records) or since
            found += len(body["items"])
            yield page
            if not has_more(body, rows, f"{self._account} {self._sheet.record}"):
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
            sql = f"{self._mapping.select} WHERE {self._id} IN ({marks}) ORDER BY {self._id}"
            _, rows, aside = await self._read(sql, wanted, report)
            page = self._page(rows, aside, await self._sublists(rows, report), report)
            there = {row["id"] for row in rows} | {one.record_id for one in page.quarantined}
            gone = [Record(one, RecordState.DELETED, None, payload={}) for one in wanted if one not in there]
            report.records += len(gone)
            yield Page([*page.records, *gone], page.quarantined)

    # --- parts ---------------------------------------------------------------------------------------------

    def _changed(self, since: datetime, after: tuple[str, str] | None) -> tuple[str, list[str]]:
        modified = self._sheet.modified
        whole = f"{self._mapping.select} WHERE {self._sheet.where}"
        order = f"ORDER BY {modified}, {self._id}"
        if after is None:
            return f"{whole} AND {modified} >= {TIME} {order}", [written(since)]
        past = f"({modified} > {TIME} OR ({modified} = {TIME} AND {self._id} > ?))"
        return f"{whole} AND {past} {order}", [after[0], after[0], after[1]]

    async def _read(
        self, sql: str, parameters: list[str], report: PullReport
    ) -> tuple[dict[str, Any], list[Row], list[Quarantined]]:
        body = await self._session.query(sql, parameters, report)
        rows, aside = read_rows(body, f"{self._account} {self._sheet.deleted_type}")
        return body, rows, aside

    async def _sublists(self, rows: Sequence[Row], report: PullReport) -> dict[str, Sublist]:
        owners = [row["id"] for row in rows]
        if not owners:
            return {detail.name: Sublist() for detail in self._sheet.details}
        return {
            detail.name: await of_owners(self._session, detail, self._account, owners, report)
            for detail in self._sheet.details
        }

    def _page(
        self, rows: Sequence[Row], aside: Sequence[Quarantined], sublists: Mapping[str, Sublist], report: PullReport
    ) -> Page:
        """Records with their sublists; one with a sublist that cannot be used is put aside whole."""
        spoiled = {owner: reason for sublist in sublists.values() for owner, reason in sublist.spoiled.items()}
        quarantined = [*aside, *(Quarantined(owner or None, f"a line: {said}") for owner, said in spoiled.items())]
        records = []
        for row in (one for one in rows if one["id"] not in spoiled):
            details = {name: one.rows.get(row["id"], []) for name, one in sublists.items()}
            try:
                records.append(self._mapping.record(row, details))
            except ValueError as error:
                quarantined.append(unreadable(row["id"], error))
                continue
            report.left_out += self._sheet.left_out(details)
        report.records += len(records)
        report.quarantined += len(quarantined)
        return Page(records, quarantined)

    async def _deleted(self, report: PullReport, *, since: datetime | None, alive: set[str]) -> Page:
        """Deleted records of this type, by ascending time; an id that is there again is not deleted."""
        records: list[Record] = []
        aside: list[Quarantined] = []
        chosen, parameters = f"d.deleteddate >= {TIME}", [written(since) if since else "1970-01-01 00:00:00"]
        calls = 0
        while True:
            sql = (
                f"SELECT d.recordid AS id, TO_CHAR(d.deleteddate, '{FORMAT}') AS modified FROM deletedrecord d "
                f"WHERE d.type = '{self._sheet.deleted_type}' AND {chosen} ORDER BY d.deleteddate, d.recordid"
            )
            body = await self._session.query(sql, parameters, report)
            rows, bad = read_rows(body, f"{self._account} deleted records")
            aside += bad
            calls += 1
            records += [
                Record(row["id"], RecordState.DELETED, instant(row["modified"]), payload={})
                for row in rows
                if row["id"] not in alive
            ]
            if not has_more(body, rows, f"{self._account} deleted records"):
                break
            chosen = f"(d.deleteddate > {TIME} OR (d.deleteddate = {TIME} AND d.recordid > ?))"
            parameters = [rows[-1]["modified"], rows[-1]["modified"], rows[-1]["id"]]
        report.lower_bound += calls
        report.records += len(records)
        report.quarantined += len(aside)
        return Page(records, aside)

    async def _count(self, report: PullReport, newest: Newest) -> None:
        """The account's own count, and how far work going on during the pull may have moved it: by what is as new as the
        newest we saw and was not seen."""
        table = self._sheet.source.partition(" LEFT ")[0]
        counting = f"SELECT COUNT({self._id}) AS n FROM {table} WHERE {self._sheet.where}"
        where = f"{self._account} count"
        report.expected_records = counted(await self._session.query(counting, [], report, limit=1), where)
        report.lower_bound += 1
        if report.expected_records != report.seen_records and newest.at is not None:
            recent = f"{counting} AND {self._sheet.modified} >= {TIME}"
            moved = await self._session.query(recent, [written(newest.at)], report, limit=1)
            report.changed_during_pull = max(0, counted(moved, where) - newest.count)
