"""NetSuite's tables: customers of both sorts, items and sales orders."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sg_pipelines.sandbox.netsuite.addresses import ADDRESS
from sg_pipelines.sandbox.warehouse.tables import Ids, Named, Row, Tables, Told, born, said
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, PRODUCT

_PERSON = {
    "first_name": "firstname",
    "last_name": "lastname",
    "email": "email",
    "phone": "phone",
    "company_name": "companyname",
}
_FIRM = {"name": "companyname", "phone": "phone", "domain": "url", "tax_id": "vatregnumber"}
_LIFECYCLE = {"Lead": "lead", "Prospect": "prospect", "Customer": "customer"}
_STATUS = {"F": "fulfilled", "G": "fulfilled", "C": "cancelled", "H": "cancelled"}


def companies(tables: Tables, ids: Ids) -> list[Named]:
    """Customers that are no person."""
    return _entities(tables, _FIRM, ids, is_person=False)


def customers(tables: Tables, ids: Ids) -> list[Named]:
    """Customers that are a person, with the company above them."""
    return _entities(tables, _PERSON, ids, is_person=True)


def _entities(tables: Tables, columns: Mapping[str, str], ids: Ids, *, is_person: bool) -> list[Named]:
    addresses = tables.by("entity_address", "nkey")
    found: dict[str, Told] = {}
    rows = tables.things("customer") if is_person else tables.rows("customer")
    for row in rows:
        if (row["isperson"] == "T") is not is_person:
            continue
        if row["id"] in found:
            tables.leave_out(1)
            continue
        address = addresses.get(row["defaultbillingaddress"])
        told: Told = said(row, columns) | (said(address, ADDRESS) if address else {})
        told |= {"external_id": row["externalid"] or None, "lifecycle": _LIFECYCLE.get(row["searchstage"])}
        if is_person:
            told["company_id"] = ids.get((COMPANY, row["parent"]))
        found[row["id"]] = told | born(row, "datecreated")
    return list(found.items())


def items(tables: Tables, ids: Ids) -> list[Named]:
    """Inventory parts; payments, subtotals and downloads are nothing that is sold from stock."""
    rows = tables.things("item")
    parts = [row for row in rows if row["itemtype"] == "InvtPart"]
    tables.leave_out(len(rows) - len(parts))
    return [
        (row["id"], said(row, {"sku": "fullname", "name": "fullname", "description": "description"})) for row in parts
    ]


def sales_orders(tables: Tables, ids: Ids) -> list[Named]:
    """Sales orders with their item lines; bills and the rest are no order of a customer."""
    lines, currencies = tables.grouped("transaction_line", "transaction"), tables.by("currency", "id")
    rows = tables.things("transaction")
    found = []
    for row in rows:
        if row["type"] != "SalesOrd":
            continue
        sold = [_line(one, ids) for one in lines[row["id"]] if one["itemtype"] == "InvtPart"]
        currency = currencies.get(row["currency"])
        told: Told = {
            "number": row["transactionnumber"] or None,
            "placed_on": row["trandate"][:10] or None,
            "status": _STATUS.get(row["status"], "open"),
            "currency": currency["symbol"] if currency else None,
            "subtotal_amount": str(sum((Decimal(str(line["amount"])) for line in sold), Decimal(0))),
            "customer_id": ids.get((CUSTOMER, row["entity"])),
            "company_id": ids.get((COMPANY, row["entity"])),
            "lines": sold,
        }
        found.append((row["id"], told | born(row, "createddate")))
    tables.leave_out(len(rows) - len(found))
    return found


def _line(row: Row, ids: Ids) -> dict[str, str | None]:
    """Sold quantities and amounts are negative in the books."""
    return {
        "product_id": ids.get((PRODUCT, row["item"])),
        "sku": None,
        "name": row["memo"],
        "quantity": str(-Decimal(row["quantity"] or "0")),
        "amount": str(-Decimal(row["foreignamount"] or "0")),
    }
