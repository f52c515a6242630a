"""Contacts: whom one can reach at a company. A member of a company who is entered as a customer gets one at once.

From then on they are two records: what happens to one does not happen to the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.named_lists import SUBSIDIARY

COPIED = ("firstname", "lastname", "email", "phone", "datecreated", "lastmodifieddate")


def usual(number: int) -> Row:
    """What a new contact has unless it is said otherwise."""
    return {"entityid": f"CONT{number}", "isinactive": "F", "subsidiary": SUBSIDIARY}


def make_for_members(database: Database, customers: Iterable[Mapping[str, Any]]) -> None:
    """One for each new customer who has a company, with the names, the addresses and the times of the customer."""
    members = [row for row in customers if row.get("parent") is not None]
    ids = database.take_ids("entity", len(members)) if members else ()
    database.insert(
        "contact",
        [
            {"id": number, **usual(number), **{name: row.get(name) for name in COPIED}, "company": row["parent"]}
            for number, row in zip(ids, members, strict=True)
        ],
    )
