"""Whether a condition fits the types of what it reads: it is asked about an entity in which nothing is missing."""

from __future__ import annotations

from typing import Any

from sg_pipelines.config.condition_names import Behind, readable
from sg_pipelines.config.conditions import Condition
from sg_pipelines.domain.model.kinds import Kind

_UNKNOWN = "Undefined variable or function"
_SAMPLES: dict[Behind, Any] = {Behind.TEXT: "x", Behind.NUMBER: 1.5, Behind.YES_OR_NO: True, Behind.TEXTS: ["x"]}


def misfit(condition: Condition, kind: Kind) -> str | None:
    """What does not fit, in a few words; None where nothing is wrong or nobody can say: of what has no simple value, and
    where the answer depends on the value."""
    behind = {name: what for name, what in readable(kind).items() if name in condition.variables}
    if condition.program is None or len(behind) < len(condition.variables):
        return None
    if not set(behind.values()) <= _SAMPLES.keys():
        return None
    try:
        answer = condition.program.execute({name: _sample(kind, name, what) for name, what in behind.items()})
    except TypeError as error:
        types = ", ".join(f"{name} is a {what}" for name, what in sorted(behind.items()))
        return f"does not fit the types of what it reads ({types}): {_in_short(error)}"
    except RuntimeError as error:
        return f"cannot be answered: {_in_short(error)}" if _UNKNOWN in str(error) else None
    except (ValueError, ArithmeticError, LookupError):
        return None
    return None if isinstance(answer, bool) else "answers neither yes nor no"


def _sample(kind: Kind, name: str, behind: Behind) -> Any:
    if any(column.name == name and column.type == "integer" for column in kind.read_only):
        return 1
    words = next((field.values for field in kind.fields if field.name == name), ())
    return words[0] if words else _SAMPLES[behind]


def _in_short(error: Exception) -> str:
    return str(error).split(".")[0].removeprefix("No such overload: ").strip()
