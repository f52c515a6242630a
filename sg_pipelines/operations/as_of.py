"""The same tables as they stood at an instant: what each platform had said, and what we believed then.

Snapshots come from the lake, links and discrepancies from their validity, values by walking the history back. Columns of
which only the present is remembered are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.operations.history import MASTER
from sg_pipelines.operations.master_columns import columns_without_a_past, entity_schema
from sg_pipelines.operations.master_table import rows_of
from sg_pipelines.operations.representations import milliseconds
from sg_pipelines.operations.side_tables import annotation_table, discrepancy_table, finding_table, link_table
from sg_pipelines.operations.snapshot_tables import ingest_table, snapshot_table
from sg_pipelines.operations.tables import table_of
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document, Range


def tables_as_of(workspace: Workspace, at: datetime) -> dict[str, pa.Table]:
    """Every table at an instant, all kinds together."""
    parts: dict[str, list[pa.Table]] = defaultdict(list)
    at_ms = milliseconds(at) or 0
    for plan in workspace.plans.values():
        links = link_table(workspace, plan.kind, at_ms)
        discrepancies = discrepancy_table(workspace, plan.kind, at_ms)
        parts[plan.kind.plural].append(_master(workspace, plan, at_ms, links, discrepancies))
        parts["discrepancies"].append(discrepancies)
        parts["findings"].append(finding_table(workspace, plan.kind, at_ms))
        parts["links"].append(links)
        parts["annotations"].append(annotation_table(workspace, plan.kind, at_ms))
        parts["snapshots"].append(snapshot_table(workspace, plan, at))
        parts["ingests"].append(ingest_table(workspace, plan, at))
    return {name: pa.concat_tables(tables, promote_options="default") for name, tables in parts.items()}


def _master(workspace: Workspace, plan: KindPlan, at_ms: int, links: pa.Table, discrepancies: pa.Table) -> pa.Table:
    classes: dict[str, set[str]] = defaultdict(set)
    for one in discrepancies.select(["entity", "class", "open"]).to_pylist():
        if one["open"]:
            classes[one["entity"]].add(one["class"])
    schema = entity_schema(plan)
    documents = _believed(workspace, plan, at_ms, links)
    return table_of(rows_of(documents, plan, classes), schema).drop_columns(columns_without_a_past(plan.kind))


def _believed(workspace: Workspace, plan: KindPlan, at_ms: int, links: pa.Table) -> Iterator[Document]:
    """Entities that had a live record then, with the values and records they had."""
    records: dict[str, dict[str, str]] = defaultdict(dict)
    for link in links.select(["entity", "account", "record_id", "role", "open"]).to_pylist():
        if link["open"] and link["role"] == "primary":
            records[link["entity"]][link["account"]] = link["record_id"]
    later = _changed_since(workspace, plan, at_ms)
    for document in workspace.store.find("entities", {"kind": plan.kind.name}):
        if document["_id"] not in records or document["created_at"] > at_ms:
            continue
        fields = {name: dict(cell) for name, cell in document["fields"].items()}
        for change in later.get(document["_id"], ()):
            fields[change["field"]] |= {"value": change["was"], "source": change["source"]}
        held = records[document["_id"]]
        yield document | {
            "fields": fields,
            "representations": {account: {"record_id": one, "state": "live"} for account, one in held.items()},
            "derived": {},
        }


def _changed_since(workspace: Workspace, plan: KindPlan, at_ms: int) -> dict[str, list[dict[str, Any]]]:
    """Changes of master values after the instant, newest first: undone in that order they lead back to it."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for change in workspace.store.find("history", {"kind": plan.kind.name, "seen_at": Range(gt=at_ms)}):
        if change["ref"] == MASTER:
            found[change["entity"]].append(change)
    return {entity: sorted(some, key=lambda one: (-one["seen_at"], one["_id"])) for entity, some in found.items()}
