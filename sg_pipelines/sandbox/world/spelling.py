"""How platforms and people spell the same thing differently: differences that are none under comparison."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

from sg_pipelines.sandbox.simulator import ADDRESS
from sg_pipelines.sandbox.world.american import AMERICAN
from sg_pipelines.sandbox.world.locale import Locale
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE, SHOPIFY
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, ORDER, PRODUCT, Link, Thing, told_amount

_COUNTED = ("orders_count", "total_spent")
CARRIED: dict[str, tuple[str, ...]] = {
    COMPANY: ("name", "domain", "tax_id", "phone", *ADDRESS, "lifecycle", *_COUNTED, "external_id"),
    PRODUCT: (
        "sku", "barcode", "name", "description", "price_amount", "price_currency", "cost_amount", "cost_currency",
        "inventory", "product_group", "option", "external_id",
    ),
}  # fmt: skip
_NOT_CARRIED: dict[str, dict[str, tuple[str, ...]]] = {
    CUSTOMER: {
        HUBSPOT: _COUNTED,
        SHOPIFY: ("lifecycle",),
        NETSUITE: ("marketing_consent", "tags", *_COUNTED),
    },
    COMPANY: {HUBSPOT: _COUNTED, SHOPIFY: ("lifecycle",), NETSUITE: _COUNTED},
    PRODUCT: {
        HUBSPOT: ("inventory", "product_group", "option"),
        SHOPIFY: (),
        NETSUITE: ("product_group", "option"),
    },
}
AMOUNTS = ("subtotal", "discount", "tax", "shipping", "total")
MS_PER_DAY = 86_400_000
_EPOCH = date(1970, 1, 1)
Row = dict[str, Any]


def spelled(
    person: Thing,
    platform: str,
    seed: int,
    now_ms: int,
    *,
    account: str | None = None,
    voice: str | None = None,
    locale: Locale = AMERICAN,
) -> Row:
    """One account's record of a person, in neutral columns, agreeing with the others under comparison. `account` and
    `voice` are the platform's where it has one account."""
    account = account or platform
    dice = random.Random(f"{seed}:{person.number}:{voice or platform}")
    left_out = _NOT_CARRIED[CUSTOMER][platform]
    said = {name: value for name, value in person.said.items() if name not in left_out} | person.local.get(account, {})
    _date(said, dice, now_ms)
    said["phone"] = locale.spelled_phone(said["phone"], dice)
    said["email"] = said["email"].upper() if dice.random() < 0.05 else said["email"]
    said["first_name"] = locale.spelled_name(said["first_name"], dice)
    said["last_name"] = locale.spelled_name(said["last_name"], dice)
    said["address_street"] = locale.spelled_street(said["address_street"], dice)
    if said["company_name"] and dice.random() < 0.1:
        said["company_name"] = said["company_name"].upper()
    if person.link is Link.FUZZY and account != next(iter(person.accounts)):
        _blur(said, platform, dice)
    return said


def row_of(thing: Thing, account: str, seed: int, now_ms: int, *, voice: str, locale: Locale) -> Row:
    """One account's record of any thing, without its neighbours and the ids of its other records."""
    platform = thing.accounts[account]
    if thing.kind == CUSTOMER:
        return spelled(thing, platform, seed, now_ms, account=account, voice=voice, locale=locale)
    dice = random.Random(f"{seed}:{thing.name}:{voice}")
    if thing.kind == ORDER:
        return _order(thing, account, dice, now_ms)
    left_out = _NOT_CARRIED[thing.kind][platform]
    row = {name: thing.said[name] for name in CARRIED[thing.kind] if name not in left_out}
    row |= thing.local.get(account, {})
    row["created_days_ago"] = thing.said["created_days_ago"]
    _date(row, dice, now_ms)
    _SPELLERS[thing.kind](row, platform, dice, locale)
    return row


def _date(row: Row, dice: random.Random, now_ms: int) -> None:
    age = row.pop("created_days_ago")
    row["created_at_ms"] = now_ms - (age * MS_PER_DAY + dice.randrange(MS_PER_DAY)) // 1000 * 1000
    row["modified_at_ms"] = now_ms - dice.randrange(3600, 30 * 86_400) * 1000


