"""Whether a condition fits the types of what it reads: it is asked about an entity in which nothing is missing."""

from __future__ import annotations

from typing import Any

from sg_pipelines.config.conditions import Condition
from sg_pipelines.domain.model.kinds import ColumnType, Comparator, Field, Kind

_TEXTS = (Comparator.TEXT, Comparator.NAME, Comparator.EMAIL, Comparator.PHONE, Comparator.EXACT, Comparator.CODE)
_OF_COLUMN = {ColumnType.TEXT: "x", ColumnType.INTEGER: 1, ColumnType.DECIMAL: 1.5, ColumnType.BOOLEAN: True}


def misfit(condition: Condition, kind: Kind) -> str | None:
    """What does not fit, in a few words; None where nothing is wrong or nobody can say: of variables that are composite,
    and of conversions that depend on the value."""
    samples = _samples(kind)
    if condition.program is None or not condition.variables <= samples.keys():
        return None
    try:
        answer = condition.program.execute({name: samples[name] for name in condition.variables})
    except TypeError as error:
        return f"does not fit the types of what it reads: {str(error).split('.')[0].split(':')[-1].strip()}"
    except (ValueError, RuntimeError):
        return None
    return None if isinstance(answer, bool) else "answers neither yes nor no"


def _samples(kind: Kind) -> dict[str, Any]:
    """Name → a value of its type, of what has a simple one."""
    found = {column.name: _OF_COLUMN[column.type] for column in kind.columns() if column.type in _OF_COLUMN}
    for field in kind.fields:
        value = _of_field(field)
        if value is not None:
            found[field.name] = value
    return found


def _of_field(field: Field) -> Any:
    if field.comparator is Comparator.ENUM:
        return field.values[0] if field.values else "x"
    if field.comparator is Comparator.SET:
        return ["x"]
    if field.comparator is Comparator.DECIMAL:
        return 1.5
    return "x" if field.comparator in _TEXTS and not field.columns else None
