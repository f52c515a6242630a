"""The words of the comparison: what each account says of one field, what was agreed, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sg_pipelines.domain.survivorship.policy import FieldPolicy


class Outcome(StrEnum):
    """What a comparison ends in. `settling` and `alone` are no discrepancies."""

    CONSISTENT = "consistent"
    SOFT_DRIFT = "soft_drift"
    HARD_CONFLICT = "hard_conflict"
    SETTLING = "settling"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Voice:
    """What one live primary record says of the field, as a comparable key; `value` None is null.

    An account whose value is unknown has no voice. `has_held` False makes the record a newcomer. `accepted`: an
    operator (or a platform that rewrote us) let `held` stand although it differs. `changed_at` is when the current
    value was first observed by a reconcile, `unsettled_since` when the present run of changes began (UTC milliseconds; None: the
    value is the one held).
    """

    account: str
    value: str | None
    has_held: bool = False
    held: str | None = None
    accepted: bool = False
    changed_at: int | None = None
    unsettled_since: int | None = None

    @property
    def has_moved(self) -> bool:
        """It no longer says what it held."""
        return self.has_held and self.value != self.held

    @property
    def is_newcomer(self) -> bool:
        """It never agreed with anyone yet."""
        return not self.has_held

    @property
    def stands_apart(self) -> bool:
        """Its difference was accepted and it still holds that value."""
        return self.accepted and self.has_held and self.value == self.held


@dataclass(frozen=True, slots=True)
class Cell:
    """One entity, one field (or one element of a set), as seen at `now` (UTC milliseconds).

    `base` counts only when `has_base`: a null base is not the same as none. `settling` is per account, in
    milliseconds. `in_flight` are accounts that one of our own operations is writing to.
    """

    policy: FieldPolicy
    voices: tuple[Voice, ...]
    has_base: bool = False
    base: str | None = None
    now: int = 0
    settling: Mapping[str, int] = field(default_factory=dict)
    in_flight: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a cell was decided.

    `rule` names the sentence that matched. `winner` is the account whose value should hold everywhere; with
    `winner` None and `from_base` True it is the base; with neither a person decides. `targets` lag behind.
    """

    outcome: Outcome
    rule: str
    moved: tuple[str, ...] = ()
    owner: str | None = None
    winner: str | None = None
    from_base: bool = False
    targets: tuple[str, ...] = ()
