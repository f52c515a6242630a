"""Orders: deals with line items, or HubSpot's own order object, as the client file says.

A portal with one currency writes none on its records: their amounts are in the account's.
"""

from __future__ import annotations

from collections.abc import Sequence

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.forms import number_of
from sg_pipelines.connectors.hubspot.mapping import Associated, Said, Sheet, day
from sg_pipelines.domain.model.record import CellValue

STAGES = {"closedwon": "fulfilled", "closedlost": "cancelled"}
FULFILLMENT = {"fulfilled": "fulfilled", "cancelled": "cancelled", "canceled": "cancelled"}
LINE = ("hs_product_id", "hs_sku", "quantity", "price", "amount")
_FILLED = (
    "currency",
    "placed_on",
    "status",
    "tax_included",
    "customer_id",
    "customer_ids",
    "company_id",
    "company_ids",
    "lines",
)


def _deal(said: Said, associated: Associated, scope: Scope) -> dict[str, CellValue]:
    stage = STAGES.get((said.get("dealstage") or "").casefold(), "open")
    return {
        **_shared(said, associated, "tax_included"),
        "currency": said.get("deal_currency_code") or scope.currency,
        "placed_on": day(said.get("closedate"), scope),
        "status": stage,
    }


def _order(said: Said, associated: Associated, scope: Scope) -> dict[str, CellValue]:
    placed = day(said.get("hs_external_created_date"), scope)
    status = FULFILLMENT.get((said.get("hs_fulfillment_status") or "").casefold(), "open")
    return {
        **_shared(said, associated, "hs_tax_included"),
        "currency": said.get("hs_currency_code") or scope.currency,
        "placed_on": placed,
        "status": status,
    }


def _shared(said: Said, associated: Associated, tax_included: str) -> dict[str, CellValue]:
    told = said.get(tax_included)
    return {
        "tax_included": None if told is None else told.casefold() == "true",
        "customer_id": associated.contacts[0] if associated.contacts else None,
        "customer_ids": _several(associated.contacts),
        "company_id": associated.companies[0] if associated.companies else None,
        "company_ids": _several(associated.companies),
        "lines": [_line(line) for line in associated.lines.values()],
    }


def _several(ids: Sequence[str]) -> list[str] | None:
    """Where there are more than one, all of them."""
    return list(ids) if len(ids) > 1 else None


def _line(line: Said) -> dict[str, str | None]:
    return {
        "product_id": line.get("hs_product_id") or None,
        "sku": line.get("hs_sku") or None,
        "quantity": line.get("quantity") or None,
        "amount": _product(line.get("quantity"), line.get("price")),
    }


def _product(quantity: str | None, price: str | None) -> str | None:
    """Quantity x price, before the line's discount; None where either is missing, Unreadable where it is no number."""
    if not quantity or not price:
        return None
    return f"{number_of(quantity, 'a line item: quantity') * number_of(price, 'a line item: price'):f}"


DEALS = Sheet(
    object="deals",
    type_id="0-3",
    cross_id="{account}_order_id",
    plain={
        "number": "order_number",
        "subtotal_amount": "order_subtotal",
        "discount_amount": "order_discount",
        "tax_amount": "order_tax",
        "shipping_amount": "order_shipping",
        "total_amount": "amount",
    },
    read=("deal_currency_code", "dealstage", "closedate", "tax_included"),
    filled=_FILLED,
    finish=_deal,
    has_lines=True,
)
ORDERS = Sheet(
    object="orders",
    type_id="0-123",
    cross_id="{account}_order_id",
    plain={
        "number": "hs_order_name",
        "subtotal_amount": "hs_subtotal_price",
        "discount_amount": "hs_order_discount",
        "tax_amount": "hs_tax",
        "shipping_amount": "hs_shipping_cost",
        "total_amount": "hs_total_price",
    },
    read=("hs_currency_code", "hs_fulfillment_status", "hs_external_created_date", "hs_tax_included"),
    filled=_FILLED,
    finish=_order,
    has_lines=True,
)
