"""Mutations that edit an order: a session is begun, collects changes, and is committed. Before that nothing changes.

Sessions end with the sandbox. Several of one order may be open; each is committed on the order as it is by then.
"""

from __future__ import annotations

from typing import Any

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.gids import gid, number_of
from sg_pipelines.sandbox.shopify.money import exact, written
from sg_pipelines.sandbox.shopify.nodes import Args, Node
from sg_pipelines.sandbox.shopify.order_edit_fields import calculated, calculated_lines
from sg_pipelines.sandbox.shopify.order_editing import Edit, applied, last_line
from sg_pipelines.sandbox.shopify.order_fields import is_editable, line_number, money_of
from sg_pipelines.sandbox.shopify.product_fields import full_title
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused

BEGUN = ("calculatedOrder", "orderEditSession")
CHANGED = ("calculatedLineItem", *BEGUN)
GONE = Refusal(("id",), "The calculated order does not exist.")
NOT_EDITABLE = Refusal(("base",), "not_editable")


def begin(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """orderEditBegin"""
    order = nodes.order(asking.shop, number_of(args["id"], "Order"))
    if order is None:
        return refused([Refusal(("id",), "The order does not exist.")], *BEGUN)
    if not is_editable(order.said):
        return refused([NOT_EDITABLE], *BEGUN)
    session = max([asking.shop.time.now_ms(), *(number + 1 for number in asking.edits)])
    asking.edits[session] = Edit(order.number)
    return _begun(asking, session)


def set_quantity(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """orderEditSetQuantity, of a line that was there or of one to come."""
    session = _session(asking, args)
    if isinstance(session, Refusal):
        return refused([session], *CHANGED)
    if args["quantity"] < 0:
        return refused([Refusal(("quantity",), "must be greater than or equal to 0")], *CHANGED)
    edit, number = asking.edits[session], number_of(args["lineItemId"], "CalculatedLineItem")
    line = next((line for line in _lines(asking, session) if line_number(line) == number), None)
    if line is None:
        return refused([Refusal(("lineItemId",), "The line item does not exist.")], *CHANGED)
    place = int(line.part["id"]) - last_line(asking.shop.orders.must(edit.order)["said"])
    if place > 0:
        edit.added[place - 1]["quantity"] = args["quantity"]
    else:
        edit.quantities[int(line.part["id"])] = args["quantity"]
    return _changed(asking, session, line_number(line))


def add_variant(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """orderEditAddVariant, at the variant's price of now."""
    session = _session(asking, args)
    if isinstance(session, Refusal):
        return refused([session], *CHANGED)
    variant = nodes.variant(asking.shop, number_of(args["variantId"], "ProductVariant"))
    if variant is None:
        return refused([Refusal(("variantId",), "The variant does not exist.")], *CHANGED)
    if args["quantity"] < 1:
        return refused([Refusal(("quantity",), "must be greater than 0")], *CHANGED)
    lines, name = _lines(asking, session), full_title(variant)
    if not args.get("allowDuplicates") and str(variant.number) in [line.part["product_id"] for line in lines]:
        return refused([Refusal(("id",), f"{name} was not added because it's already on the order.")], *CHANGED)
    edit = asking.edits[session]
    order = Node("Order", edit.order, asking.shop.orders.must(edit.order), asking.shop)
    unit = written(money_of(order).as_paid(exact(variant.said.get("price_amount"))))
    line = {"product_id": str(variant.number), "sku": variant.said.get("sku"), "name": name, "unit": unit}
    edit.added.append({**line, "quantity": args["quantity"]})
    return _changed(asking, session, line_number(_lines(asking, session)[-1]))


def commit(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """orderEditCommit, which ends the session."""
    session = _session(asking, args)
    if isinstance(session, Refusal):
        return refused([session], "order")
    edit = asking.edits[session]
    said = asking.shop.orders.must(edit.order)["said"]
    changed = applied(said, edit, asking.shop.currency)
    if changed == said:
        return refused([Refusal(("id",), "There must be at least one change to be made.")], "order")
    asking.kinds.orders.change(edit.order, changed)
    del asking.edits[session]
    return {"order": nodes.order(asking.shop, edit.order), "userErrors": []}


def _session(asking: Asking, args: Args) -> int | Refusal:
    """Named by the calculated order or by the session, of an order that can still be edited."""
    number = number_of(args["id"], "CalculatedOrder") or number_of(args["id"], "OrderEditSession")
    edit = asking.edits.get(number or 0)
    order = nodes.order(asking.shop, edit.order) if edit is not None else None
    if number is None or order is None:
        return GONE
    return number if is_editable(order.said) else NOT_EDITABLE


def _lines(asking: Asking, session: int) -> list[Node]:
    found = calculated(asking.shop, session, asking.edits[session])
    return calculated_lines(found) if found is not None else []


def _begun(asking: Asking, session: int) -> dict[str, Any]:
    told = {"__typename": "OrderEditSession", "id": gid("OrderEditSession", session)}
    order = calculated(asking.shop, session, asking.edits[session])
    return {"calculatedOrder": order, "orderEditSession": told, "userErrors": []}


def _changed(asking: Asking, session: int, number: int) -> dict[str, Any]:
    """The line is null when nothing is left of one that was to come."""
    line = next((line for line in _lines(asking, session) if line_number(line) == number), None)
    return {**_begun(asking, session), "calculatedLineItem": line}
