"""Shopify's tables: customers, variants with their stock, and orders with their lines."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from sg_pipelines.sandbox.warehouse.tables import Ids, Named, Row, Tables, Told, born, said
from sg_pipelines.sandbox.world.things import CUSTOMER, PRODUCT

_CUSTOMER = {"first_name": "first_name", "last_name": "last_name", "email": "email", "phone": "phone"}
_ADDRESS = {
    "company_name": "company",
    "address_street": "address_1",
    "address_street2": "address_2",
    "address_city": "city",
    "address_region": "province_code",
    "address_postal_code": "zip",
    "address_country": "country_code",
}
_CONSENT = {"SUBSCRIBED": "granted", "UNSUBSCRIBED": "denied"}
_AMOUNTS = {
    "discount_amount": "total_discounts_set_pres_amount",
    "tax_amount": "total_tax_set_pres_amount",
    "shipping_amount": "total_shipping_price_set_pres_amount",
    "total_amount": "total_price_set_pres_amount",
}


def customers(tables: Tables, ids: Ids) -> list[Named]:
    """Customers with their default address and tags."""
    addresses, tags = tables.grouped("customer_address", "customer_id"), tables.grouped("customer_tag", "customer_id")
    found = []
    for row in tables.things("customer"):
        default = next((one for one in addresses[row["id"]] if one["is_default"].casefold() == "true"), None)
        told: Told = said(row, _CUSTOMER) | (said(default, _ADDRESS) if default else {})
        told |= {
            "marketing_consent": _CONSENT.get(row["email_marketing_consent_state"]),
            "tags": [one["value"] for one in tags[row["id"]]],
            "orders_count": int(row["orders_count"] or 0),
            "total_spent": row["total_spent"] or "0.00",
        }
        found.append((row["id"], told | born(row, "created_at")))
    return found


def variants(tables: Tables, ids: Ids) -> list[Named]:
    """Variants; one whose product is not at hand is called by its own title."""
    titles, costs = tables.by("product", "id"), tables.by("inventory_item", "id")
    places = tables.grouped("inventory_level", "inventory_item_id")
    found = []
    for row in tables.things("product_variant"):
        title, item = titles.get(row["product_id"]), row["inventory_item_id"]
        cost = costs.get(item)
        stocked = [one["location_id"] for one in places[item]][:1]
        told: Told = {
            **said(row, {"sku": "sku", "barcode": "barcode", "price_amount": "price"}),
            "name": title["title"] if title else row["display_name"] or row["title"],
            "price_currency": _currency(tables),
            "cost_amount": (cost["unit_cost_amount"] or None) if cost else None,
            "cost_currency": (cost["unit_cost_currency_code"] or None) if cost else None,
            "inventory": [
                {"location": f"Location {one}", "quantity": row["inventory_quantity"] or "0"} for one in stocked
            ],
        }
        found.append((row["id"], told | born(row, "created_at")))
    return found


def orders(tables: Tables, ids: Ids) -> list[Named]:
    """Orders in the currency the customer paid in."""
    lines, refunds = tables.grouped("order_line", "order_id"), tables.grouped("refund", "order_id")
    found = []
    for row in tables.things("order"):
        told: Told = {
            "number": row["name"] or f"#{row['number']}",
            "placed_on": row["processed_at"][:10] or None,
            "status": _status(row),
            "currency": row["presentment_currency_code"] or row["currency_code"],
            "subtotal_amount": _sum([row["subtotal_price_set_pres_amount"], row["total_discounts_set_pres_amount"]]),
            **said(row, _AMOUNTS),
            "customer_id": ids.get((CUSTOMER, row["customer_id"])),
            "company_id": None,
            "lines": [_line(one, ids) for one in lines[row["id"]]],
            "tax_included": row["taxes_included"].casefold() == "true",
            "shop_total": row["total_price_set_shop_amount"] or None,
            "shop_currency": row["currency_code"] or None,
            "refunded": _sum([one["total_refunded_set_pres_amount"] for one in refunds[row["id"]]]),
        }
        found.append((row["id"], told | born(row, "created_at")))
    return found


def _line(row: Row, ids: Ids) -> dict[str, str | None]:
    return {
        "product_id": ids.get((PRODUCT, row["variant_id"])),
        "sku": row["sku"] or None,
        "name": row["name"],
        "quantity": row["quantity"] or "1",
        "amount": row["original_total_set_pres_amount"] or "0.00",
    }


def _status(row: Row) -> str:
    if row["cancelled_at"]:
        return "cancelled"
    return "fulfilled" if row["display_fulfillment_status"] == "FULFILLED" else "open"


def _currency(tables: Tables) -> str:
    shops = tables.rows("shop")
    return shops[0]["currency_code"] if shops else "USD"


def _sum(amounts: list[str]) -> str:
    """Amounts added up; what is no number counts as nothing."""
    total = Decimal(0)
    for amount in amounts:
        try:
            total += Decimal(amount or "0")
        except InvalidOperation:
            continue
    return str(total)
