"""Evidence in words and confidence as a number. Words name comparisons, never values."""

from __future__ import annotations

from typing import Any

from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.domain.matching.stated import STATED_DETAILS, STATED_TYPES

STRONG, FUZZY, HELD_BACK = "strong_key", "fuzzy", "held_back"
EVEN_ODDS = 40
TENTHS_OF_A_BIT = 10.0
_DEGREES = {3: "same", 2: "nearly the same", 1: "similar", -1: "different"}


def evidence(weight: int, packed_levels: int, likeness: Likeness) -> dict[str, Any]:
    """One piece of evidence: its type, what was compared and how it came out, its weight in tenths of a bit."""
    if weight in STATED_TYPES and not packed_levels:
        return {"type": STATED_TYPES[weight], "detail": STATED_DETAILS[weight], "weight": weight}
    levels = likeness.unpacked(packed_levels)
    said = []
    for level, degree in _DEGREES.items():
        names = [likeness.names[name] for name, found in levels.items() if found == level]
        if names:
            said.append(f"{degree} {', '.join(names)}")
    return {"type": STRONG if likeness.is_strong(levels) else FUZZY, "detail": "; ".join(said), "weight": weight}


def held_back(cap: int, likeness: Likeness) -> dict[str, Any]:
    """Why a pair waits for a person however much speaks for it; caps are counted from one."""
    return {"type": HELD_BACK, "detail": tuple(likeness.caps)[cap - 1], "weight": 0}


def confidence(weight: int) -> float:
    """Probability by the weight: even odds at 40, doubling with every ten."""
    exponent = min(60.0, (weight - EVEN_ODDS) / TENTHS_OF_A_BIT)
    return 1.0 / (1.0 + float(2.0**-exponent))
