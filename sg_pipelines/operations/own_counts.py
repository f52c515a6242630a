"""What the orders we keep say of some customers or companies, read from the store as orders were last reconciled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sg_pipelines.config.condition_names import COUNTED
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.operations.cast import Cast
from sg_pipelines.operations.chunks import chunks
from sg_pipelines.operations.derived import ORDERED, Ordered, ordered_by
from sg_pipelines.operations.master_columns import entity_schema
from sg_pipelines.operations.master_table import rows_of
from sg_pipelines.operations.memory import last_reconcile
from sg_pipelines.operations.tables import table_of
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document, In

BUYERS = 1_000


@dataclass(frozen=True, slots=True)
class OwnCounts:
    """`of`: entity → what it ordered, less those that ordered nothing. `are_kept`: the client file has orders.
    `are_pending`: it has, and none was ever reconciled, so that nobody can say yet."""

    of: Mapping[str, Ordered] = field(default_factory=dict)
    are_kept: bool = False
    are_pending: bool = False

    def asked(self, entity: str) -> dict[str, Any]:
        """As conditions read them; nothing where no orders can be counted."""
        if self.are_pending or not self.are_kept:
            return dict.fromkeys(COUNTED)
        return self.of.get(entity, Ordered()).asked()


def own_counts(workspace: Workspace, plan: KindPlan, cast: Cast) -> OwnCounts:
    """What conditions may ask about a cast's entities: the orders of those that an account lacks where it matters."""
    accounts = accounts_by_orders(plan)
    if not accounts or not keeps_orders(workspace, plan.kind):
        return OwnCounts()
    if "marks" not in (last_reconcile(workspace.store, ORDER.name) or {}):
        return OwnCounts(are_kept=True, are_pending=True)
    lacking = {
        entity_id
        for account in accounts
        for entity_id, prior, row in zip(cast.entity_ids, cast.prior, cast.primary[account].tolist(), strict=True)
        if prior is not None and row < 0
    }
    return OwnCounts(orders_of(workspace, plan.kind, lacking), are_kept=True)


def accounts_by_orders(plan: KindPlan) -> tuple[str, ...]:
    """Accounts that expect an entity, or not, by what it ordered."""
    return tuple(name for name, condition in plan.expected_on.items() if condition.variables & COUNTED.keys())


def keeps_orders(workspace: Workspace, kind: Kind) -> bool:
    """Whether this kind orders, and its orders are kept."""
    return kind.name in ORDERED and ORDER.name in workspace.plans


def orders_of(workspace: Workspace, kind: Kind, entities: Collection[str]) -> dict[str, Ordered]:
    """Entity → what it ordered; those that ordered nothing are left out. Found through the records it has or had."""
    plan = workspace.plans[ORDER.name]
    found: dict[str, Ordered] = {}
    for some in chunks(sorted(entities), BUYERS):
        refs = {link["ref"] for link in workspace.store.find("links", {"entity": In(some)})}
        rows = rows_of(_orders(workspace, refs), plan, {})
        ordered = ordered_by(table_of(rows, entity_schema(plan)), kind)
        found |= {entity: ordered[entity] for entity in some if entity in ordered}
    return found


def _orders(workspace: Workspace, refs: Collection[str]) -> list[Document]:
    """Living orders of which a record names one of these."""
    found: dict[str, Document] = {}
    for some in chunks(sorted(refs)):
        for one in workspace.store.find("entities", {"neighbours": In(some)}):
            if one["kind"] == ORDER.name and one["state"] == "live":
                found[one["_id"]] = one
    return [found[name] for name in sorted(found)]
