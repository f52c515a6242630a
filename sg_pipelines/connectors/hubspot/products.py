"""Products of the library; their prices are in the account's currency."""

from __future__ import annotations

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.hubspot.mapping import Associated, Said, Sheet
from sg_pipelines.domain.model.record import CellValue

PRICE, COST = "price", "hs_cost_of_goods_sold"


def _currencies(said: Said, associated: Associated, scope: Scope) -> dict[str, CellValue]:
    return {
        "price_currency": scope.currency if said.get(PRICE) else None,
        "cost_currency": scope.currency if said.get(COST) else None,
    }


PRODUCTS = Sheet(
    object="products",
    type_id="0-7",
    cross_id="{account}_product_id",
    plain={
        "sku": "hs_sku",
        "barcode": "barcode",
        "name": "name",
        "description": "description",
        "price_amount": PRICE,
        "cost_amount": COST,
    },
    filled=("price_currency", "cost_currency"),
    finish=_currencies,
)
