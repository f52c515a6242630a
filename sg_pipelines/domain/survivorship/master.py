"""Which value the master shows, and how sure it is of it. Never blank when anyone knows something."""

from __future__ import annotations

from dataclasses import dataclass

from sg_pipelines.domain.survivorship.policy import FieldPolicy

AGREED, SINGLE, DRIFTING, DISPUTED = 1.0, 0.9, 0.7, 0.4
FROM_BASE, FROM_NOBODY = -1, -2


@dataclass(frozen=True, slots=True)
class Survivor:
    """`source` is the position of the account in the policy's accounts, `FROM_BASE` or `FROM_NOBODY`."""

    source: int
    confidence: float


def speaking_order(policy: FieldPolicy) -> tuple[int, ...]:
    """Positions of accounts in the order their word counts: owners first, as listed, then the others."""
    owners = [policy.accounts.index(account) for account in policy.owners if account in policy.accounts]
    return (*owners, *(index for index in range(len(policy.accounts)) if index not in owners))


def in_order(policy: FieldPolicy) -> list[str]:
    """The accounts in that order."""
    return [policy.accounts[index] for index in speaking_order(policy)]


def survivor(
    policy: FieldPolicy,
    says_something: dict[str, bool],
    *,
    winner: str | None,
    from_base: bool,
    base_says_something: bool,
    is_disputed: bool,
) -> Survivor:
    """The value to show for a cell that is not agreed upon.

    `says_something` tells of every voice whether its value is not null. A proposed winner is shown before the base,
    the base before anyone else.
    """
    confidence = DISPUTED if is_disputed else DRIFTING
    if winner is not None:
        return Survivor(policy.accounts.index(winner), confidence)
    if base_says_something or from_base:
        return Survivor(FROM_BASE, confidence)
    for index in speaking_order(policy):
        if says_something.get(policy.accounts[index], False):
            return Survivor(index, confidence)
    return Survivor(FROM_NOBODY, confidence)
