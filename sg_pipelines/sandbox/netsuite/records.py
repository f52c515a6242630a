"""Rows that are records: they have an id, times, perhaps an external id, and leave a trace when they are deleted.

What a customer or an order is made of beside its own row belongs to the modules that use this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sg_pipelines.sandbox.netsuite.database import Database, Row


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where records of a type are, which ids they share, and what `deletedrecord` says of them."""

    type: str
    table: str
    sequence: str
    created: str
    type_id: str
    title: str
    # External ids are unique among these tables
    namespace: tuple[str, ...]


KEPT = {
    one.type: one
    for one in (
        Keeping("customer", "customer", "entity", "datecreated", "-2", "entityid", ("customer", "contact")),
        Keeping("contact", "contact", "entity", "datecreated", "-6", "entityid", ("customer", "contact")),
        Keeping("inventoryitem", "item", "item", "createddate", "-10", "itemid", ("item",)),
        Keeping("salesorder", "transaction", "transaction", "createddate", "-30", "tranid", ("transaction",)),
    )
}


class Records:
    """Records of one type."""

    def __init__(self, database: Database, type_: str) -> None:
        self.database, self.kept = database, KEPT[type_]

    @property
    def table(self) -> str:
        """Where they are."""
        return self.kept.table

    def add(self, rows: Sequence[Mapping[str, Any]]) -> range:
        """New records; a row may bring its times. Returns their ids, in order."""
        kept, now = self.kept, self.database.now
        ids = self.database.take_ids(kept.sequence, len(rows))
        times = {kept.created: now, "lastmodifieddate": now}
        made = [{"id": number, **times, **row} for number, row in zip(ids, rows, strict=True)]
        self.database.insert(self.table, made)
        return ids

    def set(self, number: int, values: Mapping[str, Any]) -> None:
        """Change columns; the modification time moves. KeyError when there is no such record."""
        self.needed(number)
        self.database.update(self.table, number, {**values, "lastmodifieddate": self.database.now})

    def delete(self, number: int) -> None:
        """Gone from its table, known to `deletedrecord`."""
        row, kept = self.needed(number), self.kept
        self.database.remove(self.table, id=number)
        gone = {"deleteddate": self.database.now, "recordid": number, "recordtypeid": kept.type_id}
        self.database.insert("deletedrecord", [{**gone, "type": kept.type, "name": row[kept.title]}])

    def row(self, number: int) -> Row | None:
        """A record's columns."""
        return self.database.row(self.table, id=number)

    def needed(self, number: int) -> Row:
        """The same; KeyError when there is no such record."""
        row = self.row(number)
        if row is None:
            raise KeyError(f"there is no {self.kept.type} {number}")
        return row

    def by_external_id(self, external_id: str) -> int | None:
        """The record with that external id."""
        found = self.database.row(self.table, externalid=external_id)
        return None if found is None else int(found["id"])

    def is_taken(self, external_id: str, *, by_other_than: int | None) -> bool:
        """True when another record of the same namespace has that external id."""
        for table in self.kept.namespace:
            holders = {row["id"] for row in self.database.rows(table, externalid=external_id)}
            if holders - {by_other_than}:
                return True
        return False

    def was_deleted(self, number: int) -> bool:
        """True when it once was there."""
        return self.database.row("deletedrecord", recordid=number, type=self.kept.type) is not None

    def matching(
        self, where: str, parameters: Sequence[str | int | float], *, limit: int, offset: int
    ) -> tuple[list[int], int]:
        """A page of ids that fulfil a condition, ascending, and how many there are in all."""
        source = f"from {self.database.name(self.table)} where {where}"
        total = self.database.connection.execute(f"select count(*) {source}", parameters).fetchone()[0]
        sql = f"select id {source} order by id limit ? offset ?"
        found = self.database.connection.execute(sql, [*parameters, limit, offset])
        return [row[0] for row in found], int(total)
