"""People: who they are, where they are known, and what their records can be recognised by. Same seed, same people."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sg_pipelines.sandbox.world.names import (
    CITIES,
    FIRM_HEADS,
    FIRM_TAILS,
    FIRST,
    LAST,
    MAIL_HOSTS,
    STREET_TYPES,
    STREETS,
    TAGS,
    TIERS,
)


class Link(StrEnum):
    """What ties a person's records together."""

    CROSS_ID = "cross_id"
    EXTERNAL_ID = "external_id"
    STRONG_KEY = "strong_key"
    FUZZY = "fuzzy"


HUBSPOT, SHOPIFY, NETSUITE = "hubspot", "shopify", "netsuite"
EVERYWHERE = (HUBSPOT, SHOPIFY, NETSUITE)
# Share of people, the platforms that know them, lifecycle, and whether they order.
_GROUPS: tuple[tuple[float, tuple[str, ...], str | None, bool], ...] = (
    (0.58, EVERYWHERE, "customer", True),
    (0.14, (HUBSPOT, SHOPIFY), "customer", False),
    (0.07, (HUBSPOT, NETSUITE), "prospect", False),
    (0.16, (HUBSPOT,), "lead", False),
    (0.05, (SHOPIFY,), None, True),
)
_LINKS = ((0.60, Link.CROSS_ID), (0.10, Link.EXTERNAL_ID), (0.24, Link.STRONG_KEY), (0.06, Link.FUZZY))


@dataclass(slots=True)
class Person:
    """One human being. `said` is the truth in neutral words, before any platform spells it."""

    number: int
    platforms: tuple[str, ...]
    link: Link
    said: dict[str, Any]
    refs: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How the ledger names a person."""
        return f"person-{self.number}"

    @property
    def is_strong(self) -> bool:
        """True when identity does not rest on similarity."""
        return self.link is not Link.FUZZY or len(self.platforms) == 1


def people(count: int, seed: int) -> Iterator[Person]:
    """`count` people; every 40th shares e-mail, telephone and house with the one before."""
    former: Person | None = None
    for number in range(count):
        person = _person(number, random.Random(f"{seed}:{number}"))
        if number % 40 == 39 and former is not None:
            _join_family(person, former)
        yield person
        former = person


def _person(number: int, dice: random.Random) -> Person:
    platforms, lifecycle, orders = _group(dice)
    link = _pick(dice, _LINKS)
    first, last = dice.choice(FIRST), dice.choice(LAST)
    city, region, zip_head = dice.choice(CITIES)
    street, _ = dice.choice(STREET_TYPES)
    bought = dice.randint(1, 40) if orders else 0
    said: dict[str, Any] = {
        "first_name": first,
        "last_name": last,
        "email": f"{first}.{last}{number}@{dice.choice(MAIL_HOSTS)}".lower(),
        "phone": f"{dice.choice('23456789')}{dice.randrange(10, 99)}{dice.choice('23456789')}{dice.randrange(100_000, 999_999)}",
        "company_name": f"{dice.choice(FIRM_HEADS)} {dice.choice(FIRM_TAILS)}" if dice.random() < 0.6 else None,
        "address_street": f"{dice.randrange(1, 9900)} {dice.choice(STREETS)} {street}",
        "address_street2": f"Apt {dice.randrange(1, 60)}" if dice.random() < 0.2 else None,
        "address_city": city,
        "address_region": region,
        "address_postal_code": f"{zip_head}{dice.randrange(10, 99)}",
        "address_country": "US",
        "marketing_consent": dice.choice(("granted", "denied")),
        "lifecycle": lifecycle,
        "tags": sorted(dice.sample(TAGS, dice.randrange(0, 4))),
        "custom_loyalty_tier": dice.choice(TIERS) if dice.random() < 0.5 else None,
        "external_id": f"CUST-{number:07d}" if link is Link.EXTERNAL_ID else None,
        "orders_count": bought,
        "total_spent": f"{bought * dice.randrange(1500, 22_000) / 100:.2f}",
        "created_days_ago": dice.randrange(30, 900),
    }
    return Person(number, platforms, link, said)


def _join_family(person: Person, former: Person) -> None:
    """A household: one mailbox, one telephone, one house, two people. Only ids tell them apart for certain."""
    shared = ("last_name", "email", "phone", *(name for name in former.said if name.startswith("address_")))
    person.said |= {name: former.said[name] for name in shared}
    if person.said["first_name"][:3] == former.said["first_name"][:3]:
        person.said["first_name"] = "Quentin" if former.said["first_name"] != "Quentin" else "Beatrix"
    for member in (person, former):
        member.link = Link.EXTERNAL_ID
        member.said["external_id"] = f"CUST-{member.number:07d}"


def _group(dice: random.Random) -> tuple[tuple[str, ...], str | None, bool]:
    roll = dice.random()
    for share, platforms, lifecycle, orders in _GROUPS:
        roll -= share
        if roll < 0:
            return platforms, lifecycle, orders
    return EVERYWHERE, "customer", True


def _pick(dice: random.Random, table: tuple[tuple[float, Link], ...]) -> Link:
    roll = dice.random()
    for share, link in table:
        roll -= share
        if roll < 0:
            return link
    return table[-1][1]
