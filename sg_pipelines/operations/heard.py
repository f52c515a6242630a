"""Rows of the lake that a reconcile starts from: what was heard of records, live or gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.platforms import PullMode

STATED = ("record_id", "state", "merged_into", "external_id", "cross_ids", "modified_at", "fetched_at", "digest")


def last_ingest(workspace: Workspace, account: str, kind: Kind) -> str | None:
    """The newest one of an account, if there is any."""
    manifests = workspace.lake.manifests(account, kind)
    return manifests[-1].ingest_id if manifests else None


def expecting_of_heard(workspace: Workspace, plan: KindPlan) -> KindPlan:
    """The plan, expecting nothing of accounts that were never read whole: what nobody asked for is unknown, not missing."""
    asked = {
        account: condition
        for account, condition in plan.expected_on.items()
        if any(one.is_complete and one.mode is PullMode.FULL for one in workspace.lake.manifests(account, plan.kind))
    }
    return replace(plan, expected_on=asked)


def heard(
    workspace: Workspace, plan: KindPlan, marks: Mapping[str, str | None] | None
) -> tuple[pa.Table, list[dict[str, Any]]]:
    """Latest rows of the accounts, live and gone apart: those named by ingests after `marks`, or all of them (None)."""
    columns = [*STATED, "unknown", *(column.name for column in plan.kind.columns())]
    live, gone = [], []
    for account in sorted(plan.policy.accounts):
        ids = None if marks is None else workspace.lake.ids_since(account, plan.kind, marks.get(account))
        table = workspace.lake.latest(account, plan.kind, columns=columns, record_ids=ids).select(columns)
        table = table.add_column(0, "account", pa.repeat(pa.scalar(account), len(table)))
        is_live = pc.equal(table.column("state"), RecordState.LIVE.value)
        live.append(table.filter(is_live))
        gone.extend(table.filter(pc.invert(is_live)).select(["account", *STATED]).to_pylist())
    return pa.concat_tables(live).combine_chunks(), gone


def named_but_gone(
    workspace: Workspace, plan: KindPlan, rows: pa.Table, gone: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Records that are gone although live ones still name them: they explain why a representation is missing."""
    seen = set(zip(rows.column("account").to_pylist(), rows.column("record_id").to_pylist(), strict=True))
    seen |= {(row["account"], row["record_id"]) for row in gone}
    named: dict[str, set[str]] = {}
    for cross_ids in rows.column("cross_ids").to_pylist():
        for item in cross_ids or ():
            if item["account"] in plan.policy.accounts and (item["account"], item["record_id"]) not in seen:
                named.setdefault(item["account"], set()).add(item["record_id"])
    found = []
    for account, ids in sorted(named.items()):
        table = workspace.lake.latest(account, plan.kind, columns=STATED, record_ids=sorted(ids))
        table = table.filter(pc.not_equal(table.column("state"), RecordState.LIVE.value))
        found += [{"account": account, **row} for row in table.to_pylist()]
    return found
