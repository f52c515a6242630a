"""The company kind: an organisation that buys, as CRM company, B2B company of a shop and company customer of the ERP."""

from __future__ import annotations

from sg_pipelines.domain.model.customer import LIFECYCLES
from sg_pipelines.domain.model.kinds import ADDRESS, ORDERED, Column, ColumnType, Comparator, Dimension, Field, Kind

COMPANY = Kind(
    name="company",
    plural="companies",
    description="An organisation that buys, or might",
    fields=(
        Field("name", Comparator.TEXT, Dimension.IDENTITY, personal=False, description="Name, as it trades"),
        Field("domain", Comparator.DOMAIN, Dimension.IDENTITY, personal=False, description="Internet domain"),
        Field("tax_id", Comparator.TAX_ID, Dimension.IDENTITY, description="Tax registration: EIN, VAT, NIT, NIF"),
        Field("phone", Comparator.PHONE, Dimension.CONTACT, description="Main telephone number"),
        Field("address", Comparator.ADDRESS, Dimension.ADDRESS, ADDRESS, description="Billing address"),
        Field(
            "lifecycle",
            Comparator.ENUM,
            Dimension.LIFECYCLE,
            personal=False,
            values=LIFECYCLES,
            description="Where the company stands commercially",
        ),
    ),
    read_only=(
        *ORDERED,
        Column("created_at", ColumnType.INSTANT, read_only=True, description="When the platform made the record"),
    ),
)
