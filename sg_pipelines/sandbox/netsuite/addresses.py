"""The address book of customers: addresses with keys of their own, one of them the default for billing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.simulator import Attributes

ADDRESS = {
    "address_street": "addr1",
    "address_street2": "addr2",
    "address_city": "city",
    "address_region": "state",
    "address_postal_code": "zip",
    "address_country": "country",
}
BILLING, SHIPPING = "defaultbillingaddress", "defaultshippingaddress"


class Addresses:
    """Of all customers of an account."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, customer: int) -> list[Row]:
        """A customer's, in the order they were added."""
        return self._database.rows("entityaddress", recordowner=customer)

    def default(self, customer: Row) -> Row | None:
        """The one for billing."""
        key = customer[BILLING]
        return None if key is None else self._database.row("entityaddress", nkey=key)

    def add(self, customers: Sequence[Row]) -> list[Row]:
        """New addresses; each names its owner as `recordowner`. Returned with their keys.

        Keys are not customers' ids, so that a query that joins by the customer's id finds nothing, as it would for real.
        """
        keys = self._database.take_ids("entityaddress", len(customers)) if customers else ()
        made = [{"nkey": key, **row} for key, row in zip(keys, customers, strict=True)]
        self._database.insert("entityaddress", made)
        return made

    def change(self, key: int, values: Mapping[str, Any]) -> None:
        """Change parts of an address."""
        self._database.update("entityaddress", key, values)

    def remove(self, key: int) -> None:
        """One goes."""
        self._database.remove("entityaddress", nkey=key)

    def forget(self, customer: int) -> None:
        """All of a customer go."""
        self._database.remove("entityaddress", recordowner=customer)


def named(attributes: Attributes) -> Row:
    """Columns of the address parts that are named."""
    return {column: attributes[name] or None for name, column in ADDRESS.items() if name in attributes}
