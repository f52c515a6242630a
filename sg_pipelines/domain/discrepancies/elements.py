"""Sets are classified element by element: each is a small cell of its own. An element is a label, or a row with a value.

Once something was agreed, absence of an element is a value like its presence, so taking a tag away is a move and not
a clear. Before that, and for a newcomer, absence says nothing: the element is filled in, never taken away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sg_pipelines.domain.comparators.keys import ABSENT, PRESENT
from sg_pipelines.domain.comparators.packing import SEPARATOR, WITHIN
from sg_pipelines.domain.discrepancies.cell import Cell, Outcome, Verdict, Voice
from sg_pipelines.domain.discrepancies.classify import classify


@dataclass(frozen=True, slots=True)
class SetVerdict:
    """Outcome of a whole set: the elements that differ with their verdicts, and what the master shows (element →
    value)."""

    outcome: Outcome
    elements: tuple[tuple[str, Verdict], ...]
    merged: dict[str, str]


def classify_set(cell: Cell) -> SetVerdict:
    """Decide a set whose voices, held and base are packed sets of element keys."""
    spoken = [packed for voice in cell.voices for packed in (voice.value, voice.held)]
    everything = sorted(set().union(*(_split(packed) for packed in (cell.base, *spoken))))
    decided = [(element, _element_cell(cell, element)) for element in everything]
    verdicts = [(element, one, classify(one)) for element, one in decided]
    differing = tuple((element, v) for element, _, v in verdicts if v.outcome is not Outcome.CONSISTENT)
    merged = {element: value for element, one, v in verdicts if (value := _shown(one, v)) is not None}
    return SetVerdict(_worst(v for _, v in differing), differing, merged)


def _split(packed: str | None) -> dict[str, str]:
    """Element → value; a bare element is there and says no more."""
    parts = [part.partition(WITHIN) for part in packed.split(SEPARATOR)] if packed else []
    return {element: value or PRESENT for element, _, value in parts}


def _element_cell(cell: Cell, element: str) -> Cell:
    def stated(packed: str | None, *, may_be_silent: bool) -> str | None:
        value = _split(packed).get(element)
        return value or (None if may_be_silent else ABSENT)

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
    if base == ABSENT or all(voice.value in (None, ABSENT) for voice in voices):
        voices = tuple(_silence_as_absence(voice) for voice in voices)
    return Cell(cell.policy, voices, cell.has_base, base, cell.now, cell.settling, cell.in_flight)


def _silence_as_absence(voice: Voice) -> Voice:
    """A newcomer without an element that is not agreed upon either, or that nobody has, lacks nothing."""
    return Voice(voice.account, ABSENT) if voice.is_newcomer and voice.value is None else voice


def _shown(cell: Cell, verdict: Verdict) -> str | None:
    """The value the master shows of an element, None for none: as proposed, else as agreed, else anyone's."""
    if verdict.winner is not None:
        return _there(next(voice.value for voice in cell.voices if voice.account == verdict.winner))
    if verdict.outcome is Outcome.CONSISTENT:
        return next((v.value for v in cell.voices if _there(v.value) and not v.stands_apart), None)
    if cell.has_base:
        return _there(cell.base)
    return next((voice.value for voice in cell.voices if _there(voice.value)), None)


def _there(value: str | None) -> str | None:
    return None if value == ABSENT else value


def _worst(verdicts: Iterator[Verdict]) -> Outcome:
    outcomes = {verdict.outcome for verdict in verdicts}
    for outcome in (Outcome.HARD_CONFLICT, Outcome.SOFT_DRIFT, Outcome.SETTLING):
        if outcome in outcomes:
            return outcome
    return Outcome.CONSISTENT
