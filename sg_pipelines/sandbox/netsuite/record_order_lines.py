"""The `item` sublist of sales orders: how lines look, and how lines in a body are merged with those there are, by `line`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.named_lists import BASE_PRICE_LEVEL
from sg_pipelines.sandbox.netsuite.numbers import exact, plain
from sg_pipelines.sandbox.netsuite.order_lines import Line as Sold
from sg_pipelines.sandbox.netsuite.orders import Orders
from sg_pipelines.sandbox.netsuite.products import GOODS
from sg_pipelines.sandbox.netsuite.record_shapes import Line, Style, decimal, wrong
from sg_pipelines.sandbox.netsuite.record_types import ITEM_TYPES
from sg_pipelines.sandbox.netsuite.references import References, whole

CLOSED, OPEN = "H", "B"


class OrderLines:
    """Of one account."""

    def __init__(self, database: Database, orders: Orders, references: References) -> None:
        self._database, self._orders, self._references = database, orders, references

    def lines(self, row: Row, style: Style) -> list[tuple[str, Line]]:
        """Goods, with positive quantities and amounts."""
        return [(str(line.number), self._shown(line, style)) for line in self._orders.lines(int(row["id"]))]

    def write(self, number: int, lines: list[Line], *, replaces: bool) -> None:
        """By `line`; a line without it is a new one at the end. An order of which all is closed is closed."""
        order = self._database.row("transaction", id=number) or {}
        there: dict[int | None, Sold] = {line.number: line for line in self._orders.lines(number)}
        read = [self._read(line, there, order, f"item.items[{n}]") for n, line in enumerate(lines)]
        changed = {line.number: line for line in read if line.number is not None}
        kept = [] if replaces else [changed.get(line.number or 0, line) for line in there.values()]
        added = read if replaces else [line for line in read if line.number is None]
        sold = [*kept, *added]
        status = {}
        if sold and all(line.is_closed for line in sold):
            status = {"status": CLOSED}
        elif order["status"] == CLOSED:
            status = {"status": OPEN}
        self._orders.change(number, status, sold)

    def _shown(self, line: Sold, style: Style) -> Line:
        cells = {
            "line": line.number,
            "item": style.reference("inventoryItem", line.item),
            "itemType": style.enum(GOODS, ITEM_TYPES[GOODS]),
            "description": line.memo,
            "isClosed": line.is_closed,
            **{
                name: None if value is None else plain(value)
                for name, value in (("quantity", line.quantity), ("rate", line.rate), ("amount", line.amount))
            },
        }
        return {name: value for name, value in cells.items() if value is not None}

    def _read(self, said: Line, there: dict[int | None, Sold], order: Row, place: str) -> Sold:
        number = whole(said["line"]) if "line" in said else None
        before = there.get(number) if number is not None else Sold(None, None, None)
        if before is None or ("line" in said and number is None):
            raise wrong(f"{place}.line", f"There is no line {said['line']} on this order.")
        item = before.item
        if "item" in said or item is None:
            item = self._references.number("inventoryItem", said.get("item"), f"{place}.item")
        if item is None:
            raise wrong(f"{place}.item", f"Please enter a value for {place}.item.")
        quantity = _number(said, "quantity", place, before.quantity)
        if quantity is None:
            raise wrong(f"{place}.quantity", f"Please enter a value for {place}.quantity.")
        return Sold(
            item=item,
            quantity=quantity,
            amount=self._amount(said, before, item, quantity, order, place),
            memo=_text(said, place, before.memo),
            is_closed=_flag(said, place, before.is_closed),
            number=number,
        )

    def _amount(self, said: Line, before: Sold, item: int, quantity: Decimal, order: Row, place: str) -> Decimal | None:
        """The amount given, else quantity times the rate given, else the rate there was, else the item's base price."""
        amount, rate = _number(said, "amount", place, None), _number(said, "rate", place, None)
        if amount is not None:
            return amount
        if rate is None:
            rate = before.rate if item == before.item else None
        if rate is None:
            base = {"currency": order["currency"], "pricelevel": BASE_PRICE_LEVEL, "quantity": 0}
            price = self._database.row("pricing", item=item, **base)
            rate = exact(price["unitprice"]) if price else Decimal(0)
        return None if rate is None else exact(quantity * rate)


def _number(said: Line, name: str, place: str, usual: Decimal | None) -> Decimal | None:
    value = said.get(name)
    if name not in said or value is None:
        return usual
    number = decimal(value)
    if number is None:
        raise wrong(f"{place}.{name}", f"Invalid Field Value for the following field: {place}.{name}")
    return number


def _text(said: Line, place: str, usual: str | None) -> str | None:
    value: Any = said.get("description", usual)
    if not isinstance(value, str | None):
        raise wrong(f"{place}.description", f"Invalid Field Value for the following field: {place}.description")
    return value or None


def _flag(said: Line, place: str, usual: bool) -> bool:
    value = said.get("isClosed", usual)
    if not isinstance(value, bool):
        raise wrong(f"{place}.isClosed", f"Invalid Field Value for the following field: {place}.isClosed")
    return value
