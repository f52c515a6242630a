"""Customers as GraphQL objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.customers import ADDRESS, CROSS_IDS

CURRENCY = "USD"
NAMESPACE = "crm"


def gid(number: int) -> str:
    """gid://shopify/Customer/123"""
    return f"gid://shopify/Customer/{number}"


def number_of(identifier: str) -> int | None:
    """The numeric tail of a customer's gid; None for anything else."""
    head, _, tail = identifier.rpartition("/")
    return int(tail) if head == "gid://shopify/Customer" and tail.isdigit() else None


def node(number: int, body: Body) -> dict[str, Any]:
    """The object graphql-core resolves fields from."""
    said = body["said"]
    email, phone = said.get("email"), said.get("phone")
    consent = said.get("marketing_consent", "NOT_SUBSCRIBED")
    return {
        "__typename": "Customer",
        "id": gid(number),
        "legacyResourceId": str(number),
        "firstName": said.get("first_name"),
        "lastName": said.get("last_name"),
        "createdAt": iso_seconds(body["created"]),
        "updatedAt": iso_seconds(body["updated"]),
        "tags": said.get("tags") or [],
        "numberOfOrders": str(said.get("orders_count") or 0),
        "amountSpent": {"amount": said.get("total_spent") or "0.0", "currencyCode": CURRENCY},
        "defaultEmailAddress": {"emailAddress": email, "marketingState": consent} if email else None,
        "defaultPhoneNumber": {"phoneNumber": phone} if phone else None,
        "defaultAddress": _address(number, said),
        "metafield": _metafield(number, said),
    }


def _address(number: int, said: Mapping[str, Any]) -> dict[str, Any] | None:
    parts = [said.get(name) for name in ADDRESS]
    company = said.get("company_name")
    if not any(parts) and not company:
        return None
    street, street2, city, region, postal, country = parts
    return {
        "__typename": "MailingAddress",
        "id": f"gid://shopify/MailingAddress/{number}",
        "company": company,
        "address1": street,
        "address2": street2,
        "city": city,
        "province": region,
        "provinceCode": region,
        "zip": postal,
        "country": country,
        "countryCodeV2": country,
    }


def _metafield(number: int, said: Mapping[str, Any]) -> Callable[..., dict[str, Any] | None]:
    values = {
        "loyalty_tier": said.get("custom_loyalty_tier"),
        "external_id": said.get("external_id"),
        **{key: said.get("cross_ids", {}).get(account) for account, key in CROSS_IDS.items()},
    }

    def resolve(info: Any, key: str, namespace: str | None = None) -> dict[str, Any] | None:
        value = values.get(key) if namespace in (NAMESPACE, None) else None
        if value is None:
            return None
        return {
            "__typename": "Metafield",
            "id": f"gid://shopify/Metafield/{number}{len(key)}",
            "namespace": NAMESPACE,
            "key": key,
            "value": value,
            "type": "single_line_text_field",
        }

    return resolve
