"""Which of several neighbours counts: a deal has many contacts, an order has one customer.

It is the one whom most accounts name; of those whom as many name, the one that was agreed last, else the one that counted
last, else the one that comes first, account by account, each in the order its platform gives them. So nobody is said to
differ who names, among others, whom everybody else names; and nobody is said to have moved whose record nobody edited.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that an account names: the entity it hangs on, None where there is none; `is_unheard`: nobody knows yet.
    `is_held`: the account named that entity when all agreed last; `has_counted`: it counted last time, of the same ones."""

    record_id: str
    entity: str | None
    is_unheard: bool = False
    is_held: bool = False
    has_counted: bool = False


def counting(named: Mapping[str, Sequence[Candidate]]) -> dict[str, str]:
    """Account → the record that counts, of accounts that name several. While nobody else names any of them, one whom
    nobody knows yet may be the one: then the question stays open."""
    others = sum(1 for some in named.values() if some) > 1
    known = [(one.entity, one) for some in named.values() for one in some if one.entity]
    times = Counter(entity for some in named.values() for entity in {one.entity for one in some} if entity)
    held = {entity for entity, one in known if one.is_held and others}
    counted = {entity for entity, one in known if one.has_counted}
    in_order = dict.fromkeys(entity for entity, _ in known)
    best = sorted(in_order, key=lambda entity: (-times[entity], entity not in held, entity not in counted))
    place = {entity: index for index, entity in enumerate(best)}

    def rank(one: Candidate) -> tuple[int, bool]:
        return place.get(one.entity or "", len(place)), not one.has_counted

    found = {}
    for account, some in named.items():
        if len(some) > 1:
            first = min(some, key=rank)
            unheard = next((one for one in some if one.is_unheard), None)
            is_agreed = first.entity is not None and times[first.entity] > 1
            found[account] = (unheard if others and unheard and not is_agreed else first).record_id
    return found
