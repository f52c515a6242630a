"""Count what is common among all records of a kind, and keep it for the reconciles that look at a few of them."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.matching.by_kind import likeness_of
from sg_pipelines.domain.matching.commonness import commonness
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.operations.workspace import Workspace


def count_all(workspace: Workspace, plan: KindPlan, connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """What is common among the live records of every account (`matching.types.COMMONNESS`), by the lake's latest rows."""
    likeness = likeness_of(plan.kind.name, plan.keys)
    own = {column.name for column in plan.kind.columns()}
    columns = ["record_id", "state", *(name for name in likeness.needs if name in own)]
    tables = []
    for account in sorted(plan.policy.accounts):
        table = workspace.lake.latest(account, plan.kind, columns=columns)
        table = table.filter(pc.equal(table.column("state"), RecordState.LIVE.value))
        tables.append(table.add_column(0, "account", pa.repeat(pa.scalar(account), len(table))))
    return commonness(connection, pa.concat_tables(tables), likeness, platforms=workspace.platforms)
