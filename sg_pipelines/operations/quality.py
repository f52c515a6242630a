"""How sure we are of an entity's values on average."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def quality(cells: Iterable[tuple[Any, float]]) -> float:
    """0..1 over values and the confidence in each, one pair per field; an empty value counts as 0."""
    sure = [confidence if value not in (None, []) else 0.0 for value, confidence in cells]
    return round(sum(sure) / max(1, len(sure)), 3)
