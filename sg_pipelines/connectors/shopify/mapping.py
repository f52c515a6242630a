"""How a kind stands at Shopify: the connection, what is asked of a node and of what is nested in it; and nodes turned into
records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from sg_pipelines.config.naming import METAFIELD
from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.shopify.wire import Raw, record_id
from sg_pipelines.connectors.texts import loads
from sg_pipelines.domain.model.kinds import ColumnType, Kind
from sg_pipelines.domain.model.record import CellValue, Record, RecordState

EXTERNAL_ID = "crm.external_id"
Read = Callable[[Raw, Scope], dict[str, CellValue]]


@dataclass(frozen=True, slots=True)
class Nested:
    """A connection inside a node: `path` from the node (`inventoryItem.inventoryLevels`), what is asked of each child,
    and how many a page asks for; the rest is read apart."""

    path: tuple[str, ...]
    fields: str
    first: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind. `fields` are asked of every node, `adapter` is their shape, `read` fills `columns`. `sort`: by what pages
    of changes are ordered; `counted`: where the platform says how many there are. `page`: the record's address in the
    shop's admin, up to its id. `metafields`: alias → namespace.key that `read` needs beyond cross and external ids.
    `left_out`: how many of a node's children `read` has no place for."""

    connection: str
    type: str
    fields: str
    adapter: TypeAdapter[Any]
    read: Read
    columns: tuple[str, ...]
    page: str
    scopes: tuple[str, ...]
    sort: str = "UPDATED_AT"
    counted: str | None = None
    nested: Nested | None = None
    metafields: Mapping[str, str] = field(default_factory=dict)
    external_id: str | None = None
    is_archived: Callable[[Raw], bool] = lambda node: False
    left_out: Callable[[Raw], int] = lambda node: 0


class NodeMapping:
    """One shop's mapping of one kind: the documented fields, the client's metafields, the ids of its other accounts."""

    def __init__(self, sheet: Sheet, kind: Kind, scope: Scope) -> None:
        self.sheet, self._scope = sheet, scope
        known = {column.name for column in kind.columns()}
        self._own = tuple(name for name in sheet.columns if name in known)
        self._custom = {
            column: name.removeprefix(METAFIELD)
            for column, name in scope.kinds[kind.name].mapping.items()
            if column in known and name.startswith(METAFIELD)
        }
        texts = {column.name for column in kind.columns() if column.type is ColumnType.TEXTS}
        self._sets = sorted(texts & self._custom.keys())
        self.columns = (*self._own, *self._custom)

    @property
    def metafields(self) -> dict[str, str]:
        """Alias → namespace.key of everything read through metafields."""
        named = {f"x_{account}_id": f"crm.{account}_id" for account in self._scope.others}
        external = {} if self.sheet.external_id else {"x_external_id": EXTERNAL_ID}
        return {**self._custom, **self.sheet.metafields, **named, **external}

    @property
    def version(self) -> str:
        """Changes with the mapping."""
        said = (sorted(self.metafields.items()), self._own, self.sheet.fields, self._scope.currency)
        read = (*said, self._sets) if self._sets else said
        return hashlib.blake2b(repr(read).encode(), digest_size=6).hexdigest()

    def record(self, node: Raw) -> Record:
        """A node in canonical columns."""
        number, modified = record_id(node["id"]) or "", datetime.fromisoformat(node["updatedAt"])
        if self.sheet.is_archived(node):
            return Record(number, RecordState.ARCHIVED, modified, payload=dict(node))
        said = self.sheet.read(node, self._scope)
        columns: dict[str, CellValue] = {name: said[name] for name in self._own}
        columns |= {column: value_of(node, column) for column in self._custom}
        columns |= {column: elements_of(node, column) for column in self._sets}
        external = node[self.sheet.external_id] if self.sheet.external_id else value_of(node, "x_external_id")
        others = {account: value_of(node, f"x_{account}_id") for account in self._scope.others}
        return Record(
            record_id=number,
            state=RecordState.LIVE,
            modified_at=modified,
            payload=dict(node),
            columns=columns,
            cross_ids={account: other for account, other in others.items() if other},
            external_id=external or None,
        )


def value_of(node: Raw, alias: str) -> str | None:
    """A metafield's value."""
    found = node.get(alias)
    return found.get("value") or None if isinstance(found, dict) else None


def elements_of(node: Raw, alias: str) -> list[str] | None:
    """The values of a list metafield, which is a list in JSON; a text is one value. Null when blank."""
    said = value_of(node, alias)
    if said is None:
        return None
    found = [one if isinstance(one, str) else json.dumps(one) for one in _listed(said) if one is not None]
    return [one.strip() for one in found if one.strip()] or None


def _listed(said: str) -> list[object]:
    try:
        found = loads(said) if said.lstrip().startswith("[") else None
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, list) else [said]


def id_of(node: Any) -> str | None:
    """The short id of a neighbour that may be null."""
    return record_id(node["id"]) if node else None


def deleted(number: str) -> Record:
    """A node that reads as null: deleted, or merged away, which reads alike."""
    return Record(number, RecordState.DELETED, None, payload={})
