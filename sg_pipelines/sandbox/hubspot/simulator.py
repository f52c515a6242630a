"""One simulated HubSpot account as the world sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from starlette.types import ASGIApp

from sg_pipelines.sandbox.field_names import FieldNames
from sg_pipelines.sandbox.hubspot.app import HubSpotApp
from sg_pipelines.sandbox.hubspot.associations import Link, Node
from sg_pipelines.sandbox.hubspot.crm import Crm
from sg_pipelines.sandbox.hubspot.object_types import OBJECT_TYPES, ObjectType, Property
from sg_pipelines.sandbox.hubspot.objects import Draft
from sg_pipelines.sandbox.hubspot.orders import OrderLines
from sg_pipelines.sandbox.hubspot.vocabulary import Vocabulary
from sg_pipelines.sandbox.simulator import Attributes, CustomField, Surroundings

PORTAL_ID = 20_000_001
TYPES = {"customer": "contacts", "company": "companies", "product": "products"}
ORDER_TYPES = ("deals", "orders")


class HubSpotSimulator:
    """Contacts, companies, products and orders of one account; see `HubSpotApp` for its settings.

    An order is a deal, or an order record while the setting `order_object` is `orders`.
    """

    platform = "hubspot"

    def __init__(self, surroundings: Surroundings) -> None:
        self.account, self._settings = surroundings.account, surroundings.settings
        self._token = f"pat-sandbox-{self.account}"
        self._crm = Crm(surroundings)
        self._names = FieldNames(surroundings.connection, self.account)
        self._words = Vocabulary(self._crm.book, self._names, self._zone)
        self._lines = OrderLines(self._crm)
        self.app: ASGIApp = HubSpotApp(surroundings, self._crm, self._token, PORTAL_ID).app

    def credentials(self) -> Mapping[str, str]:
        """What lets a connector in."""
        return {"token": self._token, "portal_id": str(PORTAL_ID)}

    def create_many(self, kind: str, rows: list[Attributes]) -> list[str]:
        """Make records, their line items and their associations, each sort all at once."""
        what = self._type(kind)
        drafts = [
            Draft(self._words.properties(what, row), row.get("created_at_ms"), row.get("modified_at_ms"))
            for row in rows
        ]
        ends = [list(self._neighbours(what, row)) for row in rows]
        numbers = self._crm.create(what, drafts)
        links = [
            Link((what.name, number), end, primary)
            for number, around in zip(numbers, ends, strict=True)
            for end, primary in around
        ]
        if kind == "order":
            links += self._lines.create(what, numbers, rows)
        self._crm.associations.add(links)
        return [str(number) for number in numbers]

    def edit(self, kind: str, record_id: str, attributes: Attributes) -> None:
        """Change what is named; neighbours and lines are replaced."""
        what, number = self._type(kind), int(record_id)
        node = (what.name, number)
        self._crm.objects(what).must(number)
        links = [Link(node, end, primary) for end, primary in self._neighbours(what, attributes)]
        with self._crm.one_change(node):
            self._leave_neighbours(node, attributes)
            self._crm.associate(links)
            if kind == "order" and "lines" in attributes:
                self._lines.replace(node, attributes["lines"] or (), self._currency(what, number, attributes))
            self._crm.update(what, number, self._words.properties(what, attributes))

    def archive(self, kind: str, record_id: str) -> None:
        """Archive a record."""
        self._crm.archive(self._type(kind), int(record_id))

    def delete(self, kind: str, record_id: str) -> None:
        """Delete a record for good."""
        self._crm.delete(self._type(kind), int(record_id))

    def merge(self, kind: str, *, winner: str, loser: str) -> str:
        """Merge; the survivor has a new id."""
        return str(self._crm.merge(self._type(kind), int(winner), int(loser)))

    def read(self, kind: str, record_id: str) -> Attributes | None:
        """A record in the world's words."""
        what, number = self._type(kind), int(record_id)
        body = self._crm.objects(what).get(number)
        if body is None:
            return None
        neutral = self._words.attributes(what, body["properties"]) | {"state": body["state"]}
        node = (what.name, number)
        if kind in ("customer", "order"):
            neutral["company_id"] = _text(self._crm.associations.primary(node))
        if kind == "order":
            customers = self._crm.associations.targets(node, "contacts")
            neutral["customer_id"] = _text(customers[0] if customers else None)
            neutral["lines"] = self._lines.read(node)
        return neutral

    def ids(self, kind: str) -> list[str]:
        """Live ids."""
        return [str(number) for number in self._crm.objects(self._type(kind)).live()]

    def make_fields(self, fields: Sequence[CustomField]) -> None:
        """Properties of these names; one that is there already stays as it is."""
        for field in fields:
            one = Property(field.name, "number" if field.is_number else "string")
            self._names.learn(field, self._crm.book.make(self._type(field.kind), one).name)

    def _type(self, kind: str) -> ObjectType:
        name = TYPES.get(kind) or (self._settings.get("order_object", "deals") if kind == "order" else None)
        if name not in (*TYPES.values(), *ORDER_TYPES):
            raise ValueError(f"HubSpot keeps no {kind} as {name}; orders are kept as deals or orders")
        return OBJECT_TYPES[name]

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._settings.get("time_zone", "UTC"))

    def _neighbours(self, what: ObjectType, attributes: Attributes) -> Iterator[tuple[Node, bool]]:
        """The neighbours attributes name, and whether it is the primary company; KeyError when it is not there."""
        if what.name in ORDER_TYPES and (customer := attributes.get("customer_id")):
            yield self._there("contacts", customer), False
        if what.name in (*ORDER_TYPES, "contacts") and (company := attributes.get("company_id")):
            yield self._there("companies", company), True

    def _there(self, name: str, record_id: str) -> Node:
        node = (name, int(record_id))
        if not self._crm.is_live(node):
            raise KeyError(f"there is no live {OBJECT_TYPES[name].singular} {record_id}")
        return node

    def _leave_neighbours(self, node: Node, attributes: Attributes) -> None:
        """Whoever was there before is no neighbour any more."""
        company = self._crm.associations.primary(node)
        if "company_id" in attributes and company is not None and str(company) != attributes["company_id"]:
            self._crm.dissociate(node, ("companies", company))
        if "customer_id" in attributes and node[0] in ORDER_TYPES:
            for customer in self._crm.associations.targets(node, "contacts"):
                if str(customer) != attributes["customer_id"]:
                    self._crm.dissociate(node, ("contacts", customer))

    def _currency(self, what: ObjectType, number: int, attributes: Attributes) -> str | None:
        said = self._crm.objects(what).must(number)["properties"]
        stated: str | None = {**self._words.attributes(what, said), **attributes}["currency"]
        return stated


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
