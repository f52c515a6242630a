"""Customers and their addresses, as objects of the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.gids import gid
from sg_pipelines.sandbox.shopify.nodes import Args, Fields, Listing, Node
from sg_pipelines.sandbox.shopify.schema import country_code
from sg_pipelines.sandbox.shopify.shared_fields import METAFIELDS, OWN_ID, always, word
from sg_pipelines.sandbox.simulator import ADDRESS


def address(node: Node, args: Args) -> dict[str, Any] | None:
    """The `MailingAddress` of a customer."""
    said = node.said
    if not any(said.get(part) for part in ADDRESS) and not said.get("company_name"):
        return None
    street, street2, city, region, postal, country = (said.get(part) or None for part in ADDRESS)
    return {
        "__typename": "MailingAddress",
        "id": gid("MailingAddress", node.number),
        "firstName": said.get("first_name"),
        "lastName": said.get("last_name"),
        "name": _full_name(said),
        "company": said.get("company_name") or None,
        "address1": street,
        "address2": street2,
        "city": city,
        "province": region,
        "provinceCode": region,
        "zip": postal,
        "country": country,
        "countryCodeV2": country_code(country),
        "phone": said.get("phone"),
    }


def _full_name(said: Mapping[str, Any]) -> str | None:
    return " ".join(part for part in (said.get("first_name"), said.get("last_name")) if part) or None


def _display_name(node: Node, args: Args) -> str:
    said = node.said
    return _full_name(said) or said.get("email") or said.get("phone") or ""


def _email(node: Node, args: Args) -> dict[str, Any] | None:
    email = node.said.get("email")
    if not email:
        return None
    state = node.said.get("marketing_consent", "NOT_SUBSCRIBED")
    level = "SINGLE_OPT_IN" if state == "SUBSCRIBED" else None
    return {"emailAddress": email, "marketingState": state, "marketingOptInLevel": level, "validFormat": "@" in email}


def _phone(node: Node, args: Args) -> dict[str, Any] | None:
    phone = node.said.get("phone")
    return {"phoneNumber": phone} if phone else None


def _addresses(node: Node, args: Args) -> list[dict[str, Any]]:
    found = address(node, args)
    return [] if found is None else [found]


def _profiles(node: Node, args: Args) -> list[Node]:
    return nodes.present([nodes.contact(node.shop, node.number)])


def _orders(node: Node, args: Args) -> Listing:
    shop = node.shop
    return Listing("Order", [Node("Order", n, body, shop) for n, body in shop.orders_of("customer", node.number)], args)


def _last_order(node: Node, args: Args) -> Node | None:
    numbers = node.shop.orders.having("customer", node.number)
    return nodes.order(node.shop, max(numbers, default=None))


def _amount_spent(node: Node, args: Args) -> dict[str, Any]:
    spent = node.shop.total_spent("customer", node.number, node.said)
    return {"amount": spent, "currencyCode": node.shop.currency}


CUSTOMER: Fields = {
    **OWN_ID,
    **METAFIELDS,
    "firstName": word("first_name"),
    "lastName": word("last_name"),
    "displayName": _display_name,
    "email": word("email"),
    "phone": word("phone"),
    "note": word("note"),
    "state": always("DISABLED"),
    "locale": word("locale", "en"),
    "tags": lambda node, args: node.said.get("tags") or [],
    "numberOfOrders": lambda node, args: str(node.shop.orders_count("customer", node.number, node.said)),
    "amountSpent": _amount_spent,
    "canDelete": lambda node, args: not node.shop.orders.having("customer", node.number),
    "defaultEmailAddress": _email,
    "defaultPhoneNumber": _phone,
    "defaultAddress": address,
    "addresses": _addresses,
    "companyContactProfiles": _profiles,
    "orders": _orders,
    "lastOrder": _last_order,
}
