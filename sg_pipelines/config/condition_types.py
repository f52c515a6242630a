"""Whether a condition fits the types of what it reads: it is asked about an entity in which nothing is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sg_pipelines.config.condition_names import Behind, readable
from sg_pipelines.config.conditions import Condition
from sg_pipelines.domain.model.kinds import Kind

_UNKNOWN = "Undefined variable or function"
_DAY = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
# What nothing is missing from, thrice: a division by what is read may be one by zero for some values, never for all.
_SAMPLES: dict[Behind, tuple[Any, Any, Any]] = {
    Behind.TEXT: ("x", "x", "x"),
    Behind.NUMBER: (1.5, 2.5, 1_000_003.5),
    Behind.YES_OR_NO: (True, False, True),
    Behind.INSTANT: (_DAY, _DAY, _DAY),
    Behind.TEXTS: (["x"], ["x"], ["x"]),
}
# What stands in a condition for itself, by the kind of value it is.
_LITERALS = {
    Behind.TEXT: r"'[^']*'|\"[^\"]*\"",
    Behind.YES_OR_NO: r"(?:true|false)\b",
    Behind.NUMBER: r"-?\d+(?:\.\d+)?\b",
}
_WHOLE = (1, 2, 1_000_003)


def misfit(condition: Condition, kind: Kind) -> str | None:
    """What does not fit, in a few words; None where nothing is wrong or nobody can say: of what has no simple value, and
    where the answer depends on the value."""
    behind = {name: what for name, what in readable(kind).items() if name in condition.variables}
    if condition.program is None or len(behind) < len(condition.variables):
        return None
    for name, what in behind.items():
        unlike = next((other for other in _compared_with(name, condition.source) if other is not what), None)
        if unlike is not None:
            return f"compares {name}, which is {_an(what)}, with {_an(unlike)}: they are never the same"
        words = next((field.values for field in kind.fields if field.name == name), ())
        other = next((word for word in _words_of(name, condition.source) if words and word not in words), None)
        if other is not None:
            return f"compares {name} with {other!r}, which it never says: it is one of {', '.join(words)}"
    if not set(behind.values()) <= _SAMPLES.keys():
        return None
    samples = {name: _samples(kind, name, what) for name, what in behind.items()}
    said = [_asked(condition, behind, {name: some[turn] for name, some in samples.items()}) for turn in range(3)]
    is_certain = said[0] != _BY_ZERO or set(said) == {_BY_ZERO}
    return said[0] if is_certain else None


def _compared_with(name: str, source: str) -> Iterator[Behind]:
    """What a name alone is held to be equal to, or not, or one of."""
    for what, literal in _LITERALS.items():
        forms = (
            rf"(?<![\w.]){name}\s*[=!]=\s*(?:{literal})",
            rf"(?<![\w.'\"])(?:{literal})\s*[=!]=\s*{name}\b(?!\s*[.(\[+\-*/%])",
            rf"(?<![\w.]){name}\s+in\s+\[\s*(?:{literal})",
        )
        if any(re.search(form, source) for form in forms):
            yield what


def _words_of(name: str, source: str) -> Iterator[str]:
    """Texts that a name alone is held to be equal to, or not."""
    for found in re.finditer(rf"(?<![\w.]){name}\s*[=!]=\s*(?:'([^']*)'|\"([^\"]*)\")", source):
        yield found[1] if found[2] is None else found[2]


_BY_ZERO = "divides by zero, whatever it reads"


def _asked(condition: Condition, behind: Mapping[str, Behind], values: Mapping[str, Any]) -> str | None:
    try:
        answer = condition.program.execute(dict(values))
    except TypeError as error:
        types = ", ".join(
            f"{name} is a{'n' if what == 'instant' else ''} {what}" for name, what in sorted(behind.items())
        )
        return f"does not fit the types of what it reads ({types}): {_in_short(error)}"
    except RuntimeError as error:
        return f"cannot be answered: {_in_short(error)}" if _UNKNOWN in str(error) else None
    except ZeroDivisionError:
        return _BY_ZERO
    except (ValueError, ArithmeticError, LookupError):
        return None
    return None if isinstance(answer, bool) else "answers neither yes nor no"


def _samples(kind: Kind, name: str, behind: Behind) -> tuple[Any, ...]:
    if any(column.name == name and column.type == "integer" for column in kind.read_only):
        return _WHOLE
    words = next((field.values for field in kind.fields if field.name == name), ())
    return (words[0],) * 3 if words else _SAMPLES[behind]


def _an(what: Behind) -> str:
    return f"an {what}" if what is Behind.INSTANT else f"a {what}"


def _in_short(error: Exception) -> str:
    return str(error).split(".")[0].removeprefix("No such overload: ").strip()
