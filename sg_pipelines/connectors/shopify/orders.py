"""Orders as they were ordered, in the money the customer paid in: quantities and amounts are those before returns and
before units were removed, as the ERP's order keeps them; what was given back is apart.

Without `read_all_orders` the platform neither lists nor finds orders older than 60 days, which would read as deleted.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import NotRequired
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.forms import Instant, day_at
from sg_pipelines.connectors.shopify.mapping import Nested, Sheet, id_of
from sg_pipelines.connectors.shopify.wire import Gid, Money, Named, Raw
from sg_pipelines.domain.model.record import CellValue

FULFILLED = "FULFILLED"
_PAID = "{ presentmentMoney { amount } }"
FIELDS = f"""
id name createdAt updatedAt processedAt cancelledAt displayFulfillmentStatus
currencyCode presentmentCurrencyCode taxesIncluded
subtotalPriceSet {_PAID} totalDiscountsSet {_PAID} totalTaxSet {_PAID} totalShippingPriceSet {_PAID}
shippingLine {{ originalPriceSet {_PAID} discountedPriceSet {_PAID} }}
totalPriceSet {{ presentmentMoney {{ amount }} shopMoney {{ amount }} }}
totalTipReceivedSet {_PAID} originalTotalDutiesSet {_PAID} originalTotalAdditionalFeesSet {_PAID}
totalRefundedSet {_PAID}
customer {{ id }}
purchasingEntity {{ ... on PurchasingCompany {{ company {{ id }} }} }}
"""


class Paid(TypedDict):
    """An amount in the customer's money."""

    presentmentMoney: Money


class Shipping(TypedDict):
    """All shipping, before and after what is off it."""

    originalPriceSet: Paid
    discountedPriceSet: Paid


class Total(TypedDict):
    """An amount in the customer's and the shop's money."""

    presentmentMoney: Money
    shopMoney: Money


class Purchaser(TypedDict):
    """Who bought; a company, or nothing we ask for."""

    company: NotRequired[Named]


class Line(TypedDict):
    """One line."""

    sku: str | None
    quantity: int
    variant: Named | None
    originalTotalSet: Paid


class OrderNode(TypedDict):
    """One order."""

    id: Gid
    name: str
    createdAt: Instant
    updatedAt: Instant
    processedAt: Instant
    cancelledAt: Instant | None
    displayFulfillmentStatus: str
    currencyCode: str
    presentmentCurrencyCode: str
    taxesIncluded: bool
    subtotalPriceSet: Paid | None
    totalDiscountsSet: Paid | None
    totalTaxSet: Paid | None
    totalShippingPriceSet: Paid
    shippingLine: Shipping | None
    totalPriceSet: Total
    totalTipReceivedSet: Paid
    originalTotalDutiesSet: Paid | None
    originalTotalAdditionalFeesSet: Paid | None
    totalRefundedSet: Paid
    customer: Named | None
    purchasingEntity: Purchaser | None
    children: list[Line]


def _read(node: Raw, scope: Scope) -> dict[str, CellValue]:
    buyer = node["purchasingEntity"] or {}
    return {
        "number": node["name"],
        "placed_on": day_at(datetime.fromisoformat(node["processedAt"]), ZoneInfo(scope.time_zone)),
        "status": _status(node),
        "currency": node["presentmentCurrencyCode"],
        "subtotal_amount": _subtotal(node),
        "discount_amount": _paid(node["totalDiscountsSet"]),
        "tax_amount": _paid(node["totalTaxSet"]),
        "shipping_amount": _paid(node["totalShippingPriceSet"]),
        "total_amount": _paid(node["totalPriceSet"]),
        "customer_id": id_of(node["customer"]),
        "company_id": id_of(buyer.get("company")),
        "lines": [_line(line) for line in node["children"]],
        "tax_included": node["taxesIncluded"],
        "shop_total": node["totalPriceSet"]["shopMoney"]["amount"],
        "shop_currency": node["currencyCode"],
        "charges": _charges(node),
        "refunded": _paid(node["totalRefundedSet"]),
        "created_at": datetime.fromisoformat(node["createdAt"]),
    }


def _subtotal(node: Raw) -> str | None:
    """The lines before discounts. The platform's subtotal is after them, and its discounts are also those off shipping,
    which its shipping price is before."""
    if node["subtotalPriceSet"] is None:
        return None
    shipping = node["shippingLine"] or {}
    off_shipping = _exact(shipping.get("originalPriceSet")) - _exact(shipping.get("discountedPriceSet"))
    return f"{_exact(node['subtotalPriceSet']) + _exact(node['totalDiscountsSet']) - off_shipping:f}"


def _charges(node: Raw) -> str:
    """What the total holds beside goods, shipping and tax, as the order was placed."""
    charged = ("totalTipReceivedSet", "originalTotalDutiesSet", "originalTotalAdditionalFeesSet")
    return f"{sum((_exact(node[name]) for name in charged), Decimal(0)):f}"


def _exact(amount: Raw | None) -> Decimal:
    return Decimal(_paid(amount) or 0)


def _paid(amount: Raw | None) -> str | None:
    if amount is None:
        return None
    text: str = amount["presentmentMoney"]["amount"]
    return text


def _status(node: Raw) -> str:
    if node["cancelledAt"]:
        return "cancelled"
    return "fulfilled" if node["displayFulfillmentStatus"] == FULFILLED else "open"


def _line(line: Raw) -> dict[str, str | None]:
    return {
        "product_id": id_of(line["variant"]),
        "sku": line["sku"] or None,
        "quantity": str(line["quantity"]),
        "amount": _paid(line["originalTotalSet"]),
    }


ORDERS = Sheet(
    connection="orders",
    counted="ordersCount",
    type="Order",
    fields=FIELDS,
    adapter=TypeAdapter(OrderNode),
    read=_read,
    columns=(
        *("number", "placed_on", "status", "currency", "subtotal_amount", "discount_amount", "tax_amount"),
        *("shipping_amount", "total_amount", "customer_id", "company_id", "lines"),
        *("tax_included", "shop_total", "shop_currency", "charges", "refunded", "created_at"),
    ),
    page="orders/",
    scopes=("read_orders", "read_all_orders", "read_products", "read_customers"),
    nested=Nested(("lineItems",), f"id sku quantity variant {{ id }} originalTotalSet {_PAID}", first=8),
)
