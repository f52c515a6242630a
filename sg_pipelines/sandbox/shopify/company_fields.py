"""Companies, their one location and their contacts, as objects of the schema."""

from __future__ import annotations

from typing import Any

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.gids import CONTACT_OFFSET, LOCATION_OFFSET, gid
from sg_pipelines.sandbox.shopify.nodes import Args, Fields, Listing, Node
from sg_pipelines.sandbox.shopify.schema import UNKNOWN_COUNTRY, country_code
from sg_pipelines.sandbox.shopify.shared_fields import METAFIELDS, OWN_ID, TIMES, always, offset_id, word
from sg_pipelines.sandbox.simulator import ADDRESS


def _orders_count(node: Node, args: Args) -> dict[str, Any]:
    return {"count": node.shop.orders_count("company", node.number, node.said), "precision": "EXACT"}


def _total_spent(node: Node, args: Args) -> dict[str, Any]:
    return {"amount": node.shop.total_spent("company", node.number, node.said), "currencyCode": node.shop.currency}


def _orders(node: Node, args: Args) -> Listing:
    shop = node.shop
    return Listing("Order", [Node("Order", n, body, shop) for n, body in shop.orders_of("company", node.number)], args)


def contacts_of(node: Node) -> list[Node]:
    """The people of a company, oldest first."""
    people = node.shop.customers.having("company", node.number)
    return nodes.present(nodes.contact(node.shop, number) for number in people)


def address(node: Node, args: Args) -> dict[str, Any] | None:
    """The `CompanyAddress` of a location; a street and a country must be there, so a lacking one is blank or ZZ."""
    said = node.said
    street, street2, city, region, postal, country = (said.get(part) or None for part in ADDRESS)
    if not any((street, street2, city, region, postal, country)):
        return None
    return {
        "__typename": "CompanyAddress",
        "id": gid("CompanyAddress", node.number + LOCATION_OFFSET),
        "companyName": said.get("name") or "",
        "address1": street or "",
        "address2": street2,
        "city": city,
        "province": region,
        "zoneCode": region,
        "zip": postal,
        "country": country,
        "countryCode": country_code(country) or UNKNOWN_COUNTRY,
        "phone": said.get("phone"),
        "createdAt": iso_seconds(node.body["created"]),
        "updatedAt": iso_seconds(node.body["updated"]),
    }


TOTALS: Fields = {"ordersCount": _orders_count, "totalSpent": _total_spent, "orders": _orders}
COMPANY: Fields = {
    **TIMES,
    "id": OWN_ID["id"],
    **METAFIELDS,
    **TOTALS,
    "name": word("name", ""),
    "externalId": word("external_id"),
    "note": word("note"),
    "customerSince": OWN_ID["createdAt"],
    "locations": lambda node, args: Listing(
        "CompanyLocation", nodes.present([nodes.company(node.shop, node.number, "CompanyLocation")]), args
    ),
    "locationsCount": always({"count": 1, "precision": "EXACT"}),
    "contacts": lambda node, args: Listing("CompanyContact", contacts_of(node), args),
    "contactsCount": lambda node, args: {"count": len(contacts_of(node)), "precision": "EXACT"},
    "mainContact": lambda node, args: next(iter(contacts_of(node)), None),
}
COMPANY_LOCATION: Fields = {
    **TIMES,
    **TOTALS,
    "id": offset_id(LOCATION_OFFSET),
    "name": lambda node, args: node.said.get("location_name") or node.said.get("name") or "",
    "externalId": word("location_external_id"),
    "phone": word("phone"),
    "note": word("location_note"),
    "currency": lambda node, args: node.shop.currency,
    "company": lambda node, args: nodes.company(node.shop, node.number),
    "billingAddress": address,
    "shippingAddress": always(None),
    "taxSettings": lambda node, args: {"taxExempt": False, "taxRegistrationId": node.said.get("tax_id") or None},
}
COMPANY_CONTACT: Fields = {
    **TIMES,
    "id": offset_id(CONTACT_OFFSET),
    "company": lambda node, args: nodes.company(node.shop, node.said.get("company_id")),
    "customer": lambda node, args: nodes.customer(node.shop, node.number),
    "isMainContact": lambda node, args: (
        node.number == min(node.shop.customers.having("company", int(node.said["company_id"])), default=None)
    ),
    "title": always(None),
    "locale": word("locale"),
}
