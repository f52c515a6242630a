"""Products: inventory items, with one base price and the stock per location.

An item may have a base price in each currency: the one in the account's own is taken, else the first by the currency's id.
The others stay in the payload and are counted as left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.netsuite.mapping import Detail, Details, Sheet
from sg_pipelines.connectors.netsuite.wire import Row
from sg_pipelines.domain.model.record import CellValue

BASE_PRICE_LEVEL = 1


def _prices_and_stock(row: Row, details: Details, scope: Scope) -> dict[str, CellValue]:
    price = _preferred(details["prices"], scope.currency)
    cost = row.get("cost") or None
    stock = [{"location": one.get("location"), "quantity": one.get("quantity")} for one in details["stock"]]
    return {
        "price_amount": price.get("unitprice"),
        "price_currency": price.get("symbol"),
        "cost_amount": cost,
        "cost_currency": scope.currency if cost else None,
        "inventory": stock,
    }


def _preferred(prices: Sequence[Row], currency: str) -> Row:
    """The price in the account's own currency, else the first there is."""
    chosen = [one for one in prices if one.get("symbol") == currency] or list(prices)
    return chosen[0] if chosen else {}


PRODUCTS = Sheet(
    source="item i",
    record="i",
    where="i.itemtype = 'InvtPart'",
    modified="i.lastmodifieddate",
    created="i.createddate",
    deleted_type="inventoryitem",
    cross_id="custitem_{account}_id",
    page="common/item/item.nl",
    plain={"sku": "i.itemid", "barcode": "i.upccode", "name": "i.displayname", "description": "i.description"},
    read={"cost": "i.cost"},
    finish=_prices_and_stock,
    filled=("price_amount", "price_currency", "cost_amount", "cost_currency", "inventory"),
    details=(
        Detail(
            "prices",
            {"unitprice": "p.unitprice", "symbol": "cu.symbol"},
            "pricing p INNER JOIN currency cu ON cu.id = p.currency",
            owner="p.item",
            within="p.currency",
            where=f"p.pricelevel = {BASE_PRICE_LEVEL} AND p.quantity = 0",
        ),
        Detail(
            "stock",
            {"location": "lo.name", "quantity": "s.quantityavailable"},
            "inventoryitemlocations s INNER JOIN location lo ON lo.id = s.location",
            owner="s.item",
            within="s.location",
        ),
    ),
    inactive="i.isinactive",
    left_out=lambda details: max(0, len(details["prices"]) - 1),
)
