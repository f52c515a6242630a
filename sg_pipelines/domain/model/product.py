"""The product kind: one thing that can be ordered, as CRM product, variant of a shop's product and item of the ERP."""

from __future__ import annotations

from sg_pipelines.domain.model.kinds import Column, ColumnType, Comparator, Dimension, Field, Kind

LEVEL = ("location", "quantity")

PRODUCT = Kind(
    name="product",
    plural="products",
    description="A thing that can be ordered",
    fields=(
        Field("sku", Comparator.CODE, Dimension.IDENTITY, personal=False, description="Stock keeping unit"),
        Field("barcode", Comparator.CODE, Dimension.IDENTITY, personal=False, description="GTIN, UPC or EAN"),
        Field(
            "name", Comparator.TEXT, Dimension.CONTENT, personal=False, description="Name, with the variant's options"
        ),
        Field("description", Comparator.TEXT, Dimension.CONTENT, personal=False, description="Plain text"),
        Field(
            "price",
            Comparator.MONEY,
            Dimension.PRICE,
            ("price_amount", "price_currency"),
            personal=False,
            description="List price of one",
            has_own_currency=True,
        ),
        Field(
            "cost",
            Comparator.MONEY,
            Dimension.PRICE,
            ("cost_amount", "cost_currency"),
            personal=False,
            description="What one costs the business",
            has_own_currency=True,
        ),
        Field(
            "inventory",
            Comparator.LEVELS,
            Dimension.AVAILABILITY,
            personal=False,
            parts=LEVEL,
            description="Quantity available per location",
        ),
    ),
    read_only=(
        Column("created_at", ColumnType.INSTANT, read_only=True, description="When the platform made the record"),
    ),
)
