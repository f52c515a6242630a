"""Numbers that differ by less than the policy minds: such a value counts as the base, and the base stays where it is, so
that nothing creeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sg_pipelines.domain.comparators.money import money_of
from sg_pipelines.domain.discrepancies.cell import Cell
from sg_pipelines.domain.model.money import Money


def within_tolerance(cell: Cell, tolerance: Decimal) -> Cell:
    """The cell with every number near the base taken for the base, unless those lie too far apart from one another; without a
    base, all taken for the first voice's when the highest and the lowest are near enough."""
    stated = [voice.value for voice in cell.voices if voice.value is not None]
    if cell.has_base:
        near = [
            number for number in map(money_of, stated) if number is not None and _is_near(number, cell.base, tolerance)
        ]
        return _near(cell, cell.base, tolerance) if _are_near(near, tolerance) else cell
    numbers = [number for number in map(money_of, stated) if number is not None]
    if not stated or len(numbers) < len(stated):
        return cell
    return _near(cell, stated[0], tolerance) if _are_near(numbers, tolerance) else cell


def _are_near(numbers: Sequence[Money], tolerance: Decimal) -> bool:
    """All of one currency, the highest no further from the lowest than that."""
    if not numbers:
        return True
    highest, lowest = (choose(numbers, key=lambda one: one.amount) for choose in (max, min))
    return len({one.currency for one in numbers}) == 1 and highest.is_near(lowest, tolerance)


def _is_near(number: Money, anchor: str | None, tolerance: Decimal) -> bool:
    other = money_of(anchor)
    return other is not None and number.is_near(other, tolerance)


def _near(cell: Cell, anchor: str | None, tolerance: Decimal) -> Cell:
    def snapped(value: str | None) -> str | None:
        number = money_of(value)
        return anchor if number is not None and _is_near(number, anchor, tolerance) else value

    voices = tuple(replace(voice, value=snapped(voice.value), held=snapped(voice.held)) for voice in cell.voices)
    return replace(cell, voices=voices)
