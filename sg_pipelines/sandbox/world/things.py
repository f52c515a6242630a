"""What the world is made of: people, companies, products and orders, before any platform spells them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from sg_pipelines.sandbox.world.places import EVERYWHERE, SHOPIFY

CUSTOMER, COMPANY, PRODUCT, ORDER = "customer", "company", "product", "order"
# A kind after the kinds it refers to, so that a record can name its neighbours' ids when it is made.
KINDS = (COMPANY, CUSTOMER, PRODUCT, ORDER)
Chosen = TypeVar("Chosen")


class Link(StrEnum):
    """What ties the records of one thing together."""

    CROSS_ID = "cross_id"
    EXTERNAL_ID = "external_id"
    STRONG_KEY = "strong_key"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order: amount before discounts, in hundredths of the order's currency. `net`: the same without tax,
    where the amount contains some and the ERP knows of it."""

    product: Thing
    quantity: int
    amount: int
    net: int | None = None


@dataclass(slots=True)
class Thing:
    """One thing there is. `said` is the truth in neutral words, `local` what only one account says of it.

    `accounts`: account → platform where it is known; `named`: its neighbours by kind; `mentioned`: accounts on which
    another record names it; `refs`: account → record id.
    """

    kind: str
    number: int
    accounts: dict[str, str]
    link: Link
    said: dict[str, Any]
    local: dict[str, dict[str, Any]] = field(default_factory=dict)
    named: dict[str, Thing] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    mentioned: set[str] = field(default_factory=set)
    refs: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How the ledger names it."""
        return f"{'person' if self.kind == CUSTOMER else self.kind}-{self.number}"

    @property
    def platforms(self) -> tuple[str, ...]:
        """Where it is known, each platform once."""
        return tuple(dict.fromkeys(self.accounts.values()))

    @property
    def is_everywhere(self) -> bool:
        """Known on all three platforms."""
        return set(self.accounts.values()) == set(EVERYWHERE)

    @property
    def is_strong(self) -> bool:
        """True when identity does not rest on similarity."""
        return self.link is not Link.FUZZY or len(self.accounts) == 1

    def at(self, platform: str) -> str:
        """The first of its accounts on a platform: of several shops the one whose word counts."""
        return next(account for account, its in self.accounts.items() if its == platform)

    @property
    def orders_in_shop(self) -> int:
        """How many orders the shops that know it count."""
        return sum(int(self.local.get(shop, self.said)["orders_count"]) for shop in self.on(SHOPIFY))

    def on(self, *platforms: str) -> tuple[str, ...]:
        """Its accounts on these platforms, platform by platform."""
        return tuple(account for wanted in platforms for account, its in self.accounts.items() if its == wanted)


def pick(dice: random.Random, table: tuple[tuple[float, Chosen], ...]) -> Chosen:
    """One of the table's things by its share; the last when the shares are used up."""
    roll = dice.random()
    for share, thing in table:
        roll -= share
        if roll < 0:
            return thing
    return table[-1][1]


def some_shops(shops: tuple[str, ...], seed: str, *, all_of_them: float) -> tuple[str, ...]:
    """The shops that know a thing: a lone shop always, of several all of them or one."""
    if len(shops) < 2:
        return shops
    dice = random.Random(seed)
    return shops if dice.random() < all_of_them else (dice.choice(shops),)


def shuffled_number(number: int, size: int, seed: int) -> int:
    """A number below `size`, another one for each number below it: neighbours end up far apart, none meet.

    10,007 is a prime that divides no size used here.
    """
    return (number * 10_007 + seed * 613) % size


def told_amount(hundredths: int) -> str:
    """An amount as text."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"
