"""The same first day written as canonical records, for worlds too large to be pulled over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sg_pipelines.domain.model.record import CellValue, Record, RecordState
from sg_pipelines.sandbox.shopify.customers import e164
from sg_pipelines.sandbox.world.baseline import CREATED_FIRST
from sg_pipelines.sandbox.world.people import HUBSPOT, NETSUITE, SHOPIFY, Link, Person, people
from sg_pipelines.sandbox.world.spelling import spelled

_FIRST_IDS = {HUBSPOT: 100_000_000, SHOPIFY: 7_000_000_000_000, NETSUITE: 10_000_000}
_STATED = frozenset({"external_id", "created_at_ms", "modified_at_ms"})


def record_id(person: int, platform: str) -> str:
    """A person's record id on a platform."""
    return str(_FIRST_IDS[platform] + person)


def baseline_records(count: int, seed: int, platform: str, now_ms: int) -> Iterator[Record]:
    """One platform's records, as its connector would have read them, by ascending id."""
    for person in people(count, seed):
        if platform in person.platforms:
            yield record(person, platform, seed, now_ms)


def record(person: Person, platform: str, seed: int, now_ms: int) -> Record:
    """One person's record on one platform."""
    row = spelled(person, platform, seed, now_ms)
    columns: dict[str, CellValue] = {name: value for name, value in row.items() if name not in _STATED}
    columns["created_at"] = datetime.fromtimestamp(row["created_at_ms"] / 1000, UTC)
    if platform == SHOPIFY and row["phone"]:
        columns["phone"] = e164(row["phone"])
    return Record(
        record_id=record_id(person.number, platform),
        state=RecordState.LIVE,
        modified_at=datetime.fromtimestamp(row["modified_at_ms"] / 1000, UTC),
        payload={},
        columns=columns,
        cross_ids=_cross_ids(person, platform),
        external_id=row["external_id"],
    )


def _cross_ids(person: Person, platform: str) -> dict[str, str]:
    """Ids of the records made before this one."""
    if person.link is not Link.CROSS_ID:
        return {}
    before = CREATED_FIRST[: CREATED_FIRST.index(platform)]
    return {other: record_id(person.number, other) for other in before if other in person.platforms}
