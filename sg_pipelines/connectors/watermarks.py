"""What an incremental pull starts from: never later than what was really seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sg_pipelines.domain.model.record import Record


def latest(seen: datetime | None, records: Iterable[Record]) -> datetime | None:
    """The greatest modification time seen so far."""
    times = [record.modified_at for record in records if record.modified_at is not None]
    return max([*times, *([seen] if seen else [])], default=None)


def looking_back(since: datetime, overlap_seconds: int) -> datetime:
    """The start of an incremental pull: the watermark less the overlap."""
    return since - timedelta(seconds=overlap_seconds)
