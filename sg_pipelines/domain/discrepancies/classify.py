"""The seven rules, first match wins. `tests/unit/discrepancies/oracle.py` says the same again, independently."""

from __future__ import annotations

from sg_pipelines.domain.discrepancies.cell import Cell, Outcome, Verdict, Voice
from sg_pipelines.domain.discrepancies.owner import newest, owner_of
from sg_pipelines.domain.survivorship.policy import OnBothChanged, OnForeignEdit, Ownership

SETTLING_WINDOWS = 3


def classify(cell: Cell) -> Verdict:
    """Decide one cell. One voice alone agrees with nobody and decides nothing."""
    if len(cell.voices) < 2:
        return Verdict(Outcome.ALONE, "alone")
    if any(_is_settling(cell, voice) for voice in cell.voices):
        return _verdict(cell, Outcome.SETTLING, "1 settling")
    if len({voice.value for voice in cell.voices if not voice.stands_apart}) <= 1:
        return _verdict(cell, Outcome.CONSISTENT, "2 all equal")
    if not cell.has_base:
        return _without_base(cell)
    return _clear(cell) or _with_base(cell)


def _is_settling(cell: Cell, voice: Voice) -> bool:
    """Changed within the account's window, though no run of changes settles for more than three windows."""
    if not voice.has_moved:
        return False
    if voice.account in cell.in_flight:
        return True
    window = cell.settling.get(voice.account, 0)
    if not window or voice.changed_at is None:
        return False
    began = voice.changed_at if voice.unsettled_since is None else voice.unsettled_since
    return cell.now - voice.changed_at < window and cell.now - began < SETTLING_WINDOWS * window


def _without_base(cell: Cell) -> Verdict:
    """Rule 3: nothing was ever agreed."""
    speaking = [voice for voice in _compared(cell) if voice.value is not None]
    if len({voice.value for voice in speaking}) == 1:
        return _verdict(cell, Outcome.SOFT_DRIFT, "3 one value", winner=_spokesman(cell, speaking))
    owner = owner_of(cell)
    if owner is not None and owner.value is not None:
        return _verdict(cell, Outcome.SOFT_DRIFT, "3 owner has it", winner=owner)
    return _verdict(cell, Outcome.HARD_CONFLICT, "3 no owner")


def _clear(cell: Cell) -> Verdict | None:
    """Rule 4: someone emptied the field. None when a null counts as a value here, or nobody did."""
    emptied = [voice for voice in cell.voices if voice.has_moved and voice.value is None]
    if not emptied:
        return None
    owner = owner_of(cell)
    by_owner = owner is not None and owner in emptied
    if cell.policy.on_foreign_edit is OnForeignEdit.REVERT and not by_owner:
        refill = owner if owner is not None and owner.value is not None else None
        return _verdict(cell, Outcome.SOFT_DRIFT, "4 clear reverted", winner=refill, from_base=refill is None)
    if not cell.policy.allow_clear:
        return _verdict(cell, Outcome.HARD_CONFLICT, "4 cleared")
    return None


def _with_base(cell: Cell) -> Verdict:
    voices = _compared(cell)
    new = [voice for voice in voices if _says_something_new(cell, voice)]
    if not any(voice.has_moved for voice in voices) or not new:
        return _nobody_moved(cell)
    if len({voice.value for voice in new}) == 1:
        return _one_new_value(cell, new)
    return _several_new_values(cell, new)


def _says_something_new(cell: Cell, voice: Voice) -> bool:
    if voice.value == cell.base:
        return False
    return voice.has_moved or (voice.is_newcomer and voice.value is not None)


def _nobody_moved(cell: Cell) -> Verdict:
    """Rule 5."""
    owner = owner_of(cell)
    if owner is not None and owner.is_newcomer and owner.value is not None:
        return _verdict(cell, Outcome.SOFT_DRIFT, "5 owner is new", winner=owner)
    return _verdict(cell, Outcome.SOFT_DRIFT, "5 base holds", from_base=True)


def _one_new_value(cell: Cell, new: list[Voice]) -> Verdict:
    """Rule 6."""
    owner = owner_of(cell)
    if cell.policy.ownership is not Ownership.LISTED or (owner is not None and owner in new):
        return _verdict(cell, Outcome.SOFT_DRIFT, "6 owner changed it", winner=_spokesman(cell, new))
    if cell.policy.on_foreign_edit is OnForeignEdit.REVERT:
        return _verdict(cell, Outcome.SOFT_DRIFT, "6 foreign edit reverted", from_base=True)
    if cell.policy.on_foreign_edit is OnForeignEdit.ACCEPT:
        return _verdict(cell, Outcome.SOFT_DRIFT, "6 foreign edit accepted", winner=_spokesman(cell, new))
    return _verdict(cell, Outcome.HARD_CONFLICT, "6 foreign edit")


def _several_new_values(cell: Cell, new: list[Voice]) -> Verdict:
    """Rule 7."""
    if cell.policy.on_both_changed is OnBothChanged.OWNER_WINS:
        owner = owner_of(cell)
        if owner is not None and (owner.value is not None or cell.policy.allow_clear):
            return _verdict(cell, Outcome.SOFT_DRIFT, "7 owner wins", winner=owner)
    if cell.policy.on_both_changed is OnBothChanged.NEWEST:
        last = newest(new)
        if last is not None:
            return _verdict(cell, Outcome.SOFT_DRIFT, "7 newest wins", winner=last)
    return _verdict(cell, Outcome.HARD_CONFLICT, "7 several new values")


def _spokesman(cell: Cell, same: list[Voice]) -> Voice:
    """Of those who say the same, each perhaps in its own spelling, the one whose spelling holds: the owner, or the first that
    the policy names."""
    owner, named = owner_of(cell), cell.policy.owners
    if owner in same:
        return owner
    return min(same, key=lambda voice: named.index(voice.account) if voice.account in named else len(named))


def _compared(cell: Cell) -> list[Voice]:
    """Those whose difference nobody accepted."""
    return [voice for voice in cell.voices if not voice.stands_apart]


def _verdict(
    cell: Cell, outcome: Outcome, rule: str, *, winner: Voice | None = None, from_base: bool = False
) -> Verdict:
    owner = owner_of(cell)
    targets: tuple[str, ...] = ()
    if winner is not None or from_base:
        value = cell.base if winner is None else winner.value
        targets = tuple(voice.account for voice in _compared(cell) if voice.value != value)
    return Verdict(
        outcome=outcome,
        rule=rule,
        moved=tuple(voice.account for voice in cell.voices if voice.has_moved),
        owner=owner.account if owner is not None else None,
        winner=None if winner is None else winner.account,
        from_base=from_base,
        targets=targets,
    )
