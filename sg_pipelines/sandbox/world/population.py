"""Everything there is in one world, from its seed: the same whether it is asked for once or again, in part or whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from sg_pipelines.sandbox.world.companies import Employers, companies
from sg_pipelines.sandbox.world.locale import Locale
from sg_pipelines.sandbox.world.locales import locale_named
from sg_pipelines.sandbox.world.orders import CANCELLED, OrderBook, wanted
from sg_pipelines.sandbox.world.people import people
from sg_pipelines.sandbox.world.places import SHOPIFY, Places
from sg_pipelines.sandbox.world.products import products
from sg_pipelines.sandbox.world.strangers import ACCEPT, CONFLICT, REVERT
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, KINDS, ORDER, PRODUCT, Thing

PEOPLE_A_COMPANY, PEOPLE_A_PRODUCT, FEWEST_PRODUCTS = 5, 4, 20
# How it is on the first day: accounts agree and differ later, or nobody ever reconciled them.
AGREEMENT, MESS = "agreement", "mess"


@dataclass(frozen=True, slots=True)
class Making:
    """What a world is made from. Sizes that are None follow from the number of people: a company for five of them, a
    product for four, and as many orders as they care to place. `foreign_edits`: what a stranger's change means to the
    client, field by field (see `strangers.py`). ValueError for a kind, a locale or a start there is not."""

    people: int
    seed: int
    kinds: tuple[str, ...] = (CUSTOMER,)
    locale: str = "en_US"
    currency: str | None = None
    companies: int | None = None
    products: int | None = None
    orders: int | None = None
    foreign_edits: dict[str, str] | None = None
    start: str = AGREEMENT

    def __post_init__(self) -> None:
        unknown = sorted(set(self.kinds) - set(KINDS))
        if unknown or not self.kinds:
            raise ValueError(f"no kind {', '.join(unknown) or 'named'}: a world is made of {', '.join(KINDS)}")
        locale_named(self.locale)
        if self.start not in (AGREEMENT, MESS):
            raise ValueError(f"no start {self.start!r}: {AGREEMENT}, {MESS}")

    @property
    def ordered_kinds(self) -> tuple[str, ...]:
        """The kinds to make, each after those it refers to."""
        return tuple(kind for kind in KINDS if kind in self.kinds)


@dataclass(slots=True)
class _Bill:
    """What one shop counts of a customer's orders."""

    count: int = 0
    spent: Decimal = Decimal(0)

    def add(self, order: Thing, shop: str) -> None:
        """A cancelled order counts, and costs nothing."""
        self.count += 1
        if order.said["status"] != CANCELLED:
            self.spent += Decimal(order.local[shop]["shop_total"])

    @property
    def columns(self) -> dict[str, object]:
        """As the shop states it."""
        return {"orders_count": self.count, "total_spent": f"{self.spent:.2f}"}


