"""Orders in the world's words: sales orders, of a person or a company, with the lines that `order_lines` states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.netsuite.attributes import Wording, number_or_none, text_or_none, times
from sg_pipelines.sandbox.netsuite.customers import PERSON
from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.named_lists import NamedLists
from sg_pipelines.sandbox.netsuite.numbers import amount_text, exact, kept, quantity_text
from sg_pipelines.sandbox.netsuite.order_lines import COLUMNS, Amounts, Header, Line, stated
from sg_pipelines.sandbox.netsuite.products import GOODS
from sg_pipelines.sandbox.netsuite.records import Records
from sg_pipelines.sandbox.netsuite.suiteql_dates import midnight
from sg_pipelines.sandbox.simulator import Attributes

WORDS = {"number": "otherrefnum", "external_id": "externalid"}
AMOUNTS = {"discount_amount": "discounttotal", "shipping_amount": "shippingcost", "tax_amount": "taxtotal"}
STATUSES = {"open": "B", "fulfilled": "G", "cancelled": "C"}
READ_STATUSES = {"F": "fulfilled", "G": "fulfilled", "C": "cancelled", "H": "cancelled"}
KIND = {"type": "SalesOrd", "recordtype": "salesorder", "posting": "F", "voided": "F"}


class Orders:
    """Of one account. A subtotal is not kept: it is the sum of the lines."""

    def __init__(self, database: Database, lists: NamedLists) -> None:
        self._database, self._lists = database, lists
        self._records = Records(database, "salesorder")
        self._words = Wording(database, "order", WORDS)

    def create(self, rows: Sequence[Attributes]) -> list[int]:
        """New ones; all or none."""
        made = self._words.prepare(rows)
        now_ms = self._database.now_ms
        with self._database.whole():
            skus = self._skus(line for row in rows for line in row.get("lines") or ())
            lines = [_lines(row.get("lines"), skus) for row in rows]
            ids = self._database.take_ids("transaction", len(rows)) if rows else range(0)
            headers = [
                {
                    "id": number,
                    **usual(number),
                    **values,
                    **times(row, now_ms, "createddate"),
                    **self._other_values(row, {}),
                    **_amount_values(row),
                }
                for number, row, values in zip(ids, rows, made, strict=True)
            ]
            stating = []
            for header, row, sold in zip(headers, rows, lines, strict=True):
                header["trandate"] = header.get("trandate") or midnight(header["createddate"])
                header["currency"] = header.get("currency") or self._lists.currency(None)
                stating += self._state(header, sold, total=exact(row.get("total_amount")), keys={})
            self._database.insert("transaction", headers)
            self._database.insert_values("transactionline", COLUMNS, stating)
        return list(ids)

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named; None clears. KeyError when there is no such order."""
        (values,) = self._words.prepare([attributes])
        row = self._records.needed(number)
        with self._database.whole():
            lines = None
            if "lines" in attributes:
                lines = _lines(attributes["lines"], self._skus(attributes["lines"] or ()))
            others = {**self._other_values(attributes, row), **_amount_values(attributes)}
            total = exact(attributes.get("total_amount"))
            is_reckoned = lines is not None or "total_amount" in attributes or bool(AMOUNTS.keys() & attributes)
            self.change(number, {**values, **others}, lines, total=total, is_reckoned=is_reckoned)

    def change(
        self,
        number: int,
        values: Mapping[str, Any],
        lines: Sequence[Line] | None,
        *,
        total: Decimal | None = None,
        is_reckoned: bool = True,
    ) -> None:
        """Change columns and, unless it is None, what was sold. The total is worked out anew, or is the one given;
        one that `is_reckoned` no longer stays as it was."""
        row = {**self._records.needed(number), **values}
        if total is None and not is_reckoned:
            total = exact(row["foreigntotal"])
        before = self._database.rows("transactionline", transaction=number)
        keys = {line["id"]: line["uniquekey"] for line in before}
        row["lastmodifieddate"] = self._database.now
        stating = self._state(row, self.lines(number) if lines is None else lines, total=total, keys=keys)
        self._records.set(number, {**values, "foreigntotal": row["foreigntotal"]})
        self._database.remove("transactionline", transaction=number)
        self._database.insert_values("transactionline", COLUMNS, stating)

    def archive(self, number: int) -> None:
        """ValueError: a closed order is no archived one."""
        raise ValueError(f"NetSuite has no archive for orders: order {number} can be cancelled or deleted")

    def delete(self, number: int) -> None:
        """Gone for good, with its lines."""
        with self._database.whole():
            self._records.delete(number)
            self._database.remove("transactionline", transaction=number)

    def lines(self, number: int) -> list[Line]:
        """What was sold, in its order."""
        rows = self._database.rows("transactionline", order="linesequencenumber", transaction=number, itemtype=GOODS)
        return [
            Line(
                item=row["item"],
                quantity=_sold(row["quantity"]),
                amount=_sold(row["foreignamount"]),
                memo=row["memo"],
                is_closed=row["isclosed"] == "T",
                number=row["id"],
            )
            for row in rows
        ]

    def neutral(self, number: int) -> dict[str, Any] | None:
        """One in the world's words."""
        row = self._records.row(number)
        if row is None:
            return {"state": "deleted"} if self._records.was_deleted(number) else None
        symbol = self._lists.symbol(row["currency"])
        lines = self.lines(number)
        subtotal = sum((line.amount for line in lines if line.amount is not None), Decimal(0)) if lines else None
        return {
            **self._words.read(row),
            **self._buyer(row["entity"]),
            "placed_on": (row["trandate"] or "")[:10] or None,
            "status": READ_STATUSES.get(row["status"], "open"),
            "currency": symbol,
            "subtotal_amount": amount_text(subtotal, symbol),
            **{name: amount_text(row[column], symbol) for name, column in AMOUNTS.items()},
            "total_amount": amount_text(row["foreigntotal"], symbol),
            "lines": [self._neutral_line(line, symbol) for line in lines],
            "state": "live",
        }

    def ids(self) -> list[int]:
        """All, ascending."""
        return self._database.ids("transaction", type=KIND["type"])

    # --- parts ---------------------------------------------------------------------------------------------

    def _state(self, row: Row, lines: Sequence[Line], *, total: Decimal | None, keys: dict[int, int]) -> list[Any]:
        """All lines of an order, and its total put on its row."""
        discount, shipping, tax = (exact(row.get(column)) for column in AMOUNTS.values())
        amounts = Amounts(discount=discount, shipping=shipping, tax=tax)
        owed = amounts.total(lines) if total is None else total
        row["foreigntotal"] = kept(owed)
        header = Header(row["id"], row.get("entity"), owed, row["lastmodifieddate"])
        return stated(header, lines, amounts, keys)

    def _other_values(self, attributes: Attributes, before: Row) -> Row:
        values: Row = {}
        if "placed_on" in attributes:
            values["trandate"] = f"{attributes['placed_on']}T00:00:00Z" if attributes["placed_on"] else None
        if "status" in attributes:
            values["status"] = STATUSES[attributes["status"] or "open"]
        if "currency" in attributes:
            values["currency"] = self._lists.currency(attributes["currency"])
        if "customer_id" in attributes or "company_id" in attributes:
            values["entity"] = self._entity(attributes, before.get("entity"))
        return values

    def _entity(self, attributes: Attributes, before: int | None) -> int | None:
        """Who an order is for: the person when one is named, whose company is the person's parent; else the company."""
        buyer = self._buyer(before)
        named = {name: attributes.get(name, known) for name, known in buyer.items()}
        return number_or_none(named["customer_id"]) or number_or_none(named["company_id"])

    def _buyer(self, entity: int | None) -> dict[str, str | None]:
        row = None if entity is None else self._database.row("customer", id=entity)
        if row is None:
            return {"customer_id": None, "company_id": None}
        if row["isperson"] != PERSON:
            return {"customer_id": None, "company_id": str(entity)}
        return {"customer_id": str(entity), "company_id": text_or_none(row["parent"])}

    def _skus(self, lines: Iterable[Mapping[str, Any]]) -> dict[str, int]:
        """Items by the sku of lines that name no product."""
        wanted = {line["sku"] for line in lines if not line.get("product_id") and line.get("sku")}
        found = {sku: self._database.row("item", itemid=sku) for sku in wanted}
        return {sku: row["id"] for sku, row in found.items() if row is not None}

    def _neutral_line(self, line: Line, symbol: str | None) -> dict[str, str | None]:
        item = self._database.row("item", id=line.item) if line.item is not None else None
        return {
            "product_id": text_or_none(line.item),
            "sku": item["itemid"] if item else None,
            "name": line.memo or (item["displayname"] if item else None),
            "quantity": quantity_text(line.quantity),
            "amount": amount_text(line.amount, symbol),
        }


def usual(number: int) -> Row:
    """What a new order has unless it is said otherwise."""
    return {**KIND, "tranid": f"SO{number}", "transactionnumber": f"SALESORD{number}", "status": STATUSES["open"]}


def _amount_values(attributes: Attributes) -> Row:
    return {column: kept(exact(attributes[name])) for name, column in AMOUNTS.items() if name in attributes}


def _lines(said: Sequence[Mapping[str, Any]] | None, skus: Mapping[str, int]) -> list[Line]:
    return [
        Line(
            item=number_or_none(line.get("product_id")) or skus.get(line.get("sku") or ""),
            quantity=exact(line.get("quantity")),
            amount=exact(line.get("amount")),
            memo=line.get("name"),
        )
        for line in said or ()
    ]


def _sold(stored: Any) -> Decimal | None:
    number = exact(stored)
    return None if number is None else -number
