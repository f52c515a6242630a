"""Records of one simulated account: in memory for speed, written through to the sandbox's file so they survive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

Body = dict[str, Any]


class Shelf:
    """Numbered records of one kind; ids ascend and are never given twice."""

    def __init__(self, connection: sqlite3.Connection, name: str, *, first_id: int) -> None:
        self._connection = connection
        self._table = f'"{name}"'
        connection.execute(f"create table if not exists {self._table} (id integer primary key, body text not null)")
        rows = connection.execute(f"select id, body from {self._table} order by id")
        self._records: dict[int, Body] = {number: json.loads(body) for number, body in rows}
        self._next = max(self._records, default=first_id - 1) + 1

    def add(self, bodies: Iterable[Body]) -> list[int]:
        """Put new records away; returns their ids."""
        ids = []
        for body in bodies:
            self._records[self._next] = body
            ids.append(self._next)
            self._next += 1
        self._save(ids)
        return ids

    def get(self, number: int) -> Body | None:
        """The record, whatever its state; None when there never was one."""
        return self._records.get(number)

    def put(self, number: int, body: Body) -> None:
        """Replace a record."""
        self._records[number] = body
        self._save([number])

    def items(self) -> Iterator[tuple[int, Body]]:
        """All records, ids ascending."""
        yield from self._records.items()

    def _save(self, ids: Iterable[int]) -> None:
        rows = [(number, json.dumps(self._records[number], ensure_ascii=False)) for number in ids]
        self._connection.execute("begin")
        self._connection.executemany(f"insert or replace into {self._table} values (?, ?)", rows)
        self._connection.execute("commit")
