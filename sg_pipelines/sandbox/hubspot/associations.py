"""Who is associated with whom. A pair is kept once and found from both ends."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sg_pipelines.sandbox.hubspot.association_types import ASSOCIATION_TYPES, AssociationType

Node = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Link:
    """An association. `is_primary` says that the company at one end is the primary one of the record at the other."""

    start: Node
    end: Node
    is_primary: bool = False

    @property
    def ordered(self) -> Link:
        """The same with a company at the end, and otherwise in one order."""
        ends = (self.end, self.start)
        turned = self.start[0] == "companies" or (self.end[0] != "companies" and self.start > self.end)
        return Link(*ends, self.is_primary) if turned else self


class Associations:
    """The associations of one account, in memory for speed, written through to the sandbox's file."""

    def __init__(self, connection: sqlite3.Connection, account: str) -> None:
        self._connection, self._table = connection, f'"{account}_associations"'
        self._ends: dict[tuple[str, str], dict[int, set[int]]] = defaultdict(dict)
        self._primary: dict[Node, int] = {}
        connection.execute(
            f"create table if not exists {self._table} (start_type text, start_id integer, end_type text, "
            "end_id integer, is_primary integer, primary key (start_type, start_id, end_type, end_id)) without rowid"
        )
        for one_type, one, other_type, other, is_primary in connection.execute(f"select * from {self._table}"):
            self._remember(Link((one_type, one), (other_type, other), bool(is_primary)))

    def add(self, links: Iterable[Link]) -> None:
        """Associate; a company that becomes primary takes that from the one before, which stays associated."""
        changed: dict[tuple[Node, Node], Link] = {}
        for link in (one.ordered for one in links):
            before = self._primary.get(link.start)
            if link.is_primary and before is not None and before != link.end[1]:
                demoted = Link(link.start, ("companies", before))
                changed[demoted.start, demoted.end] = demoted
            kept = link.is_primary or (link.end[0] == "companies" and before == link.end[1])
            changed[link.start, link.end] = Link(link.start, link.end, kept)
            self._remember(link)
        self._write(changed.values())

    def remove(self, one: Node, other: Node) -> None:
        """Take everything between the two away."""
        link = Link(one, other).ordered
        for (start, number), (end, target) in ((link.start, link.end), (link.end, link.start)):
            self._ends[start, end].get(number, set()).discard(target)
        self.demote(one, other)
        where = "start_type = ? and start_id = ? and end_type = ? and end_id = ?"
        self._connection.execute(f"delete from {self._table} where {where}", (*link.start, *link.end))

    def demote(self, one: Node, other: Node) -> None:
        """The company is not the primary one any more; the association stays."""
        link = Link(one, other).ordered
        if link.end[0] == "companies" and self._primary.get(link.start) == link.end[1]:
            del self._primary[link.start]
            self._write([link])

    def forget(self, node: Node) -> list[Link]:
        """Take all associations of a record away; returns them."""
        links = [
            Link(node, (end, target), self.is_primary(node, (end, target)))
            for (start, end) in ASSOCIATION_TYPES
            if start == node[0]
            for target in self.targets(node, end)
        ]
        for link in links:
            self.remove(link.start, link.end)
        return links

    def targets(self, node: Node, end: str) -> list[int]:
        """Ids of the records of a type this one is associated with, ascending."""
        return sorted(self._ends[node[0], end].get(node[1], ()))

    def are_associated(self, one: Node, other: Node) -> bool:
        """True when anything is between the two."""
        return other[1] in self._ends[one[0], other[0]].get(one[1], ())

    def primary(self, node: Node) -> int | None:
        """The primary company of a contact, deal or order."""
        return self._primary.get(node)

    def is_primary(self, one: Node, other: Node) -> bool:
        """True when the company of the two is the other's primary one."""
        link = Link(one, other).ordered
        return link.end[0] == "companies" and self._primary.get(link.start) == link.end[1]

    def types(self, one: Node, other: Node) -> list[AssociationType]:
        """The types of association from one record to the other."""
        is_primary = self.is_primary(one, other)
        return [kind for kind in ASSOCIATION_TYPES[one[0], other[0]] if is_primary or not kind.is_primary]

    def _remember(self, link: Link) -> None:
        for (start, number), (end, target) in ((link.start, link.end), (link.end, link.start)):
            self._ends[start, end].setdefault(number, set()).add(target)
        if link.is_primary:
            self._primary[link.start] = link.end[1]

    def _write(self, links: Iterable[Link]) -> None:
        rows = [(*link.start, *link.end, link.is_primary) for link in links]
        self._connection.execute("begin")
        self._connection.executemany(f"insert or replace into {self._table} values (?, ?, ?, ?, ?)", rows)
        self._connection.execute("commit")