def _company(row: Row, platform: str, dice: random.Random, locale: Locale) -> None:
    row["name"] = locale.spelled_name(row["name"], dice)
    row["phone"] = locale.spelled_phone(row["phone"], dice)
    row["address_street"] = locale.spelled_street(row["address_street"], dice)
    if row["tax_id"]:
        row["tax_id"] = locale.spelled_tax_id(row["tax_id"], dice)
    if row["domain"]:
        row["domain"] = _site(row["domain"], platform, dice)


def _site(domain: str, platform: str, dice: random.Random) -> str:
    """NetSuite's field wants a whole address; people write what they like elsewhere."""
    if platform == NETSUITE:
        return f"https://{dice.choice(('www.', ''))}{domain}{dice.choice(('/', ''))}"
    return f"www.{domain}" if dice.random() < 0.2 else domain


def _product(row: Row, platform: str, dice: random.Random, locale: Locale) -> None:
    roll = dice.random()
    if platform != SHOPIFY:
        row["name"] = row["name"].upper() if roll < 0.06 else f" {row['name']}" if roll < 0.09 else row["name"]
    if row["sku"] and platform == HUBSPOT and dice.random() < 0.08:
        row["sku"] = row["sku"].lower()
    for name in ("price_amount", "cost_amount"):
        row[name] = _shortened(row[name]) if dice.random() < 0.15 else row[name]
    if "inventory" in row:
        row["inventory"] = [{"location": at, "quantity": str(left)} for at, left in row["inventory"].items()]


def _shortened(amount: str) -> str:
    """12.50 as 12.5, and 12.00 as 12."""
    return amount.rstrip("0").rstrip(".")


_SPELLERS: dict[str, Callable[[Row, str, random.Random, Locale], None]] = {COMPANY: _company, PRODUCT: _product}


def _order(order: Thing, account: str, dice: random.Random, now_ms: int) -> Row:
    said, platform = order.said, order.accounts[account]
    row: Row = {
        "number": _number(said["number"], platform, dice),
        "status": said["status"],
        "currency": said["currency"],
        **{f"{name}_amount": told_amount(said[name]) for name in AMOUNTS},
        "external_id": said["external_id"],
        "created_days_ago": said["created_days_ago"],
    }
    if platform != NETSUITE:
        row["tax_included"] = said["tax_included"]
    row |= order.local.get(account, {})
    _date(row, dice, now_ms)
    row["placed_on"] = placed_on(order, now_ms)
    return row


def placed_on(order: Thing, now_ms: int) -> str:
    """The day an order was placed, the same in every system."""
    return iso_day(now_ms - order.said["created_days_ago"] * MS_PER_DAY)


def iso_day(instant_ms: int) -> str:
    """The day of an instant in UTC."""
    days = instant_ms // MS_PER_DAY
    return _EPOCH.fromordinal(_EPOCH.toordinal() + days).isoformat()


def _number(number: str, platform: str, dice: random.Random) -> str:
    """A shop writes a number sign before it; people sometimes copy it."""
    if platform == SHOPIFY or dice.random() < 0.2:
        return f"#{number}"
    return number.lower() if dice.random() < 0.1 else number


def _blur(said: Row, platform: str, dice: random.Random) -> None:
    """Evidence gets weak: e-mail or telephone is missing here, and every other time the family name has a slip."""
    if platform == NETSUITE or dice.random() < 0.5:
        said["email"] = None
    else:
        said["phone"] = None
    if platform == SHOPIFY and said["email"] is None:
        said["marketing_consent"] = None
    if dice.random() < 0.5:
        said["last_name"] = slip(said["last_name"].strip(), dice)


def slip(name: str, dice: random.Random) -> str:
    """Two neighbouring letters the wrong way round, or one left out."""
    at = dice.randrange(1, len(name) - 1)
    if dice.random() < 0.5 and name[at].casefold() != name[at + 1].casefold():
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + name[at + 1 :]
