"""How things get into the accounts: most on the first day, newcomers while people work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.world.first_day import expected_but_absent, first_day
from sg_pipelines.sandbox.world.ledger import MISSING, Entry, Ledger, entry
from sg_pipelines.sandbox.world.neighbours import cross_ids, named_columns
from sg_pipelines.sandbox.world.people import was_archived_before, was_typed_twice
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE, SHOPIFY
from sg_pipelines.sandbox.world.population import AGREEMENT, Population, count_orders
from sg_pipelines.sandbox.world.spelling import Row, row_of, spelled
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, ORDER, Link, Thing

Simulators = Mapping[str, Simulator]
Things = Mapping[str, Sequence[Thing]]
# How often things go wrong, as a multiple of the usual.
NEVER, AS_USUAL, OFTEN = 0, 1, 5


class Entrance:
    """Where records are first made, and what goes wrong with them then is written down."""

    def __init__(self, simulators: Simulators, ledger: Ledger, population: Population) -> None:
        self._simulators, self._ledger, self._population = simulators, ledger, population

    def fill(self, everything: Things, later: frozenset[str], now_ms: int) -> None:
        """The first day, without those who come later: kind by kind, so that a record can name its neighbours."""
        residents = {kind: [one for one in things if one.name not in later] for kind, things in everything.items()}
        if later:
            _count(residents)
        often = NEVER if self._population.making.start == AGREEMENT else AS_USUAL
        for things in residents.values():
            self._enter(things, now_ms, often)

    def come(self, everything: Things, later: frozenset[str], since_ms: int, now_ms: int) -> int:
        """Newcomers are entered one after the other between two instants, and shops count anew; how many came."""
        newcomers = {kind: [one for one in things if one.name in later] for kind, things in everything.items()}
        count = sum(len(things) for things in newcomers.values())
        at_ms = iter(range(since_ms + 1, now_ms + 1, max(1, (now_ms - since_ms) // max(1, count))))
        for things in newcomers.values():
            for thing in things:
                thing.said["created_days_ago"] = 0
            self._enter(things, now_ms, OFTEN, {thing.name: next(at_ms) for thing in things})
        self._recount(newcomers.get(ORDER, ()), later)
        return count

    def _enter(
        self, things: Sequence[Thing], now_ms: int, often: int, entered_ms: Mapping[str, int] | None = None
    ) -> None:
        planted = self._make(things, now_ms, often, entered_ms or {})
        self._ledger.know_all(things)
        people = [thing for thing in things if thing.kind == CUSTOMER]
        if self._population.places.are_complete:
            self._type_twice(people, now_ms)
            planted += self._archive_some(people, planted)
        self._ledger.plant(planted, now_ms)

    def _make(self, things: Sequence[Thing], now_ms: int, often: int, entered_ms: Mapping[str, int]) -> list[Entry]:
        population = self._population
        planted: list[Entry] = []
        rows: list[dict[str, Row]] = []
        for thing in things:
            stated = {account: self._row(thing, account, now_ms) for account in thing.accounts}
            planted += first_day(thing, stated, population, often)
            planted += expected_but_absent(thing, population.places)
            if thing.name in entered_ms:
                for row in stated.values():
                    row["created_at_ms"] = row["modified_at_ms"] = entered_ms[thing.name]
            rows.append(stated)
        for account in population.places.created_first:
            self._create(
                account, [(one, said[account]) for one, said in zip(things, rows, strict=True) if account in said]
            )
        return planted

    def _create(self, account: str, known: Sequence[tuple[Thing, Row]]) -> None:
        """Records of things of one kind, which learn their ids."""
        if not known:
            return
        for thing, row in known:
            row["cross_ids"] = cross_ids(thing, account, self._population.places)
        ids = self._simulators[account].create_many(known[0][0].kind, [row for _, row in known])
        for (thing, _), record_id in zip(known, ids, strict=True):
            thing.refs[account] = record_id

    def _row(self, thing: Thing, account: str, now_ms: int) -> Row:
        population = self._population
        making, voice = population.making, population.places.voice(account)
        row = row_of(thing, account, making.seed, now_ms, voice=voice, locale=population.locale)
        return row | named_columns(thing, account, making.kinds)

    def _recount(self, orders: Iterable[Thing], later: frozenset[str]) -> None:
        """Shops count the newcomers' orders of whoever was there before."""
        touched = {
            (neighbour.name, shop): neighbour
            for order in orders
            for neighbour in order.named.values()
            if neighbour.name not in later
            for shop in order.on(SHOPIFY)
        }
        for (_, shop), neighbour in touched.items():
            if shop in neighbour.refs and shop in neighbour.local:
                self._simulators[shop].edit(neighbour.kind, neighbour.refs[shop], neighbour.local[shop])

    def _type_twice(self, people: Sequence[Thing], now_ms: int) -> None:
        """Some contacts were typed in twice: a finding of another sort, and no discrepancy."""
        for person in people:
            if person.link is not Link.CROSS_ID or not person.is_everywhere or not was_typed_twice(person):
                continue
            account, locale = person.at(HUBSPOT), self._population.locale
            row = spelled(person, HUBSPOT, self._population.making.seed + 1, now_ms, account=account, locale=locale)
            kept = ("first_name", "last_name", "phone", "modified_at_ms", "created_at_ms")
            twice = {name: value for name, value in row.items() if name in kept or name.startswith("address_")}
            made = self._simulators[account].create_many(CUSTOMER, [twice])[0]
            self._ledger.know_also(person.name, f"{account}/{CUSTOMER}/{made}")

    def _archive_some(self, people: Sequence[Thing], planted: Sequence[Entry]) -> list[Entry]:
        """Some contacts were put away before we came; the ERP still names them."""
        busy = {one.thing for one in planted}
        archived = []
        for person in people:
            wanted = person.link is Link.CROSS_ID and person.is_everywhere and was_archived_before(person)
            if not wanted or person.name in busy or was_typed_twice(person):
                continue
            crm, erp = person.at(HUBSPOT), person.at(NETSUITE)
            self._simulators[erp].edit(CUSTOMER, person.refs[erp], {"cross_ids": {crm: person.refs[crm]}})
            self._simulators[crm].archive(CUSTOMER, person.refs[crm])
            archived.append(entry(person, MISSING, f"missing:{crm}", "archived before we came", reason="archived"))
        return archived


def _count(residents: Things) -> None:
    """What shops count before the newcomers order."""
    if ORDER in residents:
        for kind in (CUSTOMER, COMPANY):
            count_orders(residents.get(kind, ()), residents[ORDER])
