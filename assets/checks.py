"""Asset checks: what an operator must be told of a snapshot or of the master. Counts and masked examples only."""

from __future__ import annotations

from collections.abc import Sequence

import dagster as dg

from assets.columns import table_metadata
from sg_pipelines.domain.model.kinds import Dimension, Kind
from sg_pipelines.operations.ingest import IngestReport
from sg_pipelines.operations.put_aside import KEPT
from sg_pipelines.operations.reconcile import NOT_HEARD, ReconcileReport
from sg_pipelines.operations.summary import ClassSummary
from sg_pipelines.ports.platforms import PullReport

COMPLETE = "snapshot_is_complete"
QUARANTINE = "nothing_quarantined"
MISSING = "every_expected_representation_exists"
HARD = "no_hard_conflicts"
SOFT = "soft_drift_within_budget"
AMOUNTS = "amounts_add_up"
EXAMPLES = 20


def snapshot_checks(key: dg.AssetKey) -> list[dg.AssetCheckSpec]:
    """What is checked of every snapshot; only completeness stops what comes after."""
    return [
        dg.AssetCheckSpec(
            COMPLETE,
            asset=key,
            blocking=True,
            description="The pull came to its end, and what it read accounts for the platform's own count where it has one.",
        ),
        dg.AssetCheckSpec(QUARANTINE, asset=key, description="Every record had the shape its platform documents."),
    ]


def quarantine_check(key: dg.AssetKey, report: IngestReport) -> list[dg.AssetCheckResult]:
    """Both checks of one ingest."""
    pull = report.pull
    examples = [{"record": item.record_id or "unreadable id", "reason": item.reason} for item in report.quarantined]
    return [
        dg.AssetCheckResult(
            check_name=COMPLETE,
            asset_key=key,
            passed=report.manifest.is_complete,
            severity=dg.AssetCheckSeverity.ERROR,
            metadata={
                "records read": report.manifest.rows,
                "mode": report.manifest.mode.value,
                **_counted(pull),
            },
        ),
        dg.AssetCheckResult(
            check_name=QUARANTINE,
            asset_key=key,
            passed=not examples,
            severity=dg.AssetCheckSeverity.WARN,
            metadata={
                "count": max(len(examples), pull.quarantined) if len(examples) >= KEPT else len(examples),
                "put aside by this pull": pull.quarantined,
                "examples": table_metadata(examples[:EXAMPLES]),
            },
        ),
    ]


def _counted(pull: PullReport) -> dict[str, int | str]:
    """What was held against the platform's own count."""
    if pull.expected_records is None:
        return {"platform counts": "not asked: what changed has no count of its own there"}
    return {
        "seen": pull.seen_records,
        "platform counts": pull.expected_records,
        "changed during the pull": pull.changed_during_pull,
    }


def master_checks(key: dg.AssetKey, kind: Kind) -> list[dg.AssetCheckSpec]:
    """The three classes of discrepancy, as checks of the master, and an order's sums; none blocks."""
    sums = dg.AssetCheckSpec(AMOUNTS, asset=key, description="Every amount follows from its parts, or a rule says why.")
    return [
        *([sums] if has_amounts(kind) else []),
        dg.AssetCheckSpec(
            MISSING, asset=key, description="Every entity is represented on each account where the client expects it."
        ),
        dg.AssetCheckSpec(
            HARD, asset=key, description="No field was changed to values that no rule can decide between."
        ),
        dg.AssetCheckSpec(
            SOFT, asset=key, description="Differences that a rule resolves stay under the client's budget."
        ),
    ]


def has_amounts(kind: Kind) -> bool:
    """True for kinds whose amounts are added up."""
    return any(field.dimension is Dimension.AMOUNTS for field in kind.fields)


def amounts_check(key: dg.AssetKey, report: ReconcileReport, classes: ClassSummary) -> dg.AssetCheckResult:
    """Sums nobody can explain, with the numbers, beside the ones a rule explains."""
    return dg.AssetCheckResult(
        check_name=AMOUNTS,
        asset_key=key,
        passed=not classes.gaps,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "count": len(classes.gaps),
            "examples": table_metadata(classes.gaps[:EXAMPLES]),
            "explained, of what this reconcile looked at": table_metadata(
                [{"rule": rule, "count": n} for rule, n in report.explained.items()]
            ),
        },
    )


def classification(key: dg.AssetKey, report: ReconcileReport, classes: ClassSummary) -> Sequence[dg.AssetCheckResult]:
    """The outcome of one reconcile as the master's checks."""
    share = classes.soft_drift_entities / report.entities if report.entities else 0.0
    verdicts = (
        (MISSING, "missing_representation", classes.counts["missing_representation"] == 0, dg.AssetCheckSeverity.ERROR),
        (HARD, "hard_conflict", classes.counts["hard_conflict"] == 0, dg.AssetCheckSeverity.ERROR),
        (SOFT, "soft_drift", share <= classes.soft_drift_budget, dg.AssetCheckSeverity.WARN),
    )
    return [
        dg.AssetCheckResult(
            check_name=name,
            asset_key=key,
            passed=passed,
            severity=severity,
            metadata={
                "count": classes.counts[cls],
                "by subject": table_metadata(classes.by_subject[cls]),
                "examples": table_metadata(classes.examples[cls][:EXAMPLES]),
                **({"share": share, "budget": classes.soft_drift_budget} if cls == "soft_drift" else {}),
                **({NOT_HEARD: ", ".join(report.not_heard)} if name == MISSING and report.not_heard else {}),
            },
        )
        for name, cls, passed, severity in verdicts
    ]
