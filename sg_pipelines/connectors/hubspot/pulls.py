"""Full, incremental and by-id pulls of contacts, page by page.

Full: the list at 100 a page, then the archived list, then a look at known ids nobody listed. Incremental: search by
modification time, keyset by (time, id), so that neither equal timestamps nor the 10,000 cap lose anything, then the
archived list. Ids consumed by merges are read off the survivors.
"""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sg_pipelines.connectors.hubspot.mapping import ContactMapping, instant, merged_ids
from sg_pipelines.connectors.hubspot.session import HubSpotSession
from sg_pipelines.connectors.hubspot.wire import ContactRow, next_after, read_rows
from sg_pipelines.connectors.watermarks import latest
from sg_pipelines.domain.model.record import Record, RecordState
from sg_pipelines.ports import Page, PullReport

OBJECTS = "/crm/v3/objects/contacts"
LIST_PAGE, BATCH, SEARCH_PAGE, REACHABLE = 100, 100, 200, 10_000


class ContactPulls:
    """Pulls of one account."""

    def __init__(self, session: HubSpotSession, mapping: ContactMapping, account: str) -> None:
        self._session, self._mapping, self._account = session, mapping, account

    async def full(self, report: PullReport, known_ids: frozenset[str]) -> AsyncIterator[Page]:
        """Everything."""
        began = None
        seen: set[str] = set()
        async for page in self._listed(report, archived=False):
            seen.update(record.record_id for record in page.records)
            began = latest(began, page.records)
            report.seen_records += len(page.records) + len(page.quarantined)
            yield page
        live = len(seen)
        report.lower_bound += max(1, math.ceil(report.seen_records / LIST_PAGE))
        async for page in self._archived(report, since=None):
            seen.update(record.record_id for record in page.records)
            yield page
        async for page in self.by_ids(report, sorted(known_ids - seen)):
            yield page
        report.watermark = began
        await self._count(report, live, began)

    async def changes(self, report: PullReport, since: datetime) -> AsyncIterator[Page]:
        """What was modified at or after `since`, and what is archived."""
        watermark: datetime | None = None
        found = 0
        after: tuple[int, int] | None = None
        start_ms = round(since.timestamp() * 1000)
        while True:
            body = await self._session.post(f"{OBJECTS}/search", self._question(start_ms, after), report)
            rows, aside = read_rows(body, f"{self._account} contacts search")
            page = self._page(rows, report, aside)
            watermark = latest(watermark, page.records)
            found += len(rows) + len(aside)
            yield page
            if next_after(body) is None or not rows:
                break
            last = rows[-1]
            after = (_modified_ms(last), int(last["id"]))
        report.lower_bound += max(1, math.ceil(found / SEARCH_PAGE))
        async for page in self._archived(report, since=since):
            yield page
        report.watermark = max(watermark, since) if watermark else since

    async def by_ids(self, report: PullReport, record_ids: Sequence[str]) -> AsyncIterator[Page]:
        """The named ones; those that are neither live nor archived nor in a survivor's list are deleted."""
        report.lower_bound += math.ceil(len(record_ids) / BATCH)
        for start in range(0, len(record_ids), BATCH):
            wanted = list(record_ids[start : start + BATCH])
            rows, aside = read_rows(await self._read(wanted, report, archived=False), f"{self._account} batch read")
            page = self._page(rows, report, aside)
            missing = [one for one in wanted if one not in {row["id"] for row in rows}]
            gone = await self._gone(missing, report) if missing else []
            report.records += len(gone)
            yield Page([*page.records, *gone], page.quarantined)

    # --- parts ---------------------------------------------------------------------------------------------

    async def _listed(self, report: PullReport, *, archived: bool) -> AsyncIterator[Page]:
        params = {
            "limit": str(LIST_PAGE),
            "properties": ",".join(self._mapping.properties),
            "archived": "true" if archived else "false",
        }
        after: str | None = None
        while True:
            body = await self._session.page(OBJECTS, {**params, **({"after": after} if after else {})}, report)
            rows, aside = read_rows(body, f"{self._account} contacts list")
            yield self._page(rows, report, aside)
            after = next_after(body)
            if after is None:
                return

    async def _archived(self, report: PullReport, *, since: datetime | None) -> AsyncIterator[Page]:
        """Archived contacts; the list has no filter, so an incremental pull reads it whole and keeps what is new."""
        listed = 0
        async for page in self._listed(report, archived=True):
            listed += len(page.records)
            recent = [r for r in page.records if since is None or r.modified_at is None or r.modified_at >= since]
            report.records -= len(page.records) - len(recent)
            yield Page(recent, page.quarantined)
        report.lower_bound += max(1, math.ceil(listed / LIST_PAGE))

    async def _read(self, ids: list[str], report: PullReport, *, archived: bool) -> dict[str, Any]:
        body = {"inputs": [{"id": one} for one in ids], "properties": list(self._mapping.properties)}
        flag = "true" if archived else "false"
        return await self._session.post(f"{OBJECTS}/batch/read?archived={flag}", body, report)

    async def _gone(self, ids: list[str], report: PullReport) -> list[Record]:
        report.lower_bound += 1
        rows, _ = read_rows(await self._read(ids, report, archived=True), f"{self._account} batch read")
        archived = {row["id"]: self._mapping.record(row) for row in rows}
        return [archived.get(one) or self._mapping.gone(one, RecordState.DELETED) for one in ids]

    def _page(self, rows: Sequence[ContactRow], report: PullReport, aside: Sequence[Any]) -> Page:
        """Records of a page, and one more for every id a merge consumed."""
        records = []
        for row in rows:
            record = self._mapping.record(row)
            records.append(record)
            for consumed in merged_ids(row):
                if consumed != row["id"]:
                    records.append(
                        self._mapping.gone(consumed, RecordState.MERGED, record.modified_at, merged_into=row["id"])
                    )
        report.records += len(records)
        report.quarantined += len(aside)
        return Page(records, aside)

    def _question(self, start_ms: int, after: tuple[int, int] | None) -> dict[str, Any]:
        """Everything from the start, or everything past the last (time, id) seen. Time filters take milliseconds."""
        modified, number = "lastmodifieddate", "hs_object_id"
        if after is None:
            groups = [[(modified, "GTE", start_ms)]]
        else:
            groups = [
                [(modified, "GT", after[0])],
                [(modified, "EQ", after[0]), (number, "GT", after[1])],
            ]
        return {
            "filterGroups": [
                {"filters": [{"propertyName": n, "operator": o, "value": str(v)} for n, o, v in group]}
                for group in groups
            ],
            "sorts": [{"propertyName": modified, "direction": "ASCENDING"}],
            "properties": list(self._mapping.properties),
            "limit": SEARCH_PAGE,
        }

    async def _count(self, report: PullReport, live: int, began: datetime | None) -> None:
        """The platform's own count, and how far work going on during the pull may have moved it."""
        everything = {"filterGroups": [], "limit": 1, "properties": ["hs_object_id"]}
        total = await self._session.post(f"{OBJECTS}/search", everything, report)
        report.lower_bound += 1
        report.expected_records = int(str(total["total"]))
        if report.expected_records != report.seen_records and began is not None:
            recent = self._question(round(began.timestamp() * 1000), None) | {"limit": 1}
            report.changed_during_pull = int(
                str((await self._session.post(f"{OBJECTS}/search", recent, report))["total"])
            )


def _modified_ms(row: ContactRow) -> int:
    told = row["properties"].get("lastmodifieddate") or row["updatedAt"]
    return round(instant(told).timestamp() * 1000)
