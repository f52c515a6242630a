"""What was planted: each entry is a difference that a right reconciliation must find, under the demonstration client or
one that differs from it in what a stranger's change means."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sg_pipelines.sandbox.world.things import CUSTOMER, Thing

SOFT, HARD, MISSING, FINDING = "soft_drift", "hard_conflict", "missing_representation", "finding"
AMOUNT_GAP, LINES_GAP, COMPANY_CONTACTS = "amount_gap", "lines_gap", "company_contacts"
GONE_NEIGHBOUR = "gone_neighbour"


@dataclass(frozen=True, slots=True)
class Entry:
    """One planted difference of a thing. `subject` is the field, `tags=<tag>`, `inventory=<location>`,
    `lines=<product>`, or `missing:<account>`; of a finding it is the finding's type. `strong` False: the thing's
    records hang together on fuzzy evidence only."""

    thing: str
    cls: str
    subject: str
    recipe: str
    strong: bool
    reason: str | None = None
    kind: str = CUSTOMER

    def told(self, planted_at_ms: int) -> dict[str, Any]:
        """As the control API tells it; whatever the kind of thing, its name is under `person`."""
        return {
            "person": self.thing,
            "cls": self.cls,
            "subject": self.subject,
            "recipe": self.recipe,
            "strong": self.strong,
            "reason": self.reason,
            "kind": self.kind,
            "planted_at_ms": planted_at_ms,
        }


def entry(thing: Thing, cls: str, subject: str, recipe: str, *, reason: str | None = None) -> Entry:
    """An entry about a thing."""
    return Entry(thing.name, cls, subject, recipe, thing.is_strong, reason, thing.kind)


def finding(thing: Thing, of_type: str, recipe: str) -> Entry:
    """Something worth a person's eye that is no difference between systems."""
    return entry(thing, FINDING, of_type, recipe)


class Ledger:
    """Entries and things in the sandbox's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(
            "create table if not exists sandbox_ledger (id integer primary key, thing text, body text not null)"
        )
        connection.execute("create table if not exists sandbox_truth (thing text primary key, body text not null)")

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of what is done inside, or nothing."""
        with self._connection:
            self._connection.execute("begin")
            yield

    def plant(self, entries: Iterable[Entry], now_ms: int) -> None:
        """Write down what was just done."""
        rows = [(one.thing, json.dumps(one.told(now_ms))) for one in entries]
        with self._whole():
            self._connection.executemany("insert into sandbox_ledger (thing, body) values (?, ?)", rows)

    def entries(self) -> list[dict[str, Any]]:
        """All of them, oldest first."""
        rows = self._connection.execute("select id, body from sandbox_ledger order by id")
        return [{"entry_id": number, **json.loads(body)} for number, body in rows]

    def know(self, name: str, refs: Sequence[str], *, strong: bool) -> None:
        """Which records are this thing's."""
        self._know([(name, refs, strong)])

    def know_all(self, things: Iterable[Thing]) -> None:
        """Which records are whose."""
        self._know(
            (
                thing.name,
                [f"{account}/{thing.kind}/{one}" for account, one in sorted(thing.refs.items())],
                thing.is_strong,
            )
            for thing in things
        )

    def _know(self, known: Iterable[tuple[str, Sequence[str], bool]]) -> None:
        rows = [(name, json.dumps({"refs": list(refs), "strong": strong})) for name, refs, strong in known]
        with self._whole():
            self._connection.executemany("insert or replace into sandbox_truth values (?, ?)", rows)

    def know_also(self, name: str, ref: str) -> None:
        """One more record of a thing."""
        found = self._connection.execute("select body from sandbox_truth where thing = ?", (name,)).fetchone()
        body = json.loads(found[0])
        self.know(name, [*body["refs"], ref], strong=body["strong"])

    def truth(self) -> dict[str, Any]:
        """Thing → refs and whether they hang together for certain."""
        rows = self._connection.execute("select thing, body from sandbox_truth order by thing")
        return {name: json.loads(body) for name, body in rows}
