"""The shape of nodes, checked one by one; metafields come beside a node's own fields under their aliases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import StringConstraints, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from sg_pipelines.connectors.forms import Number
from sg_pipelines.connectors.quarantine import quarantined, readable_id
from sg_pipelines.domain.model.record import Quarantined

Raw = Mapping[str, Any]
CHILDREN = "children"
Gid = Annotated[str, StringConstraints(pattern=r"^gid://shopify/\w+/\d+")]


class Money(TypedDict):
    """An amount as text."""

    amount: Number


class Named(TypedDict):
    """A thing of which only the id matters."""

    id: Gid


def read_nodes(raw: Sequence[Any], adapter: TypeAdapter[Any]) -> tuple[list[dict[str, Any]], list[Quarantined]]:
    """Usable nodes as they came, and the ones put aside."""
    nodes, aside = [], []
    for one in raw:
        try:
            adapter.validate_python(one)
        except ValidationError as error:
            aside.append(quarantined(record_id(readable_id(one)), error))
        else:
            nodes.append(one)
    return nodes, aside


def record_id(gid: str | None) -> str | None:
    """The numeric tail of a gid."""
    return None if gid is None else gid.rpartition("/")[2]
