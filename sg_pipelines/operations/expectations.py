"""Where an entity ought to be represented and is not: conditions asked about what was just compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from sg_pipelines.config.condition_names import COUNTED, QUALITY
from sg_pipelines.config.conditions import Condition
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.comparators.packing import unpack
from sg_pipelines.domain.discrepancies.frame import FieldResult
from sg_pipelines.operations.asking_conditions import Answers
from sg_pipelines.operations.cast import Cast
from sg_pipelines.operations.own_counts import OwnCounts
from sg_pipelines.operations.quality import quality

Reader = Callable[[int], Any]


@dataclass(frozen=True, slots=True)
class Absence:
    """Entities (positions) an account lacks although they are expected there, and how many times the condition could
    not be answered, which counts as not expected."""

    account: str
    entities: list[int]
    unanswered: int


def absences(
    cast: Cast,
    plan: KindPlan,
    results: Mapping[str, FieldResult],
    derived: Mapping[str, pa.ChunkedArray],
    counts: OwnCounts,
) -> list[Absence]:
    """One per account of the policy. Entities without any live record are expected nowhere. Who cannot be asked about before
    orders are reconciled is left out: they are asked about then."""
    is_live = np.arange(len(cast.entity_ids)) < cast.clusters
    found = []
    for account in plan.policy.accounts:
        condition = plan.expected_on.get(account)
        lacking = np.flatnonzero((cast.primary[account] < 0) & is_live).tolist()
        if condition is None or not lacking:
            found.append(Absence(account, [], 0))
            continue
        readers = {name: _reader(name, results, derived) for name in condition.variables}
        found.append(_absence(account, condition, lacking, readers, cast, plan, counts))
    return found


def _absence(
    account: str,
    condition: Condition,
    lacking: list[int],
    readers: Mapping[str, Reader],
    cast: Cast,
    plan: KindPlan,
    counts: OwnCounts,
) -> Absence:
    answers = Answers(condition, plan.kind)
    entities, unanswered = [], 0
    for entity in lacking:
        told = {name: read(entity) for name, read in readers.items()}
        if counts.are_pending and any(told[name] is None for name in COUNTED.keys() & told.keys()):
            continue
        answer = answers.to(told, counts.asked(cast.entity_ids[entity]))
        if answer:
            entities.append(entity)
        unanswered += answer is None
    return Absence(account, entities, unanswered)


def _reader(name: str, results: Mapping[str, FieldResult], derived: Mapping[str, pa.ChunkedArray]) -> Reader:
    """How a variable of a condition is read: a derived attribute, a field, or one column of a composite field."""
    if name in derived:
        column = derived[name]
        return lambda entity: column[entity].as_py()
    if name == QUALITY:
        return lambda entity: quality((_value(one, entity), _confidence(one, entity)) for one in results.values())
    for result in results.values():
        if name == result.field.name:
            return lambda entity: _value(result, entity)
        if name in result.field.columns:
            return lambda entity: _part(result, name, entity)
    if name in COUNTED:
        return lambda entity: None
    raise KeyError(name)


def _value(result: FieldResult, entity: int) -> Any:
    return unpack(result.field, result.original(int(result.value[entity])))


def _confidence(result: FieldResult, entity: int) -> float:
    return round(float(result.confidence[entity]), 2)


def _part(result: FieldResult, column: str, entity: int) -> Any:
    value = _value(result, entity)
    return value.get(column) if isinstance(value, dict) else None
