"""Accounts on platforms, read side: pages of records, what a pull cost, what the doctor says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import Quarantined, Record


class PullMode(StrEnum):
    """How a snapshot was asked for."""

    FULL = "full"
    INCREMENTAL = "incremental"
    BY_IDS = "by_ids"


@dataclass(frozen=True, slots=True)
class Page:
    """What one answer of a platform held: usable records and the ones put aside."""

    records: Sequence[Record]
    quarantined: Sequence[Quarantined] = ()


@dataclass(slots=True)
class PullReport:
    """What one pull cost and whether it is whole. Filled by the connector while its pages are consumed.

    `lower_bound` is the least number of data calls the platform's documented page and batch sizes allow for what
    was read. `expected_records` is the platform's own count. `changed_during_pull` is how far the count may be
    off because people kept working. `left_out` counts what was read and has no place in our columns (an item's further
    prices, a company's further locations); payloads keep it. `watermark` is what the next incremental pull starts from.
    """

    calls: int = 0
    lower_bound: int = 0
    throttled: int = 0
    retries: int = 0
    waited_seconds: float = 0.0
    records: int = 0
    quarantined: int = 0
    expected_records: int | None = None
    seen_records: int = 0
    changed_during_pull: int = 0
    late_arrivals: int = 0
    left_out: int = 0
    quota_left: int | None = None
    watermark: datetime | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """True when what was seen accounts for the platform's own count, changes during the pull allowed for."""
        if self.expected_records is None:
            return True
        return abs(self.expected_records - self.seen_records) <= self.changed_during_pull


class ProbeStatus(StrEnum):
    """Outcome of one `sg doctor` probe."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing `sg doctor` looked at: its outcome, what was seen, and what to do when it is not ok."""

    name: str
    status: ProbeStatus
    detail: str
    remedy: str = ""


class Connector(Protocol):
    """One account of one platform, read side. Every iterator yields pages and fills `report` as it goes."""

    account: str
    platform: str

    def columns(self, kind: Kind) -> tuple[str, ...]:
        """The canonical columns this account's mapping fills; every other column of the kind is unknown."""
        ...

    def mapping_version(self, kind: Kind) -> str:
        """Changes whenever the mapping does, so that a changed mapping is noticed in every digest."""
        ...

    def pull_full(self, kind: Kind, report: PullReport, *, known_ids: frozenset[str]) -> AsyncIterator[Page]:
        """Every record, live ones first; then archived, merged and deleted ones.

        `known_ids` are the live ids of the last snapshot: an id the platform no longer lists is looked up and
        reported as deleted, archived or merged rather than silently forgotten.
        """
        ...

    def pull_changes(self, kind: Kind, report: PullReport, *, since: datetime) -> AsyncIterator[Page]:
        """Every record modified at or after `since` less the platform's overlap, plus deletions known by then."""
        ...

    def fetch(self, kind: Kind, report: PullReport, *, record_ids: Sequence[str]) -> AsyncIterator[Page]:
        """The named records, in batches; one that is gone comes back as deleted, archived or merged."""
        ...

    async def probe(self, kinds: Sequence[Kind]) -> Sequence[Probe]:
        """What `sg doctor` says of this account: reachability, credentials, scopes, clock skew, limits, fields."""
        ...

    def admin_url(self, kind: Kind, record_id: str) -> str:
        """Where a person opens this record in the platform's own web interface."""
        ...

    async def aclose(self) -> None:
        """Give back connections."""
        ...
