"""The world as a whole: filled once, then lived in. It remembers itself in the sandbox's file."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sg_pipelines.sandbox.clock import SandboxClock
from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.world.baseline import Entrance
from sg_pipelines.sandbox.world.ledger import Ledger
from sg_pipelines.sandbox.world.newcomers import newcomers
from sg_pipelines.sandbox.world.places import Places
from sg_pipelines.sandbox.world.population import MESS, Making, Population
from sg_pipelines.sandbox.world.recipes import RECIPES
from sg_pipelines.sandbox.world.stage import Stage
from sg_pipelines.sandbox.world.strangers import settled
from sg_pipelines.sandbox.world.things import CUSTOMER, Thing

SECONDS_BETWEEN_DEEDS, SECONDS_BETWEEN_NEWCOMERS = 20.0, 5.0


class WorldRefused(Exception):
    """Something this world cannot do any more."""


class World:
    """One seeded world over the simulated accounts (account → simulator)."""

    def __init__(
        self, connection: sqlite3.Connection, clock: SandboxClock, simulators: Mapping[str, Simulator]
    ) -> None:
        self._connection, self._clock, self._simulators = connection, clock, simulators
        self.ledger = Ledger(connection)
        connection.execute("create table if not exists sandbox_world (making text not null, rounds integer not null)")
        connection.execute("create table if not exists sandbox_touched (thing text primary key)")
        connection.execute("create table if not exists sandbox_filled (account text primary key, records integer)")

    def status(self) -> dict[str, Any]:
        """people, seed, kinds, locale, rounds lived, and `filled`: of how many things the truth is known, or how many
        records came from files; zero people: no world was made."""
        making, rounds = self._standing()
        known = self._connection.execute("select count(*) from sandbox_truth").fetchone()[0]
        filled = known or self._connection.execute("select coalesce(sum(records), 0) from sandbox_filled").fetchone()[0]
        if making is None:
            return {"people": 0, "seed": None, "kinds": [], "locale": None, "rounds": 0, "filled": filled}
        told = {"people": making.people, "seed": making.seed, "kinds": list(making.kinds), "locale": making.locale}
        return {**told, "rounds": rounds, "filled": filled}

    @property
    def currency(self) -> str | None:
        """What its accounts keep their books in; None before it is made."""
        making, _ = self._standing()
        return None if making is None else self._population(making).currency

    def baseline(self, making: Making) -> dict[str, Any]:
        """Fill the world; once. WorldRefused when it is another one already."""
        lived, _ = self._standing()
        if lived is not None:
            if lived != making:
                raise WorldRefused(
                    f"this world has {lived.people} people, seed {lived.seed}, kinds {', '.join(lived.kinds)}, locale "
                    f"{lived.locale} and start {lived.start}; use another folder"
                )
            return self.status()
        population = self._population(making)
        everything = population.everything()
        entrance = Entrance(self._simulators, self.ledger, population)
        entrance.fill(everything, newcomers(everything, population), self._clock.now_ms())
        self._connection.execute("insert into sandbox_world values (?, 0)", (json.dumps(asdict(making)),))
        return self.status()

    def fill(self, from_files: Callable[[], Mapping[str, int]]) -> Mapping[str, int]:
        """Fill the accounts from files instead; records per account. WorldRefused when somebody lives here."""
        if self.status()["filled"]:
            raise WorldRefused("this sandbox is filled already; use another folder")
        made = from_files()
        rows = [(account, records) for account, records in made.items() if account in self._simulators]
        self._connection.executemany("insert into sandbox_filled values (?, ?)", rows)
        return made

    def edit(self) -> dict[str, Any]:
        """People work for a while: who was not there yet comes; then every recipe on its share of the untouched, the
        clock moving on."""
        making, rounds = self._standing()
        if making is None:
            raise WorldRefused("nobody lives here yet: fill the world first")
        population = self._population(making)
        things = population.everything()
        self._recall(things)
        came = self._let_come(things, population)
        untouched = self._untouched(things)
        dice = {kind: _dice(making, rounds, kind) for kind in RECIPES}
        for kind, waiting in untouched.items():
            dice[kind].shuffle(waiting)
        stage = Stage(self._simulators, self.ledger, population, untouched)
        deeds = sum(self._live(kind, len(things[kind]), stage, dice[kind]) for kind in RECIPES if kind in things)
        self._connection.execute("update sandbox_world set rounds = rounds + 1")
        return {**self.status(), "came": came, "deeds": deeds}

    def _let_come(self, things: Mapping[str, list[Thing]], population: Population) -> int:
        """Newcomers enter, once; nobody touches them, as nothing was agreed about them yet. How many came."""
        later = newcomers(things, population) - self.ledger.truth().keys()
        since_ms = self._clock.now_ms()
        now_ms = self._clock.advance(SECONDS_BETWEEN_NEWCOMERS * len(later)) if later else since_ms
        came = Entrance(self._simulators, self.ledger, population).come(things, frozenset(later), since_ms, now_ms)
        self._touch(later)
        return came

    def _live(self, kind: str, size: int, stage: Stage, dice: random.Random) -> int:
        """Every recipe of one kind; returns how many deeds were done."""
        deeds = 0
        for recipe in RECIPES[kind]:
            for _ in range(max(1, round(size * recipe.per_thousand / 1000))):
                thing = stage.take(kind, recipe.fits)
                if thing is None:
                    break
                self._clock.advance(SECONDS_BETWEEN_DEEDS)
                done = settled(recipe.do(stage, thing, dice), stage.foreign_edits)
                self.ledger.plant(done, self._clock.now_ms())
                self._touch(taken.name for taken in stage.touched())
                deeds += 1
        return deeds

    def _population(self, making: Making) -> Population:
        platforms = {account: simulator.platform for account, simulator in self._simulators.items()}
        return Population(making, Places(platforms))

    def _standing(self) -> tuple[Making | None, int]:
        """What the world was made from, if it was made, and the rounds lived."""
        found = self._connection.execute("select making, rounds from sandbox_world").fetchone()
        if found is None:
            return None, 0
        told = {"start": MESS, **json.loads(found[0])}
        return Making(**{**told, "kinds": tuple(told["kinds"])}), found[1]

    def _touch(self, names: Iterable[str]) -> None:
        rows = [(name,) for name in names]
        self._connection.executemany("insert or ignore into sandbox_touched values (?)", rows)

    def _recall(self, things: Mapping[str, list[Thing]]) -> None:
        """Give things the ids of the records they were entered with."""
        truth = self.ledger.truth()
        for thing in (one for of_a_kind in things.values() for one in of_a_kind):
            refs = [ref.split("/", 2) for ref in truth.get(thing.name, {}).get("refs", ())]
            thing.refs = {account: record_id for account, _, record_id in refs}

    def _untouched(self, things: Mapping[str, list[Thing]]) -> dict[str, list[Thing]]:
        """Things about which the ledger says nothing; only those known at each account they started at, once."""
        busy = {name for (name,) in self._connection.execute("select thing from sandbox_touched")}
        busy |= {one["person"] for one in self.ledger.entries()}
        records = {name: len(known["refs"]) for name, known in self.ledger.truth().items()}
        return {
            kind: [
                thing
                for thing in of_a_kind
                if thing.accounts and thing.name not in busy and records[thing.name] == len(thing.accounts)
            ]
            for kind, of_a_kind in things.items()
        }


def _dice(making: Making, rounds: int, kind: str) -> random.Random:
    """Each kind has dice of its own: another kind beside people does not turn theirs."""
    seed = f"{making.seed}:edit:{rounds}"
    return random.Random(seed if kind == CUSTOMER else f"{seed}:{kind}")
