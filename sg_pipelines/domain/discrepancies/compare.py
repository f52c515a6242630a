"""Compare one field of any number of entities: equal rows are decided in columns, the rest reach the classifier.

One entity and a million go through the same two steps: originals that are the same text are agreed without a look;
where they differ, the comparator's keys decide; where keys differ too, `classify` speaks. The base moves only when
all agree, and only when there are two or more to agree (`docs/adr/0002-when-the-base-moves.md`).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sg_pipelines.domain.comparators.keys import differ_in_accents, elements
from sg_pipelines.domain.comparators.packing import SEPARATOR
from sg_pipelines.domain.discrepancies.cell import Cell, Outcome, Voice
from sg_pipelines.domain.discrepancies.classify import classify
from sg_pipelines.domain.discrepancies.elements import classify_set
from sg_pipelines.domain.discrepancies.encoding import Encoded, encode
from sg_pipelines.domain.discrepancies.frame import OUTCOMES, Codes, FieldFrame, FieldResult
from sg_pipelines.domain.discrepancies.originals import NULL
from sg_pipelines.domain.discrepancies.suspects import rows_to_look_at
from sg_pipelines.domain.discrepancies.tolerance import within_tolerance
from sg_pipelines.domain.survivorship.master import (
    AGREED,
    DISPUTED,
    DRIFTING,
    FROM_BASE,
    FROM_NOBODY,
    SINGLE,
    speaking_order,
    survivor,
)

_CODE = {outcome: code for code, outcome in enumerate(OUTCOMES)}


def compare(frame: FieldFrame, *, now: int, region: str, settling: Mapping[str, int]) -> FieldResult:
    """Decide every entity's cell. `now` and `settling` are milliseconds; the answer has the frame's length."""
    encoded = encode(frame, region)
    present = [frame.present[account] for account in frame.policy.accounts]
    voices = np.sum(present, axis=0)
    result = _unanimous(frame, encoded, voices)
    suspects = rows_to_look_at(frame, encoded, voices, settling)
    for row in suspects.differing.tolist():
        _decide(frame, encoded, result, row, now, settling)
    for row in suspects.alike.tolist():
        if _differs_in_accents(encoded, _voices(frame, encoded, row), row):
            result.cosmetic.append(row)
    return result


def _unanimous(frame: FieldFrame, encoded: Encoded, voices: Codes) -> FieldResult:
    """Everything as if all agreed: the first that speaks gives the value."""
    size, alike = len(voices), voices.copy()
    for agrees in frame.agreeing.values():
        alike += agrees & (voices > 0)
    value, source = np.full(size, NULL, np.int64), np.full(size, FROM_NOBODY, np.int8)
    for index in reversed(speaking_order(frame.policy)):
        account = frame.policy.accounts[index]
        speaks = frame.present[account]
        stated = speaks & ((encoded.values[account] != NULL) | (value == NULL))
        value[stated] = encoded.values[account][stated]
        source[stated] = index
    silent = voices == 0
    if encoded.base is not None and frame.prior is not None:
        remembered = silent & frame.prior.has_base
        value[remembered], source[remembered] = encoded.base[remembered], FROM_BASE
    return FieldResult(
        field=frame.field,
        policy=frame.policy,
        originals=encoded.originals,
        outcome=np.where(alike >= 2, _CODE[Outcome.CONSISTENT], _CODE[Outcome.ALONE]).astype(np.int8),
        value=value,
        source=source,
        confidence=np.where(alike >= 2, AGREED, SINGLE).astype(np.float32),
        agreed=alike >= 2,
        said=encoded.values,
        present=frame.present,
        agreeing=frame.agreeing,
        prior=frame.prior,
    )


def _decide(
    frame: FieldFrame, encoded: Encoded, result: FieldResult, row: int, now: int, settling: Mapping[str, int]
) -> None:
    voices = _voices(frame, encoded, row)
    has_base = frame.prior is not None and bool(frame.prior.has_base[row])
    base = encoded.key(int(encoded.base[row])) if has_base and encoded.base is not None else None
    cell = Cell(frame.policy, voices, has_base, base, now, settling)
    if frame.policy.tolerance and not frame.field.is_set:
        cell = within_tolerance(cell, frame.policy.tolerance)
    if frame.field.is_set:
        _decide_set(cell, encoded, result, row)
    else:
        _decide_scalar(cell, encoded, result, row)
    if OUTCOMES[result.outcome[row]] is Outcome.CONSISTENT and _differs_in_accents(encoded, voices, row):
        result.cosmetic.append(row)


def _voices(frame: FieldFrame, encoded: Encoded, row: int) -> tuple[Voice, ...]:
    spoken = []
    for account in frame.policy.accounts:
        if not frame.present[account][row]:
            continue
        value = encoded.key(int(encoded.values[account][row]))
        if frame.prior is None or not frame.prior.has_held[account][row]:
            spoken.append(Voice(account, value))
            continue
        spoken.append(
            Voice(
                account,
                value,
                has_held=True,
                held=encoded.key(int(encoded.held[account][row])),
                accepted=bool(frame.prior.accepted[account][row]),
                changed_at=int(frame.prior.changed_at[account][row]) or None,
                unsettled_since=int(frame.prior.unsettled_since[account][row]) or None,
            )
        )
    return tuple(spoken)


def _decide_scalar(cell: Cell, encoded: Encoded, result: FieldResult, row: int) -> None:
    verdict = classify(cell)
    result.outcome[row] = _CODE[verdict.outcome]
    result.agreed[row] = verdict.outcome is Outcome.CONSISTENT
    if verdict.outcome is Outcome.CONSISTENT:
        _show_compared(cell, encoded, result, row)
        if cell.has_base and cell.policy.tolerance:
            _keep_base(cell, encoded, result, row)
        return
    result.verdicts.append((row, cell.policy.field, verdict))
    shown = survivor(
        cell.policy,
        {voice.account: voice.value is not None for voice in cell.voices},
        winner=verdict.winner,
        from_base=verdict.from_base,
        base_says_something=cell.base is not None,
        is_disputed=verdict.outcome is Outcome.HARD_CONFLICT,
    )
    result.source[row], result.confidence[row] = shown.source, shown.confidence
    result.value[row] = _code_of(shown.source, encoded, result, row)


def _show_compared(cell: Cell, encoded: Encoded, result: FieldResult, row: int) -> None:
    """Of an agreed cell, show one of those that agreed and not one whose difference was accepted."""
    agreeing = {voice.account for voice in cell.voices if not voice.stands_apart}
    for index in speaking_order(cell.policy):
        if cell.policy.accounts[index] in agreeing:
            result.source[row] = index
            result.value[row] = _code_of(index, encoded, result, row)
            return


def _keep_base(cell: Cell, encoded: Encoded, result: FieldResult, row: int) -> None:
    """Values within tolerance of the base agree on the base."""
    if encoded.base is not None and any(voice.value == cell.base for voice in cell.voices):
        result.source[row], result.value[row] = FROM_BASE, int(encoded.base[row])


def _code_of(source: int, encoded: Encoded, result: FieldResult, row: int) -> int:
    if source == FROM_NOBODY:
        return NULL
    if source == FROM_BASE:
        return NULL if encoded.base is None else int(encoded.base[row])
    return int(encoded.values[result.policy.accounts[source]][row])


def _decide_set(cell: Cell, encoded: Encoded, result: FieldResult, row: int) -> None:
    decided = classify_set(cell)
    result.outcome[row] = _CODE[decided.outcome]
    result.agreed[row] = decided.outcome is Outcome.CONSISTENT
    result.verdicts.extend((row, f"{cell.policy.field}={element}", verdict) for element, verdict in decided.elements)
    if decided.outcome is Outcome.CONSISTENT:
        _show_compared(cell, encoded, result, row)
        return
    spelling: dict[tuple[str, str], str] = {}
    codes = [int(encoded.base[row])] if encoded.base is not None else []
    codes += [int(encoded.values[voice.account][row]) for voice in reversed(cell.voices)]
    for code in codes:
        said = elements(encoded.field, encoded.originals[code] or "")
        spelling |= {(element, value): original for element, (value, original) in said.items()}
    merged = SEPARATOR.join(sorted(spelling[shown] for shown in decided.merged.items() if shown in spelling))
    result.value[row] = encoded.originals.add(merged)
    result.source[row] = FROM_NOBODY
    result.confidence[row] = DISPUTED if decided.outcome is Outcome.HARD_CONFLICT else DRIFTING


def _differs_in_accents(encoded: Encoded, voices: tuple[Voice, ...], row: int) -> bool:
    codes = {int(encoded.values[voice.account][row]) for voice in voices if not voice.stands_apart}
    said = [original for code in codes if (original := encoded.originals[code]) is not None]
    return differ_in_accents(encoded.field, said, region=encoded.region)
