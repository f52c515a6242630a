"""What is particular to each record type when it is made, changed and deleted through the record service.

A desk is given column values that have been read and checked one by one; what it refuses concerns them together.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, NoReturn

from sg_pipelines.sandbox.netsuite import contacts, customers, orders, products
from sg_pipelines.sandbox.netsuite.addresses import Addresses
from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.customers import COMPANY, PERSON, Customers, status_values
from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.named_lists import OWN_CURRENCY, NamedLists
from sg_pipelines.sandbox.netsuite.numbers import plain
from sg_pipelines.sandbox.netsuite.orders import AMOUNTS, Orders
from sg_pipelines.sandbox.netsuite.products import Products
from sg_pipelines.sandbox.netsuite.record_order_lines import OrderLines
from sg_pipelines.sandbox.netsuite.record_shapes import wrong
from sg_pipelines.sandbox.netsuite.record_sublists import (
    AddressBook,
    ContactList,
    Locations,
    Prices,
    Sublist,
    one_line,
)
from sg_pipelines.sandbox.netsuite.record_types import TYPES
from sg_pipelines.sandbox.netsuite.records import Records
from sg_pipelines.sandbox.netsuite.references import References
from sg_pipelines.sandbox.netsuite.suiteql_dates import midnight


class Desk(ABC):
    """Records of one type, and how the service deals with them."""

    def __init__(self, key: str, database: Database, sublists: Mapping[str, Sublist]) -> None:
        self.type, self.records, self.sublists = TYPES[key], Records(database, key), sublists
        self._database = database

    def row(self, number: int) -> Row | None:
        """A record of this type."""
        row = self.records.row(number)
        if row is not None and self.type.only is not None and row[self.type.only[0]] != self.type.only[1]:
            return None
        return row

    def derived(self, row: Row) -> dict[str, Any]:
        """Fields that are worked out."""
        return {}

    def check(self, values: Row, *, number: int | None) -> None:
        """Refused when these columns together make no record. `number`: which one they would change."""
        external_id = values.get("externalid")
        if external_id and self.records.is_taken(external_id, by_other_than=number):
            taken("externalId", "This record already exists: the external id is taken.")

    def make(self, values: Row) -> int:
        """A new record."""
        (number,) = self._database.take_ids(self.records.kept.sequence)
        self._insert(number, {**self.usual(number), **values})
        return number

    @abstractmethod
    def usual(self, number: int) -> Row:
        """What a new one has unless it is said otherwise."""

    def change(self, number: int, values: Row) -> None:
        """Columns of a record change."""
        self.records.set(number, values)

    def delete(self, number: int) -> None:
        """A record goes."""
        self.records.delete(number)

    def _insert(self, number: int, values: Row) -> None:
        now = self._database.now
        times = {self.records.kept.created: now, "lastmodifieddate": now}
        self._database.insert(self.type.table, [{"id": number, **times, **values}])

    def _needs(self, values: Row, **names: str) -> None:
        for column, name in names.items():
            if not values.get(column):
                raise wrong(name, f"Please enter a value for {name}.")

    def _refuse_if_named(self, table: str, column: str, number: int) -> None:
        if self._database.row(table, **{column: number}) is not None:
            detail = "This record cannot be deleted because it has dependent records."
            raise Refused(400, "USER_ERROR", detail, place="Url", name="id")


class CustomerDesk(Desk):
    """Persons and companies."""

    def __init__(self, database: Database) -> None:
        super().__init__(
            "customer", database, {"addressBook": AddressBook(database), "contactList": ContactList(database)}
        )
        self._addresses = Addresses(database)
        self._kinds = {one: Customers(database, one) for one in (PERSON, COMPANY)}

    def derived(self, row: Row) -> dict[str, Any]:
        """The default address on one line."""
        address = self._addresses.default(row)
        return {} if address is None else {"defaultAddress": one_line(address)}

    def check(self, values: Row, *, number: int | None) -> None:
        """Persons need their names, companies theirs; nobody is their own parent."""
        is_person = values.get("isperson", PERSON) == PERSON
        if is_person and number is None:
            self._needs(values, firstname="firstName", lastname="lastName")
        elif not is_person:
            self._needs(values, companyname="companyName")
        if number is not None and values.get("parent") == number:
            raise wrong("parent", "A customer cannot be its own parent.")
        super().check(values, number=number)

    def usual(self, number: int) -> Row:
        """A person of the parent company."""
        return customers.usual(number)

    def make(self, values: Row) -> int:
        """The stage follows from the status."""
        return super().make(_with_stage(values))

    def change(self, number: int, values: Row) -> None:
        """The stage follows from the status."""
        super().change(number, _with_stage(values))

    def delete(self, number: int) -> None:
        """Refused for one that others name."""
        for table, column in (("customer", "parent"), ("contact", "company"), ("transaction", "entity")):
            self._refuse_if_named(table, column, number)
        self._kinds[self.records.needed(number)["isperson"]].delete(number)


class ContactDesk(Desk):
    """Contacts."""

    def __init__(self, database: Database) -> None:
        super().__init__("contact", database, {})

    def check(self, values: Row, *, number: int | None) -> None:
        """A contact has a name."""
        if not values.get("firstname") and not values.get("lastname"):
            self._needs(values, entityid="entityId")
        super().check(values, number=number)

    def usual(self, number: int) -> Row:
        """Active."""
        return contacts.usual(number)

    def delete(self, number: int) -> None:
        """It is attached to nobody any more."""
        self._database.remove("companycontactrelationship", contact=number)
        super().delete(number)


class ItemDesk(Desk):
    """Inventory items."""

    def __init__(self, database: Database, references: References, products_: Products) -> None:
        lists: dict[str, Sublist] = {"price": Prices(database, references), "locations": Locations(database)}
        super().__init__("inventoryitem", database, lists)
        self._products = products_

    def check(self, values: Row, *, number: int | None) -> None:
        """The item's name is needed, and its own."""
        self._needs(values, itemid="itemId")
        if set(self._database.ids("item", itemid=values["itemid"])) - {number}:
            taken("itemId", "This record already exists: the item name is taken.")
        super().check(values, number=number)

    def usual(self, number: int) -> Row:
        """Active goods."""
        return dict(products.USUAL)

    def delete(self, number: int) -> None:
        """Refused for one that is on an order."""
        self._refuse_if_named("transactionline", "item", number)
        self._products.delete(number)


