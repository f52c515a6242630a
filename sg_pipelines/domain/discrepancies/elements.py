"""Sets are classified element by element: each is a small cell of its own.

Once something was agreed, absence of an element is a value like its presence, so taking a tag away is a move and not
a clear. Before that, and for a newcomer, absence says nothing: the element is filled in, never taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sg_pipelines.domain.comparators.packing import SEPARATOR
from sg_pipelines.domain.discrepancies.cell import Cell, Outcome, Verdict, Voice
from sg_pipelines.domain.discrepancies.classify import classify

PRESENT, ABSENT = "present", "absent"


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """Outcome of a whole set: the elements that differ with their verdicts, and the elements the master shows."""

    outcome: Outcome
    elements: tuple[tuple[str, Verdict], ...]
    merged: frozenset[str]


def classify_set(cell: Cell) -> SetVerdict:
    """Decide a set whose voices, held and base are packed sets of element keys."""
    everything = sorted(set().union(_split(cell.base), *(_split(v.value) | _split(v.held) for v in cell.voices)))
    decided = [(element, _element_cell(cell, element)) for element in everything]
    verdicts = [(element, one, classify(one)) for element, one in decided]
    differing = tuple((element, v) for element, _, v in verdicts if v.outcome is not Outcome.CONSISTENT)
    merged = frozenset(element for element, one, v in verdicts if _stays(one, v))
    return SetVerdict(_worst(v for _, v in differing), differing, merged)


def _split(packed: str | None) -> set[str]:
    return set(packed.split(SEPARATOR)) if packed else set()


def _element_cell(cell: Cell, element: str) -> Cell:
    def stated(packed: str | None, *, may_be_silent: bool) -> str | None:
        if element in _split(packed):
            return PRESENT
        return None if may_be_silent else ABSENT

    voices = tuple(
        Voice(
            account=voice.account,
            value=stated(voice.value, may_be_silent=not cell.has_base or voice.is_newcomer),
            has_held=voice.has_held,
            held=stated(voice.held, may_be_silent=not cell.has_base) if voice.has_held else None,
            accepted=voice.accepted,
            changed_at=voice.changed_at,
            unsettled_since=voice.unsettled_since,
        )
        for voice in cell.voices
    )
    base = stated(cell.base, may_be_silent=False) if cell.has_base else None
    if base == ABSENT:
        voices = tuple(_silence_as_absence(voice) for voice in voices)
    return Cell(cell.policy, voices, cell.has_base, base, cell.now, cell.settling, cell.in_flight)


def _silence_as_absence(voice: Voice) -> Voice:
    """A newcomer without an element that is not agreed upon either lacks nothing."""
    return Voice(voice.account, ABSENT) if voice.is_newcomer and voice.value is None else voice


def _stays(cell: Cell, verdict: Verdict) -> bool:
    """Whether the master shows the element: as proposed, else as agreed, else whenever anyone has it."""
    if verdict.winner is not None:
        return next(voice.value for voice in cell.voices if voice.account == verdict.winner) == PRESENT
    if verdict.outcome is Outcome.CONSISTENT:
        return any(voice.value == PRESENT and not voice.stands_apart for voice in cell.voices)
    if cell.has_base:
        return cell.base == PRESENT
    return any(voice.value == PRESENT for voice in cell.voices)


def _worst(verdicts: Iterator[Verdict]) -> Outcome:
    outcomes = {verdict.outcome for verdict in verdicts}
    for outcome in (Outcome.HARD_CONFLICT, Outcome.SOFT_DRIFT, Outcome.SETTLING):
        if outcome in outcomes:
            return outcome
    return Outcome.CONSISTENT
