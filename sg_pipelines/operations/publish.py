"""Datasets for data staff: what we believe, where platforms differ, how records hang together, what each one said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.kinds import ColumnType, Kind
from sg_pipelines.operations.representations import instant
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports import Document, Manifest
from sg_pipelines.telemetry.events import Event, log

BATCH = 20_000
INSTANT = pa.timestamp("ms", tz="UTC")
FLAGS = ("soft_drift", "hard_conflict", "missing_representation")


class Shelf(Protocol):
    """Where datasets are put: `lake.datasets.Datasets`."""

    root: Path

    def publish(self, name: str, table: pa.Table) -> Path:
        """Make this the current version."""
        ...


@dataclass(frozen=True, slots=True)
class Published:
    """Tables written and their rows."""

    folder: Path
    rows: Mapping[str, int]


def publish(workspace: Workspace, shelf: Shelf, plan: KindPlan) -> Published:
    """Write every table of one kind anew; readers keep seeing the former versions until each is whole."""
    tables = {
        plan.kind.plural: _entities(workspace, plan),
        "discrepancies": _discrepancies(workspace),
        "links": _links(workspace),
        "verifications": _verifications(workspace),
        "snapshots": _snapshots(workspace, plan),
        "ingests": _ingests(workspace, plan),
    }
    for name, table in tables.items():
        shelf.publish(name, table)
    rows = {name: len(table) for name, table in tables.items()}
    log(Event.DATASET_PUBLISHED, client=workspace.client, kind=plan.kind.name, rows=rows[plan.kind.plural])
    return Published(shelf.root, rows)


def _table(rows: Iterable[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows to one table, a batch at a time."""
    batches, waiting = [], []
    for row in rows:
        waiting.append(row)
        if len(waiting) == BATCH:
            batches.append(pa.RecordBatch.from_pylist(waiting, schema=schema))
            waiting = []
    if waiting:
        batches.append(pa.RecordBatch.from_pylist(waiting, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


# --- the master ---------------------------------------------------------------------------------------------


def _entities(workspace: Workspace, plan: KindPlan) -> pa.Table:
    kind = plan.kind
    open_classes: dict[str, set[str]] = defaultdict(set)
    for document in workspace.store.find("discrepancies", {"kind": kind.name, "open": True}):
        open_classes[document["entity"]].add(document["class"])
    watermark = _watermark(workspace, kind)
    documents = workspace.store.find("entities", {"kind": kind.name, "state": "live"})
    rows = (_entity_row(document, plan, open_classes[document["_id"]], watermark) for document in documents)
    return _table(rows, entity_schema(plan))


def entity_schema(plan: KindPlan) -> pa.Schema:
    """Columns of the master dataset: ids per account, values, sources, derived attributes, flags, times."""
    ids = [pa.field(f"{account}_id", pa.string()) for account in plan.policy.accounts]
    values = [
        pa.field(name, pa.list_(pa.string()) if field.is_set else pa.string())
        for field in plan.kind.fields
        for name in field.column_names
    ]
    sources = [pa.field(f"{field.name}_source", pa.string()) for field in plan.kind.fields]
    derived = [pa.field(column.name, _derived_type(column.type)) for column in plan.kind.read_only]
    flags = [pa.field(flag, pa.bool_()) for flag in FLAGS]
    times = [pa.field("last_verified_at", INSTANT), pa.field("updated_at", INSTANT)]
    return pa.schema([pa.field("entity", pa.string()), *ids, *values, *sources, *derived, *flags, *times])


def _derived_type(column: ColumnType) -> pa.DataType:
    types = {ColumnType.INTEGER: pa.int64(), ColumnType.INSTANT: INSTANT, ColumnType.BOOLEAN: pa.bool_()}
    return types.get(column, pa.string())


def _entity_row(document: Document, plan: KindPlan, classes: set[str], watermark: int | None) -> dict[str, Any]:
    row: dict[str, Any] = {"entity": document["_id"]}
    for account in plan.policy.accounts:
        stored = document["representations"].get(account)
        row[f"{account}_id"] = stored["record_id"] if stored and stored["state"] == "live" else None
    for field in plan.kind.fields:
        cell = document["fields"].get(field.name) or {}
        value = cell.get("value")
        row[f"{field.name}_source"] = cell.get("source")
        row |= {name: (value or {}).get(name) for name in field.columns} if field.columns else {field.name: value}
    for column in plan.kind.read_only:
        value = document["derived"].get(column.name)
        row[column.name] = instant(value) if column.type is ColumnType.INSTANT else value
    row |= {flag: flag in classes for flag in FLAGS}
    row["last_verified_at"] = instant(max(document["updated_at"], watermark or 0))
    row["updated_at"] = instant(document["updated_at"])
    return row


def _watermark(workspace: Workspace, kind: Kind) -> int | None:
    """When every entity was last compared by a full pulse: the oldest of the dimensions' watermarks."""
    ids = [f"{kind.name}:{dimension}" for dimension in sorted({field.dimension.value for field in kind.fields})]
    found = workspace.store.get_many("verifications", ids)
    return min((document["at"] for document in found), default=None) if len(found) == len(ids) else None


# --- beside the master ---------------------------------------------------------------------------------------


def _discrepancies(workspace: Workspace) -> pa.Table:
    texts = ("kind", "entity", "class", "subject", "field", "account", "dimension", "rule", "reason", "owner")
    times = ("first_seen_at", "last_seen_at", "closed_at")
    shown = ("values", "base", "proposed")
    schema = pa.schema(
        [pa.field(name, pa.string()) for name in (*texts, "close_reason", "moved", *shown)]
        + [pa.field(name, INSTANT) for name in times]
        + [pa.field("open", pa.bool_())]
    )
    rows = (
        {name: document.get(name) for name in (*texts, "close_reason", "open")}
        | {"moved": ", ".join(document.get("moved") or ()) or None}
        | {name: readable(document.get(name)) for name in shown}
        | {name: instant(document.get(name)) for name in times}
        for document in workspace.store.find("discrepancies")
    )
    return _table(rows, schema)


def readable(value: Any) -> str | None:
    """A value, a composite or a mapping of values as one line a person reads."""
    if value is None:
        return None
    if isinstance(value, dict):
        return "; ".join(f"{key}: {readable(part)}" for key, part in value.items() if part is not None)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _links(workspace: Workspace) -> pa.Table:
    texts = ("kind", "ref", "account", "record_id", "entity", "role", "decided_by")
    schema = pa.schema(
        [pa.field(name, pa.string()) for name in (*texts, "evidence")]
        + [pa.field("confidence", pa.float64()), pa.field("valid_from", INSTANT), pa.field("valid_to", INSTANT)]
        + [pa.field("open", pa.bool_())]
    )
    rows = (
        {name: document[name] for name in (*texts, "confidence", "open")}
        | {"evidence": "; ".join(item["detail"] for item in document["evidence"])}
        | {name: instant(document[name]) for name in ("valid_from", "valid_to")}
        for document in workspace.store.find("links")
    )
    return _table(rows, schema)


def _verifications(workspace: Workspace) -> pa.Table:
    schema = pa.schema(
        [
            pa.field("kind", pa.string()),
            pa.field("dimension", pa.string()),
            pa.field("entity", pa.string()),
            pa.field("outcome", pa.string()),
            pa.field("verified_at", INSTANT),
        ]
    )
    return _table(_verification_rows(workspace), schema)


def _verification_rows(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """The watermark of each dimension (entity null: every entity), then the entities that deviate from it."""
    for document in workspace.store.find("verifications"):
        common = {"kind": document["kind"], "verified_at": instant(document["at"])}
        if "dimension" in document:
            yield {**common, "dimension": document["dimension"], "entity": None, "outcome": "compared"}
        for dimension in document.get("deviates", ()):
            yield {**common, "dimension": dimension, "entity": document["entity"], "outcome": "differs"}


# --- what platforms said ---------------------------------------------------------------------------------------


def _snapshots(workspace: Workspace, plan: KindPlan) -> pa.Table:
    """The latest state of every record of every account, in canonical columns and original form."""
    tables = []
    for account in plan.policy.accounts:
        table = workspace.lake.latest(account, plan.kind).drop_columns(["payload", "sequence", "cross_ids"])
        labels = {"account": account, "kind": plan.kind.name}
        for position, (name, value) in enumerate(labels.items()):
            table = table.add_column(position, name, pa.repeat(pa.scalar(value), len(table)))
        tables.append(table)
    return pa.concat_tables(tables)


def _ingests(workspace: Workspace, plan: KindPlan) -> pa.Table:
    counts = ("calls", "lower_bound", "throttled", "retries", "quarantined", "late_arrivals")
    schema = pa.schema(
        [pa.field(name, pa.string()) for name in ("ingest", "account", "kind", "mode")]
        + [pa.field("started_at", INSTANT), pa.field("finished_at", INSTANT)]
        + [pa.field("rows", pa.int64()), pa.field("is_complete", pa.bool_())]
        + [pa.field(name, pa.int64()) for name in counts]
    )
    manifests = (m for account in plan.policy.accounts for m in workspace.lake.manifests(account, plan.kind))
    return _table((_ingest_row(manifest, counts) for manifest in manifests), schema)


def _ingest_row(manifest: Manifest, counts: tuple[str, ...]) -> dict[str, Any]:
    started: datetime = manifest.started_at
    return {
        "ingest": manifest.ingest_id,
        "account": manifest.account,
        "kind": manifest.kind,
        "mode": manifest.mode.value,
        "started_at": started,
        "finished_at": manifest.finished_at,
        "rows": manifest.rows,
        "is_complete": manifest.is_complete,
        **{name: manifest.report.get(name) for name in counts},
    }
