"""Mutations of orders. Stock is what the world states: no order takes from it, and no cancellation gives back."""

from __future__ import annotations

from typing import Any

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.customers import tidy_tags
from sg_pipelines.sandbox.shopify.gids import number_of
from sg_pipelines.sandbox.shopify.metafield_changes import with_metafields
from sg_pipelines.sandbox.shopify.money import received, written
from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.orders import CANCELLED
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused

WORDS = {"note": "note", "email": "email", "phone": "phone", "poNumber": "po_number"}


def update(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """orderUpdate"""
    given, orders = args["input"], asking.shop.orders
    number = number_of(given["id"], "Order")
    body = orders.live(number) if number else None
    if number is None or body is None:
        return refused([Refusal(("id",), "Order does not exist")], "order")
    said = {**body["said"], **{word: given[name] for name, word in WORDS.items() if name in given}}
    if "tags" in given:
        said["tags"] = tidy_tags(given["tags"] or [])
    orders.say(number, with_metafields("Order", said, given.get("metafields")))
    return {"order": nodes.order(asking.shop, number), "userErrors": []}


def cancel(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """orderCancel: the job is done at once; `refund` gives back what was paid."""
    number = number_of(args["orderId"], "Order")
    body = asking.shop.orders.live(number) if number else None
    wrong = None
    if number is None or body is None:
        wrong = Refusal(("orderId",), "Order does not exist", "NOT_FOUND")
    elif body["said"].get("status") == CANCELLED:
        wrong = Refusal(("orderId",), "Cannot cancel an order that has already been canceled", "INVALID")
    elif body["said"].get("status") == "fulfilled":
        wrong = Refusal(("orderId",), "Cannot cancel an order that has been fulfilled", "INVALID")
    if wrong is not None or number is None or body is None:
        told = [wrong.told()] if wrong is not None else []
        return {"job": None, "orderCancelUserErrors": told, "userErrors": told}
    words: dict[str, Any] = {"status": CANCELLED}
    if args.get("refund"):
        words["refunded"] = written(received(body["said"]))
    asking.kinds.orders.edit(number, words)
    said = asking.shop.orders.must(number)["said"]
    asking.shop.orders.say(number, {**said, "cancel_reason": args["reason"]})
    job = {"__typename": "Job", "id": f"gid://shopify/Job/cancel-{number}", "done": True}
    return {"job": job, "orderCancelUserErrors": [], "userErrors": []}
