"""Full, incremental and by-id pulls of one object, page by page.

Full: the list at 100 a page, then the archived list, then a look at known ids nobody listed. Incremental: search by
modification time as `questions.py` says, so that neither equal timestamps nor the 10,000 cap lose anything, then the
archived list. Ids consumed by merges are read off the survivors. Records with lines wait until a batch of associations is
full; a line item that changed alone does not move its deal's time, so changed line items are searched too.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sg_pipelines.connectors.answers import AGAIN
from sg_pipelines.connectors.hubspot.associations import ASSOCIATION_BATCH, LINES, Neighbourhood, associated, targets
from sg_pipelines.connectors.hubspot.mapping import NOTHING, ObjectMapping, instant, merged_ids
from sg_pipelines.connectors.hubspot.questions import ID, Question, asked_since
from sg_pipelines.connectors.hubspot.session import HubSpotSession
from sg_pipelines.connectors.hubspot.wire import ObjectRow, next_after, read_rows, total
from sg_pipelines.connectors.quarantine import unreadable
from sg_pipelines.connectors.watermarks import Newest, latest
from sg_pipelines.domain.model.record import Quarantined, Record, RecordState
from sg_pipelines.errors import ProtocolViolation
from sg_pipelines.ports.platforms import Page, PullReport

LIST_PAGE, BATCH, SEARCH_PAGE = 100, 100, 200
LINE_MODIFIED = "hs_lastmodifieddate"
Rows = tuple[list[ObjectRow], list[Quarantined]]


class ObjectPulls:
    """Pulls of one object of one account."""

    def __init__(self, session: HubSpotSession, mapping: ObjectMapping, account: str) -> None:
        self._session, self._mapping = session, mapping
        self._sheet = mapping.sheet
        self._where = f"{account} {self._sheet.object}"

    async def full(self, report: PullReport, known_ids: frozenset[str]) -> AsyncIterator[Page]:
        """Everything."""
        newest = Newest()
        seen: set[str] = set()
        async for page in self._complete(self._listed(report, archived=False), report):
            seen.update(record.record_id for record in page.records)
            newest.saw(page.records)
            yield page
        report.lower_bound += max(1, math.ceil(report.seen_records / LIST_PAGE))
        async for page in self._archived(report, since=None):
            seen.update(record.record_id for record in page.records)
            yield page
        async for page in self.by_ids(report, sorted(known_ids - seen)):
            yield page
        report.watermark = newest.at
        await self._count(report, newest)

    async def changes(self, report: PullReport, since: datetime) -> AsyncIterator[Page]:
        """What was modified at or after `since`, and what is archived."""
        watermark: datetime | None = None
        seen: set[str] = set()
        searched = self._searched(self._sheet.path, self._mapping.properties, self._sheet.modified, since, report)
        async for page in self._complete(searched, report):
            watermark = latest(watermark, page.records)
            seen.update(record.record_id for record in page.records)
            yield page
        report.seen_records = 0
        if self._sheet.has_lines:
            async for page in self.by_ids(report, await self._by_changed_lines(since, seen, report)):
                yield page
        async for page in self._archived(report, since=since):
            yield page
        report.watermark = max(watermark, since) if watermark else since

    async def by_ids(self, report: PullReport, record_ids: Sequence[str]) -> AsyncIterator[Page]:
        """The named ones; those that are neither live nor archived nor in a survivor's list are deleted."""
        report.lower_bound += math.ceil(len(record_ids) / BATCH)
        for start in range(0, len(record_ids), ASSOCIATION_BATCH):
            rows: list[ObjectRow] = []
            aside: list[Quarantined] = []
            gone: list[Record] = []
            for at in range(start, min(start + ASSOCIATION_BATCH, len(record_ids)), BATCH):
                wanted = list(record_ids[at : min(at + BATCH, start + ASSOCIATION_BATCH)])
                some, bad = read_rows(await self._read(wanted, report, archived=False), f"{self._where} batch read")
                there = {row["id"] for row in some} | {one.record_id for one in bad}
                missing = [one for one in wanted if one not in there]
                away, spoiled = await self._gone(missing, report) if missing else ([], [])
                rows, aside, gone = rows + some, aside + bad + spoiled, gone + away
            page = await self._page(rows, aside, report)
            report.records += len(gone)
            yield Page([*page.records, *gone], page.quarantined)

    # --- parts ---------------------------------------------------------------------------------------------

    async def _complete(self, pages: AsyncIterator[Rows], report: PullReport) -> AsyncIterator[Page]:
        """Pages as they come; of an object with lines as many together as fill a batch of associations."""
        rows: list[ObjectRow] = []
        aside: list[Quarantined] = []
        size = ASSOCIATION_BATCH if self._sheet.has_lines else 1
        async for some, bad in pages:
            rows, aside = rows + some, aside + bad
            report.seen_records += len(some) + len(bad)
            while len(rows) >= size:
                ready = rows[:size] if self._sheet.has_lines else rows
                yield await self._page(ready, aside, report)
                rows, aside = rows[len(ready) :], []
        if rows or aside or not report.seen_records:
            yield await self._page(rows, aside, report)

    async def _page(self, rows: Sequence[ObjectRow], aside: Sequence[Quarantined], report: PullReport) -> Page:
        """Records with what they are associated with, and one more for every id a merge consumed."""
        around = Neighbourhood({}, {})
        if self._sheet.has_lines and rows:
            around = await associated(self._session, self._sheet.object, [row["id"] for row in rows], report)
        records, quarantined = [], list(aside)
        for row in rows:
            if row["id"] in around.spoiled:
                quarantined.append(Quarantined(row["id"], around.spoiled[row["id"]]))
                continue
            try:
                record = self._mapping.record(row, around.of.get(row["id"], NOTHING))
            except ValueError as error:
                quarantined.append(unreadable(row["id"], error))
                continue
            records.append(record)
            records += [
                self._mapping.gone(consumed, RecordState.MERGED, record.modified_at, merged_into=row["id"])
                for consumed in merged_ids(row)
                if consumed != row["id"]
            ]
        report.records += len(records)
        report.quarantined += len(quarantined)
        return Page(records, quarantined)

    async def _listed(self, report: PullReport, *, archived: bool) -> AsyncIterator[Rows]:
        params = {
            "limit": str(LIST_PAGE),
            "properties": ",".join(self._mapping.properties),
            "archived": "true" if archived else "false",
        }
        after: str | None = None
        while True:
            asked = {**params, **({"after": after} if after else {})}
            body = await self._session.page(self._sheet.path, asked, report)
            yield read_rows(body, f"{self._where} list")
            after = next_after(body)
            if after is None:
                return

    async def _searched(
        self, path: str, properties: Sequence[str], modified: str, since: datetime, report: PullReport
    ) -> AsyncIterator[Rows]:
        """What was modified at or after an instant; each record once a time it was changed at."""
        met: set[tuple[str | None, str]] = set()
        nameless = 0
        asked: Question | None = asked_since(modified, round(since.timestamp() * 1000))
        while asked is not None:
            body = await self._session.post(f"{path}/search", asked.body(properties, limit=SEARCH_PAGE), report)
            rows, aside = read_rows(body, f"{self._where} search")
            asked = self._following(asked, modified, rows, has_more=next_after(body) is not None)
            fresh = [row for row in rows if (row["id"], _changed(row, modified)) not in met]
            yield fresh, [one for one in aside if (one.record_id, one.reason) not in met]
            met.update((row["id"], _changed(row, modified)) for row in rows)
            met.update((one.record_id, one.reason) for one in aside if one.record_id)
            nameless += sum(not one.record_id for one in aside)
        report.lower_bound += max(1, math.ceil((len(met) + nameless) / SEARCH_PAGE))

    def _following(
        self, asked: Question, modified: str, rows: Sequence[ObjectRow], *, has_more: bool
    ) -> Question | None:
        """What to ask after a page; None when nothing is left."""
        if not has_more:
            return asked.at_its_end()
        if not rows:
            said = "not one record of a page can be read"
            raise ProtocolViolation(said, where=f"{self._where} search", remedy=AGAIN)
        last_ms = round(self._changed_at(rows[-1], modified).timestamp() * 1000)
        return asked.after_page(last_ms=last_ms, last_id=int(rows[-1]["id"]))

    def _changed_at(self, row: ObjectRow, modified: str) -> datetime:
        """Where a search goes on: nothing behind a record that does not say when it changed would be found."""
        try:
            return instant(_changed(row, modified))
        except ValueError as error:
            said = "the last record of a page does not say when it changed"
            raise ProtocolViolation(said, where=f"{self._where} {row['id']}", remedy=AGAIN) from error

    async def _by_changed_lines(self, since: datetime, seen: set[str], report: PullReport) -> list[str]:
        """Records whose line items changed though they themselves did not."""
        lines: list[str | None] = []
        path = f"/crm/v3/objects/{LINES}"
        async for rows, aside in self._searched(path, [LINE_MODIFIED], LINE_MODIFIED, since, report):
            lines += [*(row["id"] for row in rows), *(one.record_id for one in aside)]
        spoiled: dict[str, str] = {}
        named = [one for one in lines if one]
        found = await targets(self._session, (LINES, self._sheet.object), named, report, spoiled) if named else {}
        if spoiled or None in lines:
            # Whose it is would be guesswork, and an order that changed would go unseen
            where = f"{self._where} of line items {', '.join(sorted(spoiled)) or 'without an id'}"
            raise ProtocolViolation("a changed line item does not say whose it is", where=where, remedy="Run again")
        return sorted({one for ids in found.values() for one in ids} - seen, key=int)

    async def _archived(self, report: PullReport, *, since: datetime | None) -> AsyncIterator[Page]:
        """Archived ones; the list has no filter, so an incremental pull reads it whole and keeps what is new."""
        listed = 0
        async for rows, aside in self._listed(report, archived=True):
            listed += len(rows)
            records, spoiled = self._away(rows)
            recent = [r for r in records if since is None or r.modified_at is None or r.modified_at >= since]
            report.records += len(recent)
            report.quarantined += len(aside) + len(spoiled)
            yield Page(recent, [*aside, *spoiled])
        report.lower_bound += max(1, math.ceil(listed / LIST_PAGE))

    async def _read(self, ids: list[str], report: PullReport, *, archived: bool) -> dict[str, Any]:
        body = {"inputs": [{"id": one} for one in ids], "properties": list(self._mapping.properties)}
        flag = "true" if archived else "false"
        return await self._session.post(f"{self._sheet.path}/batch/read?archived={flag}", body, report)

    async def _gone(self, ids: list[str], report: PullReport) -> tuple[list[Record], list[Quarantined]]:
        report.lower_bound += 1
        rows, aside = read_rows(await self._read(ids, report, archived=True), f"{self._where} batch read")
        records, spoiled = self._away(rows)
        archived, aside = {one.record_id: one for one in records}, aside + spoiled
        known = [one for one in ids if one not in {spoiled.record_id for spoiled in aside}]
        return [archived.get(one) or self._mapping.gone(one, RecordState.DELETED) for one in known], aside

    def _away(self, rows: Sequence[ObjectRow]) -> tuple[list[Record], list[Quarantined]]:
        """Archived rows as records, and those put aside."""
        records, aside = [], []
        for row in rows:
            try:
                records.append(self._mapping.record(row))
            except ValueError as error:
                aside.append(unreadable(row["id"], error))
        return records, aside

    async def _count(self, report: PullReport, newest: Newest) -> None:
        """The platform's own count, and how far work going on during the pull may have moved it: by what is as new as the
        newest we saw and was not seen."""
        everything = {"filterGroups": [], "limit": 1, "properties": [ID]}
        found = await self._session.post(f"{self._sheet.path}/search", everything, report)
        report.lower_bound += 1
        report.expected_records = total(found, f"{self._where} search")
        if report.expected_records != report.seen_records and newest.at is not None:
            start_ms = round(newest.at.timestamp() * 1000)
            recent = asked_since(self._sheet.modified, start_ms).body([ID], limit=1)
            moved = await self._session.post(f"{self._sheet.path}/search", recent, report)
            report.changed_during_pull = max(0, total(moved, f"{self._where} search") - newest.count)


def _changed(row: ObjectRow, modified: str) -> str:
    """When a record says it changed, as it is spelled."""
    return row["properties"].get(modified) or row["updatedAt"]
