"""One pulse: pull every account of a client, then reconcile. Used by the command line; Dagster runs the same steps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.errors import IncompleteSnapshot, SgError, together
from sg_pipelines.operations.ingest import IngestReport, ingest
from sg_pipelines.operations.reconcile import ReconcileReport, reconcile
from sg_pipelines.operations.unheard import ask_about_unheard
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.platforms import Connector, PullMode

Progress = Callable[[str], None]
OpenConnectors = Callable[[], Mapping[str, Connector]]


@dataclass(slots=True)
class PulseReport:
    """What one pulse did, kind by kind, and how long each stage took (wall seconds)."""

    ingests: list[IngestReport] = field(default_factory=list)
    reconciles: list[ReconcileReport] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)


def pulse(workspace: Workspace, connectors: OpenConnectors, *, mode: PullMode, progress: Progress) -> PulseReport:
    """Pull and reconcile every kind. IncompleteSnapshot stops before anything is concluded from half a picture."""
    report = PulseReport()
    for plan in workspace.plans.values():
        with _stage(report, "snapshots"):
            report.ingests += asyncio.run(_pull(workspace, connectors, plan.kind, mode, progress))
        for done in report.ingests:
            require_complete(done)
        with _stage(report, "reconcile"):
            outcome = reconcile(workspace, plan)
        progress(
            f"{plan.kind.plural}: {outcome.entities:,} entities, {outcome.touched:,} records looked at, "
            f"{outcome.opened} discrepancies opened, {outcome.closed} closed{_besides(outcome)}"
        )
        for stage, seconds in outcome.seconds.items():
            report.seconds[stage] = report.seconds.get(stage, 0.0) + seconds
        report.reconciles.append(outcome)
    return report


def _besides(outcome: ReconcileReport) -> str:
    """What a reconcile could say nothing about, and what it ended, where there is any."""
    counts = {
        "expectations without an answer": outcome.unanswered,
        "prices in another currency, not compared": outcome.in_other_currencies,
        **outcome.ended,
    }
    return "".join(f", {count:,} {of}" for of, count in counts.items() if count)


def require_complete(done: IngestReport) -> None:
    """Refuse to conclude anything from a snapshot that is not whole."""
    if done.manifest.is_complete:
        return
    raise IncompleteSnapshot(
        f"{done.pull.seen_records} of {done.pull.expected_records} records arrived",
        where=f"{done.account} {done.kind}",
        remedy="Run the pulse again; if it happens again, `sg doctor` says whether permissions hide records",
    )


async def _pull(
    workspace: Workspace, connectors: OpenConnectors, kind: Kind, mode: PullMode, progress: Progress
) -> list[IngestReport]:
    """Every account at once; those that fail are told together when the others are done."""
    opened = connectors()
    try:
        pulls = [
            _one(workspace, connector, kind, mode, progress)
            for account, connector in opened.items()
            if account in workspace.plans[kind.name].policy.accounts
        ]
        ended = await asyncio.gather(*pulls)
    finally:
        for connector in opened.values():
            await connector.aclose()
    refused = [one for one in ended if isinstance(one, SgError)]
    if refused:
        raise together(refused)
    return [done for one in ended if not isinstance(one, SgError) for done in one]


async def _one(
    workspace: Workspace, connector: Connector, kind: Kind, mode: PullMode, progress: Progress
) -> list[IngestReport] | SgError:
    try:
        done = await ingest(connector, workspace.lake, kind, workspace.clock, mode=mode)
        pulls = [done, *await ask_about_unheard(connector, workspace, done)]
    except SgError as error:
        progress(f"{connector.account}: {kind.plural} could not be pulled")
        return error
    for one in pulls:
        aside = f", {one.pull.quarantined:,} put aside that could not be read" if one.pull.quarantined else ""
        left_out = f", {one.pull.left_out:,} further values left out" if one.pull.left_out else ""
        progress(
            f"{one.account}: {one.manifest.rows:,} records ({one.manifest.mode}), {one.pull.calls} calls "
            f"(least possible {one.pull.lower_bound}), {one.pull.throttled} throttled{aside}{left_out}"
        )
    return pulls


class _stage:
    """Adds the wall seconds of a block to a report."""

    def __init__(self, report: PulseReport, name: str) -> None:
        self._report, self._name, self._began = report, name, 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        taken = time.perf_counter() - self._began
        self._report.seconds[self._name] = self._report.seconds.get(self._name, 0.0) + taken
