"""The sublists of customers and items: how their lines look, and how lines in a body are merged with those there are.

Lines merge by their key: the address's id; currency, price level and quantity of a price. What may be replaced is said by
`replaces`. The lines of orders are in `record_order_lines`.
"""

from __future__ import annotations

from typing import Any, Protocol

from sg_pipelines.sandbox.netsuite.addresses import BILLING, SHIPPING, Addresses
from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.named_lists import BASE_PRICE_LEVEL
from sg_pipelines.sandbox.netsuite.numbers import kept, plain
from sg_pipelines.sandbox.netsuite.record_shapes import Line, Style, decimal, wrong
from sg_pipelines.sandbox.netsuite.references import References, whole

COUNTRIES = {"US": "United States", "CA": "Canada", "GB": "United Kingdom", "DE": "Germany", "FR": "France"}
PARTS = ("addr1", "addr2", "city", "state", "zip")
PRICE_LEVELS = {BASE_PRICE_LEVEL: "Base Price", 2: "Alternate Price 1", 3: "Alternate Price 2", 5: "Online Price"}


class Sublist(Protocol):
    """One sublist of a record type."""

    def lines(self, row: Row, style: Style) -> list[tuple[str, Line]]:
        """Each line's key, and the line."""
        ...

    def write(self, number: int, lines: list[Line], *, replaces: bool) -> None:
        """Merge lines of a body into the record's, or put them in the place of those. Refused says what is wrong where."""
        ...


class AddressBook:
    """Of customers."""

    def __init__(self, database: Database) -> None:
        self._database, self._addresses = database, Addresses(database)

    def lines(self, row: Row, style: Style) -> list[tuple[str, Line]]:
        """Addresses in whole, and which are the defaults."""
        return [(str(one["nkey"]), _address_line(row, one, style)) for one in self._addresses.of(int(row["id"]))]

    def write(self, number: int, lines: list[Line], *, replaces: bool) -> None:
        """By id; a line without one is a new address."""
        there = {one["nkey"] for one in self._addresses.of(number)}
        written = {self._write(number, line, there, f"addressBook.items[{n}]") for n, line in enumerate(lines)}
        customer = self._database.row("customer", id=number) or {}
        for key in there - written if replaces else set():
            self._addresses.remove(key)
            lost = {column: None for column in (BILLING, SHIPPING) if customer[column] == key}
            self._database.update("customer", number, lost)

    def _write(self, number: int, line: Line, there: set[int], place: str) -> int:
        parts = _address_parts(line.get("addressBookAddress"), f"{place}.addressBookAddress")
        named = line.get("id", line.get("internalId"))
        if named is None:
            (made,) = self._addresses.add([{"recordowner": number, **parts}])
            key = int(made["nkey"])
        else:
            key = whole(named) or 0
            if key not in there:
                raise wrong(f"{place}.id", f"There is no address {named} in this address book.")
            self._addresses.change(key, parts)
        flags = {BILLING: line.get("defaultBilling"), SHIPPING: line.get("defaultShipping")}
        self._database.update("customer", number, {column: key for column, said in flags.items() if said is True})
        return key


