"""The record types of the record service: which fields they have, where those are kept, and who may set them.

Names are those of the REST API Browser, release 2026.1. Only data is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sg_pipelines.sandbox.netsuite.customers import STATUSES as CUSTOMER_STATUSES


class Form(StrEnum):
    """How a field looks in JSON."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    TIME = "time"
    DAY = "day"
    REFERENCE = "reference"
    ENUM = "enum"


@dataclass(frozen=True, slots=True)
class Field:
    """A body field. `target` is what a reference names; `words` are an enumeration's ids with their names, of which
    `settable` may be written; `sign` is -1 where the column keeps the number turned round."""

    name: str
    column: str
    form: Form = Form.TEXT
    is_set: bool = True
    target: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    settable: tuple[str, ...] = ()
    sign: int = 1


@dataclass(frozen=True, slots=True)
class RecordType:
    """A type; `only` is the value of a column that tells its records from others of the table; `needed` are sublists
    without which there is no new record; `derived` are fields that are worked out."""

    name: str
    table: str
    fields: tuple[Field, ...]
    sublists: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    only: tuple[str, str] | None = None

    @property
    def key(self) -> str:
        """The name as links and `deletedrecord` write it."""
        return self.name.lower()

    def field(self, name: str) -> Field | None:
        """The field of that name, if there is one."""
        return next((one for one in self.fields if one.name == name), None)


def _texts(**columns: str) -> tuple[Field, ...]:
    return tuple(Field(name, column) for name, column in columns.items())


def _times(created: str, column: str) -> tuple[Field, ...]:
    return (
        Field(created, column, Form.TIME, is_set=False),
        Field("lastModifiedDate", "lastmodifieddate", Form.TIME, is_set=False),
    )


def _stated(name: str, column: str, sign: int = 1) -> Field:
    return Field(name, column, Form.NUMBER, is_set=False, sign=sign)


INACTIVE = Field("isInactive", "isinactive", Form.FLAG)
SUBSIDIARY = Field("subsidiary", "subsidiary", Form.REFERENCE, target="subsidiary")
ITEM_TYPES = {"InvtPart": "Inventory Item", "Discount": "Discount", "ShipItem": "Shipping Item", "TaxItem": "Tax Item"}
ORDER_STATUSES = {
    "A": "Pending Approval",
    "B": "Pending Fulfillment",
    "C": "Cancelled",
    "D": "Partially Fulfilled",
    "E": "Pending Billing/Partially Fulfilled",
    "F": "Pending Billing",
    "G": "Billed",
    "H": "Closed",
}
STATUS_NAMES = {str(number): stage.upper() for number, stage in CUSTOMER_STATUSES.items()}

CUSTOMER = RecordType(
    name="customer",
    table="customer",
    fields=(
        *_texts(entityId="entityid", externalId="externalid", firstName="firstname", lastName="lastname"),
        *_texts(companyName="companyname", email="email", phone="phone", url="url", vatRegNumber="vatregnumber"),
        Field("searchStage", "searchstage", is_set=False),
        Field("entityStatus", "entitystatus", Form.REFERENCE, target="customerStatus"),
        Field("isPerson", "isperson", Form.FLAG),
        INACTIVE,
        *_times("dateCreated", "datecreated"),
        Field("parent", "parent", Form.REFERENCE, target="customer"),
        SUBSIDIARY,
    ),
    sublists=("addressBook", "contactList"),
    derived=("defaultAddress",),
)
CONTACT = RecordType(
    name="contact",
    table="contact",
    fields=(
        *_texts(entityId="entityid", externalId="externalid", firstName="firstname", lastName="lastname"),
        *_texts(email="email", phone="phone", title="title"),
        INACTIVE,
        *_times("dateCreated", "datecreated"),
        Field("company", "company", Form.REFERENCE, target="customer"),
        SUBSIDIARY,
    ),
)
INVENTORY_ITEM = RecordType(
    name="inventoryItem",
    table="item",
    fields=(
        *_texts(itemId="itemid", externalId="externalid", displayName="displayname", upcCode="upccode"),
        Field("salesDescription", "description"),
        Field("cost", "cost", Form.NUMBER),
        INACTIVE,
        Field("itemType", "itemtype", Form.ENUM, is_set=False, words=ITEM_TYPES),
        *_times("createdDate", "createddate"),
    ),
    sublists=("price", "locations"),
    only=("itemtype", "InvtPart"),
)
SALES_ORDER = RecordType(
    name="salesOrder",
    table="transaction",
    fields=(
        *_texts(tranId="tranid", externalId="externalid", otherRefNum="otherrefnum", memo="memo"),
        Field("tranDate", "trandate", Form.DAY),
        Field("entity", "entity", Form.REFERENCE, target="customer"),
        Field("currency", "currency", Form.REFERENCE, target="currency"),
        Field("orderStatus", "status", Form.ENUM, words=ORDER_STATUSES, settable=("A", "B")),
        Field("status", "status", Form.ENUM, is_set=False, words=ORDER_STATUSES),
        Field("discountRate", "discounttotal", Form.NUMBER, sign=-1),
        _stated("discountTotal", "discounttotal", sign=-1),
        Field("shippingCost", "shippingcost", Form.NUMBER),
        Field("taxTotal", "taxtotal", Form.NUMBER),
        _stated("total", "foreigntotal"),
        *_times("createdDate", "createddate"),
    ),
    sublists=("item",),
    needed=("item",),
    derived=("subtotal",),
    only=("type", "SalesOrd"),
)
TYPES = {one.key: one for one in (CUSTOMER, CONTACT, INVENTORY_ITEM, SALES_ORDER)}
# What a line of a sublist in a body may hold: what can be set, and what an answer had and comes back unread.
LINE_FIELDS = {
    "addressBook": (
        "addressBookAddress", "addressBookAddress_text", "addressId", "defaultBilling", "defaultShipping", "id",
        "internalId", "links",
    ),
    "addressBookAddress": ("addr1", "addr2", "city", "state", "zip", "country", "links"),
    "contactList": ("contact", "links"),
    "price": ("currencyPage", "priceLevel", "priceLevelName", "quantity", "price", "links"),
    "locations": (
        "location", "locationId", "location_display", "quantityAvailable", "quantityOnHand", "links",
    ),
    "item": (
        "line", "item", "quantity", "rate", "amount", "description", "isClosed", "itemType", "links",
    ),
}  # fmt: skip
