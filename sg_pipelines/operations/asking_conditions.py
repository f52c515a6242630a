"""One condition asked about many entities: which word counts, texts read as what they are, each question once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sg_pipelines.config.condition_names import Behind, readable
from sg_pipelines.config.conditions import Condition
from sg_pipelines.domain.comparators.boolean import boolean_of
from sg_pipelines.domain.comparators.money import money_of
from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.model.kinds import Kind


class Answers:
    """A condition's answers, each thought about once."""

    def __init__(self, condition: Condition, kind: Kind) -> None:
        self._condition = condition
        self._read = {name: _READ[behind] for name, behind in readable(kind).items() if behind in _READ}
        self._known: dict[tuple[str, ...], bool | None] = {}

    def to(self, told: Mapping[str, Any], counted: Mapping[str, Any]) -> bool | None:
        """What holds of an entity; None when it cannot be answered. `told`: what the condition reads, as we believe it and
        platforms count it; `counted`: what our own orders say, which stands where no platform does."""
        values = {name: counted.get(name) if value is None else value for name, value in told.items()}
        texts = {name: value for name, value in values.items() if name in self._read and isinstance(value, str)}
        values |= {name: self._read[name](text) for name, text in texts.items()}
        asked = tuple(f"{name}={values[name]!r}" for name in sorted(values))
        if asked not in self._known:
            self._known[asked] = self._condition.evaluate(values)
        return self._known[asked]


def _number(value: str) -> float | None:
    number = money_of(decimal_key(value))
    return None if number is None else float(number.amount)


# Texts are read as the comparison reads them; None where there is nothing, or none: the condition has no answer then.
_READ: dict[Behind, Callable[[str], Any]] = {Behind.NUMBER: _number, Behind.YES_OR_NO: boolean_of}
