"""A record as HubSpot's object calls show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sg_pipelines.sandbox.hubspot.crm import COMPANY_OF_CONTACT, SYSTEM, Crm
from sg_pipelines.sandbox.hubspot.object_types import ObjectType
from sg_pipelines.sandbox.hubspot.objects import ARCHIVED
from sg_pipelines.sandbox.instants import iso_milliseconds
from sg_pipelines.sandbox.shelf import Body

ASSOCIATED_MOST = 500
_DERIVED = SYSTEM | {COMPANY_OF_CONTACT, "amount"}


@dataclass(frozen=True, slots=True)
class Showing:
    """What of each record an answer shows: properties, the types whose associations are told beside them, and the
    properties of which all values until now are told."""

    crm: Crm
    kind: ObjectType
    names: tuple[str, ...]
    associated: tuple[ObjectType, ...] = ()
    with_history: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        crm: Crm,
        kind: ObjectType,
        names: Iterable[str],
        associated: Iterable[ObjectType] = (),
        with_history: Iterable[str] = (),
    ) -> Showing:
        """The named properties that exist and the system's; without names the usual ones."""
        changing = crm.book.existing(kind, with_history)
        asked = (*names, *changing) or kind.shown
        return cls(crm, kind, crm.book.existing(kind, (*asked, *kind.system)), tuple(associated), changing)

    def record(self, number: int, body: Body, trace: str | None = None) -> dict[str, Any]:
        """One record; `trace` is the id its input carried."""
        stored = body["properties"]
        record = {
            "id": str(number),
            "properties": {
                name: self.crm.said(self.kind, number, body, name) if name in _DERIVED else stored.get(name)
                for name in self.names
            },
            "createdAt": iso_milliseconds(body["created"]),
            "updatedAt": iso_milliseconds(body["updated"]),
            "archived": body["state"] == ARCHIVED,
        }
        if self.with_history:
            record["propertiesWithHistory"] = {
                name: self.crm.history(self.kind, number, body, name) for name in self.with_history
            }
        if body["archived"] is not None:
            record["archivedAt"] = iso_milliseconds(body["archived"])
        if trace is not None:
            record["objectWriteTraceId"] = trace
        if associations := self._associations(number):
            record["associations"] = associations
        return record

    def _associations(self, number: int) -> dict[str, Any]:
        """By type, one entry per type of association; HubSpot names line items with a space here."""
        node = (self.kind.name, number)
        told: dict[str, Any] = {}
        for other in self.associated:
            targets = self.crm.associations.targets(node, other.name)
            shown = targets[:ASSOCIATED_MOST]
            results = [
                {"id": str(target), "type": one.name}
                for target in shown
                for one in self.crm.associations.types(node, (other.name, target))
            ]
            if not results:
                continue
            collection: dict[str, Any] = {"results": results}
            told[other.name.replace("_", " ")] = collection
            if len(targets) > len(shown):
                after = str(shown[-1])
                collection["paging"] = {"next": {"after": after, "link": _link(self.kind, number, other, after)}}
        return told


def _link(kind: ObjectType, number: int, other: ObjectType, after: str) -> str:
    return f"/crm/v4/objects/{kind.name}/{number}/associations/{other.name}?after={after}"
