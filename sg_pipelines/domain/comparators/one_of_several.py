"""Which of several neighbours counts: a deal has many contacts, an order has one customer.

It is the one whom most accounts name; of those whom as many name, the one that comes first, account by account, each in the
order its platform gives them. So nobody is said to differ who names, among others, whom everybody else names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that an account names: the entity it hangs on, None where there is none; `is_unheard`: nobody knows yet."""

    record_id: str
    entity: str | None
    is_unheard: bool = False


def counting(named: Mapping[str, Sequence[Candidate]]) -> dict[str, str]:
    """Account → the record that counts, of accounts that name several. While nobody else names any of them, one whom
    nobody knows yet may be the one: then the question stays open."""
    times = Counter(entity for some in named.values() for entity in {one.entity for one in some} if entity)
    first = {entity: place for place, entity in enumerate(dict.fromkeys(_entities(named)))}

    def rank(one: Candidate) -> tuple[int, int]:
        return (-times[one.entity], first[one.entity]) if one.entity else (0, len(first))

    others = sum(1 for some in named.values() if some) > 1
    found = {}
    for account, some in named.items():
        if len(some) > 1:
            best = min(some, key=rank)
            unheard = next((one for one in some if one.is_unheard), None)
            is_agreed = best.entity is not None and times[best.entity] > 1
            found[account] = (unheard if others and unheard and not is_agreed else best).record_id
    return found


def _entities(named: Mapping[str, Sequence[Candidate]]) -> list[str]:
    return [one.entity for some in named.values() for one in some if one.entity]
