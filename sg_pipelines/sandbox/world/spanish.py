"""Colombia and Spain: double surnames, accents, and the addresses, telephones and tax numbers of both.

Three of four live in Colombia. Telephones always carry the country's prefix: a client has one region, and a number of the
other country means nothing without it. Departments and provinces go by their ISO codes.
"""

from __future__ import annotations

import random

from sg_pipelines.sandbox.world.goods import SPANISH_GOODS
from sg_pipelines.sandbox.world.locale import Columns, Locale, Standing, commerce, without_accents
from sg_pipelines.sandbox.world.names import MAIL_HOSTS
from sg_pipelines.sandbox.world.names_es import (
    ABBREVIATIONS,
    CITIES_CO,
    CITIES_ES,
    FIRM_HEADS_ES,
    FIRM_TAILS_ES,
    FIRST_ES,
    STREETS_ES,
    SURNAMES,
    TAGS_ES,
    TIERS_ES,
    WAYS_CO,
    WAYS_ES,
)
from sg_pipelines.sandbox.world.tax_numbers import cif, nif, nit

COLOMBIAN = 0.75
MOBILE_CO = tuple(str(area) for area in (300, 301, 302, 304, *range(310, 322), 323, 350))
FOUR, THREE = 4, 3


def _person(dice: random.Random, standing: Standing) -> Columns:
    first, last = dice.choice(FIRST_ES), _last_name(dice)
    bought = dice.randint(1, 40) if standing.orders else 0
    mailbox = without_accents(f"{first}.{last.split()[0]}{standing.number}").replace(" ", "").lower()
    is_colombian = dice.random() < COLOMBIAN
    return {
        "first_name": first,
        "last_name": last,
        "email": f"{mailbox}@{dice.choice(MAIL_HOSTS)}",
        "phone": _mobile(dice, is_colombian=is_colombian),
        "company_name": _firm(dice) if dice.random() < 0.6 else None,
        **_in_country(dice, is_colombian=is_colombian),
        **commerce(dice, standing, bought, TAGS_ES, TIERS_ES),
    }


def _last_name(dice: random.Random) -> str:
    return f"{dice.choice(SURNAMES)} {dice.choice(SURNAMES)}"


def _first_surname(last_name: str) -> str:
    return last_name.split()[0]


def _firm(dice: random.Random) -> str:
    return f"{dice.choice(FIRM_HEADS_ES)} {dice.choice(FIRM_TAILS_ES)}"


def _mobile(dice: random.Random, *, is_colombian: bool) -> str:
    if is_colombian:
        return f"57{dice.choice(MOBILE_CO)}{dice.randrange(2_000_000, 9_999_999)}"
    return f"346{dice.randrange(10_000_000, 99_999_999)}"


def _land_line(dice: random.Random, area: str) -> str:
    """Ten digits in Colombia, nine in Spain."""
    if area.startswith("60"):
        return f"57{area}{dice.randrange(2_000_000, 8_999_999)}"
    left = 9 - len(area)
    return f"34{area}{dice.randrange(2 * 10 ** (left - 1), 9 * 10 ** (left - 1))}"


def _phone(dice: random.Random) -> str:
    is_colombian = dice.random() < COLOMBIAN
    if dice.random() < 0.5:
        return _mobile(dice, is_colombian=is_colombian)
    return _land_line(dice, dice.choice(CITIES_CO if is_colombian else CITIES_ES)[3])


def _in_country(dice: random.Random, *, is_colombian: bool) -> Columns:
    city, region, postal, _ = dice.choice(CITIES_CO if is_colombian else CITIES_ES)
    if is_colombian:
        street = (
            f"{dice.choice(WAYS_CO)} {dice.randrange(1, 180)} # {dice.randrange(1, 99)}-{dice.randrange(1, 99):02d}"
        )
        inside = f"Apartamento {dice.randrange(101, 1204)}"
    else:
        street = f"{dice.choice(WAYS_ES)} {dice.choice(STREETS_ES)} {dice.randrange(1, 240)}"
        inside = f"{dice.randrange(1, 9)}º {dice.choice('ABCD')}"
    return {
        "address_street": street,
        "address_street2": inside if dice.random() < 0.3 else None,
        "address_city": city,
        "address_region": region,
        "address_postal_code": postal + f"{dice.randrange(1, 10**THREE - 1):03d}",
        "address_country": "CO" if is_colombian else "ES",
    }


