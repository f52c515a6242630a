"""The world on its first day: people known to the platforms, agreeing except where the ledger says otherwise."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.world.ledger import HARD, MISSING, SOFT, Entry, Ledger
from sg_pipelines.sandbox.world.people import HUBSPOT, NETSUITE, SHOPIFY, Link, Person, people
from sg_pipelines.sandbox.world.spelling import spelled

KIND = "customer"
CREATED_FIRST = (SHOPIFY, NETSUITE, HUBSPOT)
# Which platforms carry which cell; names and addresses are one cell in several columns.
CELLS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "name": (("first_name", "last_name"), (HUBSPOT, SHOPIFY, NETSUITE)),
    "email": (("email",), (HUBSPOT, SHOPIFY, NETSUITE)),
    "phone": (("phone",), (HUBSPOT, SHOPIFY, NETSUITE)),
    "company_name": (("company_name",), (HUBSPOT, SHOPIFY, NETSUITE)),
    "address": (
        (
            "address_street",
            "address_street2",
            "address_city",
            "address_region",
            "address_postal_code",
            "address_country",
        ),
        (HUBSPOT, SHOPIFY, NETSUITE),
    ),
    "marketing_consent": (("marketing_consent",), (HUBSPOT, SHOPIFY)),
    "lifecycle": (("lifecycle",), (HUBSPOT, NETSUITE)),
    "custom_loyalty_tier": (("custom_loyalty_tier",), (HUBSPOT, SHOPIFY, NETSUITE)),
}
BLANKABLE = ("phone", "company_name", "address", "custom_loyalty_tier")
Rows = dict[str, dict[str, Any]]


def fill(
    simulators: Mapping[str, tuple[str, Simulator]], ledger: Ledger, *, count: int, seed: int, now_ms: int
) -> list[Person]:
    """Make the people known. `simulators`: platform → (account, simulator)."""
    everyone = list(people(count, seed))
    for person in everyone:
        person.platforms = tuple(platform for platform in person.platforms if platform in simulators)
    records = [_records(person, seed, now_ms) for person in everyone]
    planted = [entry for person, rows in zip(everyone, records, strict=True) for entry in _entries(person, rows, seed)]
    for platform in CREATED_FIRST:
        if platform not in simulators:
            continue
        known = [(person, rows[platform]) for person, rows in zip(everyone, records, strict=True) if platform in rows]
        for person, row in known:
            row["cross_ids"] = _cross_ids(person, simulators)
        ids = simulators[platform][1].create_many(KIND, [row for _, row in known])
        for (person, _), record_id in zip(known, ids, strict=True):
            person.refs[platform] = record_id
    for person in everyone:
        refs = [f"{simulators[platform][0]}/{KIND}/{one}" for platform, one in sorted(person.refs.items())]
        ledger.know(person.name, refs, strong=person.is_strong)
    if len(simulators) == len(CREATED_FIRST):
        _duplicates(everyone, simulators, ledger, seed, now_ms)
        planted += list(_archived(everyone, simulators, planted))
    ledger.plant(planted, now_ms)
    return everyone


def _records(person: Person, seed: int, now_ms: int) -> Rows:
    rows = {platform: spelled(person, platform, seed, now_ms) for platform in person.platforms}
    dice = random.Random(f"{seed}:{person.number}:blank")
    if len(rows) > 1 and person.link is not Link.FUZZY and dice.random() < 0.06:
        _blank_one(person, rows, dice)
    elif person.link is Link.CROSS_ID and len(rows) == 3 and dice.random() < 0.01:
        rows[SHOPIFY]["phone"] = _other_phone(person.said["phone"])
    return rows


def _blank_one(person: Person, rows: Rows, dice: random.Random) -> None:
    """One platform never learned something."""
    columns, carriers = CELLS[dice.choice(BLANKABLE)]
    platform = dice.choice([platform for platform in carriers if platform in rows])
    for column in columns:
        rows[platform][column] = None


def _other_phone(digits: str) -> str:
    return digits[:-4] + f"{(int(digits[-4:]) + 4321) % 10_000:04d}"


def _cross_ids(person: Person, simulators: Mapping[str, tuple[str, Simulator]]) -> dict[str, str]:
    """Ids of the records made before this one, by account."""
    if person.link is not Link.CROSS_ID:
        return {}
    return {simulators[platform][0]: record_id for platform, record_id in person.refs.items()}


def _entries(person: Person, rows: Rows, seed: int) -> Iterator[Entry]:
    """What differs on the first day, by what was written and not by comparing it the way the product does."""
    for cell, (columns, carriers) in CELLS.items():
        said = [tuple(_plain(rows[p].get(column)) for column in columns) for p in carriers if p in rows]
        empty = [values for values in said if not any(values)]
        if len(said) > 1 and empty and len(empty) < len(said):
            yield Entry(person.name, SOFT, cell, "never learned", person.is_strong)
        elif cell == "name" and len(set(said)) > 1:
            yield Entry(person.name, SOFT, cell, "slip of the pen", person.is_strong)
    digits = {"".join(filter(str.isdigit, row["phone"]))[-10:] for row in rows.values() if row["phone"]}
    if len(digits) > 1:
        yield Entry(person.name, HARD, "phone", "two telephones from the start", person.is_strong)
    if person.platforms == (SHOPIFY,):
        for platform in (HUBSPOT, NETSUITE):
            yield Entry(person.name, MISSING, f"missing:{platform}", "guest checkout", True, reason="never_created")


def _plain(value: str | None) -> str:
    return (value or "").strip().casefold()


def _duplicates(
    everyone: Sequence[Person],
    simulators: Mapping[str, tuple[str, Simulator]],
    ledger: Ledger,
    seed: int,
    now_ms: int,
) -> None:
    """Some contacts were typed in twice: a finding, and no discrepancy."""
    account, simulator = simulators[HUBSPOT]
    for person in everyone:
        if person.link is not Link.CROSS_ID or len(person.platforms) < 3 or person.number % 50 != 7:
            continue
        row = spelled(person, HUBSPOT, seed + 1, now_ms)
        kept = ("first_name", "last_name", "phone", "modified_at_ms", "created_at_ms")
        twice = {name: value for name, value in row.items() if name in kept or name.startswith("address_")}
        made = simulator.create_many(KIND, [twice])[0]
        ledger.know_also(person.name, f"{account}/{KIND}/{made}")


def _archived(
    everyone: Sequence[Person], simulators: Mapping[str, tuple[str, Simulator]], planted: Sequence[Entry]
) -> Iterator[Entry]:
    """Some contacts were put away before we came; the ERP still names them."""
    busy = {entry.person for entry in planted}
    account, crm = simulators[HUBSPOT]
    for person in everyone:
        wanted = person.link is Link.CROSS_ID and len(person.platforms) == 3 and person.number % 60 == 13
        if not wanted or person.name in busy or person.number % 50 == 7:
            continue
        simulators[NETSUITE][1].edit(KIND, person.refs[NETSUITE], {"cross_ids": {account: person.refs[HUBSPOT]}})
        crm.archive(KIND, person.refs[HUBSPOT])
        person.platforms = (SHOPIFY, NETSUITE)
        yield Entry(person.name, MISSING, "missing:hubspot", "archived before we came", True, reason="archived")
