"""Numbers that differ by less than the policy minds: such a value counts as the base, and the base stays where it is, so
that nothing creeps."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sg_pipelines.domain.comparators.money import money_of
from sg_pipelines.domain.discrepancies.cell import Cell


def within_tolerance(cell: Cell, tolerance: Decimal) -> Cell:
    """The cell with every number near the base taken for the base; without a base, all taken for the first voice's
    when the highest and the lowest are near enough."""
    if cell.has_base:
        return _near(cell, cell.base, tolerance)
    stated = [voice.value for voice in cell.voices if voice.value is not None]
    numbers = [number for number in map(money_of, stated) if number is not None]
    if not stated or len(numbers) < len(stated):
        return cell
    highest, lowest = (choose(numbers, key=lambda one: one.amount) for choose in (max, min))
    is_alike = len({one.currency for one in numbers}) == 1 and highest.is_near(lowest, tolerance)
    return _near(cell, stated[0], tolerance) if is_alike else cell


def _near(cell: Cell, anchor: str | None, tolerance: Decimal) -> Cell:
    def snapped(value: str | None) -> str | None:
        one, two = money_of(value), money_of(anchor)
        return anchor if one is not None and two is not None and one.is_near(two, tolerance) else value

    voices = tuple(replace(voice, value=snapped(voice.value), held=snapped(voice.held)) for voice in cell.voices)
    return replace(cell, voices=voices)
