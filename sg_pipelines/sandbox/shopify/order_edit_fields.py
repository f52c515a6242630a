"""An order as it would be with an edit that waits, as objects of the schema."""

from __future__ import annotations

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.gids import gid
from sg_pipelines.sandbox.shopify.nodes import Args, Fields, Listing, Node
from sg_pipelines.sandbox.shopify.order_editing import Edit, applied, last_line
from sg_pipelines.sandbox.shopify.order_fields import LINE_ITEM, ORDER, line_number
from sg_pipelines.sandbox.shopify.order_worth import current_units
from sg_pipelines.sandbox.shopify.shop import Shop


def calculated(shop: Shop, session: int, edit: Edit) -> Node | None:
    """The order of a session with its changes; None when the order is gone."""
    order = nodes.order(shop, edit.order)
    if order is None:
        return None
    body = {**order.body, "said": applied(order.said, edit, shop.currency)}
    return Node("CalculatedOrder", edit.order, body, shop, {"session": session, "last_line": last_line(order.said)})


def calculated_lines(node: Node) -> list[Node]:
    """All of its lines, those to come last."""
    return [Node("CalculatedLineItem", node.number, node.body, node.shop, line) for line in node.said.get("lines", ())]


def _lines(node: Node, args: Args) -> Listing:
    known = [line for line in calculated_lines(node) if line.part["id"] <= node.part["last_line"]]
    return Listing("CalculatedLineItem", known, args)


def _added(node: Node, args: Args) -> Listing:
    added = [line for line in calculated_lines(node) if line.part["id"] > node.part["last_line"]]
    return Listing("CalculatedLineItem", added, args)


CALCULATED_ORDER: Fields = {
    "id": lambda node, args: gid("CalculatedOrder", node.part["session"]),
    "originalOrder": lambda node, args: nodes.order(node.shop, node.number),
    "lineItems": _lines,
    "addedLineItems": _added,
    "subtotalLineItemsQuantity": ORDER["currentSubtotalLineItemsQuantity"],
    "subtotalPriceSet": ORDER["currentSubtotalPriceSet"],
    "totalPriceSet": ORDER["currentTotalPriceSet"],
    "totalOutstandingSet": ORDER["totalOutstandingSet"],
}


def _before(node: Node, args: Args) -> int:
    order = nodes.order(node.shop, node.number)
    lines = order.said.get("lines", ()) if order is not None else ()
    return sum(current_units(order.said, line) for line in lines if order and line["id"] == node.part["id"])


CALCULATED_LINE_ITEM: Fields = {
    "id": lambda node, args: gid("CalculatedLineItem", line_number(node)),
    "quantity": LINE_ITEM["currentQuantity"],
    "editableQuantity": LINE_ITEM["currentQuantity"],
    "editableQuantityBeforeChanges": _before,
    "discountedUnitPriceSet": LINE_ITEM["originalUnitPriceSet"],
    **{name: LINE_ITEM[name] for name in ("title", "variantTitle", "sku", "variant", "originalUnitPriceSet")},
}
