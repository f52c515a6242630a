"""Can we work on this HubSpot account?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import httpx

from sg_pipelines.connectors.answers import decoded
from sg_pipelines.connectors.hubspot.associations import Neighbourhood, associated
from sg_pipelines.connectors.hubspot.mapping import NOTHING, ObjectMapping
from sg_pipelines.connectors.hubspot.session import DAILY_LEFT, HubSpotSession
from sg_pipelines.connectors.hubspot.wire import property_names, read_rows
from sg_pipelines.connectors.probing import clock_probe, fullness_probe, readable
from sg_pipelines.ports.platforms import Probe, ProbeStatus, PullReport

LITTLE_QUOTA, SAMPLE = 10_000, 100


async def examine(session: HubSpotSession, mappings: Mapping[str, ObjectMapping]) -> Sequence[Probe]:
    """Sign in, read a page of each kind, look at the properties. `mappings`: plural → how."""
    probes: list[Probe] = []
    for plural, mapping in mappings.items():
        answer, found = await _look(session, plural, mapping)
        if not probes:
            probes += [
                Probe("reachability", ProbeStatus.OK, "HubSpot answers"),
                Probe("credentials", ProbeStatus.OK, f"the token is accepted and may read {mapping.sheet.object}"),
                clock_probe(answer),
                _quota(answer.headers.get(DAILY_LEFT)),
            ]
        probes += found
    return probes


async def _look(session: HubSpotSession, plural: str, mapping: ObjectMapping) -> tuple[httpx.Response, list[Probe]]:
    """A page of one kind, and its properties."""
    report, sheet = PullReport(), mapping.sheet
    params = {"limit": str(SAMPLE), "properties": ",".join(mapping.properties)}
    answer = await session.get(sheet.path, params, report, counts=False)
    where = f"{session.account} {sheet.object}"
    rows, _ = read_rows(decoded(answer, where), where)
    listed = await session.get(f"/crm/v3/properties/{sheet.object}", {}, report, counts=False)
    there = property_names(decoded(listed, where), f"{where} properties")
    missing = [name for name in mapping.properties if name not in there]
    around = Neighbourhood({}, {})
    if sheet.has_lines and rows:
        around = await associated(session, sheet.object, [row["id"] for row in rows], report)
    records = readable(rows, lambda row: mapping.record(row, around.of.get(row["id"], NOTHING)))
    fullness = fullness_probe(records, mapping.columns, plural, len(rows))
    return answer, [_properties(plural, mapping, missing), fullness]


def _properties(plural: str, mapping: ObjectMapping, missing: list[str]) -> Probe:
    name = f"{plural}: properties"
    if not missing:
        return Probe(name, ProbeStatus.OK, f"all {len(mapping.properties)} mapped properties exist")
    remedy = f"Create these {mapping.sheet.object} properties in HubSpot, or map other ones in the client file"
    return Probe(name, ProbeStatus.FAILED, f"not there: {', '.join(missing)}", remedy)


def _quota(left: str | None) -> Probe:
    if left is None or not left.isdigit():
        return Probe("limits", ProbeStatus.OK, "no daily limit told")
    status = ProbeStatus.OK if int(left) >= LITTLE_QUOTA else ProbeStatus.WARNING
    remedy = "" if status is ProbeStatus.OK else "Run full pulses less often, or buy the API limit increase"
    return Probe("limits", status, f"{int(left):,} calls left today", remedy)
