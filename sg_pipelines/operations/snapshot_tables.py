"""What platforms said, as tables: the records of one kind, and the pulls that brought them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.operations.tables import INSTANT, table_of
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.lake import Manifest

_COUNTS = ("calls", "lower_bound", "throttled", "retries", "quarantined", "late_arrivals", "left_out")


def snapshot_table(workspace: Workspace, plan: KindPlan, at: datetime | None = None) -> pa.Table:
    """The latest state of every record of every account (or the state at an instant), in canonical columns and original
    form."""
    tables = []
    for account in plan.policy.accounts:
        lake = workspace.lake
        whole = lake.latest(account, plan.kind) if at is None else lake.as_of(account, plan.kind, at)
        table = whole.drop_columns(["payload", "sequence", "cross_ids"])
        labels = {"account": account, "kind": plan.kind.name}
        for position, (name, value) in enumerate(labels.items()):
            table = table.add_column(position, name, pa.repeat(pa.scalar(value), len(table)))
        tables.append(table)
    return pa.concat_tables(tables)


def ingest_table(workspace: Workspace, plan: KindPlan, at: datetime | None = None) -> pa.Table:
    """A pull: mode, rows, completeness, calls made and least possible."""
    schema = pa.schema(
        [pa.field(name, pa.string()) for name in ("ingest", "account", "kind", "mode")]
        + [pa.field("started_at", INSTANT), pa.field("finished_at", INSTANT)]
        + [pa.field("rows", pa.int64()), pa.field("is_complete", pa.bool_())]
        + [pa.field(name, pa.int64()) for name in _COUNTS]
    )
    manifests = (m for account in plan.policy.accounts for m in workspace.lake.manifests(account, plan.kind))
    return table_of((_row(manifest) for manifest in manifests if at is None or manifest.finished_at <= at), schema)


def _row(manifest: Manifest) -> dict[str, Any]:
    return {
        "ingest": manifest.ingest_id,
        "account": manifest.account,
        "kind": manifest.kind,
        "mode": manifest.mode.value,
        "started_at": manifest.started_at,
        "finished_at": manifest.finished_at,
        "rows": manifest.rows,
        "is_complete": manifest.is_complete,
        **{name: manifest.report.get(name) for name in _COUNTS},
    }
