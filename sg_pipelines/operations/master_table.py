"""The master of one kind as a table: ids per account, values, where each came from, flags and times."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.comparators.packing import RESOLVED
from sg_pipelines.domain.comparators.rows import measures
from sg_pipelines.domain.model.kinds import ColumnType, Field, Kind
from sg_pipelines.operations.chunks import chunks
from sg_pipelines.operations.derived import ORDERED, ordered_by, with_ordered
from sg_pipelines.operations.master_columns import FLAGS, entity_schema
from sg_pipelines.operations.quality import quality
from sg_pipelines.operations.representations import instant
from sg_pipelines.operations.shared_currency import SharedCurrency
from sg_pipelines.operations.side_tables import documents_about
from sg_pipelines.operations.tables import INSTANT, table_of
from sg_pipelines.operations.typed import OF_TYPE, column_type, number
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document

Readers = Mapping[str, Callable[[Any], Any]]


def master_table(workspace: Workspace, plan: KindPlan, entities: Collection[str] | None = None) -> pa.Table:
    """Every live entity (of these), as things stand, but for what changes without the entity: `in_context` adds it."""
    open_classes: dict[str, set[str]] = defaultdict(set)
    for document in documents_about(workspace, "discrepancies", plan.kind, entities, open=True):
        open_classes[document["entity"]].add(document["class"])
    return table_of(rows_of(_live(workspace, plan.kind, entities), plan, open_classes), entity_schema(plan))


def in_context(workspace: Workspace, plan: KindPlan, table: pa.Table, orders: pa.Table | None) -> pa.Table:
    """A master table with what a full pulse verified of everybody, and what each ordered (`orders`: their master table; None
    when the kind does not order or orders are not kept)."""
    everybody = pa.scalar(_watermark(workspace, plan.kind), pa.int64())
    verified = pc.max_element_wise(table.column("updated_at").cast(pa.int64()), everybody)
    position = table.schema.get_field_index("last_verified_at")
    table = table.set_column(position, table.schema.field(position), verified.cast(INSTANT))
    return table if orders is None else with_ordered(table, ordered_by(orders, plan.kind))


def _live(workspace: Workspace, kind: Kind, entities: Collection[str] | None) -> Iterator[Document]:
    if entities is None:
        yield from workspace.store.find("entities", {"kind": kind.name, "state": "live"})
        return
    for chunk in chunks(sorted(entities)):
        yield from (one for one in workspace.store.get_many("entities", chunk) if one["state"] == "live")


def rows_of(
    documents: Iterable[Document], plan: KindPlan, open_classes: Mapping[str, set[str]]
) -> Iterable[dict[str, Any]]:
    """A row per document."""
    readers, currency = _readers(plan.kind), SharedCurrency(plan.kind)
    for document in documents:
        row = _entity_row(document, plan, readers, open_classes.get(document["_id"], set()))
        currency.settle(row, document)
        yield row


def _readers(kind: Kind) -> Readers:
    """How columns that are no text are read off their originals."""
    single = ((field, column) for field in kind.fields if not field.is_set for column in field.column_names)
    typed = {column: OF_TYPE.get(column_type(field, column)) for field, column in single}
    return {column: read for column, read in typed.items() if read is not None}


def _entity_row(document: Document, plan: KindPlan, readers: Readers, classes: set[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"entity": document["_id"]}
    for account in plan.policy.accounts:
        stored = document["representations"].get(account)
        row[f"{account}_id"] = stored["record_id"] if stored and stored["state"] == "live" else None
    for field in plan.kind.fields:
        cell = document["fields"].get(field.name) or {}
        row[f"{field.name}_source"] = cell.get("source")
        row |= _values(field, cell.get("value"), readers)
    for column in plan.kind.read_only:
        value = document["derived"].get(column.name)
        row[column.name] = value if column.name in ORDERED.get(plan.kind.name, ()) else _derived(column.type, value)
    row["quality"] = quality_of(document, plan.kind)
    row |= {flag: flag in classes for flag in FLAGS}
    row["last_verified_at"] = row["updated_at"] = instant(document["updated_at"])
    return row


def _derived(of_type: ColumnType, value: Any) -> Any:
    if of_type is ColumnType.DECIMAL:
        return number(value)
    return instant(value) if of_type is ColumnType.INSTANT else value


def _values(field: Field, value: Any, readers: Readers) -> dict[str, Any]:
    if field.refers_to:
        return {field.name: (value or {}).get(RESOLVED)}
    if field.is_rows:
        return {field.name: [_row(field, one) for one in value or ()]}
    if not field.columns:
        return {field.name: readers[field.name](value) if field.name in readers else value}
    said = {name: (value or {}).get(name) for name in field.columns}
    said |= {name: readers[name](part) for name, part in said.items() if name in readers}
    return {name: part for name, part in said.items() if part is not None or name == field.columns[0]}


def _row(field: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, **{part: number(row.get(part)) for part in measures(field)}}


def quality_of(document: Document, kind: Kind) -> float:
    """How sure we are of a stored entity."""
    cells = (document["fields"].get(field.name) or {} for field in kind.fields)
    return quality((cell.get("value"), cell.get("confidence", 0.0)) for cell in cells)


def _watermark(workspace: Workspace, kind: Kind) -> int | None:
    """When every entity was last compared by a full pulse: the oldest of the dimensions' watermarks."""
    ids = [f"{kind.name}:{dimension}" for dimension in sorted({field.dimension.value for field in kind.fields})]
    found = workspace.store.get_many("verifications", ids)
    return min((document["at"] for document in found), default=None) if len(found) == len(ids) else None
