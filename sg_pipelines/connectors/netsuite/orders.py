"""Orders: sales orders, with amounts added up from their lines, because a transaction states its total alone.

What is sold, taxed or shipped is a credit and has a negative amount; a discount is positive. Lines are always without tax.
An account with one currency may name none: its amounts are in the account's.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.forms import number_of
from sg_pipelines.connectors.netsuite.mapping import Detail, Details, Sheet
from sg_pipelines.connectors.netsuite.wire import Row
from sg_pipelines.domain.model.record import CellValue

STATUSES = {"F": "fulfilled", "G": "fulfilled", "C": "cancelled", "H": "cancelled"}
DISCOUNT, SHIPPING, TAX = "Discount", "ShipItem", "TaxItem"
NOT_GOODS = frozenset({DISCOUNT, SHIPPING, TAX, "Subtotal", "Description", "Group", "EndGroup"})


def _header_and_lines(row: Row, details: Details, scope: Scope) -> dict[str, CellValue]:
    lines = [line for line in details["lines"] if line.get("mainline") != "T"]
    goods = [line for line in lines if line.get("itemtype") not in NOT_GOODS and line.get("taxline") != "T"]
    return {
        **_buyer(row),
        "currency": row.get("symbol") or scope.currency,
        "status": STATUSES.get(row.get("status", "").rpartition(":")[2], "open"),
        "subtotal_amount": _sum(-_amount(line) for line in goods),
        "discount_amount": _sum(_amount(line) for line in lines if line.get("itemtype") == DISCOUNT),
        "tax_amount": _sum(-_amount(line) for line in lines if line.get("taxline") == "T"),
        "shipping_amount": _sum(-_amount(line) for line in lines if line.get("itemtype") == SHIPPING),
        "lines": [_line(line) for line in goods],
        "tax_included": False,
    }


def _buyer(row: Row) -> dict[str, CellValue]:
    """A person and the company it works for, or a company: which of its people bought is unknown then. Both are, where the
    login may not see which of them it is."""
    entity, is_person = row.get("entity"), row.get("isperson")
    if entity is None:
        return {"customer_id": None, "company_id": None}
    if is_person == "T":
        return {"customer_id": entity, "company_id": row.get("parent")}
    return {} if is_person is None else {"company_id": entity}


def _line(line: Row) -> dict[str, str | None]:
    return {
        "product_id": line.get("item"),
        "sku": line.get("sku"),
        "quantity": _text(-number_of(line["quantity"], "a line: quantity")) if line.get("quantity") else None,
        "amount": _text(-_amount(line)),
    }


def _amount(line: Row) -> Decimal:
    return number_of(line.get("foreignamount") or "0", "a line: amount")


def _sum(amounts: Iterable[Decimal]) -> str:
    """No line of a kind means nothing of it."""
    return _text(sum(amounts, Decimal(0)))


def _text(number: Decimal) -> str:
    return f"{number + 0:f}"


ORDERS = Sheet(
    source="transaction t LEFT JOIN currency cu ON cu.id = t.currency LEFT JOIN customer e ON e.id = t.entity",
    record="t",
    where="t.type = 'SalesOrd'",
    modified="t.lastmodifieddate",
    created="t.createddate",
    deleted_type="salesorder",
    cross_id="custbody_{account}_id",
    page="accounting/transactions/salesord.nl",
    plain={
        "number": "t.otherrefnum",
        "placed_on": "TO_CHAR(t.trandate, 'YYYY-MM-DD')",
        "total_amount": "t.foreigntotal",
    },
    read={
        "symbol": "cu.symbol",
        "status": "t.status",
        "entity": "t.entity",
        "isperson": "e.isperson",
        "parent": "e.parent",
    },
    finish=_header_and_lines,
    filled=(
        *("currency", "status", "subtotal_amount", "discount_amount", "tax_amount", "shipping_amount"),
        *("customer_id", "company_id", "lines", "tax_included"),
    ),
    details=(
        Detail(
            "lines",
            {
                "mainline": "l.mainline",
                "taxline": "l.taxline",
                "itemtype": "l.itemtype",
                "item": "l.item",
                "sku": "i.itemid",
                "quantity": "l.quantity",
                "foreignamount": "l.foreignamount",
            },
            "transactionline l INNER JOIN transaction t ON t.id = l.transaction LEFT JOIN item i ON i.id = l.item",
            owner="l.transaction",
            within="l.linesequencenumber",
            where="t.type = 'SalesOrd'",
        ),
    ),
)
