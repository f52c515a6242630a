"""What differs between the parts of the world in which things can be set: names, addresses, telephones, taxes, money."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sg_pipelines.sandbox.world.things import Link

Dice = random.Random
Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is settled about a person before a name is given."""

    number: int
    link: Link
    lifecycle: str | None
    orders: bool


@dataclass(frozen=True, slots=True)
class Goods:
    """Words products are called by; a product's words are chosen by its number, so that no two have the same name."""

    name: Callable[[str, str, str], str]
    first: tuple[str, ...]
    second: tuple[str, ...]
    third: tuple[str, ...]
    colours: tuple[str, ...]
    sizes: tuple[str, ...]
    describe: Callable[[str], str]
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Locale:
    """One part of the world. Functions that take dice draw from them in an order that never changes.

    `spelled_*` spell one thing in one of the ways people do; under comparison all of them are equal. `first_surname`
    is what stays of a family name when people leave the second one out, None where nobody has two. `foreign`:
    currencies people also pay in, and how many of them one unit of the home currency is worth. `dial` stands before
    the digits of a telephone. `company` gives a legal form (or none), a tax number, a telephone and an address that
    belong together.
    """

    name: str
    currency: str
    foreign: tuple[tuple[str, float], ...]
    prices: Mapping[str, tuple[int, int, int]]
    tax_pcts: tuple[int, ...]
    dial: str
    order_prefix: str
    company_heads: tuple[str, ...]
    company_tails: tuple[str, ...]
    tiers: tuple[str, ...]
    goods: Goods
    person: Callable[[Dice, Standing], Columns]
    last_name: Callable[[Dice], str]
    firm: Callable[[Dice], str]
    phone: Callable[[Dice], str]
    new_address: Callable[[Dice], Columns]
    company: Callable[[Dice, int], Columns]
    tax_id: Callable[[int], str]
    spelled_phone: Callable[[str, Dice], str]
    spelled_name: Callable[[str, Dice], str]
    spelled_street: Callable[[str, Dice], str]
    spelled_tax_id: Callable[[str, Dice], str]
    first_surname: Callable[[str], str] | None = None

    def new_phone(self, dice: Dice) -> str:
        """A telephone nobody had, written in full."""
        return f"{self.dial}{self.phone(dice)}"

    def price(self, dice: Dice, currency: str) -> int:
        """A list price in hundredths, as shops like them."""
        low, high, step = self.prices.get(currency, (500, 40_000, 100))
        return dice.randrange(low, high, step) - (1 if step == 100 else 0)


def commerce(dice: Dice, standing: Standing, bought: int, tags: tuple[str, ...], tiers: tuple[str, ...]) -> Columns:
    """What is said of a person as a customer; the same in every part of the world."""
    return {
        "marketing_consent": dice.choice(("granted", "denied")),
        "lifecycle": standing.lifecycle,
        "tags": sorted(dice.sample(tags, dice.randrange(0, 4))),
        "custom_loyalty_tier": dice.choice(tiers) if dice.random() < 0.5 else None,
        "external_id": f"CUST-{standing.number:07d}" if standing.link is Link.EXTERNAL_ID else None,
        "orders_count": bought,
        "total_spent": f"{bought * dice.randrange(1500, 22_000) / 100:.2f}",
        "created_days_ago": dice.randrange(30, 900),
    }


def without_accents(text: str) -> str:
    """José → Jose, Muñoz → Munoz: as it is typed on a keyboard from elsewhere."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
