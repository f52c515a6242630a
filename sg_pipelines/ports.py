"""The seams: what the operations need from platforms, lake, store and clock, and nothing about how it is done."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

import pyarrow as pa

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import Quarantined, Record

Document = dict[str, Any]


class Clock(Protocol):
    """The time decisions are made at. In sandbox mode it follows the sandbox's clock; authentication never does."""

    def now(self) -> datetime:
        """The current instant, aware, UTC, whole milliseconds."""
        ...


# --- platforms ---------------------------------------------------------------------------------------------


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
    off because people kept working. `watermark` is what the next incremental pull starts from.
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


# --- lake --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Manifest:
    """What makes a file of the lake exist. `columns` are those the connector filled; others are unknown."""

    ingest_id: str
    account: str
    kind: str
    mode: PullMode
    started_at: datetime
    finished_at: datetime
    rows: int
    columns: tuple[str, ...]
    mapping_version: str
    watermark: datetime | None
    is_complete: bool
    report: Mapping[str, Any]
    files: tuple[str, ...]
    replaces: tuple[str, ...] = ()


class IngestWriter(Protocol):
    """One ingest being written. Nothing of it exists for readers before `commit`."""

    def write(self, records: Sequence[Record]) -> None:
        """Add records; instants, digests and sequence numbers are put on here."""
        ...

    def write_table(self, table: pa.Table) -> None:
        """Add rows already in the lake's schema (bulk fills of a simulated world)."""
        ...

    def commit(self, report: PullReport) -> Manifest:
        """Make it exist. StorageFailed leaves nothing behind."""
        ...


class Lake(Protocol):
    """What platforms said, append-only, per (account, kind). Schema: `docs/architecture.md`."""

    def ingest(
        self, account: str, kind: Kind, *, mode: PullMode, started_at: datetime, mapping_version: str
    ) -> AbstractContextManager[IngestWriter]:
        """Open an ingest; leaving the block without `commit` discards it."""
        ...

    def latest(
        self,
        account: str,
        kind: Kind,
        *,
        columns: Sequence[str] | None = None,
        record_ids: Sequence[str] | None = None,
    ) -> pa.Table:
        """Per record the last row by (modified_at, fetch start, sequence), sorted by record_id."""
        ...

    def as_of(self, account: str, kind: Kind, at: datetime, *, columns: Sequence[str] | None = None) -> pa.Table:
        """The same with only what had been fetched by `at`."""
        ...

    def manifests(self, account: str, kind: Kind) -> Sequence[Manifest]:
        """Committed ingests, oldest first; a compacted file keeps the manifests it folded."""
        ...

    def ids_since(self, account: str, kind: Kind, ingest_id: str | None) -> list[str]:
        """Record ids named by ingests committed after that one, sorted, each once; None means from the start."""
        ...

    def compact(self, account: str, kind: Kind, *, at_least: int = 2) -> Manifest | None:
        """Fold all files into one that holds every row still needed; None when there are fewer than `at_least`."""
        ...


# --- store -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Index:
    """A declared index. `multi` indexes every element of an array field; `where` makes it partial (equality)."""

    fields: tuple[str, ...]
    unique: bool = False
    multi: bool = False
    where: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A named collection and its indexes. Only `_id` and indexed fields can be asked for."""

    name: str
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class In:
    """`where={"entity": In([...])}`: the field equals one of these (for a multi index: an element does)."""

    values: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Range:
    """`where={"seen_at": Range(ge=..., lt=...)}`; None leaves that side open."""

    ge: Any = None
    gt: Any = None
    le: Any = None
    lt: Any = None


Where = Mapping[str, Any]
FEED_KEPT = 1_000_000  # changes that the feed keeps, newest first, when nobody says otherwise


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the feed. `token` is durable: reading after it never repeats and never skips. `operation` is
    insert, replace or delete; `document` is the one that stands there when the feed is read, None when none does."""

    token: str
    collection: str
    document_id: str
    operation: str
    document: Document | None


@dataclass(frozen=True, slots=True)
class StoreState:
    """Which store this is: `system` (SQLite, MongoDB), `location` (never with a credential), schema version."""

    system: str
    location: str
    schema: int


class DocumentStore(Protocol):
    """Collections of JSON documents keyed by `_id: str`, each with an integer `version` kept by the store.

    A document holds what JSON holds, with whole numbers of 64 bits and without NaN; anything else is a ValueError that
    names the place. A declared field holds one value (several for a multi index); null is never held to be unique. One
    object belongs to one thread; any number of objects and processes share the store.
    """

    def ensure(self, collections: Sequence[Collection]) -> None:
        """Create what is missing. ConfigurationError when the store was written under another schema."""
        ...

    def get(self, collection: str, document_id: str) -> Document | None:
        """The document or None."""
        ...

    def get_many(self, collection: str, document_ids: Sequence[str]) -> list[Document]:
        """Those of the documents that exist, in no promised order."""
        ...

    def find(
        self,
        collection: str,
        where: Where | None = None,
        *,
        sort: Sequence[tuple[str, int]] = (),
        limit: int | None = None,
    ) -> Iterator[Document]:
        """Documents matching every condition (value, `In`, `Range`) on `_id` or declared indexed fields. None matches
        a field that is null or absent; a range matches values of the type of its bounds."""
        ...

    def count(self, collection: str, where: Where | None = None) -> int:
        """How many `find` would yield."""
        ...

    def put_many(self, collection: str, documents: Sequence[Document]) -> None:
        """Replace what was read, then insert what is new, so that a unique value can pass on. A document's `version`
        is the one that was read (0 or absent: must not exist yet); StaleDocument names the first that is not; the
        stored version is one higher. All or nothing."""
        ...

    def insert_or_ignore(self, collection: str, documents: Sequence[Document]) -> list[str]:
        """Insert those whose `_id` (and unique fields) are new; returns the ids inserted."""
        ...

    def adopt(self, collection: str, documents: Sequence[Document]) -> None:
        """Insert documents as another store kept them, versions included. StaleDocument when one is there already."""
        ...

    def delete(self, collection: str, document_ids: Sequence[str]) -> int:
        """Remove; returns how many existed."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside is committed together or not at all; nests by joining the outer one. Once a write inside
        failed nothing of it is committed, also when the failure is caught. StaleDocument when another writer was
        faster: the block is not run again, its caller starts over."""
        ...

    def feed(self, *, after: str | None = None, limit: int = 1000) -> list[Change]:
        """Committed changes of the collections given to `ensure`, after a token, oldest first; None starts at the
        beginning of what is kept. StorageFailed when the token is not kept any more. Outside transactions."""
        ...

    def position(self) -> str:
        """The token after everything committed so far. A new reader takes it, reads every document, then follows."""
        ...

    def trim_feed(self, keep: int) -> int:
        """Forget all but the newest `keep` changes; returns how many went. A store whose server limits the feed
        itself forgets nothing here."""
        ...

    def state(self) -> StoreState:
        """Which store this is."""
        ...

    def close(self) -> None:
        """Give back the file or the connections."""
        ...
