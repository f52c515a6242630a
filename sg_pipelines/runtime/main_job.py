"""The main job, headless: a pulse; on a simulated client's first run a baseline, people at work, then a second pulse."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sg_pipelines.operations.census import census
from sg_pipelines.operations.memory import last_reconcile
from sg_pipelines.operations.pulse import PulseReport, pulse
from sg_pipelines.operations.put_aside import put_aside
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.session import Session

Progress = Callable[[str], None]


@dataclass(slots=True)
class MainJobReport:
    """What `sg reconcile` prints: counts per kind and class, findings per kind and type, expectations that had no answer
    per kind (of what was looked at), records per account that cannot be read, calls per account, wall seconds per stage."""

    entities: dict[str, int] = field(default_factory=dict)
    links: dict[str, dict[str, int]] = field(default_factory=dict)
    discrepancies: dict[str, dict[str, int]] = field(default_factory=dict)
    findings: dict[str, dict[str, int]] = field(default_factory=dict)
    unanswered: dict[str, int] = field(default_factory=dict)
    quarantined: dict[str, int] = field(default_factory=dict)
    api_calls: dict[str, dict[str, int]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The object `--json` prints."""
        return {
            "entities": self.entities,
            "links": self.links,
            "discrepancies": self.discrepancies,
            "findings": self.findings,
            "unanswered": self.unanswered,
            "quarantined": self.quarantined,
            "api_calls": self.api_calls,
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()},
        }


def main_job(session: Session, *, full: bool, progress: Progress) -> MainJobReport:
    """Bring the master up to date with the platforms and publish the datasets."""
    pulses = []
    if is_first_run(session):
        progress("baseline pulse: every record of every account")
        pulses.append(_pulse(session, PullMode.FULL, progress))
        if let_people_work(session, progress):
            progress("incremental pulse: what changed since")
            pulses.append(_pulse(session, PullMode.INCREMENTAL, progress))
    else:
        pulses.append(_pulse(session, PullMode.FULL if full else PullMode.INCREMENTAL, progress))
    began = time.perf_counter()
    for plan in session.workspace.plans.values():
        session.publish(plan.kind)
    report = _report(session, pulses)
    report.seconds["datasets"] = time.perf_counter() - began
    return report


def is_first_run(session: Session) -> bool:
    """True when nothing was ever reconciled."""
    return not any(last_reconcile(session.workspace.store, kind) for kind in session.workspace.plans)


def let_people_work(session: Session, progress: Progress) -> bool:
    """The sandbox's people edit, once in the life of a generated world; True when they just did."""
    if session.control is None:
        return False
    status = session.control.get("status")
    if not status["people"] or status["rounds"]:
        return False
    progress(
        "the sandbox's people work for a while: newcomers and orders come, records are edited, merged, archived and deleted"
    )
    session.control.post("world/edit", {})
    return True


def _pulse(session: Session, mode: PullMode, progress: Progress) -> PulseReport:
    return pulse(session.workspace, session.connectors, mode=mode, progress=progress)


def report_since(session: Session, since: datetime) -> MainJobReport:
    """How things stand, with what the pulls since then cost."""
    manifests = (
        manifest
        for plan in session.workspace.plans.values()
        for account in plan.policy.accounts
        for manifest in session.workspace.lake.manifests(account, plan.kind)
        if manifest.started_at >= since
    )
    report = describe(session)
    report.api_calls = _added((manifest.account, manifest.report) for manifest in manifests)
    return report


def describe(session: Session) -> MainJobReport:
    """How things stand, without having done anything."""
    report = MainJobReport()
    for name, plan in session.workspace.plans.items():
        counted = census(session.workspace, plan)
        report.entities[name] = counted.entities
        report.links[name] = counted.links
        report.discrepancies[name] = counted.discrepancies
        report.findings[name] = counted.findings
        for account, records in put_aside(session.workspace, plan).items():
            report.quarantined[account] = report.quarantined.get(account, 0) + len(records)
    return report


def _report(session: Session, pulses: list[PulseReport]) -> MainJobReport:
    report = describe(session)
    report.api_calls = _added((done.account, done.manifest.report) for one in pulses for done in one.ingests)
    for done in (done for one in pulses for done in one.reconciles):
        for kind, count in ((done.kind, done.unanswered), *((one.kind.name, one.unanswered) for one in done.by_orders)):
            report.unanswered[kind] = report.unanswered.get(kind, 0) + count
    for one in pulses:
        for stage, seconds in one.seconds.items():
            report.seconds[stage] = report.seconds.get(stage, 0.0) + seconds
    return report


def _added(pulls: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, dict[str, int]]:
    """Calls per account over several pulls."""
    calls: dict[str, dict[str, int]] = defaultdict(lambda: {"made": 0, "lower_bound": 0, "throttled": 0})
    for account, pull in pulls:
        calls[account]["made"] += pull["calls"]
        calls[account]["lower_bound"] += pull["lower_bound"]
        calls[account]["throttled"] += pull["throttled"]
    return {account: calls[account] for account in sorted(calls)}
