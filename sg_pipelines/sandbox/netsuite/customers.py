"""Customers in the world's words: persons (the kind `customer`) and companies (the kind `company`) of one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sg_pipelines.sandbox.netsuite.addresses import ADDRESS, BILLING, SHIPPING, Addresses, named
from sg_pipelines.sandbox.netsuite.attributes import Wording, number_or_none, text_or_none, times
from sg_pipelines.sandbox.netsuite.contacts import make_for_members
from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.named_lists import SUBSIDIARY
from sg_pipelines.sandbox.netsuite.records import Records
from sg_pipelines.sandbox.simulator import Attributes

PERSON, COMPANY = "T", "F"
KINDS = {PERSON: "customer", COMPANY: "company"}
WORDS = {
    PERSON: {
        "first_name": "firstname",
        "last_name": "lastname",
        "company_name": "companyname",
        "email": "email",
        "phone": "phone",
        "external_id": "externalid",
    },
    COMPANY: {
        "name": "companyname",
        "domain": "url",
        "tax_id": "vatregnumber",
        "phone": "phone",
        "external_id": "externalid",
    },
}
# A stage follows from the status; these are the statuses a new account has.
STATUSES = {
    6: "Lead", 7: "Lead", 8: "Prospect", 9: "Prospect", 10: "Prospect", 11: "Prospect", 12: "Prospect", 13: "Customer",
    14: "Prospect", 15: "Customer", 16: "Customer",
}  # fmt: skip
LIFECYCLES = {"lead": 6, "prospect": 8, "customer": 13}


class Customers:
    """One of the two kinds of one account."""

    def __init__(self, database: Database, is_person: str) -> None:
        self._database, self._is_person = database, is_person
        self._records, self._addresses = Records(database, "customer"), Addresses(database)
        self._words = Wording(database, KINDS[is_person], WORDS[is_person])

    def create(self, rows: Sequence[Attributes]) -> list[int]:
        """New ones; all or none."""
        made = self._words.prepare(rows)
        with self._database.whole():
            first = self._database.take_ids("entity", len(rows)).start if rows else 0
            owned = [{"recordowner": number, **named(row)} for number, row in enumerate(rows, first) if _has_any(row)]
            keys = {address["recordowner"]: address["nkey"] for address in self._addresses.add(owned)}
            now_ms = self._database.now_ms
            customers = [
                {
                    "id": number,
                    **usual(number, self._is_person),
                    **times(row, now_ms, "datecreated"),
                    **values,
                    **_other_values(row),
                    BILLING: keys.get(number),
                    SHIPPING: keys.get(number),
                }
                for number, (row, values) in enumerate(zip(rows, made, strict=True), first)
            ]
            self._database.insert("customer", customers)
            if self._is_person == PERSON:
                make_for_members(self._database, customers)
        return list(range(first, first + len(rows)))

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named; None clears. KeyError when there is no such one."""
        (values,) = self._words.prepare([attributes])
        row, address = self._needed(number), named(attributes)
        with self._database.whole():
            self._records.set(number, {**values, **_other_values(attributes)})
            if address and row[BILLING] is not None:
                self._addresses.change(row[BILLING], address)
            elif any(address.values()):
                (made,) = self._addresses.add([{"recordowner": number, **address}])
                self._database.update("customer", number, {BILLING: made["nkey"], SHIPPING: made["nkey"]})

    def archive(self, number: int) -> None:
        """Make inactive."""
        self._needed(number)
        self._records.set(number, {"isinactive": "T"})

    def delete(self, number: int) -> None:
        """Gone for good; what names it goes on naming it."""
        self._needed(number)
        with self._database.whole():
            self._addresses.forget(number)
            self._database.remove("companycontactrelationship", company=number)
            self._records.delete(number)

    def merge(self, winner: int, loser: int) -> int:
        """The loser is deleted; its orders, contacts and members are the winner's from now on.

        KeyError or ValueError when they are not two of this kind.
        """
        if winner == loser:
            raise ValueError(f"customer {winner} cannot be merged with itself")
        self._needed(winner)
        self._needed(loser)
        with self._database.whole():
            for type_, column in (("customer", "parent"), ("contact", "company"), ("salesorder", "entity")):
                records = Records(self._database, type_)
                for number in self._database.ids(records.table, **{column: loser}):
                    records.set(number, {column: None if number == winner else winner})
            self._database.connection.execute(
                f"update {self._database.name('transactionline')} set entity = ? where entity = ?", (winner, loser)
            )
            self.delete(loser)
        return winner

    def neutral(self, number: int) -> dict[str, Any] | None:
        """One in the world's words."""
        row = self._records.row(number)
        if row is None:
            return {"state": "deleted"} if self._records.was_deleted(number) else None
        if row["isperson"] != self._is_person:
            return None
        address = self._addresses.default(row) or {}
        stages = {STATUSES[status]: word for word, status in LIFECYCLES.items()}
        member = {"company_id": text_or_none(row["parent"])} if self._is_person == PERSON else {}
        return {
            **self._words.read(row),
            **{name: address.get(column) for name, column in ADDRESS.items()},
            **member,
            "lifecycle": stages.get(row["searchstage"]),
            "state": "archived" if row["isinactive"] == "T" else "live",
        }

    def ids(self) -> list[int]:
        """Active ones, ascending."""
        return self._database.ids("customer", isinactive="F", isperson=self._is_person)

    def _needed(self, number: int) -> Row:
        row = self._records.needed(number)
        if row["isperson"] != self._is_person:
            raise KeyError(f"{number} is a {'company' if row['isperson'] == COMPANY else 'person'}")
        return row


def usual(number: int, is_person: str = PERSON) -> Row:
    """What a new customer has unless it is said otherwise."""
    return {"entityid": f"CUST{number}", "isperson": is_person, "isinactive": "F", "subsidiary": SUBSIDIARY}


def status_values(status: int | None) -> Row:
    """A status and the stage that follows from it."""
    return {"entitystatus": status, "searchstage": None if status is None else STATUSES[status]}


def _other_values(attributes: Attributes) -> Row:
    values: Row = {}
    if "company_id" in attributes:
        values["parent"] = number_or_none(attributes["company_id"])
    if "lifecycle" in attributes:
        values |= status_values(LIFECYCLES.get(attributes["lifecycle"]))
    return values


def _has_any(attributes: Attributes) -> bool:
    return any(attributes.get(name) for name in ADDRESS)