class Population:
    """The things of one world at the places of one client."""

    def __init__(self, making: Making, places: Places) -> None:
        self.making, self.places = making, places
        self.locale: Locale = locale_named(making.locale)
        self.currency = making.currency or self.locale.currency

    @cached_property
    def companies(self) -> list[Thing]:
        """None in a world without companies."""
        if COMPANY not in self.making.kinds:
            return []
        count = self.making.companies
        size = max(4, round(self.making.people / PEOPLE_A_COMPANY)) if count is None else count
        return list(companies(size, self.making.seed, self.places, self.locale))

    @cached_property
    def products(self) -> list[Thing]:
        """There are products wherever there are orders, though perhaps no records of them."""
        if not {PRODUCT, ORDER} & set(self.making.kinds):
            return []
        count = self.making.products
        size = max(FEWEST_PRODUCTS, round(self.making.people / PEOPLE_A_PRODUCT)) if count is None else count
        return list(products(size, self.making.seed, self.places, self.locale, self.currency))

    def everything(self) -> dict[str, list[Thing]]:
        """All things of the kinds that are made, each kind after those it refers to; who is named where is noted."""
        everyone: list[Thing] = []
        orders: list[Thing] = []
        for person, bought in self.buying(self.people()):
            everyone.append(person)
            orders += bought
        if ORDER in self.making.kinds:
            count_orders(self.companies, orders)
        things = {COMPANY: self.companies, CUSTOMER: everyone, PRODUCT: self.products, ORDER: orders}
        made = {kind: things[kind] for kind in self.making.ordered_kinds}
        for kind in made:
            mention(made[kind])
        return made

    def people(self) -> Iterator[Thing]:
        """Everybody, with an employer where they have one."""
        employers = Employers(self.companies, self.making.seed)
        for person in people(self.making.people, self.making.seed, self.places, self.locale):
            employers.employ(person)
            yield person

    def orders(self, everyone: Iterable[Thing] | None = None) -> Iterator[Thing]:
        """Every order there is; none in a world without orders."""
        for _, orders in self.buying(self.people() if everyone is None else everyone):
            yield from orders

    def buying(self, everyone: Iterable[Thing]) -> Iterator[tuple[Thing, list[Thing]]]:
        """Each person with their orders, numbered through. What the shops count is written on the person."""
        if ORDER not in self.making.kinds:
            yield from ((person, []) for person in everyone)
            return
        book = OrderBook(self.products, self.making.seed, self.places, self.locale, self.currency)
        weight, first = 0, 0
        for person in everyone:
            weight += wanted(person, self.making.seed)
            until = self._scaled(weight)
            orders = list(book.of(person, until - first, first))
            first = until
            count_orders([person], orders)
            yield person, orders

    def _scaled(self, weight: int) -> int:
        """How many orders have been placed when people wanted so many."""
        wished = self.making.orders
        return weight if wished is None else weight * wished // max(1, self._weight)

    @cached_property
    def _weight(self) -> int:
        return sum(wanted(person, self.making.seed) for person in self.people())


def count_orders(buyers: Iterable[Thing], orders: Iterable[Thing]) -> None:
    """Write on each of some people or companies what every shop that knows it counts of these orders."""
    by_name = {buyer.name: buyer for buyer in buyers}
    bills = {(name, shop): _Bill() for name, buyer in by_name.items() for shop in buyer.on(SHOPIFY)}
    for order in orders:
        for buyer in order.named.values():
            for shop in order.on(SHOPIFY) if buyer.name in by_name else ():
                bills[buyer.name, shop].add(order, shop)
    for (name, shop), bill in bills.items():
        by_name[name].local[shop] = bill.columns


def mention(things: Iterable[Thing]) -> None:
    """Write on the neighbours of things where they are named."""
    for thing in things:
        for neighbour in (*thing.named.values(), *(line.product for line in thing.lines)):
            neighbour.mentioned.update(thing.accounts)


def making_from(asked: Mapping[str, object]) -> Making:
    """What the control API was asked for. ValueError says what is wrong with it."""
    making = Making(people=int(str(asked["people"])), seed=int(str(asked["seed"])))
    if asked.get("kinds") is not None:
        making = replace(making, kinds=_texts(asked["kinds"]))
    if asked.get("locale") is not None:
        making = replace(making, locale=str(asked["locale"]))
    if asked.get("foreign_edits") is not None:
        making = replace(making, foreign_edits=_words(asked["foreign_edits"]))
    if asked.get("start") is not None:
        making = replace(making, start=str(asked["start"]))
    return replace(making, currency=str(asked["currency"])) if asked.get("currency") is not None else making


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"kinds is a list of kinds, got {value!r}")
    return tuple(str(one) for one in value)


def _words(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError(f"foreign_edits is a word for each field, got {value!r}")
    unknown = sorted({str(word) for word in value.values()} - {CONFLICT, REVERT, ACCEPT})
    if unknown:
        raise ValueError(f"a foreign edit means conflict, revert or accept, not {', '.join(unknown)}")
    return {str(field): str(word) for field, word in value.items()}
