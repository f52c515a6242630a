"""Products: what they are, in which variants, where they are known and sold."""

from __future__ import annotations

import random
from collections.abc import Iterator

from sg_pipelines.sandbox.world.locale import Columns, Goods, Locale, without_accents
from sg_pipelines.sandbox.world.places import EVERYWHERE, NETSUITE, SHOPIFY, Places
from sg_pipelines.sandbox.world.things import PRODUCT, Link, Thing, pick, shuffled_number, some_shops, told_amount

_GROUPS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.74, EVERYWHERE),
    (0.19, (SHOPIFY, NETSUITE)),
    (0.035, (SHOPIFY,)),
    (0.035, (NETSUITE,)),
)
_LINKS = ((0.45, Link.CROSS_ID), (0.10, Link.EXTERNAL_ID), (0.37, Link.STRONG_KEY), (0.08, Link.FUZZY))
BLOCK = 4
_VARIANTS = ((0.55, 1), (0.15, 2), (0.15, 3), (0.15, 4))


def products(count: int, seed: int, places: Places, locale: Locale, currency: str) -> Iterator[Thing]:
    """`count` products. Of every four neighbours some may be variants of one; they are known at the same places."""
    for number in range(count):
        block = number // BLOCK * BLOCK
        shared = random.Random(f"{seed}:product:{block}:group")
        variants = pick(shared, _VARIANTS)
        is_variant = variants > 1 and number - block < variants
        dice = random.Random(f"{seed}:product:{number}")
        platforms = pick(shared if is_variant else dice, _GROUPS)
        link = pick(dice, _LINKS)
        if link is Link.FUZZY and (is_variant or len(platforms) < len(EVERYWHERE)):
            link = Link.STRONG_KEY
        first = block if is_variant else number
        shops = some_shops(places.on(SHOPIFY), f"{seed}:product:{first}:shops", all_of_them=0.5)
        said = _said(dice, number, locale.goods, link) | _worth(dice, locale, currency)
        said |= _named(locale.goods, seed, first, number - block if is_variant else None)
        if link is not Link.FUZZY:
            said["sku"] = f"{_letters(said['product_group'] or said['name'])}-{number + 1000}"
        yield Thing(PRODUCT, number, places.known(platforms, shops), link, said)


def is_sold(product: Thing) -> bool:
    """Whether anybody orders it. A part of every catalogue nobody ever does; what is recognised by its name alone is
    on no order, so that an order never depends on a resemblance."""
    return product.is_strong and product.number % 7 != 3


def ean(number: int) -> str:
    """The thirteen digits of a European article number: the last one checks the others."""
    digits = f"{200_000_000_000 + number * 7_919 % 99_999_999_977:012d}"
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def _said(dice: random.Random, number: int, goods: Goods, link: Link) -> Columns:
    stocked = dice.sample(goods.locations, dice.randrange(2, len(goods.locations) + 1))
    return {
        "sku": f"SKU-{number + 1000}" if link is Link.FUZZY else None,
        "barcode": ean(number) if link is not Link.FUZZY and dice.random() < 0.8 else None,
        "inventory": {location: dice.randrange(0, 400) for location in goods.locations if location in stocked},
        "external_id": f"PROD-{number:06d}" if link is Link.EXTERNAL_ID else None,
        "created_days_ago": dice.randrange(30, 1500),
    }


def _worth(dice: random.Random, locale: Locale, currency: str) -> Columns:
    price = locale.price(dice, currency)
    return {
        "price": price,
        "price_amount": told_amount(price),
        "price_currency": currency,
        "cost_amount": told_amount(price * dice.randrange(35, 70) // 100),
        "cost_currency": currency,
    }


def _named(goods: Goods, seed: int, number: int, variant: int | None) -> Columns:
    """A name of its own for a product, or one name and an option each for the variants of one."""
    size = len(goods.first) * len(goods.second) * len(goods.third)
    chosen, round_ = shuffled_number(number % size, size, seed), number // size
    rest, third = divmod(chosen, len(goods.third))
    first, second = divmod(rest, len(goods.second))
    name = goods.name(goods.first[first], goods.second[second], goods.third[third])
    title = f"{name} {round_ + 1}" if round_ else name
    described = {"description": goods.describe(title)}
    if variant is None:
        return {"name": title, "product_group": None, "option": None, **described}
    colour, size_ = goods.colours[(number + variant) % len(goods.colours)], goods.sizes[number % len(goods.sizes)]
    option = f"{colour} / {size_}"
    return {"name": f"{title} - {option}", "product_group": title, "option": option, **described}


def _letters(name: str) -> str:
    return "".join(word[0] for word in without_accents(name).split()).upper()
