"""Customers: persons among NetSuite's customer records."""

from __future__ import annotations

from sg_pipelines.connectors.netsuite.mapping import Sheet, lifecycle

SOURCE = "customer c LEFT JOIN entityaddress a ON a.nkey = c.defaultbillingaddress"
ADDRESS = {
    "address_street": "a.addr1",
    "address_street2": "a.addr2",
    "address_city": "a.city",
    "address_region": "a.state",
    "address_postal_code": "a.zip",
    "address_country": "a.country",
}
CUSTOMERS = Sheet(
    source=SOURCE,
    record="c",
    where="c.isperson = 'T'",
    modified="c.lastmodifieddate",
    created="c.datecreated",
    deleted_type="customer",
    cross_id="custentity_{account}_id",
    page="common/entity/custjob.nl",
    plain={
        "first_name": "c.firstname",
        "last_name": "c.lastname",
        "email": "c.email",
        "phone": "c.phone",
        "company_name": "c.companyname",
        "company_id": "c.parent",
        **ADDRESS,
    },
    read={"searchstage": "c.searchstage"},
    finish=lifecycle,
    filled=("lifecycle",),
    inactive="c.isinactive",
)
