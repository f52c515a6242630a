"""Products: a variant each, named by its product and its options, with the stock at every location.

Product and stock have times of their own: see `around`.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.forms import Instant, Number
from sg_pipelines.connectors.shopify.mapping import Nested, Sheet
from sg_pipelines.connectors.shopify.wire import Gid, Raw
from sg_pipelines.domain.model.record import CellValue

ONLY_VARIANT, BETWEEN = "Default Title", " - "


class Product(TypedDict):
    """What a variant is one of."""

    title: str
    description: str
    status: str


class Cost(TypedDict):
    """What one costs."""

    amount: Number
    currencyCode: str


class Item(TypedDict):
    """The variant's inventory item."""

    unitCost: Cost | None


class Quantity(TypedDict):
    """A quantity by name."""

    quantity: int


class Place(TypedDict):
    """A location."""

    name: str


class Level(TypedDict):
    """The stock at a location."""

    location: Place
    quantities: list[Quantity]


class VariantNode(TypedDict):
    """One variant."""

    id: Gid
    title: str
    sku: str | None
    barcode: str | None
    price: Number
    createdAt: Instant
    updatedAt: Instant
    product: Product
    inventoryItem: Item
    children: list[Level]


def _read(node: Raw, scope: Scope) -> dict[str, CellValue]:
    product, cost = node["product"], node["inventoryItem"]["unitCost"]
    title = product["title"] if node["title"] == ONLY_VARIANT else f"{product['title']}{BETWEEN}{node['title']}"
    return {
        "sku": node["sku"] or None,
        "barcode": node["barcode"] or None,
        "name": title,
        "description": product["description"] or None,
        "price_amount": node["price"],
        "price_currency": scope.currency,
        "cost_amount": cost["amount"] if cost else None,
        "cost_currency": cost["currencyCode"] if cost else None,
        "inventory": [
            {"location": level["location"]["name"], "quantity": str(level["quantities"][0]["quantity"])}
            for level in node["children"]
            if level["quantities"]
        ],
        "created_at": datetime.fromisoformat(node["createdAt"]),
    }


def _is_archived(node: Raw) -> bool:
    return bool(node["product"]["status"] == "ARCHIVED")


PRODUCTS = Sheet(
    connection="productVariants",
    counted="productVariantsCount",
    type="ProductVariant",
    fields="""
    id title sku barcode price createdAt updatedAt
    product { title description status }
    inventoryItem { unitCost { amount currencyCode } }
    """,
    adapter=TypeAdapter(VariantNode),
    read=_read,
    columns=(
        *("sku", "barcode", "name", "description", "price_amount", "price_currency"),
        *("cost_amount", "cost_currency", "inventory", "created_at"),
    ),
    page="products?query=variant_id%3A",
    scopes=("read_products", "read_inventory", "read_locations"),
    sort="ID",
    nested=Nested(
        ("inventoryItem", "inventoryLevels"), 'location { name } quantities(names: ["available"]) { quantity }', first=5
    ),
    is_archived=_is_archived,
)
