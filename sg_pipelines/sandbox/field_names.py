"""What one account calls the custom fields of a client. It is remembered in the sandbox's file.

Which names a platform can have, and making the fields, belongs to its simulator.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from sg_pipelines.sandbox.simulator import CustomField


class FieldNames:
    """Names by kind and by the world's word for the field."""

    def __init__(self, connection: sqlite3.Connection, account: str) -> None:
        self._connection, self._table = connection, f'"{account}_field_names"'
        connection.execute(
            f"create table if not exists {self._table} "
            "(kind text, attribute text, name text, primary key (kind, attribute))"
        )
        self._names: dict[str, dict[str, str]] = {}
        for kind, attribute, name in connection.execute(f"select kind, attribute, name from {self._table}"):
            self._names.setdefault(kind, {})[attribute] = name

    def learn(self, field: CustomField, name: str) -> None:
        """The field has this name from now on."""
        known = self._names.setdefault(field.kind, {})
        if known.get(field.attribute) != name:
            known[field.attribute] = name
            row = (field.kind, field.attribute, name)
            self._connection.execute(f"insert or replace into {self._table} values (?, ?, ?)", row)

    def of(self, kind: str | None) -> Mapping[str, str]:
        """Attribute → name, of the fields of a kind."""
        return self._names.get(kind or "", {})
