"""What platforms said: ingests, manifests, and the views over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import pyarrow as pa

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import Quarantined, Record
from sg_pipelines.ports.platforms import PullMode, PullReport


@dataclass(frozen=True, slots=True)
class Manifest:
    """What makes a file of the lake exist. `columns` are those the connector filled; others are unknown. `quarantined` are
    records that could not be read and were not read since, at most a thousand; the report counts all of this pull."""

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
    quarantined: tuple[Quarantined, ...] = ()


class IngestWriter(Protocol):
    """One ingest being written. Nothing of it exists for readers before `commit`."""

    def write(self, records: Sequence[Record]) -> None:
        """Add records; instants, digests and sequence numbers are put on here."""
        ...

    def commit(self, report: PullReport, quarantined: Sequence[Quarantined] = ()) -> Manifest:
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

    def keep_commonness(self, kind: Kind, table: pa.Table) -> None:
        """Put by what a look at every record counted (`matching.types.COMMONNESS`), in place of what was counted before."""
        ...

    def commonness(self, kind: Kind) -> pa.Table | None:
        """What was counted last; None before the first full look."""
        ...

    def compact(self, account: str, kind: Kind, *, at_least: int = 2) -> Manifest | None:
        """Fold all files into one that holds every row still needed; None when there are fewer than `at_least`."""
        ...
