"""What an incremental pull starts from: never later than what was really seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sg_pipelines.domain.model.record import Record, RecordState


@dataclass(slots=True)
class Newest:
    """The greatest modification time among live records, and how many have it."""

    at: datetime | None = None
    count: int = 0

    def saw(self, records: Iterable[Record]) -> None:
        """Records of a page."""
        for record in records:
            if record.state is not RecordState.LIVE or record.modified_at is None:
                continue
            if self.at is None or record.modified_at > self.at:
                self.at, self.count = record.modified_at, 0
            self.count += record.modified_at == self.at


def latest(seen: datetime | None, records: Iterable[Record]) -> datetime | None:
    """The greatest modification time seen so far."""
    times = [record.modified_at for record in records if record.modified_at is not None]
    return max([*times, *([seen] if seen else [])], default=None)


def looking_back(since: datetime, overlap_seconds: int) -> datetime:
    """The start of an incremental pull: the watermark less the overlap."""
    return since - timedelta(seconds=overlap_seconds)
