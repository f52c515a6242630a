"""Who comes after the first day, in a world whose accounts agree on it.

Whatever accounts would differ about from its first record on is a newcomer, some others are, and so is what names one:
no record can name another that is not there yet. Newcomers have more mishaps than others, being new.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

from sg_pipelines.sandbox.world.first_day import expected_but_absent
from sg_pipelines.sandbox.world.people import was_archived_before
from sg_pipelines.sandbox.world.population import AGREEMENT, Population
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, ORDER, PRODUCT, Thing

SHARES = {COMPANY: 0.03, CUSTOMER: 0.04, PRODUCT: 0.03, ORDER: 0.06}


def newcomers(everything: Mapping[str, Iterable[Thing]], population: Population) -> frozenset[str]:
    """Names of the things that come later; kinds after those they refer to. None in a world that starts as a mess."""
    later: set[str] = set()
    if population.making.start == AGREEMENT:
        for things in everything.values():
            later |= {thing.name for thing in things if _comes_later(thing, population, later)}
    return frozenset(later)


def _comes_later(thing: Thing, population: Population, later: set[str]) -> bool:
    neighbours = (*thing.named.values(), *(line.product for line in thing.lines))
    return (
        any(neighbour.name in later for neighbour in neighbours)
        or _differs_from_the_first(thing)
        or any(expected_but_absent(thing, population.places))
        or _happens_to(thing, population.making.seed)
    )


def _differs_from_the_first(thing: Thing) -> bool:
    """Known by resemblance alone, or put away as soon as it is there."""
    is_blurred = thing.kind in (CUSTOMER, PRODUCT) and not thing.is_strong
    return is_blurred or (thing.kind == CUSTOMER and was_archived_before(thing))


def _happens_to(thing: Thing, seed: int) -> bool:
    """Variants of one product come together."""
    together = thing.said.get("product_group") or thing.number
    return random.Random(f"{seed}:{thing.kind}:{together}:later").random() < SHARES[thing.kind]
