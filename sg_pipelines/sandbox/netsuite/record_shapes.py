"""A customer in the record service's words: references and enumerations are objects, booleans and times are JSON's.

Only shapes are here; which customer, and whether it may change, belongs to `record_service`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sg_pipelines.sandbox.netsuite.answers import Refused

TEXTS = {
    "entityId": "entityid",
    "externalId": "externalid",
    "firstName": "firstname",
    "lastName": "lastname",
    "companyName": "companyname",
    "email": "email",
    "phone": "phone",
    "searchStage": "searchstage",
    "custentity_loyalty_tier": "custentity_loyalty_tier",
    "custentity_shopify_id": "custentity_shopify_id",
    "custentity_hubspot_id": "custentity_hubspot_id",
}
FLAGS = {"isPerson": "isperson", "isInactive": "isinactive"}
TIMES = {"dateCreated": "datecreated", "lastModifiedDate": "lastmodifieddate"}
FIELDS = (*TEXTS, *FLAGS, *TIMES, "subsidiary", "defaultAddress", "addressBook")
REFUSED_STAGE = "searchStage is derived from the customer's status and cannot be set"
COUNTRIES = {"US": "United States", "CA": "Canada", "GB": "United Kingdom", "DE": "Germany", "FR": "France"}
Row = Mapping[str, Any]


def shown(row: Row, address: Row | None, href: str, *, expanded: bool) -> dict[str, Any]:
    """The JSON of a customer; empty fields are left out; `expanded` puts the address book in whole."""
    texts = {name: row[column] for name, column in {**TEXTS, **TIMES}.items() if row[column] is not None}
    flags = {name: row[column] == "T" for name, column in FLAGS.items()}
    number = str(row["subsidiary"])
    return {
        "links": [_link(href)],
        "id": str(row["id"]),
        **texts,
        **flags,
        "subsidiary": {"links": [], "id": number, "refName": "Parent Company"},
        **({} if address is None else {"defaultAddress": _one_line(address)}),
        "addressBook": _address_book(address, href) if expanded else {"links": [_link(f"{href}/addressBook")]},
    }


def selected(record: dict[str, Any], fields: str) -> dict[str, Any]:
    """The same with the named body fields only. Refused names a field this account does not have."""
    wanted = {name.strip() for name in fields.split(",")}
    for name in sorted(wanted - {"id", *FIELDS}):
        raise Refused(400, "INVALID_PARAMETER", f"There is no field {name}.", place="QueryParam", name="fields")
    return {name: value for name, value in record.items() if name in wanted or name in ("id", "links")}


def columns_from(body: Any) -> dict[str, Any]:
    """Column values of a body that was sent; null clears.

    Refused names an unknown field: NetSuite drops such a field with a warning unless told otherwise, and a simulated
    account that did so would hide mistakes.
    """
    if not isinstance(body, dict):
        raise Refused(400, "INVALID_CONTENT", "The body must be one record.", place="Path", name="")
    return dict(_column(name, value) for name, value in body.items())


def _column(name: str, value: Any) -> tuple[str, Any]:
    if name in FLAGS and isinstance(value, bool):
        return FLAGS[name], "T" if value else "F"
    if name == "searchStage":
        raise Refused(400, "INVALID_CONTENT", REFUSED_STAGE, place="Path", name=name)
    if name in TEXTS and (value is None or isinstance(value, str)):
        return TEXTS[name], value or None
    if name == "subsidiary" and isinstance(value, dict) and str(value.get("id")) == "1":
        return "subsidiary", 1
    known = name in (*TEXTS, *FLAGS, "subsidiary")
    detail = f"Invalid value for the field {name}." if known else f"The field {name} cannot be set."
    raise Refused(400, "INVALID_CONTENT", detail, place="Path", name=name)


def _link(href: str) -> dict[str, str]:
    return {"rel": "self", "href": href}


def _one_line(address: Row) -> str:
    return ", ".join(str(part) for name, part in address.items() if part and name != "nkey")


def _address_book(address: Row | None, href: str) -> dict[str, Any]:
    links = [_link(f"{href}/addressBook")]
    if address is None:
        return {"links": links, "items": [], "totalResults": 0}
    key = int(address["nkey"])
    texts = {name: address[name] for name in ("addr1", "addr2", "city", "state", "zip") if address[name] is not None}
    code = address["country"]
    country = {"country": {"id": code, "refName": COUNTRIES.get(code, code)}} if code else {}
    line = {
        "links": [_link(f"{href}/addressBook/{key}")],
        "addressBookAddress": {"links": [], **texts, **country},
        "addressBookAddress_text": _one_line(address),
        "addressId": str(key),
        "defaultBilling": True,
        "defaultShipping": True,
        "id": key,
        "internalId": key,
    }
    return {"links": links, "items": [line], "totalResults": 1}
