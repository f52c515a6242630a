"""Links told apart by what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

BANDS = ("cross_id", "external_id", "strong_key", "fuzzy", "decision", "alone")


def band_of(evidence: Sequence[dict[str, Any]]) -> str:
    """The type of the strongest evidence; `alone` for a record that no other account shares."""
    return str(evidence[0]["type"]) if evidence else "alone"
