"""What records name of one another: an object of id, name and link in JSON, an id in a column."""

from __future__ import annotations

from typing import Any

from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.record_types import ITEM_TYPES, STATUS_NAMES, TYPES

MAX_DIGITS = 15
# Target → its table and the column with its name
LISTS = {
    "currency": ("currency", "name"),
    "subsidiary": ("subsidiary", "name"),
    "location": ("location", "name"),
}


class References:
    """Of one account."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def title(self, target: str, number: int) -> str | None:
        """What people call it; None when it is not there."""
        if target == "customerStatus":
            return STATUS_NAMES.get(str(number))
        if target in LISTS:
            table, column = LISTS[target]
            row = self._database.row(table, id=number)
            return None if row is None else str(row[column])
        row = self._database.row(TYPES[target.lower()].table, id=number)
        return None if row is None else _title(target, row)

    def number(self, target: str, value: Any, path: str) -> int | None:
        """The id that a reference in a body names, by id or by external id; null clears. Refused says where it is when
        it is no reference, or to nothing."""
        if value is None:
            return None
        named = value if isinstance(value, dict) else {}
        number = self._by_external_id(target, named) if "externalId" in named else whole(named.get("id"))
        if number is None or self.title(target, number) is None or not self._is_named(target, number):
            detail = f"Invalid Field Value for the following field: {path}"
            raise Refused(400, "INVALID_CONTENT", detail, place="Path", name=path)
        return number

    def _by_external_id(self, target: str, named: dict[str, Any]) -> int | None:
        type_ = TYPES.get(target.lower())
        if type_ is None or not isinstance(named["externalId"], str):
            return None
        row = self._database.row(type_.table, externalid=named["externalId"])
        return None if row is None else int(row["id"])

    def _is_named(self, target: str, number: int) -> bool:
        """Only goods can be sold: discounts, shipping and tax are items too."""
        if target != "inventoryItem":
            return True
        row = self._database.row("item", id=number)
        return row is not None and row["itemtype"] == next(iter(ITEM_TYPES))


def whole(value: Any) -> int | None:
    """A whole number written as one or as its digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 10**MAX_DIGITS else None
    is_digits = isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= MAX_DIGITS
    return int(value) if is_digits else None


def _title(target: str, row: Row) -> str:
    if target == "inventoryItem":
        return str(row["itemid"] or row["id"])
    if row.get("isperson") == "F" and row["companyname"]:
        return str(row["companyname"])
    named = " ".join(part for part in (row.get("firstname"), row.get("lastname")) if part)
    return named or str(row.get("entityid") or row["id"])
