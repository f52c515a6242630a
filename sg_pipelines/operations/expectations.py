"""Where an entity ought to be represented and is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from sg_pipelines.config.condition_names import Behind, readable
from sg_pipelines.config.conditions import Condition
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.comparators.money import money_of
from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.comparators.packing import unpack
from sg_pipelines.domain.discrepancies.frame import FieldResult
from sg_pipelines.domain.model.kinds import ColumnType, Kind
from sg_pipelines.operations.cast import Cast


@dataclass(frozen=True, slots=True)
class Absence:
    """Entities (positions) an account lacks although they are expected there, and how many times the condition could
    not be answered, which counts as not expected."""

    account: str
    entities: list[int]
    unanswered: int


def absences(
    cast: Cast, plan: KindPlan, results: dict[str, FieldResult], derived: dict[str, pa.ChunkedArray]
) -> list[Absence]:
    """One per account of the policy. Entities without any live record are expected nowhere."""
    numbers = _numbers(plan.kind)
    is_live = np.arange(len(cast.entity_ids)) < cast.clusters
    found = []
    for account in plan.policy.accounts:
        condition = plan.expected_on.get(account)
        lacking = np.flatnonzero((cast.primary[account] < 0) & is_live).tolist()
        found.append(_absence(account, condition, lacking, results, derived, numbers))
    return found


def _absence(
    account: str,
    condition: Condition | None,
    lacking: list[int],
    results: dict[str, FieldResult],
    derived: dict[str, pa.ChunkedArray],
    numbers: frozenset[str],
) -> Absence:
    if condition is None or not lacking:
        return Absence(account, [], 0)
    readers = {name: _reader(name, results, derived) for name in sorted(condition.variables)}
    answers: dict[tuple[Any, ...], bool | None] = {}
    entities, unanswered = [], 0
    for entity in lacking:
        values = {name: read(entity) for name, read in readers.items()}
        values |= {name: _number(values[name]) for name in numbers & values.keys()}
        asked = tuple(str(value) for value in values.values())
        if asked not in answers:
            answers[asked] = condition.evaluate(values)
        if answers[asked]:
            entities.append(entity)
        unanswered += answers[asked] is None
    return Absence(account, entities, unanswered)


def _reader(name: str, results: dict[str, FieldResult], derived: dict[str, pa.ChunkedArray]) -> Callable[[int], Any]:
    """How a variable of a condition is read: a derived attribute, a field, or one column of a composite field."""
    if name in derived:
        column = derived[name]
        return lambda entity: column[entity].as_py()
    for result in results.values():
        if name == result.field.name:
            return lambda entity: unpack(result.field, result.original(int(result.value[entity])))
        if name in result.field.columns:
            return lambda entity: _part(result, name, entity)
    raise KeyError(name)


def _part(result: FieldResult, column: str, entity: int) -> Any:
    value = unpack(result.field, result.original(int(result.value[entity])))
    return value.get(column) if isinstance(value, dict) else None


def _numbers(kind: Kind) -> frozenset[str]:
    """Variables that are decimals: kept as texts, asked about as numbers; counts are numbers already."""
    counts = {column.name for column in kind.read_only if column.type is ColumnType.INTEGER}
    return frozenset(name for name, behind in readable(kind).items() if behind is Behind.NUMBER) - counts


def _number(text: str | None) -> float | None:
    """Read as the comparison reads it; None where there is nothing, or no number: the condition has no answer then."""
    number = money_of(decimal_key(text or ""))
    return None if number is None else float(number.amount)
