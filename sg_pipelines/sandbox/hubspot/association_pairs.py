"""The pair of object types an association call is about, and pairs of records of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from sg_pipelines.sandbox.hubspot.asking import invalid, member, number_of, type_of
from sg_pipelines.sandbox.hubspot.association_types import ASSOCIATION_TYPES, CATEGORY, AssociationType, can_associate
from sg_pipelines.sandbox.hubspot.associations import Link, Node
from sg_pipelines.sandbox.hubspot.object_types import ObjectType


@dataclass(frozen=True, slots=True)
class PairTypes:
    """Two object types that can be associated, in the direction the call takes."""

    start: ObjectType
    end: ObjectType

    @classmethod
    def of(cls, request: Request) -> PairTypes:
        """The types in the path."""
        start, end = type_of(request.path_params["type"]), type_of(request.path_params["to_type"])
        if not can_associate(start.name, end.name):
            raise invalid(f"{start.name} cannot be associated with {end.name}")
        return cls(start, end)

    def asked_for(self, specs: Any) -> list[AssociationType]:
        """The types of association a body names."""
        if not isinstance(specs, list) or not specs:
            raise invalid("at least one association type is required")
        known = {kind.type_id: kind for kind in ASSOCIATION_TYPES[self.start.name, self.end.name]}
        found = []
        for spec in specs:
            type_id = number_of(member(spec, "associationTypeId"))
            if member(spec, "associationCategory") != CATEGORY or type_id not in known:
                raise invalid(f"no association type {type_id} from {self.start.name} to {self.end.name}")
            found.append(known[type_id])
        return found


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that are there."""

    types: PairTypes
    start: Node
    end: Node

    def link(self, asked: Iterable[AssociationType] = ()) -> Link:
        """The association of these types; none: without a label."""
        return Link(self.start, self.end, any(kind.is_primary for kind in asked))
