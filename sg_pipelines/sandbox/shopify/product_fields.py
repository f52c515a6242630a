"""Products, variants and their stock, as objects of the schema."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.shopify import nodes, product_options
from sg_pipelines.sandbox.shopify.gids import ITEM_OFFSET, gid, level_gid, number_of
from sg_pipelines.sandbox.shopify.money import exact, money, price
from sg_pipelines.sandbox.shopify.nodes import Args, Fields, Listing, Node
from sg_pipelines.sandbox.shopify.products import full_name
from sg_pipelines.sandbox.shopify.shared_fields import METAFIELDS, OWN_ID, TIMES, always, instant, word

AVAILABLE = "available"
STOCKED = (AVAILABLE, "on_hand")  # nothing here is committed, reserved or damaged, so what is on hand is available


def _variants_of(node: Node) -> list[Node]:
    numbers = node.shop.variants.having("product", node.number)
    return nodes.present(nodes.variant(node.shop, number) for number in numbers)


def _in_stock(node: Node) -> int:
    return sum(int(level["quantity"]) for level in node.said["inventory"])


def _description_html(node: Node, args: Args) -> str:
    html = node.said.get("description_html")
    return str(html) if html is not None else escape(node.said.get("description") or "", quote=False)


def _description(node: Node, args: Args) -> str:
    text, most = node.said.get("description") or "", args.get("truncateAt")
    return text if most is None or len(text) <= most else text[: max(0, most - 3)] + "..."


PRODUCT: Fields = {
    **OWN_ID,
    **METAFIELDS,
    "title": word("title", ""),
    "handle": word("handle", ""),
    "description": _description,
    "descriptionHtml": _description_html,
    "status": word("status"),
    "vendor": lambda node, args: node.said.get("vendor", node.shop.account),
    "productType": word("product_type", ""),
    "tags": lambda node, args: node.said.get("tags") or [],
    "totalInventory": lambda node, args: sum(_in_stock(one) for one in _variants_of(node)),
    "tracksInventory": lambda node, args: any(one.said.get("tracked", True) for one in _variants_of(node)),
    "hasOnlyDefaultVariant": lambda node, args: [one.said.get("option") for one in _variants_of(node)] == [None],
    "options": lambda node, args: product_options.options_of(node.shop, node.number)[: args.get("first")],
    "variants": lambda node, args: Listing("ProductVariant", _variants_of(node), args),
    "variantsCount": lambda node, args: {"count": len(_variants_of(node)), "precision": "EXACT"},
}


def product_of(node: Node) -> Node:
    """The product a variant is of."""
    number = node.said["product"]
    return Node("Product", number, node.shop.products.must(number), node.shop)


def title_of(node: Node) -> str:
    """A variant's own title."""
    return product_options.title_of(node.said)


def position_of(node: Node) -> int:
    """A variant's place among its siblings, from one."""
    return node.shop.variants.having("product", node.said["product"]).index(node.number) + 1


def _compare_at(node: Node, args: Args) -> str | None:
    amount = node.said.get("compare_at_price")
    return price(amount, node.shop.currency) if amount else None


VARIANT: Fields = {
    **OWN_ID,
    **METAFIELDS,
    "title": lambda node, args: title_of(node),
    "displayName": lambda node, args: f"{product_of(node).said['title']} - {title_of(node)}",
    "sku": word("sku"),
    "barcode": word("barcode"),
    "price": lambda node, args: price(node.said.get("price_amount"), node.shop.currency),
    "compareAtPrice": _compare_at,
    "position": lambda node, args: position_of(node),
    "inventoryQuantity": lambda node, args: _in_stock(node),
    "taxable": lambda node, args: node.said.get("taxable", True),
    "availableForSale": lambda node, args: _in_stock(node) > 0,
    "selectedOptions": lambda node, args: product_options.selected(product_of(node).said, node.said),
    "product": lambda node, args: product_of(node),
    "inventoryItem": lambda node, args: nodes.variant(node.shop, node.number, "InventoryItem"),
}


def full_title(node: Node) -> str:
    """What people call a variant."""
    return full_name(product_of(node).said, node.said)


def _cost(node: Node, args: Args) -> dict[str, Any] | None:
    cost = node.said.get("cost_amount")
    return money(exact(cost), node.shop.currency) if cost not in (None, "") else None


def level_node(item: Node, level: Mapping[str, Any]) -> Node:
    """An item's stock at one place."""
    return Node("InventoryLevel", item.number, item.body, item.shop, level)


def _levels(node: Node, args: Args) -> Listing:
    return Listing("InventoryLevel", [level_node(node, level) for level in node.said["inventory"]], args)


def _level_at(node: Node, args: Args) -> Node | None:
    place = number_of(args["locationId"], "Location")
    return next((level_node(node, level) for level in node.said["inventory"] if level["location"] == place), None)


def _variants(node: Node, args: Args) -> Listing:
    return Listing("ProductVariant", nodes.present([nodes.variant(node.shop, node.number)]), args)


INVENTORY_ITEM: Fields = {
    **TIMES,
    "id": lambda node, args: gid("InventoryItem", node.number + ITEM_OFFSET),
    "legacyResourceId": lambda node, args: str(node.number + ITEM_OFFSET),
    "sku": word("sku"),
    "tracked": lambda node, args: node.said.get("tracked", True),
    "requiresShipping": lambda node, args: node.said.get("requires_shipping", True),
    "unitCost": _cost,
    "variant": lambda node, args: nodes.variant(node.shop, node.number),
    "variants": _variants,
    "inventoryLevel": _level_at,
    "inventoryLevels": _levels,
    "locationsCount": lambda node, args: {"count": len(node.said["inventory"]), "precision": "EXACT"},
}


def _quantities(node: Node, args: Args) -> list[dict[str, Any]]:
    place, item = node.part["location"], node.number + ITEM_OFFSET
    return [
        {
            "__typename": "InventoryQuantity",
            "id": f"gid://shopify/InventoryQuantity/{place}_{name}?inventory_item_id={item}",
            "name": name,
            "quantity": int(node.part["quantity"]) if name in STOCKED else 0,
            "updatedAt": iso_seconds(node.part["updated"]) if name == AVAILABLE else None,
        }
        for name in args["names"]
    ]


INVENTORY_LEVEL: Fields = {
    "id": lambda node, args: level_gid(node.part["location"], node.number + ITEM_OFFSET),
    "isActive": always(True),
    "createdAt": instant("created"),
    "updatedAt": lambda node, args: iso_seconds(node.part["updated"]),
    "item": lambda node, args: nodes.variant(node.shop, node.number, "InventoryItem"),
    "location": lambda node, args: nodes.location(node.shop, node.part["location"]),
    "quantities": _quantities,
}


def levels_at(node: Node) -> list[Node]:
    """All stock at a place."""
    items = nodes.present(
        nodes.variant(node.shop, number, "InventoryItem")
        for number in node.shop.variants.having("location", node.number)
    )
    return [level_node(item, one) for item in items for one in item.said["inventory"] if one["location"] == node.number]


def _level_of(node: Node, args: Args) -> Node | None:
    item = (number_of(args["inventoryItemId"], "InventoryItem") or ITEM_OFFSET) - ITEM_OFFSET
    return next((one for one in levels_at(node) if one.number == item), None)


LOCATION: Fields = {
    **OWN_ID,
    "name": word("name"),
    "isActive": always(True),
    "fulfillsOnlineOrders": always(True),
    "shipsInventory": always(True),
    "inventoryLevels": lambda node, args: Listing("InventoryLevel", levels_at(node), args),
    "inventoryLevel": _level_of,
}
