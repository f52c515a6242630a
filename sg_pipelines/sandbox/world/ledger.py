"""What was planted: each entry is a difference that a right reconciliation under the demonstration client must find."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

SOFT, HARD, MISSING = "soft_drift", "hard_conflict", "missing_representation"


@dataclass(frozen=True, slots=True)
class Entry:
    """One planted difference. `subject` is the field, `tags=<tag>`, or `missing:<platform>`; `strong` False: the
    person's records hang together on fuzzy evidence only."""

    person: str
    cls: str
    subject: str
    recipe: str
    strong: bool
    reason: str | None = None
    kind: str = "customer"
    planted_at_ms: int = 0


class Ledger:
    """Entries and persons in the sandbox's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(
            "create table if not exists sandbox_ledger (id integer primary key, person text, body text not null)"
        )
        connection.execute("create table if not exists sandbox_truth (person text primary key, body text not null)")

    def plant(self, entries: Iterable[Entry], now_ms: int) -> None:
        """Write down what was just done."""
        rows = [(entry.person, json.dumps({**asdict(entry), "planted_at_ms": now_ms})) for entry in entries]
        self._connection.executemany("insert into sandbox_ledger (person, body) values (?, ?)", rows)

    def entries(self) -> list[dict[str, Any]]:
        """All of them, oldest first."""
        rows = self._connection.execute("select id, body from sandbox_ledger order by id")
        return [{"entry_id": number, **json.loads(body)} for number, body in rows]

    def know(self, person: str, refs: list[str], *, strong: bool) -> None:
        """Which records are this person's."""
        body = json.dumps({"refs": refs, "strong": strong})
        self._connection.execute("insert or replace into sandbox_truth values (?, ?)", (person, body))

    def know_also(self, person: str, ref: str) -> None:
        """One more record of a person."""
        body = self.truth()[person]
        self.know(person, [*body["refs"], ref], strong=body["strong"])

    def truth(self) -> dict[str, Any]:
        """Person → refs and whether they hang together for certain."""
        rows = self._connection.execute("select person, body from sandbox_truth order by person")
        return {person: json.loads(body) for person, body in rows}
