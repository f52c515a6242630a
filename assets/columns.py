"""Column schemas and preview tables for the Dagster UI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import dagster as dg

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.kinds import ColumnType, Kind
from sg_pipelines.operations.master_columns import entity_schema
from sg_pipelines.operations.side_tables import discrepancy_schema

_SHOWN = {
    ColumnType.TEXT: "string",
    ColumnType.TEXTS: "array<string>",
    ColumnType.INTEGER: "int",
    ColumnType.DECIMAL: "string",
    ColumnType.INSTANT: "timestamp",
    ColumnType.BOOLEAN: "bool",
    ColumnType.ROWS: "array<struct>",
}

_OF_DIFFERENCE = {
    "kind": "company, customer, product or order",
    "entity": "The entity's id, for ever",
    "class": "soft_drift, hard_conflict or missing_representation",
    "subject": "The field, field=element of a set, or missing:account",
    "field": "The field that differs",
    "account": "The account that lacks a record",
    "dimension": "What kind of fact it is about",
    "rule": "Which of the seven rules decided",
    "reason": "Why a record is missing, as far as that is known",
    "owner": "The account whose word counts most",
    "close_reason": "Why it is no longer open",
    "moved": "Who says something else than was last agreed",
    "values": "What each account says",
    "base": "What was last agreed",
    "proposed": "The value that should hold everywhere, whose it is, and who lags behind",
    "first_seen_at": "Since when",
    "last_seen_at": "When it was seen last",
    "closed_at": "Until when",
    "open": "It holds now",
}


def snapshot_schema(kind: Kind) -> dg.TableSchema:
    """The canonical columns of a snapshot."""
    stated = [
        dg.TableColumn("record_id", "string", description="The platform's own id"),
        dg.TableColumn("state", "string", description="live, archived, deleted or merged"),
        dg.TableColumn("modified_at", "timestamp", description="The platform's own modification time"),
    ]
    own = [
        dg.TableColumn(column.name, _SHOWN[column.type], description=column.description) for column in kind.columns()
    ]
    return dg.TableSchema(columns=stated + own)


def master_schema(kind: Kind) -> dg.TableSchema:
    """The fields of a master entity, and what platforms derive."""
    own = [dg.TableColumn(field.name, "string", description=field.description) for field in kind.fields]
    own += [dg.TableColumn(one.name, _SHOWN[one.type], description=one.description) for one in kind.read_only]
    return dg.TableSchema(columns=[dg.TableColumn("entity", "string", description="The entity's id, for ever"), *own])


def discrepancies_schema() -> dg.TableSchema:
    """What is written down of a discrepancy."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(one.name, str(one.type), description=_OF_DIFFERENCE[one.name])
            for one in discrepancy_schema()
        ]
    )


def dataset_schema(plan: KindPlan) -> dg.TableSchema:
    """The columns of a published dataset."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(one.name, str(one.type), description=one.metadata[b"description"].decode())
            for one in entity_schema(plan)
        ]
    )


def table_metadata(rows: Iterable[Mapping[str, Any]]) -> dg.TableMetadataValue:
    """A small table as metadata; None becomes an empty cell."""
    records = [dg.TableRecord({key: "" if value is None else value for key, value in row.items()}) for row in rows]
    names = list(records[0].data) if records else ["nothing"]
    return dg.MetadataValue.table(records=records, schema=dg.TableSchema(columns=[dg.TableColumn(n) for n in names]))
