"""Orders and their lines, as objects of the schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.gids import LINES_PER_ORDER, gid
from sg_pipelines.sandbox.shopify.money import NOUGHT, OrderMoney, exact, received
from sg_pipelines.sandbox.shopify.nodes import Args, Fields, Listing, Node, Read
from sg_pipelines.sandbox.shopify.order_worth import (
    current_total,
    current_units,
    gone,
    net_payment,
    outstanding,
    quantity_of,
    shipping,
    shipping_refunded,
    subtotal,
)
from sg_pipelines.sandbox.shopify.orders import CANCELLED, processed_ms
from sg_pipelines.sandbox.shopify.product_fields import product_of
from sg_pipelines.sandbox.shopify.shared_fields import METAFIELDS, OWN_ID, always, word

Said = Mapping[str, Any]


def money_of(node: Node) -> OrderMoney:
    """How the order's amounts convert."""
    return OrderMoney(node.said, node.shop.currency)


def _is_cancelled(said: Said) -> bool:
    return said.get("status") == CANCELLED


def _bag(amount: Callable[[Said], Decimal]) -> Read:
    return lambda node, args: money_of(node).bag(amount(node.said))


def _amount(name: str) -> Callable[[Said], Decimal]:
    return lambda said: exact(said.get(f"{name}_amount"))


def _stated(name: str, amount: Callable[[Said], Decimal]) -> Read:
    """Null when nobody said how much."""
    return lambda node, args: (
        None if node.said.get(f"{name}_amount") in (None, "") else money_of(node).bag(amount(node.said))
    )


def _current(amount: Callable[[Said], Decimal]) -> Read:
    """What is left of it: nothing of a cancelled order."""
    return _bag(lambda said: NOUGHT if _is_cancelled(said) else amount(said))


def financial_status(said: Said) -> str:
    """Paid, unless something was given back, nothing was kept, or an edit made it dearer."""
    refunded = exact(said.get("refunded"))
    if refunded:
        return "REFUNDED" if refunded >= received(said) else "PARTIALLY_REFUNDED"
    if _is_cancelled(said):
        return "VOIDED"
    return "PARTIALLY_PAID" if outstanding(said) > 0 else "PAID"


def _is_refundable(said: Said) -> bool:
    return not _is_cancelled(said) and net_payment(said) > 0


def fulfillment_status(said: Said) -> str:
    """Fulfilled or not; a cancelled order was never sent."""
    return "FULFILLED" if said.get("status") == "fulfilled" else "UNFULFILLED"


def is_editable(said: Said) -> bool:
    """Until it is sent or cancelled."""
    return not _is_cancelled(said) and said.get("status") != "fulfilled"


def _purchaser(node: Node, args: Args) -> Node | dict[str, Any] | None:
    buyer = nodes.customer(node.shop, node.said.get("customer_id"))
    company = nodes.company(node.shop, node.said.get("company_id"))
    if company is None:
        return buyer
    contact = nodes.contact(node.shop, node.said.get("customer_id"))
    is_theirs = contact is not None and contact.said.get("company_id") == str(company.number)
    return {
        "__typename": "PurchasingCompany",
        "company": company,
        "contact": contact if is_theirs else None,
        "location": nodes.company(node.shop, company.number, "CompanyLocation"),
    }


def _left(node: Node) -> int:
    return current_units(node.said, node.part)


def lines_of(node: Node) -> list[Node]:
    """The lines of an order."""
    return [Node("LineItem", node.number, node.body, node.shop, line) for line in node.said.get("lines", ())]


def refunds_of(node: Node) -> list[Node]:
    """The refunds of an order, oldest first."""
    refunds = node.said.get("refunds", ())
    return [
        Node("Refund", node.number, node.body, node.shop, {**one, "place": place})
        for place, one in enumerate(refunds, start=1)
    ]


def _refunds(node: Node, args: Args) -> list[Node]:
    return refunds_of(node)[: args.get("first")]


def _shipping_line(node: Node, args: Args) -> dict[str, Any] | None:
    """All shipping of the order; null when there is none."""
    whole = _amount("shipping")(node.said)
    if not whole:
        return None
    bag = money_of(node).bag
    prices = {"originalPriceSet": bag(whole), "discountedPriceSet": bag(shipping(node.said))}
    return {"__typename": "ShippingLine", "title": "Shipping", **prices}


def _cancelled_at(node: Node, args: Args) -> str | None:
    at = node.said.get("cancelled_at")
    return iso_seconds(at) if at else None


def order_email(node: Node) -> str | None:
    """The address the order was placed with: its own, else its customer's."""
    if "email" in node.said:
        return str(node.said["email"])
    buyer = nodes.customer(node.shop, node.said.get("customer_id"))
    return None if buyer is None else buyer.said.get("email")


