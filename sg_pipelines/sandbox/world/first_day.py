"""What differs on the first day, said by what was written and not by comparing it the way the product does."""

from __future__ import annotations

import random
from collections.abc import Iterator

from sg_pipelines.sandbox.simulator import ADDRESS
from sg_pipelines.sandbox.world.ledger import HARD, MISSING, SOFT, Entry, entry
from sg_pipelines.sandbox.world.locale import without_accents
from sg_pipelines.sandbox.world.mishaps import happen
from sg_pipelines.sandbox.world.orders import CANCELLED
from sg_pipelines.sandbox.world.people import GUEST
from sg_pipelines.sandbox.world.places import EVERYWHERE, HUBSPOT, NETSUITE, SHOPIFY, Places
from sg_pipelines.sandbox.world.population import Population
from sg_pipelines.sandbox.world.spelling import Row
from sg_pipelines.sandbox.world.things import CUSTOMER, ORDER, PRODUCT, Link, Thing

# Which platforms carry which cell of a person; names and addresses are one cell in several columns.
CELLS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "name": (("first_name", "last_name"), EVERYWHERE),
    "email": (("email",), EVERYWHERE),
    "phone": (("phone",), EVERYWHERE),
    "company_name": (("company_name",), EVERYWHERE),
    "address": (ADDRESS, EVERYWHERE),
    "marketing_consent": (("marketing_consent",), (HUBSPOT, SHOPIFY)),
    "lifecycle": (("lifecycle",), (HUBSPOT, NETSUITE)),
    "custom_loyalty_tier": (("custom_loyalty_tier",), EVERYWHERE),
}
BLANKABLE = ("phone", "company_name", "address", "custom_loyalty_tier")
Rows = dict[str, Row]


def first_day(thing: Thing, rows: Rows, population: Population, often: int) -> list[Entry]:
    """Let something go wrong with a few things, so many times as often as usual: changes their rows (account → row) and
    says what must be found."""
    if thing.kind != CUSTOMER:
        return happen(thing, rows, population.making.seed, often)
    _befall(thing, rows, population, often)
    return list(_entries(thing, rows))


def expected_but_absent(thing: Thing, places: Places) -> Iterator[Entry]:
    """Where the policy wants a thing that was never there. What is recognised by resemblance alone counts as certain:
    it has one record."""
    lacking = [platform for platform in _expected(thing) if platform not in thing.platforms]
    is_guest = thing.kind == CUSTOMER and thing.platforms == GUEST
    recipe = "guest checkout" if is_guest else thing.said.get("note") or "never entered"
    for account in places.expecting(tuple(lacking)) if thing.accounts else ():
        yield entry(thing, MISSING, f"missing:{account}", recipe, reason="never_created")


def _expected(thing: Thing) -> tuple[str, ...]:
    """In the words of the policy."""
    if thing.kind == PRODUCT:
        return (SHOPIFY, NETSUITE)
    if thing.kind == ORDER:
        return (HUBSPOT,) if thing.said["status"] == CANCELLED else (HUBSPOT, NETSUITE)
    return (HUBSPOT, NETSUITE) if thing.orders_in_shop else (HUBSPOT,)


def _befall(person: Thing, rows: Rows, population: Population, often: int) -> None:
    seed = population.making.seed
    dice = random.Random(f"{seed}:{person.number}:blank")
    if len(rows) > 1 and person.link is not Link.FUZZY and dice.random() < 0.06 * often:
        _blank_one(person, rows, dice)
    elif person.link is Link.CROSS_ID and person.is_everywhere and dice.random() < 0.01 * often:
        rows[person.at(SHOPIFY)]["phone"] = other_phone(person.said["phone"])
    else:
        _leave_out_a_surname(person, rows, population, often)


def _blank_one(person: Thing, rows: Rows, dice: random.Random) -> None:
    """One account never learned something."""
    columns, carriers = CELLS[dice.choice(BLANKABLE)]
    account = dice.choice(list(person.on(*carriers)))
    for column in columns:
        rows[account][column] = None


def other_phone(digits: str) -> str:
    """Another telephone, in digits."""
    return digits[:-4] + f"{(int(digits[-4:]) + 4321) % 10_000:04d}"


def _leave_out_a_surname(person: Thing, rows: Rows, population: Population, often: int) -> None:
    """Where people have two, one account has the first one only."""
    shorten = population.locale.first_surname
    if shorten is None or len(rows) < 2 or person.link is Link.FUZZY:
        return
    dice = random.Random(f"{population.making.seed}:{person.number}:surname")
    if dice.random() < 0.03 * often:
        rows[dice.choice(list(rows))]["last_name"] = shorten(person.said["last_name"])


def _entries(person: Thing, rows: Rows) -> Iterator[Entry]:
    for cell, (columns, carriers) in CELLS.items():
        said = [tuple(_plain(rows[a].get(column)) for column in columns) for a in person.on(*carriers)]
        empty = [values for values in said if not any(values)]
        if len(said) > 1 and empty and len(empty) < len(said):
            yield entry(person, SOFT, cell, "never learned")
        elif cell == "name" and len(set(said)) > 1:
            recipe = "slip of the pen" if person.link is Link.FUZZY else "second surname left out"
            yield entry(person, SOFT, cell, recipe)
    digits = {"".join(filter(str.isdigit, row["phone"]))[-10:] for row in rows.values() if row["phone"]}
    if len(digits) > 1:
        yield entry(person, HARD, "phone", "two telephones from the start")


def _plain(value: str | None) -> str:
    return without_accents((value or "").strip()).casefold()
