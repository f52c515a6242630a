"""Associations and line items of many records at once: full batches, never a call per record."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sg_pipelines.connectors.hubspot.mapping import Associated, Said
from sg_pipelines.connectors.hubspot.orders import LINE
from sg_pipelines.connectors.hubspot.session import HubSpotSession
from sg_pipelines.connectors.hubspot.wire import Target, read_associations, read_rows
from sg_pipelines.ports.platforms import PullReport

ASSOCIATION_BATCH, LINE_BATCH = 1_000, 100
CONTACTS, COMPANIES, LINES = "contacts", "companies", "line_items"


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """By record id what it is associated with, and why an association or a line of it cannot be used."""

    of: dict[str, Associated]
    spoiled: dict[str, str]


async def associated(
    session: HubSpotSession, object_type: str, record_ids: Sequence[str], report: PullReport
) -> Neighbourhood:
    """Contacts, companies and line items of the named records, whatever their number."""
    spoiled: dict[str, str] = {}
    contacts, companies, lines = [
        await targets(session, (object_type, to), record_ids, report, spoiled) for to in (CONTACTS, COMPANIES, LINES)
    ]
    wanted = sorted({one for ids in lines.values() for one in ids}, key=int)
    items, unusable = await _line_items(session, wanted, report)
    spoiled |= {owner: unusable[one] for owner, ids in lines.items() for one in ids if one in unusable}
    found = {
        record_id: Associated(
            contacts.get(record_id, ()),
            companies.get(record_id, ()),
            {one: items[one] for one in lines.get(record_id, ()) if one in items},
        )
        for record_id in record_ids
    }
    return Neighbourhood(found, spoiled)


async def targets(
    session: HubSpotSession,
    between: tuple[str, str],
    record_ids: Sequence[str],
    report: PullReport,
    spoiled: dict[str, str],
) -> dict[str, list[str]]:
    """Record id → ids at the far end, a primary one first, then by age. `between`: the near and the far type; `spoiled`
    is told whose associations cannot be used, and why."""
    found: dict[str, list[Target]] = defaultdict(list)
    report.lower_bound += math.ceil(len(record_ids) / ASSOCIATION_BATCH)
    path = f"/crm/v4/associations/{between[0]}/{between[1]}/batch/read"
    for chunk in _chunks(record_ids, ASSOCIATION_BATCH):
        asked = [{"id": one} for one in chunk]
        while asked:
            body = await session.post(path, {"inputs": asked}, report)
            ends = read_associations(body, f"{session.account} {' '.join(between)}")
            for record_id, some in ends.of.items():
                found[record_id] += some
            spoiled |= {record_id: f"its {between[1]}: {reason}" for record_id, reason in ends.spoiled.items()}
            asked = [{"id": one, "after": after} for one, after in ends.more.items()]
            report.lower_bound += 1 if asked else 0
    return {record_id: _ordered(ends) for record_id, ends in found.items()}


def _ordered(ends: Iterable[Target]) -> list[str]:
    return [str(end["toObjectId"]) for end in sorted(ends, key=lambda end: (not _primary(end), int(end["toObjectId"])))]


def _primary(end: Target) -> bool:
    return any((kind["label"] or "").casefold() == "primary" for kind in end["associationTypes"])


async def _line_items(
    session: HubSpotSession, ids: Sequence[str], report: PullReport
) -> tuple[dict[str, Said], dict[str, str]]:
    """Line items by id, and the unusable ones with the reason. One that went away in between is left out, as it is left
    out of its deal."""
    found: dict[str, Said] = {}
    unusable: dict[str, str] = {}
    report.lower_bound += math.ceil(len(ids) / LINE_BATCH)
    for chunk in _chunks(ids, LINE_BATCH):
        asked = {"inputs": [{"id": one} for one in chunk], "properties": list(LINE)}
        body = await session.post(f"/crm/v3/objects/{LINES}/batch/read?archived=false", asked, report)
        rows, aside = read_rows(body, f"{session.account} {LINES}")
        found |= {row["id"]: {name: row["properties"].get(name) for name in LINE} for row in rows}
        for one in aside:
            # A line that does not say which it is may be any of those that did not come
            lost = [one.record_id] if one.record_id else [wanted for wanted in chunk if wanted not in found]
            unusable |= {item: f"a line item: {one.reason}" for item in lost}
    return found, unusable


def _chunks(ids: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
