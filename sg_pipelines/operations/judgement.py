"""Everything decided about a set of entities, before anything is written: who, what, where it differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.comparators.neighbours import Neighbours
from sg_pipelines.domain.discrepancies.compare import compare
from sg_pipelines.domain.discrepancies.frame import FieldResult
from sg_pipelines.operations.attributes import attributes
from sg_pipelines.operations.cast import Cast
from sg_pipelines.operations.composition import Composition, compose
from sg_pipelines.operations.expectations import Absence, absences
from sg_pipelines.operations.frames import Layout
from sg_pipelines.operations.own_counts import OwnCounts
from sg_pipelines.operations.several import settled


@dataclass(frozen=True, slots=True)
class Judgement:
    """Results per field, derived attributes, absent representations, and what does not hold over the whole; all by the
    entity's position in the cast. `beside`: how many records name neighbours beside the one that counts."""

    cast: Cast
    layout: Layout
    results: dict[str, FieldResult]
    derived: dict[str, pa.ChunkedArray]
    absences: list[Absence]
    composition: Composition
    beside: int


def judge(
    cast: Cast, plan: KindPlan, neighbours: Neighbours, renamed: Mapping[str, str], counts: OwnCounts, now_ms: int
) -> Judgement:
    """Compare every field of every entity, ask where it ought to be, and add up what can be added up."""
    cast, beside = settled(cast, plan.kind, neighbours, renamed)
    layout = Layout(cast, plan.kind, neighbours, renamed, now_ms)
    settling = {account: round(window.total_seconds() * 1000) for account, window in plan.policy.settling.items()}
    results = {}
    for policy in plan.policy.fields:
        frame = layout.frame(plan.kind.field(policy.field), policy)
        results[policy.field] = compare(frame, now=now_ms, region=plan.policy.region, settling=settling)
    derived = attributes(layout, plan.currencies)
    lacking = absences(cast, plan, results, derived, counts)
    return Judgement(cast, layout, results, derived, lacking, compose(cast, plan.kind), beside)
