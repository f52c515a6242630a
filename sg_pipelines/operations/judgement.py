"""Everything decided about a set of entities, before anything is written: who, what, where it differs."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.discrepancies.compare import compare
from sg_pipelines.domain.discrepancies.frame import FieldResult
from sg_pipelines.operations.attributes import attributes
from sg_pipelines.operations.cast import Cast
from sg_pipelines.operations.expectations import Absence, absences
from sg_pipelines.operations.frames import Layout


@dataclass(frozen=True, slots=True)
class Judgement:
    """Results per field, derived attributes, and absent representations, all by the entity's position in the cast."""

    cast: Cast
    layout: Layout
    results: dict[str, FieldResult]
    derived: dict[str, pa.ChunkedArray]
    absences: list[Absence]


def judge(cast: Cast, plan: KindPlan, now_ms: int) -> Judgement:
    """Compare every field of every entity, then ask where it ought to be."""
    layout = Layout.of(cast, plan.kind)
    settling = {account: round(window.total_seconds() * 1000) for account, window in plan.policy.settling.items()}
    results = {}
    for policy in plan.policy.fields:
        frame = layout.frame(plan.kind.field(policy.field), policy)
        results[policy.field] = compare(frame, now=now_ms, region=plan.policy.region, settling=settling)
    derived = attributes(layout)
    return Judgement(cast, layout, results, derived, absences(cast, plan, results, derived))
