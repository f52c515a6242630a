"""The world's neutral words for the properties of each object type, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sg_pipelines.sandbox.field_names import FieldNames
from sg_pipelines.sandbox.hubspot.object_types import ObjectType, Property
from sg_pipelines.sandbox.hubspot.properties import PropertyBook
from sg_pipelines.sandbox.hubspot.values import Properties
from sg_pipelines.sandbox.instants import iso_milliseconds, parse_ms
from sg_pipelines.sandbox.simulator import Attributes

CUSTOM = "custom_"
Written = Callable[[Any, ZoneInfo], str | None]
Read = Callable[[str, ZoneInfo], Any]


@dataclass(frozen=True, slots=True)
class Word:
    """A property, and how a neutral value is written there and read from there. Null is null both ways."""

    name: str
    write: Written = lambda value, zone: str(value)
    read: Read = lambda text, zone: text


def _coded(name: str, codes: Mapping[str, str], otherwise: str | None = None) -> Word:
    words = {code: word for word, code in codes.items()}
    return Word(name, lambda value, zone: codes.get(value), lambda text, zone: words.get(text, otherwise))


def _noon(value: Any, zone: ZoneInfo) -> str:
    """A day as an instant: noon where the account is, the same day nearly everywhere."""
    noon = datetime.combine(date.fromisoformat(value), time(12), zone)
    return iso_milliseconds(round(noon.timestamp() * 1000))


def _day(text: str, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp((parse_ms(text) or 0) / 1000, zone).date().isoformat()


def _flag(name: str) -> Word:
    return Word(name, lambda value, zone: "true" if value else "false", lambda text, zone: text == "true")


def _same(names: str) -> dict[str, Word]:
    return {name: Word(name) for name in names.split()}


_PLACE = {
    "address_street": Word("address"),
    "address_city": Word("city"),
    "address_region": Word("state"),
    "address_postal_code": Word("zip"),
    "address_country": Word("country"),
}
_LIFECYCLE = _coded("lifecyclestage", {"lead": "lead", "prospect": "opportunity", "customer": "customer"})
_TAGS = Word("tags", lambda value, zone: ";".join(value) or None, lambda text, zone: text.split(";"))

WORDS: dict[str, dict[str, Word]] = {
    "contacts": {
        "first_name": Word("firstname"),
        "last_name": Word("lastname"),
        **_same("email phone marketing_consent external_id"),
        "company_name": Word("company"),
        **_PLACE,
        "address_street2": Word("address_line_2"),
        "custom_loyalty_tier": Word("loyalty_tier"),
        "lifecycle": _LIFECYCLE,
        "tags": _TAGS,
    },
    "companies": {
        **_same("name domain tax_id phone external_id"),
        **_PLACE,
        "address_street2": Word("address2"),
        "lifecycle": _LIFECYCLE,
    },
    "products": {
        "sku": Word("hs_sku"),
        **_same("barcode name description external_id"),
        "price_amount": Word("price"),
        "cost_amount": Word("hs_cost_of_goods_sold"),
    },
    "deals": {
        "number": Word("order_number"),
        "placed_on": Word("closedate", _noon, _day),
        "status": _coded(
            "dealstage", {"open": "contractsent", "fulfilled": "closedwon", "cancelled": "closedlost"}, "open"
        ),
        "currency": Word("deal_currency_code"),
        "subtotal_amount": Word("order_subtotal"),
        "discount_amount": Word("order_discount"),
        "tax_amount": Word("order_tax"),
        "shipping_amount": Word("order_shipping"),
        "total_amount": Word("amount"),
        "tax_included": _flag("tax_included"),
        "external_id": Word("external_id"),
    },
    "orders": {
        "number": Word("hs_order_name"),
        "placed_on": Word("hs_external_created_date", _noon, _day),
        "status": _coded(
            "hs_fulfillment_status", {"open": "processing", "fulfilled": "fulfilled", "cancelled": "cancelled"}, "open"
        ),
        "currency": Word("hs_currency_code"),
        "subtotal_amount": Word("hs_subtotal_price"),
        "discount_amount": Word("hs_order_discount"),
        "tax_amount": Word("hs_tax"),
        "shipping_amount": Word("hs_shipping_cost"),
        "total_amount": Word("hs_total_price"),
        "tax_included": _flag("hs_tax_included"),
        "external_id": Word("external_id"),
    },
}


class Vocabulary:
    """Translates for one account; custom attributes and cross ids make the properties they need."""

    def __init__(self, book: PropertyBook, names: FieldNames, zone: Callable[[], ZoneInfo]) -> None:
        self._book, self._names, self._zone = book, names, zone

    def properties(self, kind: ObjectType, attributes: Attributes) -> Properties:
        """Neutral attributes as properties; what HubSpot has no place for is left out."""
        words, own, zone = WORDS[kind.name], self._names.of(kind.kind), self._zone()
        said: Properties = {}
        for name, value in attributes.items():
            if name in own:
                said[self._book.make(kind, Property(own[name])).name] = _own(value)
            elif name in words:
                said[words[name].name] = None if value is None else words[name].write(value, zone)
            elif name.startswith(CUSTOM):
                said[self._book.make(kind, Property(name.removeprefix(CUSTOM))).name] = _own(value)
        for account, other in (attributes.get("cross_ids") or {}).items():
            said[self._book.make(kind, Property(f"{account}_{kind.kind}_id")).name] = other
        return said | _names(kind, attributes)

    def attributes(self, kind: ObjectType, said: Mapping[str, str | None]) -> dict[str, Any]:
        """Properties as neutral attributes."""
        zone = self._zone()
        neutral: dict[str, Any] = {}
        for name, word in WORDS[kind.name].items():
            text = said.get(word.name)
            neutral[name] = word.read(text, zone) if text else None
        if "tags" in neutral:
            neutral["tags"] = neutral["tags"] or []
        neutral |= {f"{CUSTOM}{name}": said.get(name) for name in self._book.custom(kind)}
        neutral |= {attribute: said.get(name) for attribute, name in self._names.of(kind.kind).items()}
        named = {account: said.get(name) for account, name in self._book.cross_ids(kind).items()}
        neutral["cross_ids"] = {account: other for account, other in named.items() if other}
        return neutral


def _own(value: Any) -> str | None:
    """A value of a custom field; several are checkboxes."""
    return None if value is None else ";".join(value) if isinstance(value, list) else str(value)


def _names(kind: ObjectType, attributes: Attributes) -> Properties:
    """Names HubSpot's pages show and the world does not have."""
    if kind.name == "products" and attributes.get("product_group") and not attributes.get("name"):
        parts = (attributes["product_group"], attributes.get("option"))
        return {"name": " - ".join(part for part in parts if part)}
    if kind.name == "deals" and attributes.get("number"):
        return {"dealname": f"Order {attributes['number']}"}
    return {}
