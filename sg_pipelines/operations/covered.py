"""What the last reconcile of a kind covered: the ingests it read, the client file it went by, whom to look at again."""

from __future__ import annotations

import hashlib

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.operations.discrepancy_documents import settling_entities
from sg_pipelines.operations.gather import Gathered, Since
from sg_pipelines.operations.judgement import Judgement
from sg_pipelines.operations.moving import cut_off
from sg_pipelines.operations.neighbourhood import disturbed, named_kinds
from sg_pipelines.operations.own_counts import accounts_by_orders, keeps_orders
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.ports.store import FEED_KEPT, Document


def since_last(workspace: Workspace, plan: KindPlan, memory: Document) -> Since:
    """What was reconciled already. An interrupted first run counts as nothing, though its entities are kept."""
    kind = plan.kind.name
    again = cut_off(workspace.store, kind)
    if "marks" not in memory:
        is_first = not workspace.store.count("entities", {"kind": kind})
        return Since(marks={}, is_first=is_first, everything=False, revisit=tuple(again))
    unsettled = list(workspace.store.find("decisions", {"is_settled": False, "kind": kind}))
    return Since(
        marks=memory["marks"],
        left_out=tuple(sorted(memory["marks"].keys() - set(plan.policy.accounts))),
        is_first=False,
        everything=memory["policy"] != policy_digest(workspace, plan),
        revisit=(
            *memory["settling"],
            *again,
            *(decision["entity"] for decision in unsettled),
            *disturbed(workspace, plan, memory["at"]),
        ),
        decisions=tuple(unsettled),
    )


def policy_digest(workspace: Workspace, plan: KindPlan) -> str:
    """Changes whenever anything that decides a comparison does, also whether the orders that conditions ask about are kept
    and where neighbours are."""
    conditions = {account: condition.source for account, condition in sorted(plan.expected_on.items())}
    asks_orders = bool(accounts_by_orders(plan)) and keeps_orders(workspace, plan.kind)
    around = [
        (one, workspace.plans[one].policy.accounts) for one in sorted(named_kinds(plan.kind) & workspace.plans.keys())
    ]
    said = repr((plan.kind, plan.policy, plan.keys, conditions, sorted(plan.currencies.items()), asks_orders, around))
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def remember(
    workspace: Workspace,
    plan: KindPlan,
    memory: Document,
    since: Since,
    gathered: Gathered,
    judgement: Judgement,
    now_ms: int,
    *,
    is_full: bool,
) -> None:
    """What this reconcile covered; and, when every account was read in full, that every entity was compared now."""
    with workspace.store.transaction():
        workspace.store.put_many(
            "memory",
            [
                {
                    **memory,
                    "marks": gathered.marks,
                    "policy": policy_digest(workspace, plan),
                    "settling": _to_see_again(judgement),
                    "at": now_ms,
                }
            ],
        )
        workspace.store.put_many("decisions", _settled(workspace, since))
        if is_full:
            _watermarks(workspace, plan, now_ms)
    if is_full:
        workspace.store.trim_feed(FEED_KEPT)


def _settled(workspace: Workspace, since: Since) -> list[Document]:
    """Decisions that this reconcile went by; what somebody decided while it ran is the next one's."""
    now = workspace.store.get_many("decisions", [one["_id"] for one in since.decisions])
    went_by = {one["_id"]: one["version"] for one in since.decisions}
    return [{**one, "is_settled": True} for one in now if one["version"] == went_by[one["_id"]]]


def _to_see_again(judgement: Judgement) -> list[str]:
    """Entities to look at next time although nothing new may be heard of them."""
    layout = judgement.layout
    unknown = {judgement.cast.entity_ids[entity] for entity in layout.undecided | layout.unheard}
    return sorted(unknown.union(settling_entities(judgement)))


def was_full(workspace: Workspace, plan: KindPlan, memory: Document) -> bool:
    """Every account was read in full since the last reconcile."""
    marks = memory.get("marks", {})
    for account in plan.policy.accounts:
        mark = marks.get(account) or ""
        later = [one for one in workspace.lake.manifests(account, plan.kind) if one.ingest_id > mark]
        if not any(one.mode is PullMode.FULL and one.is_complete for one in later):
            return False
    return True


def _watermarks(workspace: Workspace, plan: KindPlan, now_ms: int) -> None:
    dimensions = sorted({policy_field.dimension.value for policy_field in plan.kind.fields})
    ids = [f"{plan.kind.name}:{dimension}" for dimension in dimensions]
    before = {found["_id"]: found for found in workspace.store.get_many("verifications", ids)}
    workspace.store.put_many(
        "verifications",
        [
            before.get(name, {"_id": name, "kind": plan.kind.name, "dimension": dimension}) | {"at": now_ms}
            for name, dimension in zip(ids, dimensions, strict=True)
        ],
    )
