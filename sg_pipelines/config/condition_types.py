"""Whether a condition fits the types of what it reads: it is asked about an entity in which nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sg_pipelines.config.condition_names import Behind
from sg_pipelines.config.condition_pieces import INSTANT, Misfit, an, misfits, unordered
from sg_pipelines.config.condition_shapes import Shape, shapes
from sg_pipelines.config.conditions import Condition
from sg_pipelines.domain.model.kinds import Kind

_UNDEFINED = re.compile(r"Undefined variable or function: '(\w+)'")
_DAY = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
# What nothing is missing from, thrice: a division by what is read may be one by zero for some values, never for all.
_SAMPLES: dict[Behind, tuple[Any, Any, Any]] = {
    Behind.TEXT: ("x", "x", "x"),
    Behind.NUMBER: (1.5, 2.5, 1_000_003.5),
    Behind.YES_OR_NO: (True, False, True),
    Behind.INSTANT: (_DAY, _DAY, _DAY),
    Behind.TEXTS: (["x"], ["x"], ["x"]),
}
_BY_ZERO = "divides by zero, whatever it reads"
_WHOLE = (1, 2, 1_000_003)


def misfit(condition: Condition, kind: Kind) -> Misfit | None:
    """What does not fit, in a few words; None where nothing is wrong or nobody can say, as the answer depends on the value."""
    named = {name: shape for name, shape in shapes(kind).items() if name in condition.variables}
    if condition.tree is None or len(named) < len(condition.variables):
        return None
    wrong = next(misfits(condition.tree, named), None)
    if wrong is not None:
        return wrong
    samples = {name: _samples(kind, name, shape) for name, shape in named.items()}
    said = [_asked(condition, named, {name: some[turn] for name, some in samples.items()}) for turn in range(3)]
    no_order = next(unordered(condition.tree, named), None)
    is_certain = said[0] != _BY_ZERO or set(said) == {_BY_ZERO}
    if is_certain and said[0] is not None:
        return Misfit(said[0], _remedy(named) or (no_order.remedy if no_order else None))
    return no_order


def _remedy(named: Mapping[str, Shape]) -> str | None:
    """Where numbers or instants are probably held against texts."""
    whats = {shape.what for shape in named.values()}
    if Behind.INSTANT in whats:
        return INSTANT
    return (
        "Make numbers of the parts of rows, which are texts: double(l.quantity) > 1.0" if Behind.ROWS in whats else None
    )


def _asked(condition: Condition, named: Mapping[str, Shape], values: Mapping[str, Any]) -> str | None:
    try:
        answer = condition.program.execute(dict(values))
    except TypeError:
        types = ", ".join(f"{name} is {an(shape.what)}" for name, shape in sorted(named.items()) if shape.what)
        return (
            f"does not fit the types of what it reads{types and f' ({types})'}: the operation is not defined for them"
        )
    except RuntimeError as error:
        return _of_wrong_things(str(error))
    except ZeroDivisionError:
        return _BY_ZERO
    except (ValueError, ArithmeticError, LookupError):
        return None
    return None if isinstance(answer, bool) else "answers neither yes nor no"


def _of_wrong_things(said: str) -> str | None:
    """A function that there is, asked of what it has no answer for: the library knows it by its types."""
    found = _UNDEFINED.search(said)
    return f"calls {found[1]}() with what it does not take" if found is not None else None


def _samples(kind: Kind, name: str, shape: Shape) -> tuple[Any, ...]:
    if any(column.name == name and column.type == "integer" for column in kind.read_only):
        return _WHOLE
    if shape.words:
        return (shape.words[0],) * 3
    if shape.parts:
        return (_record(shape),) * 3
    if shape.what is Behind.ROWS and shape.of is not None:
        return ([_record(shape.of)],) * 3
    return _SAMPLES[shape.what] if shape.what is not None else (None,) * 3


def _record(shape: Shape) -> dict[str, str]:
    return dict.fromkeys(shape.parts, "1")
