"""How platforms and people spell the same thing differently: differences that are none under comparison."""

from __future__ import annotations

import random
from typing import Any

from sg_pipelines.sandbox.world.names import STREET_TYPES
from sg_pipelines.sandbox.world.people import NETSUITE, SHOPIFY, Link, Person

_NOT_CARRIED = {
    "hubspot": ("orders_count", "total_spent"),
    "shopify": ("lifecycle",),
    "netsuite": ("marketing_consent", "tags", "orders_count", "total_spent"),
}
MS_PER_DAY = 86_400_000


def spelled(person: Person, platform: str, seed: int, now_ms: int) -> dict[str, Any]:
    """One platform's record of a person, in neutral columns, agreeing with the others under comparison."""
    dice = random.Random(f"{seed}:{person.number}:{platform}")
    said = {name: value for name, value in person.said.items() if name not in _NOT_CARRIED[platform]}
    age = said.pop("created_days_ago")
    said["created_at_ms"] = now_ms - (age * MS_PER_DAY + dice.randrange(MS_PER_DAY)) // 1000 * 1000
    said["modified_at_ms"] = now_ms - dice.randrange(3600, 30 * 86_400) * 1000
    said["phone"] = _phone(said["phone"], dice)
    said["email"] = said["email"].upper() if dice.random() < 0.05 else said["email"]
    said["first_name"] = _cased(said["first_name"], dice)
    said["last_name"] = _cased(said["last_name"], dice)
    said["address_street"] = _street(said["address_street"], dice)
    if said["company_name"] and dice.random() < 0.1:
        said["company_name"] = said["company_name"].upper()
    if person.link is Link.FUZZY and platform != person.platforms[0]:
        _blur(said, platform, dice)
    return said


def _phone(digits: str, dice: random.Random) -> str:
    area, exchange, line = digits[:3], digits[3:6], digits[6:]
    forms = (
        f"({area}) {exchange}-{line}",
        f"{area}-{exchange}-{line}",
        f"+1 {area} {exchange} {line}",
        f"{area}.{exchange}.{line}",
        f"+1{digits}",
        digits,
    )
    return dice.choice(forms)


def _cased(name: str, dice: random.Random) -> str:
    roll = dice.random()
    if roll < 0.05:
        return name.upper()
    return f" {name} " if roll < 0.08 else name


def _street(street: str, dice: random.Random) -> str:
    for long, short in STREET_TYPES:
        if street.endswith(long) and dice.random() < 0.4:
            return street.removesuffix(long) + short
    return street


def _blur(said: dict[str, Any], platform: str, dice: random.Random) -> None:
    """Evidence gets weak: e-mail or telephone is missing here, and every other time the family name has a slip."""
    if platform == NETSUITE or dice.random() < 0.5:
        said["email"] = None
    else:
        said["phone"] = None
    if platform == SHOPIFY and said["email"] is None:
        said["marketing_consent"] = None
    if dice.random() < 0.5:
        said["last_name"] = _slip(said["last_name"].strip(), dice)


def _slip(name: str, dice: random.Random) -> str:
    """Two neighbouring letters the wrong way round, or one left out."""
    at = dice.randrange(1, len(name) - 1)
    if dice.random() < 0.5 and name[at].casefold() != name[at + 1].casefold():
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + name[at + 1 :]
