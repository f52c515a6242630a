"""Numbers that differ by less than the policy minds: such a value counts as the base, and the base stays where it is, so
that nothing creeps."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sg_pipelines.domain.comparators.money import amount_of
from sg_pipelines.domain.discrepancies.cell import Cell


def within_tolerance(cell: Cell, tolerance: Decimal) -> Cell:
    """The cell with every number near the base taken for the base; without a base, all taken for the first voice's
    when the highest and the lowest are near enough."""
    if cell.has_base:
        return _near(cell, cell.base, tolerance)
    numbers = [amount_of(voice.value) for voice in cell.voices if voice.value is not None]
    if not numbers or None in numbers or len({currency for _, currency in filter(None, numbers)}) > 1:
        return cell
    amounts = [amount for amount, _ in filter(None, numbers)]
    if max(amounts) - min(amounts) > tolerance:
        return cell
    first = next(voice.value for voice in cell.voices if voice.value is not None)
    return _near(cell, first, tolerance)


def _near(cell: Cell, anchor: str | None, tolerance: Decimal) -> Cell:
    def snapped(value: str | None) -> str | None:
        one, two = amount_of(value), amount_of(anchor)
        if one is None or two is None or one[1] != two[1] or abs(one[0] - two[0]) > tolerance:
            return value
        return anchor

    voices = tuple(replace(voice, value=snapped(voice.value), held=snapped(voice.held)) for voice in cell.voices)
    return replace(cell, voices=voices)
