"""The world on its first day: things known to the accounts, agreeing except where the ledger says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.world.first_day import expected_but_absent, first_day
from sg_pipelines.sandbox.world.ledger import MISSING, Entry, Ledger, entry
from sg_pipelines.sandbox.world.neighbours import cross_ids, named_columns
from sg_pipelines.sandbox.world.people import was_archived_before, was_typed_twice
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE
from sg_pipelines.sandbox.world.population import Population
from sg_pipelines.sandbox.world.spelling import Row, row_of, spelled
from sg_pipelines.sandbox.world.things import CUSTOMER, Link, Thing

Simulators = Mapping[str, Simulator]


def fill(simulators: Simulators, ledger: Ledger, population: Population, now_ms: int) -> None:
    """Make everything known: kind by kind, so that a record can name its neighbours."""
    for kind, things in population.everything().items():
        planted = _make(kind, things, simulators, population, now_ms)
        ledger.know_all(things)
        if kind == CUSTOMER and population.places.are_complete:
            _type_twice(things, simulators, ledger, population, now_ms)
            planted += _archive_some(things, simulators, planted)
        ledger.plant(planted, now_ms)


def _make(
    kind: str, things: Sequence[Thing], simulators: Simulators, population: Population, now_ms: int
) -> list[Entry]:
    planted: list[Entry] = []
    rows: list[dict[str, Row]] = []
    for thing in things:
        stated = {account: _row(thing, account, population, now_ms) for account in thing.accounts}
        planted += first_day(thing, stated, population)
        planted += expected_but_absent(thing, population.places)
        rows.append(stated)
    for account in population.places.created_first:
        known = [(thing, stated[account]) for thing, stated in zip(things, rows, strict=True) if account in stated]
        for thing, row in known:
            row["cross_ids"] = cross_ids(thing, account, population.places)
        ids = simulators[account].create_many(kind, [row for _, row in known])
        for (thing, _), record_id in zip(known, ids, strict=True):
            thing.refs[account] = record_id
    return planted


def _row(thing: Thing, account: str, population: Population, now_ms: int) -> Row:
    making, voice = population.making, population.places.voice(account)
    row = row_of(thing, account, making.seed, now_ms, voice=voice, locale=population.locale)
    return row | named_columns(thing, account, making.kinds)


def _type_twice(
    everyone: Sequence[Thing], simulators: Simulators, ledger: Ledger, population: Population, now_ms: int
) -> None:
    """Some contacts were typed in twice: a finding of another sort, and no discrepancy."""
    for person in everyone:
        if person.link is not Link.CROSS_ID or not person.is_everywhere or not was_typed_twice(person):
            continue
        account = person.at(HUBSPOT)
        row = spelled(person, HUBSPOT, population.making.seed + 1, now_ms, account=account, locale=population.locale)
        kept = ("first_name", "last_name", "phone", "modified_at_ms", "created_at_ms")
        twice = {name: value for name, value in row.items() if name in kept or name.startswith("address_")}
        made = simulators[account].create_many(CUSTOMER, [twice])[0]
        ledger.know_also(person.name, f"{account}/{CUSTOMER}/{made}")


def _archive_some(everyone: Sequence[Thing], simulators: Simulators, planted: Sequence[Entry]) -> list[Entry]:
    """Some contacts were put away before we came; the ERP still names them."""
    busy = {one.thing for one in planted}
    archived = []
    for person in everyone:
        wanted = person.link is Link.CROSS_ID and person.is_everywhere and was_archived_before(person)
        if not wanted or person.name in busy or was_typed_twice(person):
            continue
        crm, erp = person.at(HUBSPOT), person.at(NETSUITE)
        simulators[erp].edit(CUSTOMER, person.refs[erp], {"cross_ids": {crm: person.refs[crm]}})
        simulators[crm].archive(CUSTOMER, person.refs[crm])
        archived.append(entry(person, MISSING, f"missing:{crm}", "archived before we came", reason="archived"))
    return archived
