"""Pull one account into the lake. Decides nothing about what the records mean."""

from __future__ import annotations

from collections.abc import AsyncIterator, Container, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import Quarantined, RecordState
from sg_pipelines.operations.put_aside import PutAside
from sg_pipelines.ports.clock import Clock
from sg_pipelines.ports.lake import Lake, Manifest
from sg_pipelines.ports.platforms import Connector, Page, PullMode, PullReport
from sg_pipelines.telemetry.events import Event, log


@dataclass(frozen=True, slots=True)
class IngestReport:
    """One committed ingest: what changed against the snapshot before it, what it cost, what was put aside. `live` counts the
    live records of the snapshot.

    `quarantined` is what is unread now, at most 1,000; `pull.quarantined` counts all that this pull put aside.
    """

    account: str
    kind: str
    manifest: Manifest
    pull: PullReport
    live: int
    new: int
    changed: int
    gone: int
    quarantined: Sequence[Quarantined]


async def ingest(
    connector: Connector, lake: Lake, kind: Kind, clock: Clock, *, mode: PullMode, record_ids: Sequence[str] = ()
) -> IngestReport:
    """Pull and commit. An incremental pull becomes a full one as long as no pull was whole; it reads again by id what could
    not be read last time.

    Raises what the connector raises; nothing is committed then.
    """
    before = _states(lake.latest(connector.account, kind, columns=["digest"]))
    ingests = lake.manifests(connector.account, kind)
    watermark, aside = _watermark(ingests), PutAside(ingests[-1] if ingests else None)
    if mode is PullMode.INCREMENTAL and watermark is None:
        mode = PullMode.FULL
    pull, written = PullReport(), set[str]()
    with lake.ingest(
        connector.account,
        kind,
        mode=mode,
        started_at=clock.now(),
        mapping_version=connector.mapping_version(kind),
    ) as writer:
        async for page in _pages(connector, kind, pull, mode, watermark, before, record_ids, aside):
            writer.write(page.records)
            written.update(record.record_id for record in page.records)
            aside.saw(page)
            if mode is PullMode.FULL and watermark is not None:
                pull.late_arrivals += _late(page, before, watermark)
        pull.watermark = _later(watermark, None if mode is PullMode.BY_IDS else pull.watermark)
        quarantined = aside.left(mode)
        manifest = writer.commit(pull, quarantined)
    log(
        Event.INGEST_COMMITTED,
        account=connector.account,
        kind=kind.name,
        mode=mode.value,
        records=len(written),
        quarantined=len(quarantined),
    )
    touched = None if mode is PullMode.FULL else sorted(written)
    after = before | _states(lake.latest(connector.account, kind, columns=["digest"], record_ids=touched))
    return IngestReport(
        connector.account,
        kind.name,
        manifest,
        pull,
        live=sum(1 for state, _ in after.values() if state == _LIVE),
        new=sum(1 for record_id, seen in after.items() if record_id not in before and seen[0] == _LIVE),
        changed=sum(1 for record_id, seen in after.items() if seen[0] == _LIVE and before.get(record_id, seen) != seen),
        gone=sum(
            1
            for record_id, seen in after.items()
            if seen[0] != _LIVE and before.get(record_id, (seen[0], ""))[0] == _LIVE
        ),
        quarantined=quarantined,
    )


_LIVE = RecordState.LIVE.value


def _late(page: Page, before: Container[str], watermark: datetime) -> int:
    """Records nobody had heard of although they are older than what had been."""
    unheard = (record.modified_at for record in page.records if record.record_id not in before)
    return sum(1 for modified_at in unheard if modified_at is not None and modified_at < watermark)


def _states(table: pa.Table) -> dict[str, tuple[str, str]]:
    """record id → (state, digest)."""
    columns = (table.column(name).to_pylist() for name in ("record_id", "state", "digest"))
    return {record_id: (state, digest) for record_id, state, digest in zip(*columns, strict=True)}


def _later(one: datetime | None, two: datetime | None) -> datetime | None:
    """A watermark never goes back, however far an idle pull looked back."""
    return max((moment for moment in (one, two) if moment is not None), default=None)


def _watermark(manifests: Sequence[Manifest]) -> datetime | None:
    """Where the last whole pull got to: one that was not may have passed over what is older than its newest record."""
    return next((m.watermark for m in reversed(manifests) if m.is_complete and m.watermark is not None), None)


async def _pages(
    connector: Connector,
    kind: Kind,
    pull: PullReport,
    mode: PullMode,
    watermark: datetime | None,
    before: dict[str, tuple[str, str]],
    record_ids: Sequence[str],
    aside: PutAside,
) -> AsyncIterator[Page]:
    if mode is PullMode.FULL or (mode is PullMode.INCREMENTAL and watermark is None):
        known = frozenset(record_id for record_id, (state, _) in before.items() if state == _LIVE)
        async for page in connector.pull_full(kind, pull, known_ids=known):
            yield page
        return
    if watermark is not None and mode is PullMode.INCREMENTAL:
        async for page in connector.pull_changes(kind, pull, since=watermark):
            yield page
        record_ids = aside.unread()
    if record_ids:
        async for page in connector.fetch(kind, pull, record_ids=record_ids):
            yield page
