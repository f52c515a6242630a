"""One condition asked about many entities: which word counts, numbers as numbers, each question once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sg_pipelines.config.condition_names import Behind, readable
from sg_pipelines.config.conditions import Condition
from sg_pipelines.domain.comparators.money import money_of
from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.model.kinds import Kind


class Answers:
    """A condition's answers, each thought about once."""

    def __init__(self, condition: Condition, kind: Kind) -> None:
        self._condition = condition
        self._numbers = {name for name, behind in readable(kind).items() if behind is Behind.NUMBER}
        self._known: dict[tuple[str, ...], bool | None] = {}

    def to(self, told: Mapping[str, Any], counted: Mapping[str, Any]) -> bool | None:
        """What holds of an entity; None when it cannot be answered. `told`: what the condition reads, as we believe it and
        platforms count it; `counted`: what our own orders say, which stands where no platform does."""
        values = {name: counted.get(name) if value is None else value for name, value in told.items()}
        values |= {name: _number(values[name]) for name in self._numbers & values.keys()}
        asked = tuple(f"{name}={values[name]!r}" for name in sorted(values))
        if asked not in self._known:
            self._known[asked] = self._condition.evaluate(values)
        return self._known[asked]


def _number(value: Any) -> Any:
    """Texts are read as the comparison reads them; None where there is nothing, or no number: the condition has no answer
    then."""
    if not isinstance(value, str):
        return value
    number = money_of(decimal_key(value))
    return None if number is None else float(number.amount)
