"""Companies."""

from __future__ import annotations

from dataclasses import replace

from sg_pipelines.connectors.hubspot.customers import ADDRESS, CONTACTS

COMPANIES = replace(
    CONTACTS,
    object="companies",
    type_id="0-2",
    cross_id="{account}_company_id",
    plain={
        "name": "name",
        "domain": "domain",
        "tax_id": "tax_id",
        "phone": "phone",
        **ADDRESS,
        "address_street2": "address2",
    },
    modified="hs_lastmodifieddate",
)
