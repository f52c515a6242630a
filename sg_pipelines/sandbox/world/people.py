"""People: who they are, where they are known, and what their records can be recognised by. Same seed, same people."""

from __future__ import annotations

import random
from collections.abc import Iterator

from sg_pipelines.sandbox.world.american import AMERICAN
from sg_pipelines.sandbox.world.locale import Locale, Standing
from sg_pipelines.sandbox.world.places import EVERYWHERE, HUBSPOT, NETSUITE, ONE_EACH, SHOPIFY, Places
from sg_pipelines.sandbox.world.things import CUSTOMER, Link, Thing, pick, some_shops

# Share of people; the platforms that know them, lifecycle, and whether they order.
_GROUPS: tuple[tuple[float, tuple[tuple[str, ...], str | None, bool]], ...] = (
    (0.58, (EVERYWHERE, "customer", True)),
    (0.14, ((HUBSPOT, SHOPIFY), "customer", False)),
    (0.07, ((HUBSPOT, NETSUITE), "prospect", False)),
    (0.16, ((HUBSPOT,), "lead", False)),
    (0.05, ((SHOPIFY,), None, True)),
    (0.00, (EVERYWHERE, "customer", True)),
)
_LINKS = ((0.60, Link.CROSS_ID), (0.10, Link.EXTERNAL_ID), (0.24, Link.STRONG_KEY), (0.06, Link.FUZZY))
GUEST = (SHOPIFY,)


def people(count: int, seed: int, places: Places = ONE_EACH, locale: Locale = AMERICAN) -> Iterator[Thing]:
    """`count` people; every 40th shares e-mail, telephone and house with the one before."""
    former: Thing | None = None
    for number in range(count):
        person = _person(number, seed, places, locale)
        if former is not None:
            if number % 40 == 39:
                _join_family(person, former)
            yield former
        former = person
    if former is not None:
        yield former


def was_archived_before(person: Thing) -> bool:
    """Whose contact may be found put away on the first day: nobody does business with them."""
    return person.number % 60 == 13


def was_typed_twice(person: Thing) -> bool:
    """Who may have a second contact."""
    return person.number % 50 == 7


def _person(number: int, seed: int, places: Places, locale: Locale) -> Thing:
    dice = random.Random(f"{seed}:{number}")
    platforms, lifecycle, orders = pick(dice, _GROUPS)
    link = pick(dice, _LINKS)
    said = locale.person(dice, Standing(number, link, lifecycle, orders))
    shared = 0.0 if platforms == GUEST else 0.25
    shops = some_shops(places.on(SHOPIFY), f"{seed}:{number}:shops", all_of_them=shared)
    return Thing(CUSTOMER, number, places.known(platforms, shops), link, said)


def _join_family(person: Thing, former: Thing) -> None:
    """A household: one mailbox, one telephone, one house, two people. Only ids tell them apart for certain."""
    shared = ("last_name", "email", "phone", *(name for name in former.said if name.startswith("address_")))
    person.said |= {name: former.said[name] for name in shared}
    if person.said["first_name"][:3] == former.said["first_name"][:3]:
        person.said["first_name"] = "Quentin" if former.said["first_name"] != "Quentin" else "Beatrix"
    for member in (person, former):
        member.link = Link.EXTERNAL_ID
        member.said["external_id"] = f"CUST-{member.number:07d}"
