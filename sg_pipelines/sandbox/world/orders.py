"""Orders: who buys what, where it is entered, and amounts that add up to the cent in every system that knows them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from sg_pipelines.sandbox.world.locale import Columns, Locale
from sg_pipelines.sandbox.world.people import GUEST, was_archived_before
from sg_pipelines.sandbox.world.places import EVERYWHERE, HUBSPOT, NETSUITE, SHOPIFY, Places
from sg_pipelines.sandbox.world.products import is_sold
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, ORDER, Line, Link, Thing, pick, told_amount
from sg_pipelines.sandbox.world.without_tax import net_columns, net_lines

OPEN, FULFILLED, CANCELLED = "open", "fulfilled", "cancelled"
HOW_MANY = ((0.15, 0), (0.42, 1), (0.26, 2), (0.12, 3), (0.05, 4))
_LINKS = ((0.60, Link.CROSS_ID), (0.15, Link.EXTERNAL_ID), (0.25, Link.STRONG_KEY))
FIRST_NUMBER = 1001
CHANGES_MIND, EVER_CANCELS, SENT_FREE = 0.07, 0.5, 0.1


@dataclass(frozen=True, slots=True)
class Course:
    """How an order went: where it was entered, and by whom."""

    platforms: tuple[str, ...]
    status: str | None = None
    by_rep: bool = False
    note: str = ""


GUEST_ORDER = Course((SHOPIFY,), note="guest checkout")
CANCELLED_EARLY = Course((HUBSPOT, SHOPIFY), CANCELLED, note="cancelled before the ERP knew")
COURSES: tuple[tuple[float, Course], ...] = (
    (0.78, Course(EVERYWHERE)),
    (0.12, Course((HUBSPOT, NETSUITE), by_rep=True, note="entered by a sales rep")),
    (0.05, CANCELLED_EARLY),
    (0.03, Course((HUBSPOT, SHOPIFY), OPEN, note="not yet in the ERP")),
    (0.02, Course((SHOPIFY, NETSUITE), note="never came to the CRM")),
)


def wanted(person: Thing, seed: int) -> int:
    """How many orders a person places. Nobody known by resemblance alone orders: an order would then depend on it."""
    if not person.accounts or not person.is_strong or was_archived_before(person):
        return 0
    dice = random.Random(f"{seed}:{person.number}:orders")
    if person.platforms == GUEST:
        return 2 if dice.random() < 0.15 else 1
    if _buys_once(person):
        return int(dice.random() < EVER_CANCELS)
    if not person.said["orders_count"]:
        return 0
    return 1 if dice.random() < CHANGES_MIND else pick(dice, HOW_MANY)


def _buys_once(person: Thing) -> bool:
    """A firm the ERP does not know either: its people try an order in the shop, and cancel it."""
    company = person.named.get(COMPANY)
    return company is not None and person.platforms == company.platforms == (HUBSPOT, SHOPIFY)


class OrderBook:
    """Writes the orders of people, one person at a time; the same for the same person, whoever was asked before."""

    def __init__(self, catalogue: Sequence[Thing], seed: int, places: Places, locale: Locale, currency: str) -> None:
        self._sold = [product for product in catalogue if is_sold(product)]
        self._seed, self._places, self._locale, self._currency = seed, places, locale, currency
        self._offered = cache(self._find_offered)

    def of(self, person: Thing, count: int, first: int) -> Iterator[Thing]:
        """`count` orders, numbered from `first` on. Fewer when nothing is sold where the person is known."""
        dice = random.Random(f"{self._seed}:{person.number}:bought")
        changes_mind = self._changes_mind(person)
        for number in range(first, first + count):
            course = (
                CANCELLED_EARLY if changes_mind else GUEST_ORDER if person.platforms == GUEST else pick(dice, COURSES)
            )
            order = self._order(person, number, course, dice)
            if order is not None:
                yield order

    def _changes_mind(self, person: Thing) -> bool:
        """All of this person's orders are cancelled before the ERP knows of them."""
        if person.platforms == GUEST:
            return False
        return _buys_once(person) or random.Random(f"{self._seed}:{person.number}:orders").random() < CHANGES_MIND

    def _order(self, person: Thing, number: int, course: Course, dice: random.Random) -> Thing | None:
        shops = person.on(SHOPIFY)
        shop = (dice.choice(shops) if not _buys_once(person) else shops[0],) if shops else ()
        accounts = self._places.known(course.platforms, shop)
        offered = self._offered(frozenset(accounts))
        if not accounts or not offered:
            return None
        link = pick(dice, _LINKS)
        named = self._named(person, course, dice)
        status = course.status or (FULFILLED if dice.random() < 0.6 else OPEN)
        currency, rate = self._paid_in(course, dice)
        lines = tuple(_line(product, rate, dice) for product in _few(offered, dice))
        tax_pct = dice.choice(self._locale.tax_pcts)
        said = _amounts(lines, tax_pct, dice, tax_included=not course.by_rep and _contains_tax(accounts, dice))
        prefix = f"{self._locale.order_prefix}{'R' if course.by_rep else ''}"
        said |= {
            "number": f"{prefix}{FIRST_NUMBER + number}",
            "status": status,
            "currency": currency,
            "external_id": f"ORD-{number:07d}" if link is Link.EXTERNAL_ID else None,
            "created_days_ago": dice.randrange(1, 700),
            "note": course.note,
        }
        if said["tax_included"] and NETSUITE in accounts.values():
            lines = net_lines(lines, said, tax_pct)
        order = Thing(ORDER, number, accounts, link, said, named=named, lines=lines)
        for account in order.on(SHOPIFY):
            order.local[account] = self._in_shop(said, rate, dice)
        if said["tax_included"]:
            order.local |= dict.fromkeys(order.on(NETSUITE), net_columns(said, tax_pct))
        return order

    def _named(self, person: Thing, course: Course, dice: random.Random) -> dict[str, Thing]:
        """Who buys: a person, for the company it works for if any; a rep may book on the company alone."""
        company = person.named.get(COMPANY)
        if company is None:
            return {CUSTOMER: person}
        if course.by_rep and dice.random() < 0.3:
            return {COMPANY: company}
        return {CUSTOMER: person, COMPANY: company}

    def _paid_in(self, course: Course, dice: random.Random) -> tuple[str, float]:
        """Reps sell in the home currency; in a shop one customer of ten pays in another."""
        abroad = [(currency, rate) for currency, rate in self._locale.foreign if currency != self._currency]
        if not abroad or SHOPIFY not in course.platforms or dice.random() >= 0.1:
            return self._currency, 1.0
        if self._currency != self._locale.currency:
            return self._currency, 1.0
        return dice.choice(abroad)

    def _in_shop(self, said: Columns, rate: float, dice: random.Random) -> Columns:
        is_refunded = said["status"] == FULFILLED and dice.random() < 0.08
        return {
            "shop_total": told_amount(round(said["total"] / rate)),
            "shop_currency": self._currency,
            "shipping_discount": told_amount(said["off_shipping"]),
            "refunded": told_amount(said["total"] // dice.choice((1, 2, 4))) if is_refunded else told_amount(0),
        }

    def _find_offered(self, accounts: frozenset[str]) -> tuple[Thing, ...]:
        return tuple(product for product in self._sold if accounts <= product.accounts.keys())


def _contains_tax(accounts: dict[str, str], dice: random.Random) -> bool:
    """Whether prices contain tax: seldom in orders that the ERP knows, whose lines are always net."""
    return dice.random() < (0.1 if NETSUITE in accounts.values() else 0.5)


def _few(offered: tuple[Thing, ...], dice: random.Random) -> list[Thing]:
    """One to four different products, some much more in demand than others."""
    chosen: dict[int, Thing] = {}
    for _ in range(pick(dice, ((0.4, 1), (0.3, 2), (0.2, 3), (0.1, 4)))):
        product = offered[int(dice.random() ** 2 * len(offered))]
        chosen.setdefault(product.number, product)
    return list(chosen.values())


def _line(product: Thing, rate: float, dice: random.Random) -> Line:
    quantity = pick(dice, ((0.6, 1), (0.2, 2), (0.1, 3), (0.06, 4), (0.04, 12)))
    price = max(2, round(product.said["price"] * rate))
    return Line(product, quantity, quantity * price)


def _amounts(lines: Sequence[Line], tax_pct: int, dice: random.Random, *, tax_included: bool) -> Columns:
    """In hundredths: subtotal - discount + tax + shipping = total, tax aside when it is inside the subtotal. Sent for
    nothing, shipping is among the discounts."""
    subtotal = sum(line.amount for line in lines)
    discount = subtotal * dice.choice((5, 10, 15, 20)) // 100 if dice.random() < 0.25 else 0
    shipping = subtotal * dice.choice((4, 6, 8)) // 100 + 99 if dice.random() < 0.6 else 0
    net, off_shipping = subtotal - discount, shipping if dice.random() < SENT_FREE else 0
    tax = round(net * tax_pct / (100 + tax_pct)) if tax_included else round(net * tax_pct / 100)
    total = net + shipping - off_shipping + (0 if tax_included else tax)
    return {
        "subtotal": subtotal,
        "discount": discount + off_shipping,
        "off_shipping": off_shipping,
        "tax": tax,
        "shipping": shipping,
        "total": total,
        "tax_included": tax_included,
    }