class ContactList:
    """Of customers: contacts that name the customer as their company, and those attached to it. Read-only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self, row: Row, style: Style) -> list[tuple[str, Line]]:
        """References to contacts."""
        attached = self._database.rows("companycontactrelationship", company=row["id"])
        ids = {one["contact"] for one in attached} | set(self._database.ids("contact", company=row["id"]))
        return [(str(one), {"contact": style.reference("contact", one)}) for one in sorted(ids)]

    def write(self, number: int, lines: list[Line], *, replaces: bool) -> None:
        """Refused: contacts are attached, or name their company."""
        raise wrong("contactList", "The field contactList cannot be set; attach the contact.")


class Prices:
    """The price matrix of items: currency, price level, quantity from which the price holds."""

    def __init__(self, database: Database, references: References) -> None:
        self._database, self._references = database, references

    def lines(self, row: Row, style: Style) -> list[tuple[str, Line]]:
        """Base prices first."""
        prices = self._database.rows("pricing", order="currency, pricelevel, quantity", item=row["id"])
        return [(_price_key(price), _price_line(price, style)) for price in prices]

    def write(self, number: int, lines: list[Line], *, replaces: bool) -> None:
        """By currency, level and quantity; a price of null goes."""
        read = [self._read(line, f"price.items[{n}]") for n, line in enumerate(lines)]
        if replaces:
            self._database.remove("pricing", item=number)
        for key, price in read:
            self._database.remove("pricing", item=number, **key)
            if price is not None:
                self._database.insert("pricing", [{"item": number, **key, "unitprice": price}])

    def _read(self, line: Line, place: str) -> tuple[dict[str, Any], str | None]:
        """The key of a price, and the price. Refused says which part is wrong."""
        from_, price = line.get("quantity", 0), line.get("price")
        key = {
            "currency": self._references.number(
                "currency", _as_reference(line.get("currencyPage")), f"{place}.currencyPage"
            ),
            "pricelevel": _one_of_levels(line.get("priceLevel")),
            "quantity": _amount(from_.get("value") if isinstance(from_, dict) else from_),
        }
        names = {"currency": "currencyPage", "pricelevel": "priceLevel", "quantity": "quantity"}
        lacking = [names[column] for column, value in key.items() if value is None]
        if price is not None and _amount(price) is None:
            lacking.append("price")
        for name in lacking:
            raise wrong(f"{place}.{name}", f"Invalid Field Value for the following field: {place}.{name}")
        return key, None if price is None else _amount(price)


class Locations:
    """The stock of items per location. Read-only: stock is adjusted by transactions, not on the item."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(self, row: Row, style: Style) -> list[tuple[str, Line]]:
        """Quantities per location."""
        return [
            (
                str(level["location"]),
                {
                    "location": style.reference("location", level["location"]),
                    "locationId": level["location"],
                    "location_display": style.references.title("location", level["location"]),
                    "quantityAvailable": plain(level["quantityavailable"] or 0),
                    "quantityOnHand": plain(level["quantityonhand"] or 0),
                },
            )
            for level in self._database.rows("inventoryitemlocations", order="location", item=row["id"])
        ]

    def write(self, number: int, lines: list[Line], *, replaces: bool) -> None:
        """Refused."""
        raise wrong("locations", "The field locations cannot be set; stock is adjusted by transactions.")


def one_line(address: Row) -> str:
    """An address on one line."""
    return ", ".join(str(address[part]) for part in (*PARTS, "country") if address[part])


def _address_line(customer: Row, address: Row, style: Style) -> Line:
    key, code = int(address["nkey"]), str(address["country"] or "")
    texts = {part: address[part] for part in PARTS if address[part] is not None}
    country = {"country": style.enum(code, COUNTRIES.get(code, code))} if code else {}
    return {
        "addressBookAddress": {"links": [], **texts, **country},
        "addressBookAddress_text": one_line(address),
        "addressId": str(key),
        "defaultBilling": customer[BILLING] == key,
        "defaultShipping": customer[SHIPPING] == key,
        "id": key,
        "internalId": key,
    }


def _address_parts(said: Any, place: str) -> Row:
    if said is None:
        return {}
    if not isinstance(said, dict):
        raise wrong(place, f"Invalid Field Value for the following field: {place}")
    country = said.get("country")
    parts = {**said, "country": country.get("id") if isinstance(country, dict) else country}
    known = {name: parts[name] or None for name in (*PARTS, "country") if name in said}
    for name in [name for name, value in known.items() if not isinstance(value, str | None)]:
        raise wrong(f"{place}.{name}", f"Invalid Field Value for the following field: {place}.{name}")
    return known


def _price_key(price: Row) -> str:
    return f"currencypage={price['currency']},pricelevel={price['pricelevel']},quantity={price['quantity']}"


def _price_line(price: Row, style: Style) -> Line:
    level = price["pricelevel"]
    return {
        "currencyPage": style.reference("currency", price["currency"]),
        "priceLevel": {"links": [], "id": str(level), "refName": PRICE_LEVELS[level]},
        "priceLevelName": PRICE_LEVELS[level],
        "quantity": {"value": price["quantity"]},
        "price": plain(price["unitprice"]),
    }


def _one_of_levels(value: Any) -> int | None:
    level = whole(value.get("id") if isinstance(value, dict) else value)
    return level if level in PRICE_LEVELS else None


def _amount(value: Any) -> str | None:
    number = decimal(value)
    return None if number is None or number < 0 else kept(number)


def _as_reference(value: Any) -> Any:
    return value if isinstance(value, dict) or value is None else {"id": value}
