"""The United States: how people and firms there are called, live, telephone and are taxed."""

from __future__ import annotations

import random

from sg_pipelines.sandbox.world.goods import AMERICAN_GOODS
from sg_pipelines.sandbox.world.locale import Columns, Locale, Standing, commerce
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


def _person(dice: random.Random, standing: Standing) -> Columns:
    first, last = dice.choice(FIRST), dice.choice(LAST)
    city, region, zip_head = dice.choice(CITIES)
    street, _ = dice.choice(STREET_TYPES)
    bought = dice.randint(1, 40) if standing.orders else 0
    return {
        "first_name": first,
        "last_name": last,
        "email": f"{first}.{last}{standing.number}@{dice.choice(MAIL_HOSTS)}".lower(),
        "phone": _phone(dice),
        "company_name": _firm(dice) if dice.random() < 0.6 else None,
        "address_street": f"{dice.randrange(1, 9900)} {dice.choice(STREETS)} {street}",
        "address_street2": f"Apt {dice.randrange(1, 60)}" if dice.random() < 0.2 else None,
        "address_city": city,
        "address_region": region,
        "address_postal_code": f"{zip_head}{dice.randrange(10, 99)}",
        "address_country": "US",
        **commerce(dice, standing, bought, TAGS, TIERS),
    }


def _phone(dice: random.Random) -> str:
    return (
        f"{dice.choice('23456789')}{dice.randrange(10, 99)}{dice.choice('23456789')}{dice.randrange(100_000, 999_999)}"
    )


def _firm(dice: random.Random) -> str:
    return f"{dice.choice(FIRM_HEADS)} {dice.choice(FIRM_TAILS)}"


def _last_name(dice: random.Random) -> str:
    return dice.choice(LAST)


def _address(dice: random.Random) -> Columns:
    return _located(dice, f"{dice.randrange(1, 9900)} {dice.choice(STREETS)} {dice.choice(STREET_TYPES)[0]}")


def _new_address(dice: random.Random) -> Columns:
    """In a street nobody lives in yet."""
    city, region, zip_head = dice.choice(CITIES)
    return {
        "address_street": f"{dice.randrange(9901, 9999)} {dice.choice(STREETS)} Plaza",
        "address_street2": None,
        "address_city": city,
        "address_region": region,
        "address_postal_code": f"{zip_head}{dice.randrange(10, 99)}",
        "address_country": "US",
    }


def _located(dice: random.Random, street: str) -> Columns:
    city, region, zip_head = dice.choice(CITIES)
    return {
        "address_street": street,
        "address_street2": f"Suite {dice.randrange(1, 60)}" if dice.random() < 0.2 else None,
        "address_city": city,
        "address_region": region,
        "address_postal_code": f"{zip_head}{dice.randrange(10, 99)}",
        "address_country": "US",
    }


def _company(dice: random.Random, number: int) -> Columns:
    forms = ("Inc", "LLC", "Corp", None)
    return {"legal_form": dice.choice(forms), "tax_id": _tax_id(number), "phone": _phone(dice), **_address(dice)}


def _tax_id(number: int) -> str:
    """An employer identification number: nine digits, no check digit."""
    return f"{100_000_000 + number * 7_777_777 % 899_999_981}"


def _spelled_phone(digits: str, dice: random.Random) -> str:
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


def _spelled_name(name: str, dice: random.Random) -> str:
    roll = dice.random()
    if roll < 0.05:
        return name.upper()
    return f" {name} " if roll < 0.08 else name


def _spelled_street(street: str, dice: random.Random) -> str:
    for long, short in STREET_TYPES:
        if street.endswith(long) and dice.random() < 0.4:
            return street.removesuffix(long) + short
    return street


def _spelled_tax_id(tax_id: str, dice: random.Random) -> str:
    return f"{tax_id[:2]}-{tax_id[2:]}" if dice.random() < 0.7 else tax_id


AMERICAN = Locale(
    name="en_US",
    currency="USD",
    foreign=(("EUR", 0.9), ("CAD", 1.35), ("MXN", 18.5)),
    prices={},
    tax_pcts=(0, 4, 6, 7, 8, 9),
    dial="+1",
    order_prefix="",
    company_heads=LAST,
    company_tails=FIRM_TAILS,
    tiers=TIERS,
    goods=AMERICAN_GOODS,
    person=_person,
    last_name=_last_name,
    firm=_firm,
    phone=_phone,
    new_address=_new_address,
    company=_company,
    tax_id=_tax_id,
    spelled_phone=_spelled_phone,
    spelled_name=_spelled_name,
    spelled_street=_spelled_street,
    spelled_tax_id=_spelled_tax_id,
)
