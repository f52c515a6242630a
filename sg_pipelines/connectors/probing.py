"""Probes that are the same everywhere: the clock, and how full mapped columns are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from sg_pipelines.domain.model.record import Record
from sg_pipelines.ports.platforms import Probe, ProbeStatus

MOST_SKEW_SECONDS = 120
NOTHING: tuple[object, ...] = (None, "", [])


def clock_probe(response: httpx.Response) -> Probe:
    """How far our clock is from the platform's, by its Date header."""
    told = response.headers.get("date")
    if told is None:
        return Probe("clock", ProbeStatus.WARNING, "the platform does not tell its time")
    skew = abs((datetime.now(UTC) - parsedate_to_datetime(told)).total_seconds())
    status = ProbeStatus.OK if skew <= MOST_SKEW_SECONDS else ProbeStatus.WARNING
    remedy = "" if status is ProbeStatus.OK else "Set this machine's clock by NTP; signatures depend on it"
    return Probe("clock", status, f"{skew:.0f} s apart", remedy)


def fullness_probe(records: Sequence[Record], columns: Sequence[str], plural: str = "") -> Probe:
    """How full mapped columns are in a sample: which are empty, and of how many records those have something that are
    not full. False and 0 are something."""
    name = f"{plural}: mapped fields" if plural else "mapped fields"
    if not records:
        return Probe(name, ProbeStatus.WARNING, "no record to look at", "Check that this is the right account")
    filled = {column: sum(record.columns.get(column) not in NOTHING for record in records) for column in columns}
    empty = [column for column, count in filled.items() if not count]
    part = [f"{column} {count * 100 // len(records)} %" for column, count in filled.items() if 0 < count < len(records)]
    said = f"{len(columns) - len(empty)} of {len(columns)} columns hold something in {len(records)} records"
    said += f"; not in all: {', '.join(part)}" if part else ""
    if not empty:
        return Probe(name, ProbeStatus.OK, said)
    return Probe(name, ProbeStatus.WARNING, f"{said}; empty: {', '.join(empty)}", "Check the mapping of these")
