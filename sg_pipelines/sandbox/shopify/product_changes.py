"""Mutations of products."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.customers import tidy_tags
from sg_pipelines.sandbox.shopify.gids import gid, number_of
from sg_pipelines.sandbox.shopify.metafield_changes import with_metafields
from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.option_choices import made_options, option_problems
from sg_pipelines.sandbox.shopify.product_options import title
from sg_pipelines.sandbox.shopify.products import handle_of
from sg_pipelines.sandbox.shopify.queries import shop_object
from sg_pipelines.sandbox.shopify.records import Draft
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused
from sg_pipelines.sandbox.shopify.shop import Shop

SHARED = {"title": "title", "handle": "handle", "status": "status", "vendor": "vendor", "productType": "product_type"}
NEW_VARIANT = {"inventory": [], "price_amount": "0.00"}
UNKNOWN = Refusal(("id",), "Product does not exist")


def create(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """productCreate: a product with one variant, of the first value of each option."""
    shop, given = asking.shop, args.get("product") or {}
    options = made_options(given.get("productOptions") or [])
    said = _said(given, {"title": "", "status": "ACTIVE", "handle": handle_of(given.get("title") or "")})
    wrong = [*_problems(shop, said, None), *option_problems(options)]
    if wrong:
        return {"shop": shop_object(shop), **refused(wrong, "product")}
    now = shop.time.now_ms()
    number = shop.products.make([Draft({**said, "options": options}, now, now)])[0]
    first = title([option["values"][0] for option in options]) if options else None
    shop.variants.make([Draft({"product": number, **NEW_VARIANT, "option": first}, now, now)])
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


def _said(given: Args, was: Mapping[str, Any]) -> dict[str, Any]:
    said = {**was, **words(given, SHARED)}
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


def words(given: Args, names: Mapping[str, str]) -> dict[str, Any]:
    """What an input says, in the words records are kept in."""
    return {word: given[name] for name, word in names.items() if name in given}
