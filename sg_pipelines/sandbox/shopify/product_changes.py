"""Mutations of products and variants."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.customers import tidy_tags
from sg_pipelines.sandbox.shopify.gids import ITEM_OFFSET, gid, number_of
from sg_pipelines.sandbox.shopify.metafield_changes import with_metafields
from sg_pipelines.sandbox.shopify.money import exact
from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.products import handle_of
from sg_pipelines.sandbox.shopify.queries import shop_object
from sg_pipelines.sandbox.shopify.records import Draft
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused
from sg_pipelines.sandbox.shopify.shop import Shop

SHARED = {"title": "title", "handle": "handle", "status": "status", "vendor": "vendor", "productType": "product_type"}
OWN = {"price": "price_amount", "compareAtPrice": "compare_at_price", "barcode": "barcode", "taxable": "taxable"}
OF_ITEM = {"sku": "sku", "cost": "cost_amount", "tracked": "tracked", "requiresShipping": "requires_shipping"}
UNKNOWN = Refusal(("id",), "Product does not exist")


def create(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """productCreate: a product with its default variant."""
    shop, given = asking.shop, args.get("product") or {}
    title = given.get("title") or ""
    said = _said(given, {"title": "", "status": "ACTIVE", "handle": handle_of(title)})
    wrong = list(_problems(shop, said, None))
    if wrong:
        return {"shop": shop_object(shop), **refused(wrong, "product")}
    now = shop.time.now_ms()
    number = shop.products.make([Draft(said, now, now)])[0]
    shop.variants.make([Draft({"product": number, "inventory": [], "price_amount": "0.00"}, now, now)])
    return {"product": nodes.product(shop, number), "shop": shop_object(shop), "userErrors": []}


def update(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """productUpdate"""
    shop, given = asking.shop, args.get("product") or {}
    number = number_of(given.get("id") or "", "Product")
    body = shop.products.live(number) if number else None
    if number is None or body is None:
        return refused([UNKNOWN], "product")
    said = _said(given, body["said"])
    wrong = list(_problems(shop, said, number))
    if wrong:
        return refused(wrong, "product")
    asking.kinds.products.change_product(number, said)
    return {"product": nodes.product(shop, number), "userErrors": []}


def delete(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """productDelete, with all its variants."""
    number = number_of(args["input"]["id"], "Product")
    payload: dict[str, Any] = {"deletedProductId": None, "shop": shop_object(asking.shop), "userErrors": []}
    if number is None or asking.shop.products.live(number) is None:
        return payload | refused([UNKNOWN])
    asking.kinds.products.delete_product(number)
    return {**payload, "deletedProductId": gid("Product", number)}


def update_variants(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """productVariantsBulkUpdate: all or none, unless partial updates are allowed."""
    shop, product = asking.shop, number_of(args["productId"], "Product")
    if product is None or shop.products.live(product) is None:
        refusal = Refusal(("productId",), "Product does not exist", "PRODUCT_DOES_NOT_EXIST")
        return refused([refusal], "product", "productVariants")
    wrong: list[Refusal] = []
    changes: dict[int, dict[str, Any]] = {}
    for place, given in enumerate(args["variants"]):
        number = number_of(given.get("id") or "", "ProductVariant") or 0
        found = list(_variant_problems(shop, product, given, ("variants", str(place))))
        wrong += found
        if not found:
            changes[number] = _variant_said(given, shop.variants.must(number)["said"])
    if changes and (not wrong or args.get("allowPartialUpdates")):
        shop.variants.say_all(changes)
        shop.products.touch([product])
        changed = nodes.present(nodes.variant(shop, number) for number in changes)
        payload = {"product": nodes.product(shop, product), "productVariants": changed}
        return {**payload, "userErrors": [one.told() for one in wrong]}
    return {**refused(wrong, "productVariants"), "product": nodes.product(shop, product)}


def update_item(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """inventoryItemUpdate"""
    number = (number_of(args["id"], "InventoryItem") or ITEM_OFFSET) - ITEM_OFFSET
    body = asking.shop.variants.live(number)
    if body is None:
        return refused([Refusal(("id",), "The inventory item does not exist.")], "inventoryItem")
    cost = args["input"].get("cost")
    if cost is not None and exact(cost) < 0:
        return refused([Refusal(("input", "cost"), "Cost must be greater than or equal to 0")], "inventoryItem")
    asking.shop.variants.say(number, {**body["said"], **_words(args["input"], OF_ITEM)})
    asking.shop.products.touch([body["said"]["product"]])
    return {"inventoryItem": nodes.variant(asking.shop, number, "InventoryItem"), "userErrors": []}


def _said(given: Args, was: Mapping[str, Any]) -> dict[str, Any]:
    said = {**was, **_words(given, SHARED)}
    if "descriptionHtml" in given:
        markup = given["descriptionHtml"] or ""
        text = html.unescape(re.sub(r"<[^>]*>", " ", markup))
        said |= {"description_html": markup, "description": " ".join(text.split())}
    if "tags" in given:
        said["tags"] = tidy_tags(given["tags"] or [])
    return with_metafields("Product", said, given.get("metafields"))


def _problems(shop: Shop, said: Mapping[str, Any], number: int | None) -> Iterator[Refusal]:
    if not said.get("title"):
        yield Refusal(("title",), "Title can't be blank")
    if len(said.get("title") or "") > 255:
        yield Refusal(("title",), "Title is too long (maximum is 255 characters)")
    taken = number is not None and set(shop.products.having("handle", said.get("handle"))) - {number}
    if taken and said.get("handle") != shop.products.must(number or 0)["said"].get("handle"):
        yield Refusal(("handle",), f"Handle '{said['handle']}' already in use. Please provide a new handle.")


def _variant_problems(shop: Shop, product: int, given: Args, path: tuple[str, ...]) -> Iterator[Refusal]:
    if not given.get("id"):
        yield Refusal((*path, "id"), "Product variant is missing ID attribute", "PRODUCT_VARIANT_ID_MISSING")
        return
    number = number_of(given["id"], "ProductVariant")
    if number not in shop.variants.having("product", product):
        yield Refusal((*path, "id"), "Product variant does not exist", "PRODUCT_VARIANT_DOES_NOT_EXIST")
    if given.get("price") is not None and exact(given["price"]) < 0:
        yield Refusal((*path, "price"), "Price must be greater than or equal to 0", "GREATER_THAN_OR_EQUAL_TO")


def _variant_said(given: Args, was: Mapping[str, Any]) -> dict[str, Any]:
    said = {**was, **_words(given, OWN), **_words(given.get("inventoryItem") or {}, OF_ITEM)}
    return with_metafields("ProductVariant", said, given.get("metafields"))


def _words(given: Args, names: Mapping[str, str]) -> dict[str, Any]:
    return {word: given[name] for name, word in names.items() if name in given}
