"""Can we work on this NetSuite account?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sg_pipelines.connectors.answers import decoded
from sg_pipelines.connectors.netsuite.mapping import RecordMapping
from sg_pipelines.connectors.netsuite.session import NetSuiteSession
from sg_pipelines.connectors.netsuite.sublists import Sublist, of_owners
from sg_pipelines.connectors.netsuite.wire import read_rows
from sg_pipelines.connectors.probing import clock_probe, fullness_probe, readable
from sg_pipelines.errors import PermissionMissing, PlatformRefused
from sg_pipelines.ports.platforms import Probe, ProbeStatus, PullReport

SAMPLE = 100


async def examine(session: NetSuiteSession, mappings: Mapping[str, RecordMapping]) -> Sequence[Probe]:
    """Sign in, ask for the limits, read a few records of each kind with every mapped column. `mappings`: plural → how."""
    report = PullReport()
    try:
        answer = await session.limits(report)
        told = decoded(answer, f"{session.account} limits").get("accountConcurrencyLimit")
        limits = [clock_probe(answer), Probe("limits", ProbeStatus.OK, f"{told} requests at a time")]
    except PermissionMissing:
        limits = [Probe("limits", ProbeStatus.WARNING, "only an administrator may read them", "Set `concurrency:`")]
    reached = [
        Probe("reachability", ProbeStatus.OK, "NetSuite answers"),
        Probe("credentials", ProbeStatus.OK, "the signature is accepted"),
        *limits,
    ]
    return reached + [
        probe for plural, how in mappings.items() for probe in await _sample(session, plural, how, report)
    ]


async def _sample(session: NetSuiteSession, plural: str, mapping: RecordMapping, report: PullReport) -> list[Probe]:
    """The newest records of one kind with their sublists: old ones are often inactive."""
    name = f"{session.account} {plural}"
    sheet = mapping.sheet
    try:
        sql = f"{mapping.select} WHERE {sheet.where} ORDER BY {sheet.record}.id DESC"
        rows, _ = read_rows(await session.query(sql, [], report, limit=SAMPLE, counts=False), name)
        owners = [row["id"] for row in rows]
        lists = {d.name: await of_owners(session, d, name, owners, report) for d in sheet.details if owners}
    except PlatformRefused as error:
        remedy = "A mapped column does not exist or the role may not see it: check custom columns and the role's lists"
        return [Probe(f"{plural}: mapped fields", ProbeStatus.FAILED, error.message, remedy)]
    nothing = Sublist()
    records = readable(
        rows,
        lambda row: mapping.record(
            row, {d.name: lists.get(d.name, nothing).rows.get(row["id"], []) for d in sheet.details}
        ),
    )
    permitted = Probe(f"{plural}: scopes", ProbeStatus.OK, f"{plural} can be read through SuiteQL")
    return [permitted, fullness_probe(records, mapping.columns, plural, len(rows))]
