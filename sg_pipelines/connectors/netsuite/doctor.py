"""Can we work on this NetSuite account?"""

from __future__ import annotations

from collections.abc import Sequence

from sg_pipelines.connectors.netsuite.mapping import CustomerMapping
from sg_pipelines.connectors.netsuite.session import NetSuiteSession
from sg_pipelines.connectors.netsuite.wire import read_rows
from sg_pipelines.connectors.probing import clock_probe, fullness_probe
from sg_pipelines.errors import PermissionMissing, PlatformRefused
from sg_pipelines.ports import Probe, ProbeStatus, PullReport

SAMPLE = 100


async def examine(session: NetSuiteSession, mapping: CustomerMapping) -> Sequence[Probe]:
    """Sign in, ask for the limits, read a few customers with every mapped column."""
    report = PullReport()
    try:
        answer = await session.limits(report)
        told = answer.json().get("accountConcurrencyLimit")
        limits = [clock_probe(answer), Probe("limits", ProbeStatus.OK, f"{told} requests at a time")]
    except PermissionMissing:
        limits = [Probe("limits", ProbeStatus.WARNING, "only an administrator may read them", "Set `concurrency:`")]
    reached = [
        Probe("reachability", ProbeStatus.OK, "NetSuite answers"),
        Probe("credentials", ProbeStatus.OK, "the signature is accepted"),
        *limits,
    ]
    try:
        body = await session.query(f"{mapping.select} ORDER BY c.id", [], report, limit=SAMPLE, counts=False)
    except PlatformRefused as error:
        remedy = "A mapped column does not exist or the role may not see it: check the client file's custom columns"
        return [*reached, Probe("mapped fields", ProbeStatus.FAILED, error.message, remedy)]
    rows, _ = read_rows(body, "customers")
    permitted = Probe("scopes", ProbeStatus.OK, "customers can be read through SuiteQL")
    return [*reached, permitted, fullness_probe([mapping.record(row) for row in rows], mapping.columns)]
