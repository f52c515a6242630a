"""The world as a whole: filled once, then lived in. It remembers itself in the sandbox's file."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping
from typing import Any

from sg_pipelines.sandbox.clock import SandboxClock
from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.world.baseline import fill
from sg_pipelines.sandbox.world.ledger import Ledger
from sg_pipelines.sandbox.world.people import Person, people
from sg_pipelines.sandbox.world.recipes import RECIPES
from sg_pipelines.sandbox.world.stage import Stage

SECONDS_BETWEEN_DEEDS = 20.0


class WorldRefused(Exception):
    """Something this world cannot do any more."""


class World:
    """One seeded world over the simulated accounts, one account per platform."""

    def __init__(
        self, connection: sqlite3.Connection, clock: SandboxClock, simulators: Mapping[str, tuple[str, Simulator]]
    ) -> None:
        self._connection, self._clock, self._simulators = connection, clock, simulators
        self.ledger = Ledger(connection)
        connection.execute(
            "create table if not exists sandbox_world (people integer, seed integer, rounds integer not null)"
        )

    def status(self) -> dict[str, Any]:
        """people, seed, rounds lived, and of how many persons the truth is known; zero people: no world was made."""
        found = self._connection.execute("select people, seed, rounds from sandbox_world").fetchone()
        people_, seed, rounds = found or (0, None, 0)
        filled = self._connection.execute("select count(*) from sandbox_truth").fetchone()[0]
        return {"people": people_, "seed": seed, "rounds": rounds, "filled": filled}

    def baseline(self, count: int, seed: int) -> dict[str, Any]:
        """Fill the world; once. WorldRefused when it is another one already."""
        now = self.status()
        if now["people"]:
            if (now["people"], now["seed"]) != (count, seed):
                raise WorldRefused(f"this world has {now['people']} people and seed {now['seed']}; use another folder")
            return now
        everyone = fill(self._simulators, self.ledger, count=count, seed=seed, now_ms=self._clock.now_ms())
        self._remember(everyone)
        self._connection.execute("insert into sandbox_world values (?, ?, 0)", (count, seed))
        return self.status()

    def edit(self) -> dict[str, Any]:
        """People work for a while: every recipe on its share of the untouched, the clock moving on."""
        now = self.status()
        if not now["people"]:
            raise WorldRefused("nobody lives here yet: fill the world first")
        seed = f"{now['seed']}:edit:{now['rounds']}"
        dice = random.Random(seed)
        untouched = self._untouched(now["people"], now["seed"])
        dice.shuffle(untouched)
        stage = Stage(self._simulators, self.ledger, untouched)
        deeds = 0
        for recipe in RECIPES:
            for _ in range(max(1, round(now["people"] * recipe.per_thousand / 1000))):
                person = stage.take(recipe.fits)
                if person is None:
                    break
                self._clock.advance(SECONDS_BETWEEN_DEEDS)
                self.ledger.plant(recipe.do(stage, person, dice), self._clock.now_ms())
                self._touch(person)
                deeds += 1
        self._connection.execute("update sandbox_world set rounds = rounds + 1")
        return {**self.status(), "deeds": deeds}

    def _remember(self, everyone: list[Person]) -> None:
        self._connection.execute(
            "create table if not exists sandbox_people (number integer primary key, platforms text, touched integer)"
        )
        self._connection.executemany(
            "insert into sandbox_people values (?, ?, 0)",
            [(person.number, ",".join(person.platforms)) for person in everyone],
        )

    def _touch(self, person: Person) -> None:
        self._connection.execute("update sandbox_people set touched = 1 where number = ?", (person.number,))

    def _untouched(self, count: int, seed: int) -> list[Person]:
        """People about whom the ledger says nothing, with their records; only those known on every platform they
        started on."""
        rows = self._connection.execute("select number, platforms, touched from sandbox_people").fetchall()
        standing = {number: (tuple(platforms.split(",")), touched) for number, platforms, touched in rows}
        busy = {entry["person"] for entry in self.ledger.entries()}
        truth = self.ledger.truth()
        platform_of = {account: platform for platform, (account, _) in self._simulators.items()}
        found = []
        for person in people(count, seed):
            platforms, touched = standing[person.number]
            refs = [ref.split("/") for ref in truth[person.name]["refs"]]
            if touched or person.name in busy or len(refs) != len(platforms):
                continue
            person.platforms = platforms
            person.refs = {platform_of[account]: record_id for account, _, record_id in refs}
            found.append(person)
        return found
