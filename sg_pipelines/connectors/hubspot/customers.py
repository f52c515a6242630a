"""Customers: contacts."""

from __future__ import annotations

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.hubspot.mapping import Associated, Said, Sheet, lifecycle
from sg_pipelines.domain.model.record import CellValue

ADDRESS = {
    "address_street": "address",
    "address_city": "city",
    "address_region": "state",
    "address_postal_code": "zip",
    "address_country": "country",
}


def _stage(said: Said, associated: Associated, scope: Scope) -> dict[str, CellValue]:
    return {"lifecycle": lifecycle(said)}


CONTACTS = Sheet(
    object="contacts",
    type_id="0-1",
    cross_id="{account}_customer_id",
    plain={
        "first_name": "firstname",
        "last_name": "lastname",
        "email": "email",
        "phone": "phone",
        "company_name": "company",
        **ADDRESS,
        "address_street2": "address_line_2",
        "marketing_consent": "marketing_consent",
        "tags": "tags",
        "company_id": "associatedcompanyid",
    },
    read=("lifecyclestage",),
    filled=("lifecycle",),
    finish=_stage,
    modified="lastmodifieddate",
)