def _new_address(dice: random.Random) -> Columns:
    """In a street nobody lives in yet."""
    return {
        **_in_country(dice, is_colombian=dice.random() < COLOMBIAN),
        "address_street": f"Vía Nueva {dice.randrange(300, 900)}",
        "address_street2": None,
    }


def _company(dice: random.Random, number: int) -> Columns:
    """Three of four in Colombia; in Spain every third is a person in business, without a legal form."""
    is_colombian = number % FOUR != THREE
    area = dice.choice(CITIES_CO if is_colombian else CITIES_ES)[3]
    form = dice.choice(("S.A.S.", "S.A.S.", "Ltda.")) if is_colombian else _spanish_form(number)
    return {
        "legal_form": form,
        "tax_id": _tax_id(number),
        "phone": _land_line(dice, area),
        **_in_country(dice, is_colombian=is_colombian),
    }


def _spanish_form(number: int) -> str | None:
    return (None, "S.A.", "S.L.")[number // FOUR % 3]


def _tax_id(number: int) -> str:
    """What belongs to the company of that number, and to no other one."""
    spread = number * 7_777_777
    if number % FOUR != THREE:
        return nit(800_000_000 + spread % 199_999_991)
    form = _spanish_form(number)
    if form is None:
        return nif(10_000_000 + spread % 79_999_987)
    return cif("A" if form == "S.A." else "B", 1_000_000 + spread % 8_999_993)


def _spelled_phone(digits: str, dice: random.Random) -> str:
    country, rest = digits[:2], digits[2:]
    forms = (
        f"+{digits}",
        f"+{country} {rest}",
        f"+{country} {rest[:3]} {rest[3:6]} {rest[6:]}",
        f"+{country}-{rest[:3]}-{rest[3:]}",
        f"(+{country}) {rest[:3]} {rest[3:]}",
        f"+{country} {rest[:2]} {rest[2:5]} {rest[5:7]} {rest[7:]}",
    )
    return dice.choice(forms)


def _spelled_name(name: str, dice: random.Random) -> str:
    """Accents left out, capitals, or white space around."""
    roll = dice.random()
    if roll < 0.15:
        return without_accents(name)
    if roll < 0.2:
        return name.upper()
    return f" {name} " if roll < 0.22 else name


def _spelled_street(street: str, dice: random.Random) -> str:
    way, _, rest = street.partition(" ")
    if way in ABBREVIATIONS and dice.random() < 0.4:
        way = ABBREVIATIONS[way]["#" not in rest]
    if dice.random() < 0.3:
        rest = rest.replace("# ", "No. ")
    written = f"{way} {rest}"
    return without_accents(written) if dice.random() < 0.2 else written


def _spelled_tax_id(tax_id: str, dice: random.Random) -> str:
    roll = dice.random()
    if "-" in tax_id:
        plain, check = tax_id.split("-")
        dotted = f"{plain[:3]}.{plain[3:6]}.{plain[6:]}-{check}"
        return dotted if roll < 0.5 else tax_id if roll < 0.8 else plain + check
    if tax_id[0].isdigit():
        return f"{tax_id[:-1]}-{tax_id[-1]}" if roll < 0.4 else tax_id
    return f"{tax_id[0]}-{tax_id[1:]}" if roll < 0.4 else tax_id.lower() if roll < 0.5 else tax_id


SPANISH = Locale(
    name="es",
    currency="COP",
    foreign=(("EUR", 0.00023), ("USD", 0.00025)),
    prices={"COP": (990_000, 89_000_000, 10_000)},
    tax_pcts=(19, 19, 5, 0),
    dial="+",
    order_prefix="PED-",
    company_heads=tuple(FIRM_HEADS_ES),
    company_tails=FIRM_TAILS_ES,
    tiers=TIERS_ES,
    goods=SPANISH_GOODS,
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
    first_surname=_first_surname,
)
