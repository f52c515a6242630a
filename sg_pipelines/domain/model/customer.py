"""The customer kind: a person who buys, as CRM contact, shop customer and ERP customer."""

from __future__ import annotations

from sg_pipelines.domain.model.kinds import ADDRESS, ORDERED, Column, ColumnType, Comparator, Dimension, Field, Kind

LIFECYCLES = ("lead", "prospect", "customer")
CONSENTS = ("granted", "denied")

CUSTOMER = Kind(
    name="customer",
    plural="customers",
    description="A person who buys, or might",
    fields=(
        Field(
            "name",
            Comparator.NAME,
            Dimension.IDENTITY,
            ("first_name", "last_name"),
            description="Given and family name",
        ),
        Field("email", Comparator.EMAIL, Dimension.IDENTITY, description="Main e-mail address"),
        Field("phone", Comparator.PHONE, Dimension.CONTACT, description="Main telephone number"),
        Field("company_name", Comparator.TEXT, Dimension.CONTACT, description="Employer, as a person typed it"),
        Field(
            "address",
            Comparator.ADDRESS,
            Dimension.ADDRESS,
            ADDRESS,
            description="Main postal address",
        ),
        Field(
            "marketing_consent",
            Comparator.ENUM,
            Dimension.CONSENT,
            personal=False,
            values=CONSENTS,
            description="May we send marketing e-mail",
        ),
        Field(
            "lifecycle",
            Comparator.ENUM,
            Dimension.LIFECYCLE,
            personal=False,
            values=LIFECYCLES,
            description="Where the person stands commercially",
        ),
        Field(
            "company",
            Comparator.REFERENCE,
            Dimension.ASSOCIATION,
            ("company_id",),
            personal=False,
            refers_to="company",
            several="company_ids",
            description="The company the person buys for",
        ),
        Field("tags", Comparator.SET, Dimension.CONTENT, personal=False, description="Labels, compared one by one"),
    ),
    read_only=(
        *ORDERED,
        Column("created_at", ColumnType.INSTANT, read_only=True, description="When the platform made the record"),
    ),
)
