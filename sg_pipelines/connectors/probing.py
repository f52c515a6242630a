"""Probes that are the same everywhere: the clock, and how full mapped columns are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx

from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.record import Record, RecordState
from sg_pipelines.ports.platforms import Probe, ProbeStatus

Row = TypeVar("Row")
MOST_SKEW_SECONDS = 120
NOTHING: tuple[object, ...] = (None, "", [])
# Filled only where a record names several neighbours; most name one.
SELDOM = frozenset(field.several for kind in KINDS.values() for field in kind.fields if field.several)


def clock_probe(response: httpx.Response) -> Probe:
    """How far our clock is from the platform's, by its Date header."""
    told = response.headers.get("date")
    if told is None:
        return Probe("clock", ProbeStatus.WARNING, "the platform does not tell its time")
    skew = abs((datetime.now(UTC) - parsedate_to_datetime(told)).total_seconds())
    status = ProbeStatus.OK if skew <= MOST_SKEW_SECONDS else ProbeStatus.WARNING
    remedy = "" if status is ProbeStatus.OK else "Set this machine's clock by NTP; signatures depend on it"
    return Probe("clock", status, f"{skew:.0f} s apart", remedy)


def readable(rows: Sequence[Row], read: Callable[[Row], Record]) -> list[Record]:
    """Records of a sample, less those that a pull would put aside."""
    records = []
    for row in rows:
        with suppress(ValueError):
            records.append(read(row))
    return records


def fullness_probe(records: Sequence[Record], columns: Sequence[str], plural: str, sampled: int) -> Probe:
    """How full mapped columns are in a sample of so many rows: which are empty, and of how many records those have something
    that are not full. False and 0 are something. Rows that could not be read are counted; those of records that were put away
    state nothing."""
    name = f"{plural}: mapped fields"
    if not sampled:
        return Probe(name, ProbeStatus.WARNING, "no record to look at", "Check that this is the right account")
    if len(records) < sampled:
        told = f"{sampled - len(records)} of {sampled} records cannot be read"
        return Probe(name, ProbeStatus.WARNING, told, "`sg reconcile` says which and why, as findings `quarantined`")
    records = [record for record in records if record.state is RecordState.LIVE]
    if not records:
        return Probe(name, ProbeStatus.WARNING, f"none of {sampled} records is live", "Look at whether this is right")
    usual = [column for column in columns if column not in SELDOM]
    filled = {column: sum(record.columns.get(column) not in NOTHING for record in records) for column in usual}
    empty = [column for column, count in filled.items() if not count]
    part = [f"{column} {count * 100 // len(records)} %" for column, count in filled.items() if 0 < count < len(records)]
    said = f"{len(usual) - len(empty)} of {len(usual)} columns hold something in {len(records)} records"
    said += f"; not in all: {', '.join(part)}" if part else ""
    if not empty:
        return Probe(name, ProbeStatus.OK, said)
    return Probe(name, ProbeStatus.WARNING, f"{said}; empty: {', '.join(empty)}", "Check the mapping of these")
