"""Customers."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.forms import Instant, Whole
from sg_pipelines.connectors.shopify.mapping import Sheet, id_of
from sg_pipelines.connectors.shopify.wire import Gid, Money, Named, Raw
from sg_pipelines.domain.model.record import CellValue

CONSENTS = {"SUBSCRIBED": "granted", "UNSUBSCRIBED": "denied"}
ADDRESS = {
    "address_street": "address1",
    "address_street2": "address2",
    "address_city": "city",
    "address_region": "provinceCode",
    "address_postal_code": "zip",
    "address_country": "countryCodeV2",
}
FIELDS = """
id firstName lastName createdAt updatedAt tags numberOfOrders
amountSpent { amount currencyCode }
defaultEmailAddress { emailAddress marketingState }
defaultPhoneNumber { phoneNumber }
defaultAddress { company address1 address2 city provinceCode zip countryCodeV2 }
companyContactProfiles { company { id } }
"""


class EmailAddress(TypedDict):
    """The default e-mail address."""

    emailAddress: str
    marketingState: str


class PhoneNumber(TypedDict):
    """The default telephone number."""

    phoneNumber: str


class Address(TypedDict):
    """The default address."""

    company: str | None
    address1: str | None
    address2: str | None
    city: str | None
    provinceCode: str | None
    zip: str | None
    countryCodeV2: str | None


class Profile(TypedDict):
    """A company the customer buys for."""

    company: Named


class CustomerNode(TypedDict):
    """One customer."""

    id: Gid
    firstName: str | None
    lastName: str | None
    createdAt: Instant
    updatedAt: Instant
    tags: list[str]
    numberOfOrders: Whole
    amountSpent: Money
    defaultEmailAddress: EmailAddress | None
    defaultPhoneNumber: PhoneNumber | None
    defaultAddress: Address | None
    companyContactProfiles: list[Profile]


def _read(node: Raw, scope: Scope) -> dict[str, CellValue]:
    email, phone, address = node["defaultEmailAddress"], node["defaultPhoneNumber"], node["defaultAddress"] or {}
    companies = sorted((id_of(one["company"]) or "" for one in node["companyContactProfiles"]), key=int)
    return {
        "first_name": node["firstName"] or None,
        "last_name": node["lastName"] or None,
        "email": email["emailAddress"] if email else None,
        "phone": phone["phoneNumber"] if phone else None,
        "company_name": address.get("company") or None,
        "marketing_consent": CONSENTS.get(email["marketingState"]) if email else None,
        "tags": list(node["tags"]),
        "company_id": companies[0] if companies else None,
        "company_ids": companies if len(companies) > 1 else None,
        "orders_count": int(node["numberOfOrders"]),
        "total_spent": node["amountSpent"]["amount"],
        "created_at": datetime.fromisoformat(node["createdAt"]),
        **{column: address.get(name) or None for column, name in ADDRESS.items()},
    }


CUSTOMERS = Sheet(
    connection="customers",
    counted="customersCount",
    type="Customer",
    fields=FIELDS,
    adapter=TypeAdapter(CustomerNode),
    read=_read,
    columns=(
        *("first_name", "last_name", "email", "phone", "company_name", *ADDRESS, "marketing_consent", "tags"),
        *("company_id", "company_ids", "orders_count", "total_spent", "created_at"),
    ),
    page="customers/",
    scopes=("read_customers",),
)
