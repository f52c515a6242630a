"""Sublists of many records at once: swept in the order of their owners, or read for named owners. Pages hold 1,000 rows and
end anywhere, so what was read past the owners at hand waits for the next ones."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sg_pipelines.connectors.netsuite.mapping import Detail
from sg_pipelines.connectors.netsuite.session import PAGE, NetSuiteSession
from sg_pipelines.connectors.netsuite.wire import SUBLIST, Row, has_more, read_rows
from sg_pipelines.domain.model.record import Quarantined
from sg_pipelines.ports.platforms import PullReport


@dataclass(slots=True)
class Sublist:
    """Rows by owner, and owners one of whose rows could not be used, with the reason."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    spoiled: dict[str, str] = field(default_factory=dict)

    def put_aside(self, aside: Sequence[Quarantined]) -> None:
        """Remember whose row it was."""
        self.spoiled |= {one.record_id or "": one.reason for one in aside}


class Sweep:
    """All rows of a sublist by ascending owner, page by page, as far as somebody asks."""

    def __init__(self, session: NetSuiteSession, detail: Detail, account: str) -> None:
        self._session, self._detail, self._account = session, detail, account
        self._after: tuple[str, str] = ("0", "0")
        self._is_over = False
        self._waiting = Sublist()
        self._read = 0

    async def up_to(self, last: str | None, report: PullReport) -> Sublist:
        """Everything of owners not handed out yet, up to and with `last`; None: to the end."""
        while not self._is_over and (last is None or int(self._after[0]) <= int(last)):
            await self._page(report)
        ready = Sublist()
        for owner in [one for one in self._waiting.rows if last is None or int(one) <= int(last)]:
            ready.rows[owner] = self._waiting.rows.pop(owner)
        for owner in [one for one in self._waiting.spoiled if last is None or not one or int(one) <= int(last)]:
            ready.spoiled[owner] = self._waiting.spoiled.pop(owner)
        return ready

    async def _page(self, report: PullReport) -> None:
        sql, parameters = _past(self._detail, self._after)
        body = await self._session.query(_ordered(self._detail, sql), parameters, report)
        rows, aside = read_rows(body, f"{self._account} {self._detail.name}", SUBLIST)
        self._waiting.put_aside(aside)
        for row in rows:
            self._waiting.rows[row["owner"]].append(row)
        before, self._read = self._read, self._read + len(body["items"])
        report.lower_bound += max(1 if not before else 0, math.ceil(self._read / PAGE) - math.ceil(before / PAGE))
        self._is_over = not has_more(body, rows, f"{self._account} {self._detail.name}")
        if rows:
            self._after = (rows[-1]["owner"], rows[-1]["within"])


async def of_owners(
    session: NetSuiteSession, detail: Detail, account: str, owners: Sequence[str], report: PullReport
) -> Sublist:
    """Rows of the named owners, at most 1,000 of them."""
    found, after, read = Sublist(), ("0", "0"), 0
    named = f"{detail.owner} IN ({', '.join('?' * len(owners))})"
    while True:
        sql, parameters = _past(detail, after)
        body = await session.query(_ordered(detail, f"{sql} AND {named}"), [*parameters, *owners], report)
        rows, aside = read_rows(body, f"{account} {detail.name}", SUBLIST)
        found.put_aside(aside)
        for row in rows:
            found.rows[row["owner"]].append(row)
        read += len(body["items"])
        if not has_more(body, rows, f"{account} {detail.name}"):
            report.lower_bound += max(1, math.ceil(read / PAGE))
            return found
        after = (rows[-1]["owner"], rows[-1]["within"])


def _past(detail: Detail, after: tuple[str, str]) -> tuple[str, list[str]]:
    if after == ("0", "0"):
        return detail.select, []
    past = f"({detail.owner} > ? OR ({detail.owner} = ? AND {detail.within} > ?))"
    return f"{detail.select} AND {past}", [after[0], after[0], after[1]]


def _ordered(detail: Detail, sql: str) -> str:
    return f"{sql} ORDER BY {detail.owner}, {detail.within}"