class OrderDesk(Desk):
    """Sales orders: the lines and the total follow what is changed."""

    def __init__(self, database: Database, references: References, orders_: Orders) -> None:
        super().__init__("salesorder", database, {"item": OrderLines(database, orders_, references)})
        self._orders = orders_

    def derived(self, row: Row) -> dict[str, Any]:
        """The sum of the lines."""
        return {"subtotal": plain(sum(line.amount or 0 for line in self._orders.lines(int(row["id"]))))}

    def check(self, values: Row, *, number: int | None) -> None:
        """Somebody ordered."""
        self._needs(values, entity="entity")
        super().check(values, number=number)

    def usual(self, number: int) -> Row:
        """Open, of today, in the account's currency."""
        today = {"trandate": midnight(self._database.now), "currency": OWN_CURRENCY}
        return {**orders.usual(number), **today}

    def make(self, values: Row) -> int:
        """With its main line."""
        number = super().make(values)
        self._orders.change(number, {}, None)
        return number

    def change(self, number: int, values: Row) -> None:
        """The total is worked out anew when an amount is among what changes."""
        is_reckoned = bool(values.keys() & set(AMOUNTS.values()))
        self._orders.change(number, values, None, is_reckoned=is_reckoned)

    def delete(self, number: int) -> None:
        """With its lines."""
        self._orders.delete(number)


def desks(database: Database, lists: NamedLists, references: References) -> dict[str, Desk]:
    """One per record type."""
    made = (
        CustomerDesk(database),
        ContactDesk(database),
        ItemDesk(database, references, Products(database, lists)),
        OrderDesk(database, references, Orders(database, lists)),
    )
    return {desk.type.key: desk for desk in made}


def taken(name: str, detail: str) -> NoReturn:
    """Refused: another record has that already."""
    raise Refused(400, "DUP_RCRD", detail, place="Path", name=name)


def _with_stage(values: Row) -> Row:
    return {**values, **status_values(values["entitystatus"])} if "entitystatus" in values else values
