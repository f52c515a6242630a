"""Companies of B2B: the company, and its first location for what Shopify keeps per location."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.forms import Instant
from sg_pipelines.connectors.shopify.mapping import Nested, Sheet, value_of
from sg_pipelines.connectors.shopify.wire import Gid, Money, Raw
from sg_pipelines.domain.model.record import CellValue

ADDRESS = {
    "address_street": "address1",
    "address_street2": "address2",
    "address_city": "city",
    "address_region": "zoneCode",
    "address_postal_code": "zip",
    "address_country": "countryCode",
}


class Count(TypedDict):
    """A number of things."""

    count: int


class TaxSettings(TypedDict):
    """How a location is taxed."""

    taxRegistrationId: str | None


class Address(TypedDict):
    """A billing address."""

    address1: str | None
    address2: str | None
    city: str | None
    zoneCode: str | None
    zip: str | None
    countryCode: str | None


class LocationNode(TypedDict):
    """A place of a company."""

    id: Gid
    phone: str | None
    billingAddress: Address | None
    taxSettings: TaxSettings


class CompanyNode(TypedDict):
    """One company."""

    id: Gid
    name: str
    externalId: str | None
    createdAt: Instant
    updatedAt: Instant
    ordersCount: Count | None
    totalSpent: Money
    children: list[LocationNode]


def _read(node: Raw, scope: Scope) -> dict[str, CellValue]:
    first: Raw = min(node["children"], key=lambda place: int(place["id"].rpartition("/")[2]), default={})
    address: Raw = first.get("billingAddress") or {}
    count = node["ordersCount"]
    return {
        "name": node["name"] or None,
        "domain": value_of(node, "x_domain"),
        "tax_id": (first.get("taxSettings") or {}).get("taxRegistrationId") or None,
        "phone": first.get("phone") or None,
        "orders_count": count["count"] if count else None,
        "total_spent": node["totalSpent"]["amount"],
        "created_at": datetime.fromisoformat(node["createdAt"]),
        **{column: address.get(name) or None for column, name in ADDRESS.items()},
    }


COMPANIES = Sheet(
    connection="companies",
    type="Company",
    fields="id name externalId createdAt updatedAt ordersCount { count } totalSpent { amount }",
    adapter=TypeAdapter(CompanyNode),
    read=_read,
    columns=("name", "domain", "tax_id", "phone", *ADDRESS, "orders_count", "total_spent", "created_at"),
    page="companies/",
    scopes=("read_customers",),
    nested=Nested(
        ("locations",),
        "id phone billingAddress { address1 address2 city zoneCode zip countryCode } taxSettings { taxRegistrationId }",
        first=3,
    ),
    metafields={"x_domain": "crm.domain"},
    external_id="externalId",
    left_out=lambda node: max(0, len(node["children"]) - 1),
)
