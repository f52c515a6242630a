"""HubSpot's tables: companies, contacts and deals with whom they are about."""

from __future__ import annotations

from sg_pipelines.sandbox.warehouse.tables import Ids, Named, Row, Tables, Told, born, said
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER

_COMPANY = {
    "name": "property_name",
    "address_street": "property_address",
    "address_street2": "property_address_2",
    "address_city": "property_city",
    "address_region": "property_state",
    "address_country": "property_country",
}
_CONTACT = {
    "first_name": "property_firstname",
    "last_name": "property_lastname",
    "email": "property_email",
    "company_name": "property_company",
}


def companies(tables: Tables, ids: Ids) -> list[Named]:
    """Companies as they stand."""
    return [(row["id"], said(row, _COMPANY) | born(row, "property_createdate")) for row in tables.things("company")]


def contacts(tables: Tables, ids: Ids) -> list[Named]:
    """Contacts as they stand."""
    return [(row["id"], said(row, _CONTACT) | born(row, "property_createdate")) for row in tables.things("contact")]


def deals(tables: Tables, ids: Ids) -> list[Named]:
    """Deals with the first contact and company of each, where those are at hand."""
    people, firms = tables.by("deal_contact", "deal_id"), tables.by("deal_company", "deal_id")
    stages = tables.by("deal_pipeline_stage", "stage_id")
    found = []
    for row in tables.things("deal"):
        deal = row["deal_id"]
        told: Told = {
            "number": None,
            "placed_on": row["property_closedate"][:10] or None,
            "status": _status(stages.get(row["deal_pipeline_stage_id"])),
            "total_amount": row["property_amount"] or None,
            "customer_id": ids.get((CUSTOMER, people[deal]["contact_id"])) if deal in people else None,
            "company_id": ids.get((COMPANY, firms[deal]["company_id"])) if deal in firms else None,
            "lines": [],
        }
        found.append((deal, told | born(row, "property_createdate")))
    return found


def _status(stage: Row | None) -> str:
    if stage is None or stage["is_closed"].casefold() != "true":
        return "open"
    return "fulfilled" if stage["closed_won"].casefold() == "true" else "cancelled"
