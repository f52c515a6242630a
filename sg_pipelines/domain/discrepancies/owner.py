"""Who owns a cell."""

from __future__ import annotations

from collections.abc import Iterable

from sg_pipelines.domain.discrepancies.cell import Cell, Voice
from sg_pipelines.domain.survivorship.policy import Ownership


def owner_of(cell: Cell) -> Voice | None:
    """The first listed account that speaks; `newest`: the latest observed mover; `any`: whoever alone moved.

    Without a base, `newest` and `any` have no owner.
    """
    if cell.policy.ownership is Ownership.LISTED:
        speaking = {voice.account: voice for voice in cell.voices}
        return next((speaking[account] for account in cell.policy.owners if account in speaking), None)
    if not cell.has_base:
        return None
    movers = [voice for voice in cell.voices if voice.has_moved]
    if cell.policy.ownership is Ownership.NEWEST:
        return newest(movers)
    return movers[0] if len(movers) == 1 else None


def newest(voices: Iterable[Voice]) -> Voice | None:
    """The one whose value was first observed last; None when that cannot be said."""
    dated = sorted((voice for voice in voices if voice.changed_at is not None), key=_changed_at, reverse=True)
    if not dated or (len(dated) > 1 and _changed_at(dated[0]) == _changed_at(dated[1])):
        return None
    return dated[0]


def _changed_at(voice: Voice) -> int:
    return voice.changed_at or 0
