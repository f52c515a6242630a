"""refundCreate: units taken back and money given back, once per idempotency key.

The money is what the transactions come to; without any, units are taken back and nothing is paid. Where it differs from
what was taken, the order comes to less by what was paid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from graphql import GraphQLResolveInfo

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.gids import number_of
from sg_pipelines.sandbox.shopify.idempotency import key_of, once
from sg_pipelines.sandbox.shopify.money import NOUGHT, exact, price, written
from sg_pipelines.sandbox.shopify.nodes import Args, Node
from sg_pipelines.sandbox.shopify.order_fields import line_number, lines_of, money_of, refunds_of
from sg_pipelines.sandbox.shopify.order_worth import current_units, net_payment, shipping_refunded
from sg_pipelines.sandbox.shopify.orders import CANCELLED
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused

NOTHING = ("order", "refund")


def create(asking: Asking, args: Args, info: GraphQLResolveInfo) -> dict[str, Any]:
    """refundCreate"""
    given = args["input"]
    return once(asking, key_of(info), given, lambda: _create(asking, given), *NOTHING)


def _create(asking: Asking, given: Args) -> dict[str, Any]:
    order = nodes.order(asking.shop, number_of(given["orderId"], "Order"))
    if order is None:
        return refused([Refusal(("orderId",), "Order does not exist")], *NOTHING)
    wrong = list(_problems(order, given))
    if wrong:
        return {**refused(wrong, *NOTHING), "order": order}
    paid = _paid_back(given)
    refund = {
        "amount": written(paid),
        "at": asking.shop.time.now_ms(),
        "note": given.get("note"),
        "shipping": written(_shipping(order, given)),
        "lines": [_taken(order, one) for one in given.get("refundLineItems") or ()],
    }
    refunded = written(exact(order.said.get("refunded")) + paid)
    refunds = [*order.said.get("refunds", ()), refund]
    asking.kinds.orders.change(order.number, {"refunds": refunds, "refunded": refunded})
    changed = nodes.order(asking.shop, order.number)
    assert changed is not None
    return {"order": changed, "refund": refunds_of(changed)[-1], "userErrors": []}


def _paid_back(given: Args) -> Decimal:
    return sum((exact(one["amount"]) for one in given.get("transactions") or ()), NOUGHT)


def _shipping(order: Node, given: Args) -> Decimal:
    asked = given.get("shipping") or {}
    return _shipping_left(order) if asked.get("fullRefund") else exact(asked.get("amount"))


def _shipping_left(order: Node) -> Decimal:
    return exact(order.said.get("shipping_amount")) - shipping_refunded(order.said)


def _taken(order: Node, one: Args) -> dict[str, Any]:
    line = _line(order, one["lineItemId"])
    assert line is not None
    restock_type = one.get("restockType") or "NO_RESTOCK"
    return {"line": line.part["id"], "quantity": one["quantity"], "restock_type": restock_type}


def _line(order: Node, identifier: str) -> Node | None:
    number = number_of(identifier, "LineItem")
    return next((line for line in lines_of(order) if line_number(line) == number), None)


def _problems(order: Node, given: Args) -> Iterator[Refusal]:
    if order.said.get("status") == CANCELLED:
        yield Refusal(("orderId",), "Cannot refund an order that has been canceled")
        return
    money = money_of(order)
    if (given.get("currency") or money.shop) != money.presentment:
        yield Refusal(("currency",), "Currency must be the presentment currency of the order")
    yield from _line_problems(order, given)
    yield from _shipping_problems(order, given)
    yield from _money_problems(order, given)


def _line_problems(order: Node, given: Args) -> Iterator[Refusal]:
    taken = Counter[str]()
    for place, one in enumerate(given.get("refundLineItems") or ()):
        path, line = ("refundLineItems", str(place)), _line(order, one["lineItemId"])
        taken[one["lineItemId"]] += one["quantity"]
        if line is None:
            yield Refusal((*path, "lineItemId"), "Line item does not exist")
        elif one["quantity"] < 1:
            yield Refusal((*path, "quantity"), "Quantity must be greater than 0")
        elif taken[one["lineItemId"]] > current_units(order.said, line.part):
            yield Refusal((*path, "quantity"), "Quantity cannot refund more items than were purchased")


def _shipping_problems(order: Node, given: Args) -> Iterator[Refusal]:
    if not NOUGHT <= _shipping(order, given) <= _shipping_left(order):
        yield Refusal(("shipping", "amount"), "Shipping cannot be refunded beyond what was paid for it")


def _money_problems(order: Node, given: Args) -> Iterator[Refusal]:
    for place, one in enumerate(given.get("transactions") or ()):
        path = ("transactions", str(place))
        if number_of(one["orderId"], "Order") != order.number:
            yield Refusal((*path, "orderId"), "Transactions must be of the order that is refunded")
        if exact(one["amount"]) <= 0:
            yield Refusal((*path, "amount"), "Amount must be greater than 0")
    paid, kept, currency = _paid_back(given), net_payment(order.said), money_of(order).presentment
    if paid > kept:
        told = [f"{price(amount, currency)} {currency}" for amount in (paid, kept)]
        yield Refusal(None, f"Refund amount {told[0]} is greater than net payment received {told[1]}")
