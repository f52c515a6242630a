"""The CRM object types of a simulated account: names, ids, and the properties HubSpot or our client gave them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

STAGES = (
    "subscriber",
    "lead",
    "marketingqualifiedlead",
    "salesqualifiedlead",
    "opportunity",
    "customer",
    "evangelist",
    "other",
)
DEAL_STAGES = (
    "appointmentscheduled",
    "qualifiedtobuy",
    "presentationscheduled",
    "decisionmakerboughtin",
    "contractsent",
    "closedwon",
    "closedlost",
)
# The pipelines that every account has
DEAL_PIPELINE, ORDER_PIPELINE = "default", "14a2e10e-5471-408a-906e-c51f3b04369e"


@dataclass(frozen=True, slots=True)
class Property:
    """One property: HubSpot's type, the values an enumeration allows (none given: any)."""

    name: str
    type: str = "string"
    options: tuple[str, ...] = ()
    is_unique: bool = False
    is_read_only: bool = False


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One object type. `kind` is the world's word for it, and part of the names of its cross ids; `usual` are values that
    a record has unless it is said otherwise."""

    name: str
    singular: str
    type_id: str
    kind: str | None
    first_id: int
    properties: Mapping[str, Property]
    shown: tuple[str, ...]
    modified: str = "hs_lastmodifieddate"
    usual: Mapping[str, str] = field(default_factory=dict)

    @property
    def system(self) -> tuple[str, ...]:
        """What every answer carries, asked for or not."""
        return ("createdate", "hs_object_id", self.modified)

    @property
    def unique(self) -> tuple[str, ...]:
        """Properties whose value one live record alone may have."""
        return tuple(name for name, one in self.properties.items() if one.is_unique and not one.is_read_only)


def _type(
    name: str,
    singular: str,
    type_id: str,
    kind: str | None,
    first_id: int,
    *properties: Property,
    texts: str,
    shown: str,
    modified: str = "hs_lastmodifieddate",
    usual: Mapping[str, str] | None = None,
) -> ObjectType:
    system = (
        Property("hs_object_id", "number", is_unique=True, is_read_only=True),
        Property("createdate", "datetime", is_read_only=True),
        Property("hs_createdate", "datetime", is_read_only=True),
        Property(modified, "datetime", is_read_only=True),
        Property("hs_merged_object_ids", is_read_only=True),
        Property("external_id", is_unique=True),
    )
    known = {one.name: one for one in (*system, *map(Property, texts.split()), *properties)}
    return ObjectType(name, singular, type_id, kind, first_id, known, tuple(shown.split()), modified, usual or {})


def _numbers(names: str) -> tuple[Property, ...]:
    return tuple(Property(name, "number") for name in names.split())


_LIFECYCLE = Property("lifecyclestage", "enumeration", STAGES)

_ALL = (
    _type(
        "contacts",
        "contact",
        "0-1",
        "customer",
        101,
        Property("email", is_unique=True),
        Property("phone", "phone_number"),
        _LIFECYCLE,
        Property("marketing_consent", "enumeration", ("granted", "denied")),
        Property("tags", "enumeration"),
        Property("associatedcompanyid", "number"),
        texts="firstname lastname company address address_line_2 city state zip country loyalty_tier",
        shown="email firstname lastname",
        modified="lastmodifieddate",
    ),
    _type(
        "companies",
        "company",
        "0-2",
        "company",
        1_000_000_101,
        Property("phone", "phone_number"),
        _LIFECYCLE,
        texts="name domain website tax_id address address2 city state zip country",
        shown="domain name",
    ),
    _type(
        "deals",
        "deal",
        "0-3",
        "order",
        2_000_000_101,
        Property("closedate", "datetime"),
        Property("dealstage", "enumeration", DEAL_STAGES),
        Property("pipeline", "enumeration", (DEAL_PIPELINE,)),
        Property("tax_included", "bool", ("true", "false")),
        *_numbers("amount order_subtotal order_discount order_tax order_shipping"),
        texts="dealname order_number deal_currency_code",
        shown="amount closedate dealname dealstage pipeline",
        usual={"pipeline": DEAL_PIPELINE},
    ),
    _type(
        "products",
        "product",
        "0-7",
        "product",
        3_000_000_101,
        *_numbers("price hs_cost_of_goods_sold"),
        texts="name description hs_sku barcode",
        shown="description name price",
    ),
    _type(
        "line_items",
        "line_item",
        "0-8",
        None,
        4_000_000_101,
        Property("amount", "number", is_read_only=True),
        *_numbers("quantity price hs_product_id"),
        texts="name hs_sku hs_line_item_currency_code",
        shown="amount hs_product_id name quantity",
    ),
    _type(
        "orders",
        "order",
        "0-123",
        "order",
        5_000_000_101,
        Property("hs_external_created_date", "datetime"),
        Property("hs_pipeline", "enumeration", (ORDER_PIPELINE,)),
        Property("hs_tax_included", "bool", ("true", "false")),
        *_numbers("hs_subtotal_price hs_order_discount hs_tax hs_shipping_cost hs_total_price"),
        texts="hs_order_name hs_fulfillment_status hs_currency_code",
        shown="hs_order_name hs_fulfillment_status hs_total_price",
        usual={"hs_pipeline": ORDER_PIPELINE},
    ),
)
OBJECT_TYPES: dict[str, ObjectType] = {one.name: one for one in _ALL}
_SPELLINGS = {spelling: one for one in _ALL for spelling in (one.name, one.singular, one.type_id)}


def object_type(spelling: str) -> ObjectType | None:
    """The type a path names: plural, singular or type id, in any letter case."""
    return _SPELLINGS.get(spelling.casefold())
