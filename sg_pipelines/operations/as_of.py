"""The same tables as they stood at an instant: what each platform had said, and what we believed then.

Snapshots come from the lake, links and discrepancies from their validity, values by walking the history back, and what
follows from those (platforms' own counts, orders counted) from them. Columns of which only the present is remembered are
left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.operations.derived import ORDERED, ordered_by, with_ordered
from sg_pipelines.operations.history import MASTER
from sg_pipelines.operations.master_columns import WITHOUT_A_PAST, entity_schema
from sg_pipelines.operations.master_table import rows_of
from sg_pipelines.operations.representations import milliseconds
from sg_pipelines.operations.side_tables import annotation_table, discrepancy_table, finding_table, link_table
from sg_pipelines.operations.snapshot_tables import ingest_table, snapshot_table
from sg_pipelines.operations.stated_then import Stated
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
        snapshots = snapshot_table(workspace, plan, at)
        parts[plan.kind.plural].append(_master(workspace, plan, at_ms, links, discrepancies, snapshots))
        parts["discrepancies"].append(discrepancies)
        parts["findings"].append(finding_table(workspace, plan.kind, at_ms))
        parts["links"].append(links)
        parts["annotations"].append(annotation_table(workspace, plan.kind, at_ms))
        parts["snapshots"].append(snapshots)
        parts["ingests"].append(ingest_table(workspace, plan, at))
    if ORDER.name in workspace.plans:
        _count_orders(workspace, parts)
    return {name: pa.concat_tables(tables, promote_options="default") for name, tables in parts.items()}


def _count_orders(workspace: Workspace, parts: dict[str, list[pa.Table]]) -> None:
    """What everybody had ordered by then."""
    (orders,) = parts[ORDER.plural]
    for kind in (plan.kind for plan in workspace.plans.values() if plan.kind.name in ORDERED):
        (master,) = parts[kind.plural]
        parts[kind.plural] = [with_ordered(master, ordered_by(orders, kind))]


def _master(
    workspace: Workspace, plan: KindPlan, at_ms: int, links: pa.Table, discrepancies: pa.Table, snapshots: pa.Table
) -> pa.Table:
    classes: dict[str, set[str]] = defaultdict(set)
    for one in discrepancies.select(["entity", "class", "open"]).to_pylist():
        if one["open"]:
            classes[one["entity"]].add(one["class"])
    documents = _believed(workspace, plan, at_ms, Stated(plan, links, snapshots))
    return table_of(rows_of(documents, plan, classes), entity_schema(plan)).drop_columns(list(WITHOUT_A_PAST))


def _believed(workspace: Workspace, plan: KindPlan, at_ms: int, stated: Stated) -> Iterator[Document]:
    """Entities that had a live record then, with the values and records they had."""
    derived = stated.derived()
    later = _changed_since(workspace, plan, at_ms)
    for document in workspace.store.find("entities", {"kind": plan.kind.name}):
        if document["_id"] not in derived or document["created_at"] > at_ms:
            continue
        fields = {name: dict(cell) for name, cell in document["fields"].items()}
        for change in later.get(document["_id"], ()):
            if change["field"] in fields:  # or the client file leaves it out by now
                fields[change["field"]] |= {"value": change["was"], "source": change["source"]}
        yield document | {
            "fields": fields,
            "representations": stated.representations(document["_id"]),
            "derived": derived[document["_id"]],
        }


def _changed_since(workspace: Workspace, plan: KindPlan, at_ms: int) -> dict[str, list[dict[str, Any]]]:
    """Changes of master values after the instant, newest first: undone in that order they lead back to it."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for change in workspace.store.find("history", {"kind": plan.kind.name, "seen_at": Range(gt=at_ms)}):
        if change["ref"] == MASTER:
            found[change["entity"]].append(change)
    return {entity: sorted(some, key=lambda one: (-one["seen_at"], one["_id"])) for entity, some in found.items()}
