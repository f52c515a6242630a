"""What each type can be searched and sorted by: the documented keys of its `query:` argument that are simulated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sg_pipelines.sandbox.shopify.gids import CONTACT_OFFSET, ITEM_OFFSET, LOCATION_OFFSET
from sg_pipelines.sandbox.shopify.matching import (
    Key,
    Value,
    Values,
    choice,
    number,
    numbers,
    text,
    texts,
    when,
    without,
)
from sg_pipelines.sandbox.shopify.money import exact
from sg_pipelines.sandbox.shopify.nodes import Node
from sg_pipelines.sandbox.shopify.order_fields import financial_status, fulfillment_status, money_of, order_email
from sg_pipelines.sandbox.shopify.orders import CANCELLED, processed_ms
from sg_pipelines.sandbox.shopify.product_fields import full_title, position_of, product_of, title_of
from sg_pipelines.sandbox.shopify.product_options import values_of
from sg_pipelines.sandbox.shopify.shared_fields import PLACES


def metafield(namespace: str, name: str) -> Key:
    """The value of one metafield."""

    def value(node: Node) -> str | None:
        found = PLACES[node.typename].one(node.said, namespace, name)
        return None if found is None else found.value

    return text(value)


def said(word: str) -> Value:
    """A word of the record."""
    return lambda node: node.said.get(word)


def _tags(node: Node) -> list[str]:
    return node.said.get("tags") or []


def _open_or_cancelled(node: Node) -> list[str]:
    states = ["cancelled"] if node.said.get("status") == CANCELLED else ["open"]
    return ["any", "not_closed", *states]


def _shipping_states(node: Node) -> list[str]:
    return {"FULFILLED": ["fulfilled", "shipped"]}.get(fulfillment_status(node.said), ["unfulfilled", "unshipped"])


def _count_of(owner: str) -> Value:
    return lambda node: node.shop.orders_count(owner, node.number, node.said)


def _spent_by(owner: str) -> Value:
    return lambda node: exact(node.shop.total_spent(owner, node.number, node.said))


def _stock(node: Node) -> int:
    return sum(int(level["quantity"]) for level in node.said["inventory"])


def _stock_of_product(node: Node) -> int:
    variants = (node.shop.variants.must(one) for one in node.shop.variants.having("product", node.number))
    return sum(int(level["quantity"]) for body in variants for level in body["said"]["inventory"])


def _of_variants(word: str) -> Values:
    def values(node: Node) -> list[Any]:
        numbers_ = node.shop.variants.having("product", node.number)
        return [node.shop.variants.must(one)["said"].get(word) for one in numbers_]

    return values


def _own(node: Node) -> int:
    return node.number


def created(node: Node) -> int:
    """When it was made."""
    return int(node.body["created"])


def updated(node: Node) -> int:
    """When it was last changed."""
    return int(node.part["updated"] if node.typename == "InventoryLevel" else node.body["updated"])


_TIMES = {"created_at": when(created), "updated_at": when(updated)}
KEYS: Mapping[str, Mapping[str, Key]] = {
    "Customer": {
        "id": number(_own),
        "updated_at": when(updated),
        "customer_date": when(created),
        "email": text(said("email")),
        "phone": text(said("phone")),
        "first_name": text(said("first_name")),
        "last_name": text(said("last_name")),
        "country": text(said("address_country")),
        "state": text(lambda node: "DISABLED"),
        "tag": choice(_tags),
        "tag_not": without(choice(_tags)),
        "orders_count": number(_count_of("customer")),
        "total_spent": number(_spent_by("customer")),
    },
    "Company": {"id": number(_own), **_TIMES, "name": text(said("name")), "external_id": text(said("external_id"))},
    "CompanyLocation": {
        "id": number(lambda node: node.number + LOCATION_OFFSET),
        **_TIMES,
        "company_id": number(_own),
        "name": text(lambda node: node.said.get("location_name") or node.said.get("name")),
        "external_id": text(said("location_external_id")),
    },
    "CompanyContact": {"id": number(lambda node: node.number + CONTACT_OFFSET), **_TIMES, "email": text(said("email"))},
    "Product": {
        "id": number(_own),
        **_TIMES,
        "title": text(said("title")),
        "handle": choice(lambda node: [node.said.get("handle")]),
        "status": choice(lambda node: [node.said["status"]]),
        "vendor": text(lambda node: node.said.get("vendor", node.shop.account)),
        "product_type": choice(lambda node: [node.said.get("product_type")]),
        "tag": choice(_tags),
        "tag_not": without(choice(_tags)),
        "sku": texts(_of_variants("sku")),
        "barcode": texts(_of_variants("barcode")),
        "variant_title": texts(_of_variants("option")),
        "variant_id": numbers(lambda node: node.shop.variants.having("product", node.number)),
        "inventory_total": number(_stock_of_product),
    },
    "ProductVariant": {
        "id": number(_own),
        "updated_at": when(updated),
        "sku": text(said("sku")),
        "barcode": text(said("barcode")),
        "title": text(title_of),
        "option1": text(lambda node: values_of(product_of(node).said, node.said)[0]),
        "product_id": number(lambda node: node.said["product"]),
        "product_ids": numbers(lambda node: [node.said["product"]]),
        "product_status": choice(lambda node: [product_of(node).said["status"]]),
        "product_type": choice(lambda node: [product_of(node).said.get("product_type")]),
        "vendor": text(lambda node: product_of(node).said.get("vendor", node.shop.account)),
        "tag": choice(lambda node: product_of(node).said.get("tags") or []),
        "location_id": numbers(lambda node: [level["location"] for level in node.said["inventory"]]),
        "inventory_quantity": number(_stock),
    },
    "InventoryItem": {"id": number(lambda node: node.number + ITEM_OFFSET), **_TIMES, "sku": text(said("sku"))},
    "InventoryLevel": {**_TIMES, "inventory_item_id": number(lambda node: node.number + ITEM_OFFSET)},
    "Location": {"id": number(_own), "created_at": when(created), "name": text(said("name"))},
    "Order": {
        "id": number(_own),
        **_TIMES,
        "processed_at": when(lambda node: processed_ms(node.body)),
        "name": text(said("number")),
        "email": text(order_email),
        "status": choice(_open_or_cancelled),
        "financial_status": choice(lambda node: [financial_status(node.said)]),
        "fulfillment_status": choice(_shipping_states),
        "customer_id": number(lambda node: int(node.said.get("customer_id") or 0)),
        "sku": texts(lambda node: [line.get("sku") for line in node.said.get("lines", ())]),
        "po_number": text(said("po_number")),
        "tag": choice(_tags),
        "tag_not": without(choice(_tags)),
        "test": text(lambda node: "false"),
    },
}
WITH_METAFIELDS = frozenset({"Company", "Product", "Order"})

_BY_TIME: Mapping[str, Value] = {
    "CREATED_AT": lambda node: created(node) // 1000,
    "UPDATED_AT": lambda node: updated(node) // 1000,
}


def _title(node: Node) -> str:
    return full_title(node).casefold()


SORTS: Mapping[str, Mapping[str, Value]] = {
    "Customer": {**_BY_TIME, "NAME": lambda node: _words(node, "last_name", "first_name")},
    "Company": {
        **_BY_TIME,
        "NAME": lambda node: _words(node, "name"),
        "ORDER_COUNT": _count_of("company"),
        "TOTAL_SPENT": lambda node: float(_spent_by("company")(node)),
    },
    "CompanyLocation": {**_BY_TIME, "NAME": lambda node: _words(node, "name")},
    "CompanyContact": _BY_TIME,
    "Product": {**_BY_TIME, "TITLE": lambda node: _words(node, "title"), "INVENTORY_TOTAL": _stock_of_product},
    "ProductVariant": {
        "SKU": lambda node: _words(node, "sku"),
        "TITLE": lambda node: title_of(node).casefold(),
        "NAME": _title,
        "FULL_TITLE": _title,
        "POSITION": position_of,
        "INVENTORY_QUANTITY": _stock,
    },
    "Location": {"NAME": lambda node: _words(node, "name")},
    "Order": {
        **_BY_TIME,
        "PROCESSED_AT": lambda node: processed_ms(node.body) // 1000,
        "ORDER_NUMBER": lambda node: _words(node, "number"),
        "TOTAL_PRICE": lambda node: float(money_of(node).in_shop_currency(exact(node.said.get("total_amount")))),
    },
}


def _words(node: Node, *words: str) -> str:
    return " ".join(str(node.said.get(word) or "") for word in words).casefold()
