"""Snapshots: what each account said, as it said it. One asset per account and kind, each with its own checks."""

import asyncio
from typing import Any

import dagster as dg

from assets.checks import quarantine_check, snapshot_checks
from assets.columns import snapshot_schema, table_metadata
from assets.names import OWNERS, snapshot_key
from resources.client import ClientResource
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.errors import ConfigurationError
from sg_pipelines.operations.ingest import IngestReport
from sg_pipelines.ports.platforms import PullMode


class PullConfig(dg.Config):
    """How to pull: INCREMENTAL (the default; a first pull is always full), FULL, or BY_IDS with `record_ids`."""

    mode: PullMode = PullMode.INCREMENTAL
    record_ids: list[str] = []


def snapshot_asset(file: ClientFile, plan: KindPlan, account: str) -> dg.AssetsDefinition:
    """The snapshot of one kind at one account."""
    platform = file.accounts[account].platform
    key = snapshot_key(file.client, account, plan.kind.plural)

    @dg.asset(
        key=key,
        op_tags={"client": file.client},
        group_name="snapshots",
        kinds={platform, "parquet"},
        owners=OWNERS,
        tags={"client": file.client, "platform": platform},
        description=f"{plan.kind.plural.capitalize()} as {account} states them, append-only with manifests.",
        metadata={"dagster/column_schema": snapshot_schema(plan.kind)},
        code_version="1",
        freshness_policy=dg.FreshnessPolicy.time_window(
            warn_window=file.freshness.warn_after, fail_window=file.freshness.fail_after
        ),
        check_specs=snapshot_checks(key),
        pool=f"{file.client}_{account}",
    )
    def snapshot(config: PullConfig, client: ClientResource) -> dg.MaterializeResult:  # type: ignore[type-arg]  # as Dagster reads it
        if (config.mode is PullMode.BY_IDS) != bool(config.record_ids):
            raise ConfigurationError(
                "`mode: BY_IDS` and `record_ids` go together",
                where=key.to_user_string(),
                remedy="Name the ids, or leave both out",
            )
        with client.session() as session:
            report = asyncio.run(session.ingest(account, plan.kind, mode=config.mode, record_ids=config.record_ids))
            preview = session.preview(account, plan.kind)
        return dg.MaterializeResult(
            metadata={**_numbers(report), "preview": table_metadata(preview)},
            check_results=quarantine_check(key, report),
        )

    return snapshot


def _numbers(report: IngestReport) -> dict[str, Any]:
    pull = report.pull
    return {
        "dagster/row_count": report.live,
        "records read": report.manifest.rows,
        "mode": report.manifest.mode.value,
        "new": report.new,
        "changed": report.changed,
        "gone": report.gone,
        "quarantined": len(report.quarantined),
        "late arrivals": pull.late_arrivals,
        "left out": pull.left_out,
        "API calls": pull.calls,
        "API calls, least possible": pull.lower_bound,
        "throttled": pull.throttled,
        "waited (s)": round(pull.waited_seconds, 2),
        **({"quota left": pull.quota_left} if pull.quota_left is not None else {}),
        "notes": "; ".join(pull.notes) or "none",
    }
