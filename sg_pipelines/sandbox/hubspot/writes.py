"""Writes that came over the wire: first everything is checked, then it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sg_pipelines.sandbox.hubspot.answers import Refused, not_found
from sg_pipelines.sandbox.hubspot.asking import invalid, list_of, member, number_of
from sg_pipelines.sandbox.hubspot.association_types import ASSOCIATION_TYPES
from sg_pipelines.sandbox.hubspot.associations import Link, Node
from sg_pipelines.sandbox.hubspot.crm import COMPANY_OF_CONTACT, Crm
from sg_pipelines.sandbox.hubspot.history import Source
from sg_pipelines.sandbox.hubspot.object_types import ObjectType
from sg_pipelines.sandbox.hubspot.objects import Draft
from sg_pipelines.sandbox.hubspot.values import Properties, accepted, invalid_values, taken


@dataclass(frozen=True, slots=True)
class Creation:
    """A record that can be made. `ends` are records it will be associated with: node, is it the primary company."""

    kind: ObjectType
    properties: Properties
    ends: tuple[tuple[Node, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A change that can be made."""

    kind: ObjectType
    number: int
    properties: Properties


class Writes:
    """Planning a write refuses it where HubSpot would; doing it cannot fail any more."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def named(self, kind: ObjectType, text: str, id_property: str | None) -> int | None:
        """The record a request names, by id or by a unique property."""
        if id_property is None or id_property == "hs_object_id":
            return number_of(text)
        if id_property not in kind.unique:
            raise invalid(f"{id_property} is not a unique property of {kind.name}")
        return self._crm.objects(kind).holder(id_property, text)

    def creation(self, kind: ObjectType, asked: dict[str, Any]) -> Creation:
        """A new record, from `properties` and `associations`."""
        properties = self._fit(kind, member(asked, "properties"), None)
        given = list_of(asked.get("associations"), "associations")
        return Creation(kind, properties, tuple(end for one in given for end in self._ends(kind, one)))

    def change(self, kind: ObjectType, asked: dict[str, Any]) -> Change:
        """A change of the record that `id` and `idProperty` name."""
        number = self.named(kind, str(member(asked, "id")), asked.get("idProperty"))
        if number is None or not self._crm.is_live((kind.name, number)):
            raise not_found()
        return Change(kind, number, self._fit(kind, member(asked, "properties"), number))

    def create(self, planned: Creation) -> int:
        """Make it; returns its id."""
        number = self._crm.create(planned.kind, [Draft(planned.properties, source=Source.INTEGRATION)])[0]
        node = (planned.kind.name, number)
        with self._crm.one_change(node):
            self._crm.associate([Link(node, end, primary) for end, primary in planned.ends])
        return number

    def update(self, planned: Change) -> int:
        """Change it; returns its id."""
        self._crm.update(planned.kind, planned.number, planned.properties, Source.INTEGRATION)
        return planned.number

    def archive(self, kind: ObjectType, text: str) -> None:
        """Put away what is live."""
        number = number_of(text)
        if number is not None and self._crm.is_live((kind.name, number)):
            self._crm.archive(kind, number)

    def _fit(self, kind: ObjectType, given: Any, number: int | None) -> Properties:
        properties = accepted(self._crm.book, kind, given)
        company = properties.get(COMPANY_OF_CONTACT)
        if company is not None and not self._crm.is_live(("companies", number_of(company) or 0)):
            raise invalid(f"there is no company {company}")
        email = properties.get("email")
        if email is not None and email in self._crm.erasures:
            raise invalid("this e-mail address was deleted for privacy and cannot be used")
        self._refuse_taken(kind, properties, number)
        return properties

    def _refuse_taken(self, kind: ObjectType, properties: Properties, number: int | None) -> None:
        for name in kind.unique:
            value = properties.get(name)
            other = self._crm.objects(kind).holder(name, value) if value else None
            if other is None or other == number:
                continue
            if name == "email":
                raise Refused(409, "CONFLICT", f"Contact already exists. Existing ID: {other}")
            raise invalid_values([taken(name, other)])

    def _ends(self, kind: ObjectType, one: Any) -> list[tuple[Node, bool]]:
        """The record an association leads to, its type told by the ids of the association types."""
        number = number_of(member(member(one, "to"), "id"))
        found = [
            ((end, number or 0), known.is_primary)
            for spec in list_of(member(one, "types"), "types")
            for (start, end), types in ASSOCIATION_TYPES.items()
            for known in types
            if start == kind.name and known.type_id == number_of(member(spec, "associationTypeId"))
        ]
        if not found:
            raise invalid(f"no association type of {kind.name} has such an id")
        for node, _ in found:
            if not self._crm.is_live(node):
                raise not_found()
        return found
