"""The tables of a simulated account: what SuiteQL can name, of what type it is, and what finds rows fast.

Custom fields are columns too; `database` makes them as they are first named. Only data is here.
"""

from __future__ import annotations

import re

COLUMNS: dict[str, tuple[str, ...]] = {
    "customer": (
        "id", "entityid", "externalid", "isperson", "isinactive", "firstname", "lastname", "companyname", "email",
        "phone", "url", "vatregnumber", "parent", "entitystatus", "searchstage", "datecreated", "lastmodifieddate",
        "defaultbillingaddress", "defaultshippingaddress", "subsidiary", "custentity_loyalty_tier",
    ),
    "contact": (
        "id", "entityid", "externalid", "isinactive", "firstname", "lastname", "email", "phone", "title", "company",
        "datecreated", "lastmodifieddate", "subsidiary",
    ),
    "companycontactrelationship": ("company", "contact", "role"),
    "entity": (
        "id", "entityid", "externalid", "type", "isperson", "isinactive", "firstname", "lastname", "email", "phone",
        "parent", "datecreated", "lastmodifieddate",
    ),
    "entityaddress": ("nkey", "recordowner", "addr1", "addr2", "city", "state", "zip", "country"),
    "item": (
        "id", "itemid", "itemtype", "externalid", "displayname", "description", "upccode", "cost", "isinactive",
        "createddate", "lastmodifieddate",
    ),
    "pricing": ("item", "currency", "pricelevel", "quantity", "unitprice"),
    "inventoryitemlocations": ("item", "location", "quantityavailable", "quantityonhand"),
    "location": ("id", "name", "fullname", "isinactive", "subsidiary"),
    "transaction": (
        "id", "type", "recordtype", "tranid", "transactionnumber", "externalid", "otherrefnum", "trandate", "status",
        "entity", "currency", "foreigntotal", "memo", "posting", "voided", "createddate", "lastmodifieddate",
    ),
    "transactionline": (
        "uniquekey", "transaction", "id", "linesequencenumber", "mainline", "taxline", "transactiondiscount",
        "itemtype", "item", "quantity", "rate", "foreignamount", "memo", "isclosed", "entity", "subsidiary",
        "linelastmodifieddate",
    ),
    "deletedrecord": ("deleteddate", "recordid", "recordtypeid", "type", "name"),
    "currency": ("id", "name", "symbol", "isbasecurrency", "isinactive"),
    "subsidiary": ("id", "name", "isinactive"),
}  # fmt: skip
# What a record has beside that and SuiteQL does not show: an order's lines state these amounts there.
HIDDEN = {"transaction": ("discounttotal", "taxtotal", "shippingcost")}
KEYS = {
    "customer": "id", "contact": "id", "entity": "id", "entityaddress": "nkey", "item": "id", "location": "id",
    "transaction": "id", "transactionline": "uniquekey", "currency": "id", "subsidiary": "id",
}  # fmt: skip
INDEXES = {
    "customer": ("lastmodifieddate, id", "externalid", "parent"),
    "contact": ("lastmodifieddate, id", "externalid", "company"),
    "companycontactrelationship": ("company, contact",),
    "entityaddress": ("recordowner",),
    "item": ("lastmodifieddate, id", "externalid", "itemid"),
    "pricing": ("item, pricelevel, quantity, currency",),
    "inventoryitemlocations": ("item, location",),
    "location": ("name",),
    "transaction": ("lastmodifieddate, id", "externalid", "entity"),
    "transactionline": ('"transaction", linesequencenumber', "item"),
    "deletedrecord": ("deleteddate, recordid", "recordid"),
}
INTEGERS = frozenset({
    "id", "nkey", "uniquekey", "defaultbillingaddress", "defaultshippingaddress", "subsidiary", "recordid", "parent",
    "company", "contact", "entitystatus", "recordowner", "item", "currency", "pricelevel", "location", "entity",
    "transaction", "linesequencenumber",
})  # fmt: skip
NUMBERS = frozenset({
    "cost", "unitprice", "quantity", "quantityavailable", "quantityonhand", "foreigntotal", "rate", "foreignamount",
    "discounttotal", "taxtotal", "shippingcost",
})  # fmt: skip
DAYS = frozenset({"trandate"})
DATES = DAYS | {"datecreated", "createddate", "lastmodifieddate", "linelastmodifieddate", "deleteddate"}
NEVER_NULL = (DATES - DAYS) | {"id", "nkey", "uniquekey", "recordid", "transaction", "linesequencenumber"}

PREFIXES = {
    "customer": "custentity_", "contact": "custentity_", "item": "custitem_", "transaction": "custbody_",
}  # fmt: skip
CUSTOM = re.compile(r"cust(?:entity|item|body)_[a-z0-9_]+")
CROSS_ID = re.compile(r"cust(?:entity|item|body)_(?P<account>[a-z0-9_]+)_id")

# Customers and contacts are entities too, under the same id; the rows of `entity` follow theirs.
ENTITIES = {"customer": ("CustJob", "isperson", "parent"), "contact": ("Contact", "'T'", "company")}


def declared(table: str, column: str) -> str:
    """A column as CREATE TABLE wants it."""
    kind = "integer" if column in INTEGERS else "numeric" if column in NUMBERS else "text"
    return f'"{column}" {kind}{" primary key" if KEYS.get(table) == column else ""}'
