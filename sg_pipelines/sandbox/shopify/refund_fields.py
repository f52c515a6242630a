"""Refunds and what they took back, as objects of the schema."""

from __future__ import annotations

from typing import Any

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.gids import LINES_PER_ORDER, gid
from sg_pipelines.sandbox.shopify.money import exact, rounded
from sg_pipelines.sandbox.shopify.nodes import Args, Fields, Listing, Node
from sg_pipelines.sandbox.shopify.order_fields import lines_of, money_of
from sg_pipelines.sandbox.shopify.order_worth import worth


def refund_number(node: Node) -> int:
    """A refund's number: its order's, and its place."""
    return node.number * LINES_PER_ORDER + int(node.part["place"])


def _taken(node: Node, args: Args) -> Listing:
    """Units of lines that the order still has."""
    lines = {line.part["id"]: line for line in lines_of(node)}
    taken = enumerate(node.part.get("lines", ()), start=1)
    found = [_units(node, lines[one["line"]], place, one) for place, one in taken if one["line"] in lines]
    return Listing("RefundLineItem", found, args)


def _units(refund: Node, line: Node, place: int, taken: Args) -> dict[str, Any]:
    money = money_of(refund)
    units = worth(refund.said, line.part, taken["quantity"])
    price = worth(refund.said, line.part, 1).price
    bags = {"priceSet": price, "subtotalSet": units.subtotal, "totalTaxSet": units.tax}
    return {
        "__typename": "RefundLineItem",
        "id": gid("RefundLineItem", refund_number(refund) * LINES_PER_ORDER + place),
        "lineItem": line,
        "quantity": taken["quantity"],
        "restockType": taken["restock_type"],
        **{name: money.bag(rounded(amount, money.presentment)) for name, amount in bags.items()},
    }


REFUND: Fields = {
    "id": lambda node, args: gid("Refund", refund_number(node)),
    "legacyResourceId": lambda node, args: str(refund_number(node)),
    "note": lambda node, args: node.part.get("note"),
    **{name: (lambda node, args: iso_seconds(node.part["at"])) for name in ("createdAt", "processedAt", "updatedAt")},
    "totalRefundedSet": lambda node, args: money_of(node).bag(exact(node.part["amount"])),
    "order": lambda node, args: nodes.order(node.shop, node.number),
    "refundLineItems": _taken,
}
