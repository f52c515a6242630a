"""Which properties an account has: HubSpot's, those made for it, and a cross id as soon as somebody names one."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import Any

from sg_pipelines.sandbox.hubspot.object_types import OBJECT_TYPES, ObjectType, Property

# A fresh account lists these; any other account of a client is listed once its cross id was asked for or written.
USUAL_ACCOUNTS = ("hubspot", "netsuite", "shopify")
FIELD_TYPES = {
    "bool": "booleancheckbox",
    "date": "date",
    "datetime": "date",
    "enumeration": "checkbox",
    "number": "number",
    "phone_number": "phonenumber",
}


class PropertyBook:
    """The properties of one account, by object type; what was made survives in the sandbox's file."""

    def __init__(self, connection: sqlite3.Connection, account: str) -> None:
        self._connection, self._table = connection, f'"{account}_properties"'
        connection.execute(
            f"create table if not exists {self._table} "
            "(object_type text, name text, type text, is_unique integer, primary key (object_type, name))"
        )
        self._known = {name: dict(one.properties) for name, one in OBJECT_TYPES.items()}
        for object_type, name, kind, is_unique in connection.execute(f"select * from {self._table}"):
            self._known[object_type][name] = Property(name, kind, is_unique=bool(is_unique))

    def find(self, kind: ObjectType, name: str) -> Property | None:
        """The property of that name; a cross id is made by being named."""
        found = self._known[kind.name].get(name)
        if found is None and _is_cross_id(kind, name):
            found = self.make(kind, Property(name))
        return found

    def make(self, kind: ObjectType, one: Property) -> Property:
        """A custom property of our own; the one that is there already when the name is taken."""
        known = self._known[kind.name]
        if one.name not in known:
            known[one.name] = one
            row = (kind.name, one.name, one.type, one.is_unique)
            self._connection.execute(f"insert into {self._table} values (?, ?, ?, ?)", row)
        return known[one.name]

    def existing(self, kind: ObjectType, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the names that are properties, each once; HubSpot passes over the others when reading."""
        return tuple(name for name in dict.fromkeys(names) if self.find(kind, name) is not None)

    def cross_ids(self, kind: ObjectType) -> dict[str, str]:
        """Account → property, of every cross id there is."""
        end = f"_{kind.kind}_id"
        return {name.removesuffix(end): name for name in self._known[kind.name] if _is_cross_id(kind, name)}

    def custom(self, kind: ObjectType) -> list[str]:
        """Properties made for this account which are no cross ids."""
        known = self._known[kind.name]
        return [name for name in known if name not in kind.properties and not _is_cross_id(kind, name)]

    def definitions(self, kind: ObjectType) -> list[dict[str, Any]]:
        """What the property listing tells, by name."""
        if kind.kind is not None:
            for account in USUAL_ACCOUNTS:
                self.find(kind, f"{account}_{kind.kind}_id")
        return [definition(kind, one) for _, one in sorted(self._known[kind.name].items())]


def _is_cross_id(kind: ObjectType, name: str) -> bool:
    """`{account}_{kind}_id`; names that begin with `hs_` are HubSpot's own."""
    return kind.kind is not None and re.fullmatch(rf"(?!hs_)[a-z0-9_]+_{kind.kind}_id", name) is not None


def definition(kind: ObjectType, one: Property) -> dict[str, Any]:
    """One property as HubSpot describes it."""
    return {
        "name": one.name,
        "label": _label(one.name),
        "description": "",
        "type": one.type,
        "fieldType": FIELD_TYPES.get(one.type, "text"),
        "groupName": f"{kind.singular}information",
        "hasUniqueValue": one.is_unique,
        "options": [
            {"value": value, "label": _label(value), "displayOrder": order, "hidden": False}
            for order, value in enumerate(one.options)
        ],
        "modificationMetadata": {
            "archivable": one.name not in kind.properties,
            "readOnlyDefinition": one.name in kind.properties,
            "readOnlyValue": one.is_read_only,
        },
    }


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
