"""Datasets for data staff: what we believe, where platforms differ, how records hang together, what each one said.

A part of a table is one whole file, so that any reader of Parquet can read it. It is made from the former file: rows about
entities that changed since are read from the store, the others are kept. Each file says how far it had read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc
from ulid import ULID

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.operations.changed import changed_entities
from sg_pipelines.operations.derived import ORDERED
from sg_pipelines.operations.master_table import in_context, master_table
from sg_pipelines.operations.side_tables import (
    annotation_table,
    discrepancy_table,
    finding_table,
    link_table,
    verification_table,
)
from sg_pipelines.operations.snapshot_tables import ingest_table, snapshot_table
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.telemetry.events import Event, log

# Raise it when a row is made in another way: then nothing is taken from files made before
MADE = 1
MADE_FROM, READ_TO = b"sg_made_from", b"sg_read_to"
SIDE_TABLES: Mapping[str, Callable[[Workspace, Kind, None, Collection[str] | None], pa.Table]] = {
    "discrepancies": discrepancy_table,
    "findings": finding_table,
    "links": link_table,
    "annotations": annotation_table,
    "verifications": verification_table,
}
Build = Callable[[Collection[str] | None], pa.Table]


class Shelf(Protocol):
    """Where datasets are put: `lake.datasets.Datasets`."""

    root: Path

    def publish(self, name: str, part: str, table: pa.Table) -> Path:
        """Make this the current version of one part of a dataset."""
        ...

    def read_part(self, name: str, part: str) -> pa.Table | None:
        """The current version of one part; None when it was never published."""
        ...

    def withdraw(self, part: str) -> None:
        """Publish this part of every dataset no longer; nothing happens where it was never published."""
        ...


@dataclass(frozen=True, slots=True)
class Published:
    """Tables written and their rows of this kind."""

    folder: Path
    rows: Mapping[str, int]


def publish(workspace: Workspace, shelf: Shelf, plan: KindPlan) -> Published:
    """Bring one kind's part of every table up to date; readers keep seeing the former version until each is whole. Parts of
    kinds that are not kept any more are withdrawn."""
    for left_out in sorted(KINDS.keys() - workspace.plans.keys()):
        shelf.withdraw(left_out)
    rows = {}
    for name, table in tables(workspace, shelf, plan).items():
        shelf.publish(name, plan.kind.name, table)
        rows[name] = len(table)
    log(Event.DATASET_PUBLISHED, client=workspace.client, kind=plan.kind.name, rows=rows[plan.kind.plural])
    return Published(shelf.root, rows)


def tables(workspace: Workspace, shelf: Shelf, plan: KindPlan) -> dict[str, pa.Table]:
    """One kind's part of every table, as things stand."""
    upkeep = _Upkeep(workspace, shelf, plan)
    own = upkeep.brought_up_to_date(plan.kind.plural, partial(master_table, workspace, plan))
    beside = {
        name: upkeep.brought_up_to_date(name, partial(make, workspace, plan.kind, None))
        for name, make in SIDE_TABLES.items()
    }
    return {
        plan.kind.plural: in_context(workspace, plan, own, _orders(workspace, shelf, plan)),
        **beside,
        "snapshots": snapshot_table(workspace, plan),
        "ingests": ingest_table(workspace, plan),
    }


def _orders(workspace: Workspace, shelf: Shelf, plan: KindPlan) -> pa.Table | None:
    """The master table of orders as it stands, published or not, for a kind that orders."""
    if plan.kind.name not in ORDERED or ORDER.name not in workspace.plans:
        return None
    orders = workspace.plans[ORDER.name]
    upkeep = _Upkeep(workspace, shelf, orders)
    return upkeep.brought_up_to_date(ORDER.plural, partial(master_table, workspace, orders))


class _Upkeep:
    """Makes tables of one kind from their former files and what changed since."""

    def __init__(self, workspace: Workspace, shelf: Shelf, plan: KindPlan) -> None:
        self._shelf, self._kind = shelf, plan.kind
        self._made_from = _made_from(workspace)
        self._read_to = workspace.store.position()
        self._changed = cache(lambda token: changed_entities(workspace.store, plan.kind, token))

    def brought_up_to_date(self, name: str, build: Build) -> pa.Table:
        """`build` makes the rows about some entities and about none, or all rows."""
        former = self._shelf.read_part(name, self._kind.name)
        said = (former.schema.metadata or {}) if former is not None else {}
        changed = self._changed(said[READ_TO].decode()) if said.get(MADE_FROM) == self._made_from else None
        fresh = build(changed)
        if former is not None and changed is not None and former.schema.equals(fresh.schema):
            fresh = pa.concat_tables([_others(former, changed), fresh])
        elif changed is not None:
            fresh = build(None)
        return fresh.replace_schema_metadata({MADE_FROM: self._made_from, READ_TO: self._read_to.encode()})


def _others(table: pa.Table, changed: Collection[str]) -> pa.Table:
    """Rows about an entity that did not change."""
    entities = table.column("entity")
    is_other = pc.invert(pc.is_in(entities, pa.array(sorted(changed), pa.string())))
    return table.filter(pc.and_(is_other, pc.is_valid(entities)))


def _made_from(workspace: Workspace) -> bytes:
    """Names this store for as long as it is this store, and the kinds that are kept in it: tokens of another store, or of one
    begun anew, say nothing, and with another kind rows read differently."""
    name = {"_id": "name", "name": str(ULID())}
    workspace.store.insert_or_ignore("identity", [name])
    kept = workspace.store.get("identity", "name") or name
    said = f"{MADE} {kept['name']} {' '.join(workspace.plans)}"
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest().encode()
