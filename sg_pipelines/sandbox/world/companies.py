"""Companies: who they are, where they are known, and what their records can be recognised by."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache

from sg_pipelines.sandbox.world.locale import Columns, Locale, without_accents
from sg_pipelines.sandbox.world.people import GUEST, was_archived_before, was_typed_twice
from sg_pipelines.sandbox.world.places import EVERYWHERE, HUBSPOT, NETSUITE, SHOPIFY, Places
from sg_pipelines.sandbox.world.things import COMPANY, Link, Thing, pick, shuffled_number, some_shops

# Share of companies; the platforms that know them, lifecycle, and whether they order.
_GROUPS: tuple[tuple[float, tuple[tuple[str, ...], str | None, bool]], ...] = (
    (0.56, (EVERYWHERE, "customer", True)),
    (0.10, ((HUBSPOT, SHOPIFY), "customer", False)),
    (0.12, ((HUBSPOT, NETSUITE), "prospect", False)),
    (0.18, ((HUBSPOT,), "lead", False)),
    (0.04, ((SHOPIFY,), None, False)),
)
_LINKS = ((0.50, Link.CROSS_ID), (0.12, Link.EXTERNAL_ID), (0.28, Link.STRONG_KEY), (0.10, Link.FUZZY))
EMPLOYED = 0.45


def companies(count: int, seed: int, places: Places, locale: Locale) -> Iterator[Thing]:
    """`count` companies, no two of one name."""
    for number in range(count):
        dice = random.Random(f"{seed}:company:{number}")
        platforms, lifecycle, orders = pick(dice, _GROUPS)
        link = pick(dice, _LINKS)
        shops = some_shops(places.on(SHOPIFY), f"{seed}:company:{number}:shops", all_of_them=0.25)
        said = _said(dice, number, seed, locale, link)
        said["lifecycle"] = lifecycle
        bought = dice.randint(1, 60) if orders else 0
        said |= {"orders_count": bought, "total_spent": f"{bought * dice.randrange(9_000, 90_000) / 100:.2f}"}
        yield Thing(COMPANY, number, places.known(platforms, shops), link, said)


def _said(dice: random.Random, number: int, seed: int, locale: Locale, link: Link) -> Columns:
    name = _name(number, seed, locale)
    slug = "".join(filter(str.isalnum, without_accents(name).lower()))
    said = locale.company(dice, number)
    form = said.pop("legal_form")
    said |= {
        "name": f"{name} {form}" if form else name,
        "trade_name": name,
        "domain": f"{slug}.example" if dice.random() < 0.85 else None,
        "external_id": f"COMP-{number:06d}" if link is Link.EXTERNAL_ID else None,
        "created_days_ago": dice.randrange(30, 1500),
    }
    if said["domain"] is not None and dice.random() < 0.3:
        said["tax_id"] = None
    if link is Link.FUZZY:
        said |= {"domain": None, "tax_id": None}
    return said


def _name(number: int, seed: int, locale: Locale) -> str:
    size = len(locale.company_heads) * len(locale.company_tails)
    chosen, round_ = shuffled_number(number % size, size, seed), number // size
    head, tail = divmod(chosen, len(locale.company_tails))
    name = f"{locale.company_heads[head]} {locale.company_tails[tail]}"
    return f"{name} {round_ + 1}" if round_ else name


class Employers:
    """Who can work where: a company is known wherever its people are, and nobody is sent to one that is recognised by
    resemblance alone. Of some companies nobody is known."""

    def __init__(self, all_of_them: Sequence[Thing], seed: int) -> None:
        self._strong = [company for company in all_of_them if company.is_strong and company.number % 9 != 4]
        self._seed = seed
        self._fitting = cache(self._find)

    def employ(self, person: Thing) -> None:
        """Give some people a company. Their records say its name."""
        if person.platforms == GUEST or was_archived_before(person) or was_typed_twice(person) or not person.is_strong:
            return
        dice = random.Random(f"{self._seed}:{person.number}:employer")
        fitting = self._fitting(frozenset(person.accounts))
        if not fitting or dice.random() >= EMPLOYED:
            return
        company = dice.choice(fitting)
        person.named[COMPANY] = company
        person.said["company_name"] = company.said["trade_name"]

    def _find(self, accounts: frozenset[str]) -> tuple[Thing, ...]:
        return tuple(company for company in self._strong if accounts <= company.accounts.keys())
