"""Datasets for data staff: what we believe, where platforms differ, how records hang together, what each one said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.operations.master_table import master_table
from sg_pipelines.operations.side_tables import discrepancy_table, finding_table, link_table, verification_table
from sg_pipelines.operations.snapshot_tables import ingest_table, snapshot_table
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.telemetry.events import Event, log


class Shelf(Protocol):
    """Where datasets are put: `lake.datasets.Datasets`."""

    root: Path

    def publish(self, name: str, part: str, table: pa.Table) -> Path:
        """Make this the current version of one part of a dataset."""
        ...


@dataclass(frozen=True, slots=True)
class Published:
    """Tables written and their rows of this kind."""

    folder: Path
    rows: Mapping[str, int]


def publish(workspace: Workspace, shelf: Shelf, plan: KindPlan) -> Published:
    """Write one kind's part of every table anew; readers keep seeing the former version until each is whole."""
    rows = {}
    for name, table in tables(workspace, plan).items():
        shelf.publish(name, plan.kind.name, table)
        rows[name] = len(table)
    log(Event.DATASET_PUBLISHED, client=workspace.client, kind=plan.kind.name, rows=rows[plan.kind.plural])
    return Published(shelf.root, rows)


def tables(workspace: Workspace, plan: KindPlan) -> dict[str, pa.Table]:
    """One kind's part of every table, as things stand."""
    return {
        plan.kind.plural: master_table(workspace, plan),
        "discrepancies": discrepancy_table(workspace, plan.kind),
        "findings": finding_table(workspace, plan.kind),
        "links": link_table(workspace, plan.kind),
        "verifications": verification_table(workspace, plan.kind),
        "snapshots": snapshot_table(workspace, plan),
        "ingests": ingest_table(workspace, plan),
    }
