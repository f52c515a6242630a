"""The order kind: something bought, as CRM deal or order, shop order and sales order of the ERP.

Amounts: `subtotal` is the lines before any discount; `discount` is positive and holds order and line discounts;
subtotal - discount + tax + shipping = total (with `tax_included`, tax is inside the subtotal and is not added again).
`charges` are what a total may contain beside: tips, duties, further fees.
"""

from __future__ import annotations

from sg_pipelines.domain.model.kinds import Column, ColumnType, Comparator, Dimension, Field, Kind

STATUSES = ("open", "fulfilled", "cancelled")
LINE = ("product_id", "sku", "quantity", "amount")
TOTAL = "total"
AMOUNTS = ("subtotal", "discount", "tax", "shipping", TOTAL)
TAX_INCLUDED, CHARGES = "tax_included", "charges"
CURRENCY, SHOP_CURRENCY, SHOP_TOTAL = "currency", "shop_currency", "shop_total"
_MAY_CONTAIN_TAX = frozenset({"subtotal", "discount", "shipping"})
_DESCRIBED = {
    "subtotal": "The lines, before discounts, tax and shipping",
    "discount": "All discounts, as a positive amount",
    "tax": "All taxes",
    "shipping": "Shipping and handling",
    TOTAL: "What the customer owes",
}


def _reference(name: str, description: str) -> Field:
    return Field(
        name,
        Comparator.REFERENCE,
        Dimension.ASSOCIATION,
        (f"{name}_id",),
        personal=False,
        refers_to=name,
        several=f"{name}_ids",
        description=description,
    )


ORDER = Kind(
    name="order",
    plural="orders",
    description="Something bought",
    fields=(
        Field("number", Comparator.CODE, Dimension.IDENTITY, personal=False, description="The number people quote"),
        Field("placed_on", Comparator.DAY, Dimension.IDENTITY, personal=False, description="Day it was placed"),
        Field(
            "status", Comparator.ENUM, Dimension.STATUS, personal=False, values=STATUSES, description="How far it is"
        ),
        *(
            Field(
                name,
                Comparator.MONEY,
                Dimension.AMOUNTS,
                (f"{name}_amount", CURRENCY),
                personal=False,
                description=_DESCRIBED[name],
                may_contain_tax=name in _MAY_CONTAIN_TAX,
            )
            for name in AMOUNTS
        ),
        _reference("customer", "Who bought"),
        _reference("company", "The company that bought"),
        Field(
            "lines",
            Comparator.LINES,
            Dimension.LINES,
            personal=False,
            rows_refer_to="product",
            parts=LINE,
            description="What was bought: quantity and amount before discounts per product",
            may_contain_tax=True,
        ),
    ),
    read_only=(
        Column(TAX_INCLUDED, ColumnType.BOOLEAN, read_only=True, description="Prices contain tax"),
        Column(SHOP_TOTAL, ColumnType.DECIMAL, read_only=True, description="The total in the shop's own currency"),
        Column(SHOP_CURRENCY, ColumnType.TEXT, read_only=True, description="The shop's own currency"),
        Column(
            CHARGES, ColumnType.DECIMAL, read_only=True, description="Tips, duties and further fees, inside the total"
        ),
        Column("refunded", ColumnType.DECIMAL, read_only=True, description="Given back, in the order's currency"),
        Column("created_at", ColumnType.INSTANT, read_only=True, description="When the platform made the record"),
    ),
)
