"""Can we work on this HubSpot account?"""

from __future__ import annotations

from collections.abc import Sequence

from sg_pipelines.connectors.hubspot.mapping import ContactMapping
from sg_pipelines.connectors.hubspot.pulls import OBJECTS
from sg_pipelines.connectors.hubspot.session import DAILY_LEFT, HubSpotSession
from sg_pipelines.connectors.hubspot.wire import read_rows
from sg_pipelines.connectors.probing import clock_probe, fullness_probe
from sg_pipelines.ports import Probe, ProbeStatus, PullReport

LITTLE_QUOTA = 10_000


async def examine(session: HubSpotSession, mapping: ContactMapping) -> Sequence[Probe]:
    """Sign in, read a page, look at the properties."""
    report = PullReport()
    params = {"limit": "100", "properties": ",".join(mapping.properties)}
    answer = await session.get(OBJECTS, params, report, counts=False)
    rows, _ = read_rows(answer.json(), "contacts")
    left = answer.headers.get(DAILY_LEFT)
    probes = [
        Probe("reachability", ProbeStatus.OK, "HubSpot answers"),
        Probe("credentials", ProbeStatus.OK, "the token is accepted and may read contacts"),
        clock_probe(answer),
        _quota(left),
    ]
    listed = (await session.get("/crm/v3/properties/contacts", {}, report, counts=False)).json()
    there = {one["name"] for one in listed.get("results", ())}
    missing = [name for name in mapping.properties if name not in there]
    if missing:
        remedy = "Create these contact properties in HubSpot, or map other ones in the client file"
        probes.append(Probe("properties", ProbeStatus.FAILED, f"not there: {', '.join(missing)}", remedy))
    else:
        probes.append(Probe("properties", ProbeStatus.OK, f"all {len(mapping.properties)} mapped properties exist"))
    probes.append(fullness_probe([mapping.record(row) for row in rows], mapping.columns))
    return probes


def _quota(left: str | None) -> Probe:
    if left is None or not left.isdigit():
        return Probe("limits", ProbeStatus.OK, "no daily limit told")
    status = ProbeStatus.OK if int(left) >= LITTLE_QUOTA else ProbeStatus.WARNING
    remedy = "" if status is ProbeStatus.OK else "Run full pulses less often, or buy the API limit increase"
    return Probe("limits", status, f"{int(left):,} calls left today", remedy)
