"""Pull one account into the lake. Decides nothing about what the records mean."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import Quarantined, RecordState
from sg_pipelines.ports.clock import Clock
from sg_pipelines.ports.lake import Lake, Manifest
from sg_pipelines.ports.platforms import Connector, Page, PullMode, PullReport

KEPT_QUARANTINE = 1000


@dataclass(frozen=True, slots=True)
class IngestReport:
    """One committed ingest: what changed against the snapshot before it, what it cost, what was put aside.

    `quarantined` holds at most the first 1,000; `pull.quarantined` counts all of them.
    """

    account: str
    kind: str
    manifest: Manifest
    pull: PullReport
    new: int
    changed: int
    gone: int
    quarantined: Sequence[Quarantined]


async def ingest(
    connector: Connector, lake: Lake, kind: Kind, clock: Clock, *, mode: PullMode, record_ids: Sequence[str] = ()
) -> IngestReport:
    """Pull and commit. An incremental pull without an earlier snapshot becomes a full one.

    Raises what the connector raises; nothing is committed then.
    """
    before = _states(lake.latest(connector.account, kind, columns=["digest"]))
    watermark = _watermark(lake.manifests(connector.account, kind))
    if mode is PullMode.INCREMENTAL and watermark is None:
        mode = PullMode.FULL
    pull = PullReport()
    pages = _pages(connector, kind, pull, mode, watermark, before, record_ids)
    quarantined: list[Quarantined] = []
    with lake.ingest(
        connector.account,
        kind,
        mode=mode,
        started_at=clock.now(),
        mapping_version=connector.mapping_version(kind),
    ) as writer:
        async for page in pages:
            writer.write(page.records)
            quarantined.extend(page.quarantined[: KEPT_QUARANTINE - len(quarantined)])
            if mode is PullMode.FULL and watermark is not None:
                pull.late_arrivals += sum(
                    1
                    for record in page.records
                    if record.record_id not in before
                    and record.modified_at is not None
                    and record.modified_at < watermark
                )
        pull.watermark = _later(watermark, None if mode is PullMode.BY_IDS else pull.watermark)
        manifest = writer.commit(pull)
    after = _states(lake.latest(connector.account, kind, columns=["digest"]))
    return IngestReport(
        connector.account,
        kind.name,
        manifest,
        pull,
        new=sum(1 for record_id in after if record_id not in before),
        changed=sum(1 for record_id, seen in after.items() if seen[0] == _LIVE and before.get(record_id, seen) != seen),
        gone=sum(
            1
            for record_id, seen in after.items()
            if seen[0] != _LIVE and before.get(record_id, (seen[0], ""))[0] == _LIVE
        ),
        quarantined=tuple(quarantined),
    )


_LIVE = RecordState.LIVE.value


def _states(table: pa.Table) -> dict[str, tuple[str, str]]:
    """record id → (state, digest)."""
    columns = (table.column(name).to_pylist() for name in ("record_id", "state", "digest"))
    return {record_id: (state, digest) for record_id, state, digest in zip(*columns, strict=True)}


def _later(one: datetime | None, two: datetime | None) -> datetime | None:
    """A watermark never goes back, however far an idle pull looked back."""
    return max((moment for moment in (one, two) if moment is not None), default=None)


def _watermark(manifests: Sequence[Manifest]) -> datetime | None:
    return next((m.watermark for m in reversed(manifests) if m.watermark is not None), None)


def _pages(
    connector: Connector,
    kind: Kind,
    pull: PullReport,
    mode: PullMode,
    watermark: datetime | None,
    before: dict[str, tuple[str, str]],
    record_ids: Sequence[str],
) -> AsyncIterator[Page]:
    if mode is PullMode.BY_IDS:
        return connector.fetch(kind, pull, record_ids=record_ids)
    if mode is PullMode.INCREMENTAL and watermark is not None:
        return connector.pull_changes(kind, pull, since=watermark)
    known = frozenset(record_id for record_id, (state, _) in before.items() if state == _LIVE)
    return connector.pull_full(kind, pull, known_ids=known)
