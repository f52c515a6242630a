"""Checking and mapping records at the boundary, per record of some 25 values. `python -m benchmarks.validation`"""

import time
from statistics import median

from pydantic import BaseModel

from benchmarks.report import Line, show
from sg_pipelines.connectors.connections import Reading, Scope
from sg_pipelines.connectors.hubspot import wire as hubspot
from sg_pipelines.connectors.hubspot.customers import CONTACTS
from sg_pipelines.connectors.hubspot.mapping import ObjectMapping
from sg_pipelines.connectors.netsuite import wire as netsuite
from sg_pipelines.connectors.netsuite.customers import CUSTOMERS as OF_NETSUITE
from sg_pipelines.connectors.netsuite.mapping import RecordMapping
from sg_pipelines.connectors.shopify import wire as shopify
from sg_pipelines.connectors.shopify.customers import ADDRESS
from sg_pipelines.connectors.shopify.customers import CUSTOMERS as OF_SHOPIFY
from sg_pipelines.connectors.shopify.mapping import NodeMapping
from sg_pipelines.domain.model.customer import CUSTOMER

PAGE, PAGES, ROUNDS, VALUES = 100, 200, 5, 25
SCOPE = Scope({"customer": Reading("contacts")}, others=("other", "third"))
INSTANT = "2026-11-25T09:30:00.000Z"


class Contact(BaseModel):
    """The peer: one model object per record, all of a page held."""

    id: str
    properties: dict[str, str | None]
    createdAt: str
    updatedAt: str
    archived: bool


def contacts(mapping):
    """A page of HubSpot contacts as it is decoded."""
    names = (*mapping.properties, *(f"extra_{number}" for number in range(VALUES - len(mapping.properties))))
    dated = dict.fromkeys(("createdate", mapping.sheet.modified), INSTANT) | {"hs_merged_object_ids": None}
    return [
        {
            "id": str(number),
            "properties": {name: f"{name} {number}" for name in names} | dated,
            "createdAt": INSTANT,
            "updatedAt": INSTANT,
            "archived": False,
        }
        for number in range(PAGE)
    ]


def customers(mapping):
    """A page of Shopify customers as it is decoded."""
    return [
        {
            "id": f"gid://shopify/Customer/{number}",
            **{name: f"{name} {number}" for name in ("firstName", "lastName")},
            **dict.fromkeys(("createdAt", "updatedAt"), INSTANT),
            "tags": ["vip", "loyal"],
            "numberOfOrders": str(number),
            "amountSpent": {"amount": f"{number}.5", "currencyCode": "USD"},
            "defaultEmailAddress": {"emailAddress": f"{number}@example.com", "marketingState": "SUBSCRIBED"},
            "defaultPhoneNumber": {"phoneNumber": f"+1555{number:07d}"},
            "defaultAddress": {name: f"{name} {number}" for name in ("company", *ADDRESS.values())},
            "companyContactProfiles": [{"company": {"id": f"gid://shopify/Company/{number}"}}],
            **{alias: {"value": str(number)} for alias in mapping.metafields},
        }
        for number in range(PAGE)
    ]


def rows(mapping):
    """A page of NetSuite customers as it is decoded."""
    names = (*mapping.columns, *(f"custentity_{number}" for number in range(VALUES - len(mapping.columns) - 3)))
    dated = dict.fromkeys(("modified", "created"), "2026-11-25 09:30:00")
    return [
        {**{name: f"{name} {number}" for name in names}, "id": str(number), **dated, "isinactive": "F", "links": []}
        for number in range(PAGE)
    ]


def main():
    contact, customer, row = (
        make(sheet, CUSTOMER, SCOPE)
        for make, sheet in ((ObjectMapping, CONTACTS), (NodeMapping, OF_SHOPIFY), (RecordMapping, OF_NETSUITE))
    )
    of_hubspot = {"results": contacts(contact)}
    of_shopify, of_netsuite = customers(customer), {"items": rows(row), "hasMore": False}

    def hubspot_mapped():
        return [contact.record(one) for one in hubspot.read_rows(of_hubspot, "bench")[0]]

    def shopify_mapped():
        return [customer.record(one) for one in shopify.read_nodes(of_shopify, OF_SHOPIFY.adapter)[0]]

    def netsuite_mapped():
        return [row.record(one, {}) for one in netsuite.read_rows(of_netsuite, "bench")[0]]

    for mapped in (hubspot_mapped, shopify_mapped, netsuite_mapped):
        assert len(mapped()) == PAGE, "a record was put aside"
    show(
        f"records of {VALUES} values, page by page, each",
        [
            Line("HubSpot: checked and mapped", f"{per_record(hubspot_mapped):.1f} µs", "bound 15 µs"),
            Line("Shopify: checked and mapped", f"{per_record(shopify_mapped):.1f} µs", "bound 15 µs"),
            Line("NetSuite: checked and mapped", f"{per_record(netsuite_mapped):.1f} µs", "bound 15 µs"),
            Line("HubSpot: checked", f"{per_record(lambda: hubspot.read_rows(of_hubspot, 'bench')):.1f} µs", ""),
            Line("pydantic, a model object per HubSpot record (peer)", f"{per_record(peer(of_hubspot)):.1f} µs", ""),
        ],
    )


def peer(page):
    """Models of a page."""
    return lambda: [Contact.model_validate(one) for one in page["results"]]


def per_record(work):
    """Microseconds: the median of rounds over many pages."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(PAGES):
            work()
        taken.append((time.perf_counter() - began) / (PAGES * PAGE) * 1e6)
    return median(taken)


if __name__ == "__main__":
    main()
