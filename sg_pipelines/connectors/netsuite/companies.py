"""Companies: the customer records that are no persons."""

from __future__ import annotations

from dataclasses import replace

from sg_pipelines.connectors.netsuite.customers import ADDRESS, CUSTOMERS

COMPANIES = replace(
    CUSTOMERS,
    where="c.isperson = 'F'",
    plain={"name": "c.companyname", "domain": "c.url", "tax_id": "c.vatregnumber", "phone": "c.phone", **ADDRESS},
)