ORDER: Fields = {
    **OWN_ID,
    **METAFIELDS,
    "name": word("number", ""),
    "processedAt": lambda node, args: iso_seconds(processed_ms(node.body)),
    "cancelledAt": _cancelled_at,
    "cancelReason": lambda node, args: (
        (node.said.get("cancel_reason") or "OTHER") if _is_cancelled(node.said) else None
    ),
    "closed": always(False),
    "closedAt": always(None),
    "confirmed": always(True),
    "test": always(False),
    "currencyCode": lambda node, args: money_of(node).shop,
    "presentmentCurrencyCode": lambda node, args: money_of(node).presentment,
    "taxesIncluded": lambda node, args: bool(node.said.get("tax_included")),
    "displayFinancialStatus": lambda node, args: financial_status(node.said),
    "displayFulfillmentStatus": lambda node, args: fulfillment_status(node.said),
    "edited": lambda node, args: bool(node.said.get("edited")),
    "merchantEditable": lambda node, args: is_editable(node.said),
    "refundable": lambda node, args: _is_refundable(node.said),
    "note": word("note"),
    "tags": lambda node, args: node.said.get("tags") or [],
    "email": lambda node, args: order_email(node),
    "phone": word("phone"),
    "poNumber": word("po_number"),
    "subtotalLineItemsQuantity": lambda node, args: sum(quantity_of(line.part) for line in lines_of(node)),
    "currentSubtotalLineItemsQuantity": lambda node, args: sum(_left(line) for line in lines_of(node)),
    "subtotalPriceSet": _stated("subtotal", subtotal),
    "totalDiscountsSet": _stated("discount", _amount("discount")),
    "totalTaxSet": _stated("tax", _amount("tax")),
    "totalShippingPriceSet": _bag(_amount("shipping")),
    "shippingLine": _shipping_line,
    "totalPriceSet": _bag(_amount("total")),
    "totalTipReceivedSet": _bag(_amount("tip")),
    "originalTotalDutiesSet": _stated("duties", _amount("duties")),
    "originalTotalAdditionalFeesSet": _stated("fees", _amount("fees")),
    "totalRefundedSet": _bag(lambda said: exact(said.get("refunded"))),
    "totalRefundedShippingSet": _bag(shipping_refunded),
    "totalReceivedSet": _bag(received),
    "netPaymentSet": _bag(net_payment),
    "totalOutstandingSet": _current(outstanding),
    "currentSubtotalPriceSet": _current(lambda said: subtotal(said) - gone(said).subtotal),
    "currentTotalDiscountsSet": _current(lambda said: exact(said.get("discount_amount")) - gone(said).discount),
    "currentTotalTaxSet": _current(lambda said: exact(said.get("tax_amount")) - gone(said).tax),
    "currentShippingPriceSet": _current(lambda said: shipping(said) - shipping_refunded(said)),
    "currentTotalPriceSet": _current(current_total),
    "customer": lambda node, args: nodes.customer(node.shop, node.said.get("customer_id")),
    "purchasingEntity": _purchaser,
    "lineItems": lambda node, args: Listing("LineItem", lines_of(node), args),
    "refunds": _refunds,
}


def _line_amount(node: Node) -> Decimal:
    return exact(node.part.get("amount"))


def _unit(node: Node, args: Args) -> dict[str, Any]:
    quantity = Decimal(node.part["quantity"]) or Decimal(1)
    return money_of(node).bag((_line_amount(node) / quantity).quantize(Decimal("0.01")))


def _line_variant(node: Node) -> Node | None:
    return nodes.variant(node.shop, node.part.get("product_id"))


def _line_product(node: Node, args: Args) -> Node | None:
    found = _line_variant(node)
    return None if found is None else product_of(found)


def _line_total(node: Node, args: Args) -> dict[str, Any]:
    return money_of(node).bag(_line_amount(node))


def line_number(node: Node) -> int:
    """A line's number: its order's, and its own inside."""
    return node.number * LINES_PER_ORDER + int(node.part["id"])


LINE_ITEM: Fields = {
    "id": lambda node, args: gid("LineItem", line_number(node)),
    "name": lambda node, args: node.part.get("name") or "",
    "title": lambda node, args: node.part.get("name") or "",
    "variantTitle": always(None),
    "sku": lambda node, args: node.part.get("sku") or None,
    "quantity": lambda node, args: quantity_of(node.part),
    "currentQuantity": lambda node, args: _left(node),
    "refundableQuantity": lambda node, args: _left(node),
    "product": _line_product,
    "variant": lambda node, args: _line_variant(node),
    "originalUnitPriceSet": _unit,
    "originalTotalSet": _line_total,
    "discountedTotalSet": _line_total,
    "totalDiscountSet": lambda node, args: money_of(node).bag(NOUGHT),
    "taxable": always(True),
    "requiresShipping": always(True),
}
