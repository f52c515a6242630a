"""Products in the world's words: inventory items with their base price and their stock per location."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sg_pipelines.sandbox.netsuite.attributes import Wording, times
from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.named_lists import BASE_PRICE_LEVEL, OWN_CURRENCY, NamedLists
from sg_pipelines.sandbox.netsuite.numbers import amount_text, exact, kept, quantity_text
from sg_pipelines.sandbox.netsuite.records import Records
from sg_pipelines.sandbox.simulator import Attributes

GOODS = "InvtPart"
WORDS = {
    "sku": "itemid",
    "barcode": "upccode",
    "name": "displayname",
    "description": "description",
    "external_id": "externalid",
}
USUAL = {"itemtype": GOODS, "isinactive": "F"}


class Products:
    """Of one account."""

    def __init__(self, database: Database, lists: NamedLists) -> None:
        self._database, self._lists = database, lists
        self._records = Records(database, "inventoryitem")
        self._words = Wording(database, "product", WORDS)

    def create(self, rows: Sequence[Attributes]) -> list[int]:
        """New ones; all or none."""
        made = self._words.prepare(rows)
        now_ms = self._database.now_ms
        with self._database.whole():
            ids = self._records.add(
                [
                    {**USUAL, **times(row, now_ms, "createddate"), **values, **_other_values(row)}
                    for row, values in zip(rows, made, strict=True)
                ]
            )
            numbered = list(zip(ids, rows, strict=True))
            self._database.insert("pricing", [price for number, row in numbered for price in self._prices(number, row)])
            stock = [level for number, row in numbered for level in self._levels(number, row.get("inventory"))]
            self._database.insert("inventoryitemlocations", stock)
        return list(ids)

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named; None clears. KeyError when there is no such product."""
        (values,) = self._words.prepare([attributes])
        self._needed(number)
        with self._database.whole():
            self._records.set(number, {**values, **_other_values(attributes)})
            if "price_amount" in attributes or "price_currency" in attributes:
                self._reprice(number, attributes)
            if "inventory" in attributes:
                self._database.remove("inventoryitemlocations", item=number)
                levels = self._levels(number, attributes["inventory"])
                self._database.insert("inventoryitemlocations", levels)

    def archive(self, number: int) -> None:
        """Make inactive."""
        self._needed(number)
        self._records.set(number, {"isinactive": "T"})

    def delete(self, number: int) -> None:
        """Gone for good; orders go on naming it."""
        self._needed(number)
        with self._database.whole():
            self._database.remove("pricing", item=number)
            self._database.remove("inventoryitemlocations", item=number)
            self._records.delete(number)

    def neutral(self, number: int) -> dict[str, Any] | None:
        """One in the world's words."""
        row = self._records.row(number)
        if row is None:
            return {"state": "deleted"} if self._records.was_deleted(number) else None
        if row["itemtype"] != GOODS:
            return None
        price, own = self._base_price(number), self._lists.symbol(OWN_CURRENCY)
        symbol = self._lists.symbol(price["currency"]) if price else None
        return {
            **self._words.read(row),
            "price_amount": amount_text(price["unitprice"], symbol) if price else None,
            "price_currency": symbol,
            "cost_amount": amount_text(row["cost"], own),
            "cost_currency": own if row["cost"] is not None else None,
            "inventory": self._stock(number),
            "state": "archived" if row["isinactive"] == "T" else "live",
        }

    def ids(self) -> list[int]:
        """Active ones, ascending."""
        return self._database.ids("item", isinactive="F", itemtype=GOODS)

    # --- prices and stock ----------------------------------------------------------------------------------

    def _prices(self, number: int, attributes: Attributes) -> list[Row]:
        amount = exact(attributes.get("price_amount"))
        if amount is None:
            return []
        currency = self._lists.currency(attributes.get("price_currency"))
        return [{"item": number, "currency": currency, **_BASE, "unitprice": kept(amount)}]

    def _reprice(self, number: int, attributes: Attributes) -> None:
        """The base price has one currency here: a price in another one takes its place."""
        before = self._base_price(number)
        said: Mapping[str, Any] = attributes
        if before is not None:
            was = {"price_amount": before["unitprice"], "price_currency": self._lists.symbol(before["currency"])}
            said = {**was, **attributes}
        self._database.remove("pricing", item=number, **_BASE)
        self._database.insert("pricing", self._prices(number, said))

    def _base_price(self, number: int) -> Row | None:
        found = self._database.rows("pricing", order="currency", item=number, **_BASE)
        return found[0] if found else None

    def _levels(self, number: int, inventory: Sequence[Mapping[str, Any]] | None) -> list[Row]:
        levels = []
        for level in inventory or ():
            quantity = kept(exact(level["quantity"]))
            place = {"item": number, "location": self._lists.location(level["location"])}
            levels.append({**place, "quantityavailable": quantity, "quantityonhand": quantity})
        return levels

    def _stock(self, number: int) -> list[dict[str, str | None]]:
        database = self._database
        rows = database.query(
            f"select l.name, s.quantityavailable as quantity from {database.name('inventoryitemlocations')} s "
            f"join {database.name('location')} l on l.id = s.location where s.item = ? order by l.id",
            [number],
        )
        return [{"location": row["name"], "quantity": quantity_text(row["quantity"])} for row in rows]

    def _needed(self, number: int) -> Row:
        row = self._records.needed(number)
        if row["itemtype"] != GOODS:
            raise KeyError(f"item {number} is no product")
        return row


_BASE = {"pricelevel": BASE_PRICE_LEVEL, "quantity": 0}


def _other_values(attributes: Attributes) -> Row:
    values: Row = {}
    if "cost_amount" in attributes:
        values["cost"] = kept(exact(attributes["cost_amount"]))
    if "name" not in attributes and attributes.get("product_group"):
        named = (attributes["product_group"], attributes.get("option"))
        values["displayname"] = " - ".join(part for part in named if part)
    return values
