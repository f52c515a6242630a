"""Contact properties, and the world's neutral words for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PLAIN = {
    "first_name": "firstname",
    "last_name": "lastname",
    "email": "email",
    "phone": "phone",
    "company_name": "company",
    "address_street": "address",
    "address_street2": "address_line_2",
    "address_city": "city",
    "address_region": "state",
    "address_postal_code": "zip",
    "address_country": "country",
    "marketing_consent": "marketing_consent",
    "custom_loyalty_tier": "loyalty_tier",
    "external_id": "external_id",
}
STAGES = {"lead": "lead", "prospect": "opportunity", "customer": "customer"}
CROSS_IDS = {"shopify": "shopify_customer_id", "netsuite": "netsuite_customer_id"}
DEFAULT = ("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname")
DATES = frozenset({"createdate", "lastmodifieddate"})
ENUMERATIONS = frozenset({"lifecyclestage", "marketing_consent", "tags"})
NUMBERS = frozenset({"hs_object_id"})
UNIQUE = ("email", "external_id")


def from_neutral(attributes: Mapping[str, Any]) -> dict[str, str | None]:
    """Neutral attributes as properties; what HubSpot has no place for is left out."""
    properties: dict[str, str | None] = {}
    for name, value in attributes.items():
        if name in PLAIN:
            properties[PLAIN[name]] = value
        elif name == "lifecycle":
            properties["lifecyclestage"] = STAGES.get(value)
        elif name == "tags":
            properties["tags"] = ";".join(value) if value else None
        elif name == "cross_ids":
            properties |= {CROSS_IDS[account]: other for account, other in value.items() if account in CROSS_IDS}
    return properties


def to_neutral(properties: Mapping[str, str | None]) -> dict[str, Any]:
    """The way back."""
    stages = {stage: word for word, stage in STAGES.items()}
    neutral: dict[str, Any] = {name: properties.get(wire) for name, wire in PLAIN.items()}
    neutral["lifecycle"] = stages.get(properties.get("lifecyclestage") or "")
    neutral["tags"] = (properties.get("tags") or "").split(";") if properties.get("tags") else []
    named = {account: properties.get(wire) for account, wire in CROSS_IDS.items()}
    neutral["cross_ids"] = {account: other for account, other in named.items() if other}
    return neutral


def definitions() -> list[dict[str, Any]]:
    """What `GET /crm/v3/properties/contacts` lists."""
    names = [*PLAIN.values(), "lifecyclestage", "tags", *CROSS_IDS.values(), *DATES, *NUMBERS, "hs_merged_object_ids"]
    return [_definition(name) for name in sorted(set(names))]


def _definition(name: str) -> dict[str, Any]:
    kind = "string"
    if name in DATES:
        kind = "datetime"
    elif name in ENUMERATIONS:
        kind = "enumeration"
    elif name in NUMBERS:
        kind = "number"
    return {
        "name": name,
        "label": name.replace("_", " ").capitalize(),
        "type": kind,
        "fieldType": {"datetime": "date", "enumeration": "checkbox", "number": "number"}.get(kind, "text"),
        "groupName": "contactinformation",
        "hasUniqueValue": name in ("external_id", "hs_object_id"),
        "options": [],
    }
