"""The CRM of one account: records of every type, their associations, and what a change of one does to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.hubspot.associations import Associations, Link, Node
from sg_pipelines.sandbox.hubspot.erasures import Erasures
from sg_pipelines.sandbox.hubspot.history import Source, shown, values
from sg_pipelines.sandbox.hubspot.object_types import OBJECT_TYPES, ObjectType
from sg_pipelines.sandbox.hubspot.objects import LIVE, Draft, Objects, system_property
from sg_pipelines.sandbox.hubspot.properties import PropertyBook
from sg_pipelines.sandbox.shelf import Body, Shelf
from sg_pipelines.sandbox.simulator import Surroundings

COMPANY_OF_CONTACT = "associatedcompanyid"
SYSTEM = frozenset({"hs_object_id", "createdate", "hs_createdate", "lastmodifieddate", "hs_lastmodifieddate"})
SYSTEM |= {"hs_merged_object_ids"}
FROM_THE_START = frozenset({"hs_object_id", "createdate", "hs_createdate"})
# Sums over its line items and counts of its associations are properties of such a record: it is modified with them.
MODIFIED_WITH_NEIGHBOURS = frozenset({"deals", "orders"})


class Crm:
    """What the HTTP face and the world both work on."""

    def __init__(self, surroundings: Surroundings) -> None:
        connection, account = surroundings.connection, surroundings.account
        self.time = surroundings.time
        self.book = PropertyBook(connection, account)
        self.associations = Associations(connection, account)
        self.erasures = Erasures(connection, account)
        self._objects = {
            name: Objects(kind, Shelf(connection, f"{account}_{name}", first_id=kind.first_id), surroundings.time)
            for name, kind in OBJECT_TYPES.items()
        }
        self._being_changed: set[Node] = set()

    def objects(self, kind: ObjectType) -> Objects:
        """The records of a type."""
        return self._objects[kind.name]

    def is_live(self, node: Node) -> bool:
        """True for a record that can be read and associated."""
        return self._objects[node[0]].in_state(node[1], LIVE)

    def said(self, kind: ObjectType, number: int, body: Body, name: str) -> str | None:
        """What a record says for a property, however HubSpot comes by it."""
        if name in SYSTEM:
            return system_property(number, body, name)
        if name == COMPANY_OF_CONTACT:
            company = self.associations.primary((kind.name, number))
            return None if company is None else str(company)
        if name == "amount" and kind.name == "line_items":
            return _times(body["properties"].get("quantity"), body["properties"].get("price"))
        text: str | None = body["properties"].get(name)
        return text

    def history(self, kind: ObjectType, number: int, body: Body, name: str) -> list[dict[str, Any]]:
        """All a record said for a property, newest first; what HubSpot works out is known as it is now only."""
        if name not in SYSTEM | {COMPANY_OF_CONTACT} and (kind.name, name) != ("line_items", "amount"):
            return [shown(*one) for one in values(body, name)]
        value = self.said(kind, number, body, name)
        at_ms = body["created"] if name in FROM_THE_START else body["updated"]
        return [] if value is None else [shown(value, at_ms, Source.CALCULATED)]

    def create(self, kind: ObjectType, drafts: Sequence[Draft]) -> list[int]:
        """Make records, all at once."""
        ids = self.objects(kind).create([_own(kind, draft) for draft in drafts])
        companies = [
            Link((kind.name, number), ("companies", int(company)), is_primary=True)
            for number, draft in zip(ids, drafts, strict=True)
            if (company := draft.properties.get(COMPANY_OF_CONTACT))
        ]
        if companies:
            self.associations.add(companies)
        return ids

    def update(
        self,
        kind: ObjectType,
        number: int,
        properties: Mapping[str, str | None],
        source: Source = Source.CRM_UI,
    ) -> None:
        """Change properties; a contact's company is an association."""
        own = _stored(kind, properties)
        node = (kind.name, number)
        self.objects(kind).must(number)
        if COMPANY_OF_CONTACT in properties:
            self._set_primary(node, properties[COMPANY_OF_CONTACT])
        amount = self._amount(kind, number)
        self.objects(kind).update(number, own, source)
        if self._amount(kind, number) != amount:
            self._touch_around(node)

    @contextmanager
    def one_change(self, node: Node) -> Iterator[None]:
        """What is done inside is one change of this record, made by whoever says so: its neighbours do not add more.

        The search index knows the state before the last change, so an edit in steps must not look like several."""
        self._being_changed.add(node)
        try:
            yield
        finally:
            self._being_changed.discard(node)

    def archive(self, kind: ObjectType, number: int) -> None:
        """Put a record away; its associations go."""
        self.objects(kind).archive(number)
        self._left_alone(self.associations.forget((kind.name, number)))

    def delete(self, kind: ObjectType, number: int) -> None:
        """Remove a record for good."""
        self.objects(kind).delete(number)
        self._left_alone(self.associations.forget((kind.name, number)))

    def erase(self, kind: ObjectType, number: int) -> None:
        """Forget a person: record, values and associations."""
        self.objects(kind).erase(number)
        self._left_alone(self.associations.forget((kind.name, number)))

    def merge(self, kind: ObjectType, winner: int, loser: int) -> int:
        """A new record carries on, with what both said and were associated with; both inputs vanish unarchived."""
        objects = self.objects(kind)
        one, two = objects.must(winner), objects.must(loser)
        stated = {name: value for name, value in one["properties"].items() if value is not None}
        created = min(one["created"], two["created"])
        merged = tuple(sorted({winner, loser, *one["merged_ids"], *two["merged_ids"]}))
        now = self.time.now_ms()
        said = {**two["properties"], **stated}
        told = {name: values(one if name in stated else two, name) for name in said}
        history = {name: entries for name, entries in told.items() if entries}
        survivor = objects.create([Draft(said, created, now, merged, history=history)])[0]
        links = [link for gone in (loser, winner) for link in self.associations.forget((kind.name, gone))]
        moved = [Link((kind.name, survivor), link.end, link.is_primary) for link in links]
        self.associations.add(moved)
        for gone in (winner, loser):
            objects.absorb(gone, into=survivor)
        self._left_alone(moved)
        return survivor

    def associate(self, links: Sequence[Link]) -> None:
        """Associate records that are live."""
        primaries = {link.ordered.start: self.associations.primary(link.ordered.start) for link in links}
        self.associations.add(links)
        ends = [node for link in links for node in (link.start, link.end)]
        told = [node for node in ends if node[0] in MODIFIED_WITH_NEIGHBOURS]
        told += [
            node
            for node, before in primaries.items()
            if node[0] == "contacts" and self.associations.primary(node) != before
        ]
        self._touch_all(told)

    def dissociate(self, one: Node, other: Node) -> None:
        """Take everything between two records away."""
        if self.associations.are_associated(one, other):
            link = Link(one, other, self.associations.is_primary(one, other))
            self.associations.remove(one, other)
            self._left_alone([link, Link(other, one, link.is_primary)])

    def demote(self, one: Node, other: Node) -> None:
        """Take the primary label between two records away."""
        if self.associations.is_primary(one, other):
            self.associations.demote(one, other)
            self._left_alone([Link(one, other, is_primary=True), Link(other, one, is_primary=True)])

    def _set_primary(self, node: Node, company: str | None) -> None:
        before = self.associations.primary(node)
        if company:
            self.associations.add([Link(node, ("companies", int(company)), is_primary=True)])
        elif before is not None:
            self.associations.remove(node, ("companies", before))

    def _amount(self, kind: ObjectType, number: int) -> str | None:
        """What a line item adds to the sums of its deal or order."""
        if kind.name != "line_items":
            return None
        return self.said(kind, number, self.objects(kind).must(number), "amount")

    def _touch_around(self, node: Node) -> None:
        """The deals and orders whose sums a line item is part of. Its name or SKU is in no sum: they move nothing."""
        self._touch_all((end, one) for end in MODIFIED_WITH_NEIGHBOURS for one in self.associations.targets(node, end))

    def _left_alone(self, links: Iterable[Link]) -> None:
        """The far ends of associations that changed, as far as they say so."""
        self._touch_all(
            link.end
            for link in links
            if link.end[0] in MODIFIED_WITH_NEIGHBOURS or (link.end[0] == "contacts" and link.is_primary)
        )

    def _touch_all(self, nodes: Iterable[Node]) -> None:
        for node in dict.fromkeys(nodes):
            if node not in self._being_changed and self.is_live(node):
                self._objects[node[0]].update(node[1], {})


def _own(kind: ObjectType, draft: Draft) -> Draft:
    """The draft with what the record itself keeps, and with what it has unless it is said otherwise."""
    if COMPANY_OF_CONTACT not in draft.properties and not kind.usual:
        return draft
    return replace(draft, properties={**kind.usual, **_stored(kind, draft.properties)})


def _stored(kind: ObjectType, properties: Mapping[str, str | None]) -> dict[str, str | None]:
    """Properties without the company, which is an association; where there must be a value, nothing is the usual one."""
    return {
        name: kind.usual.get(name) if value is None else value
        for name, value in properties.items()
        if name != COMPANY_OF_CONTACT
    }


def _times(quantity: str | None, price: str | None) -> str | None:
    if not quantity or not price:
        return None
    return format(Decimal(quantity) * Decimal(price), "f")
