"""Mutations of variants and their inventory items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.gids import ITEM_OFFSET, number_of
from sg_pipelines.sandbox.shopify.metafield_changes import with_metafields
from sg_pipelines.sandbox.shopify.money import exact
from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.option_choices import Codes, chosen_values
from sg_pipelines.sandbox.shopify.product_changes import NEW_VARIANT, words
from sg_pipelines.sandbox.shopify.product_options import options_of, title, title_of, values_of
from sg_pipelines.sandbox.shopify.records import Draft
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused
from sg_pipelines.sandbox.shopify.shop import Shop

OWN = {"price": "price_amount", "compareAtPrice": "compare_at_price", "barcode": "barcode", "taxable": "taxable"}
OF_ITEM = {"sku": "sku", "cost": "cost_amount", "tracked": "tracked", "requiresShipping": "requires_shipping"}
CREATING = Codes("INVALID_INPUT", "INVALID_INPUT", "VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE")
UPDATING = Codes("OPTION_DOES_NOT_EXIST", "OPTION_VALUE_DOES_NOT_EXIST", "VARIANT_ALREADY_EXISTS")
Said = Mapping[str, Any]


def create(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """productVariantsBulkCreate: all or none. A variant that stood alone goes as the strategy says."""
    shop, product = asking.shop, _product(asking.shop, args)
    if product is None:
        return _unknown_product()
    standing = shop.variants.having("product", product)
    gone = standing if _is_replaced([shop.variants.must(one)["said"] for one in standing], args["strategy"]) else []
    kept = {one: shop.variants.must(one)["said"] for one in standing if one not in gone}
    wrong: list[Refusal] = []
    made: dict[int, dict[str, Any]] = {}
    for place, given in enumerate(args["variants"]):
        path = ("variants", str(place))
        found = [*_creation_problems(given, path), *_price_problems(given, path)]
        option = _option(shop, product, given, None, {**kept, **made}, path, CREATING)
        found += [option] if isinstance(option, Refusal) else []
        wrong += found
        if not found:
            made[-place - 1] = _said(given, {"product": product, **NEW_VARIANT, "option": option})
    if wrong:
        return {**refused(wrong, "productVariants"), "product": nodes.product(shop, product)}
    now = shop.time.now_ms()
    numbers = shop.variants.make([Draft(one, now, now) for one in made.values()])
    for number in gone:
        asking.kinds.products.delete(number)
    shop.products.touch([product])
    return _changed(shop, product, numbers, [])


def update(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """productVariantsBulkUpdate: all or none, unless partial updates are allowed."""
    shop, product = asking.shop, _product(asking.shop, args)
    if product is None:
        return _unknown_product()
    siblings = {one: shop.variants.must(one)["said"] for one in shop.variants.having("product", product)}
    wrong: list[Refusal] = []
    changes: dict[int, dict[str, Any]] = {}
    for place, given in enumerate(args["variants"]):
        path = ("variants", str(place))
        number = number_of(given.get("id") or "", "ProductVariant") or 0
        found = [*_id_problems(siblings, given, path), *_price_problems(given, path)]
        option = None
        if not found:
            option = _option(shop, product, given, number, {**siblings, **changes}, path, UPDATING)
            found += [option] if isinstance(option, Refusal) else []
        wrong += found
        if not found:
            changes[number] = _said(given, {**siblings[number], "option": option})
    if changes and (not wrong or args.get("allowPartialUpdates")):
        shop.variants.say_all(changes)
        shop.products.touch([product])
        return _changed(shop, product, list(changes), wrong)
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
    asking.shop.variants.say(number, {**body["said"], **words(args["input"], OF_ITEM)})
    asking.shop.products.touch([body["said"]["product"]])
    return {"inventoryItem": nodes.variant(asking.shop, number, "InventoryItem"), "userErrors": []}


def _product(shop: Shop, args: Args) -> int | None:
    number = number_of(args["productId"], "Product")
    return number if number is not None and shop.products.live(number) is not None else None


def _unknown_product() -> dict[str, Any]:
    refusal = Refusal(("productId",), "Product does not exist", "PRODUCT_DOES_NOT_EXIST")
    return refused([refusal], "product", "productVariants")


def _changed(shop: Shop, product: int, numbers: Sequence[int], wrong: Sequence[Refusal]) -> dict[str, Any]:
    changed = nodes.present(nodes.variant(shop, number) for number in numbers)
    payload = {"product": nodes.product(shop, product), "productVariants": changed}
    return {**payload, "userErrors": [one.told() for one in wrong]}


def _is_replaced(standing: Sequence[Said], strategy: str) -> bool:
    if len(standing) != 1 or strategy == "PRESERVE_STANDALONE_VARIANT":
        return False
    return strategy == "REMOVE_STANDALONE_VARIANT" or not standing[0].get("option")


def _creation_problems(given: Args, path: tuple[str, ...]) -> Iterator[Refusal]:
    if given.get("id"):
        yield Refusal((*path, "id"), "A new variant cannot be given an ID", "NO_KEY_ON_CREATE")


def _id_problems(siblings: Mapping[int, Said], given: Args, path: tuple[str, ...]) -> Iterator[Refusal]:
    if not given.get("id"):
        yield Refusal((*path, "id"), "Product variant is missing ID attribute", "PRODUCT_VARIANT_ID_MISSING")
    elif number_of(given["id"], "ProductVariant") not in siblings:
        yield Refusal((*path, "id"), "Product variant does not exist", "PRODUCT_VARIANT_DOES_NOT_EXIST")


def _price_problems(given: Args, path: tuple[str, ...]) -> Iterator[Refusal]:
    if given.get("price") is not None and exact(given["price"]) < 0:
        yield Refusal((*path, "price"), "Price must be greater than or equal to 0", "GREATER_THAN_OR_EQUAL_TO")


def _option(
    shop: Shop,
    product: int,
    given: Args,
    number: int | None,
    siblings: Mapping[int, Said],
    path: tuple[str, ...],
    codes: Codes,
) -> str | Refusal | None:
    """The variant's title with what is given; or why it cannot have it. `number` is the variant's own."""
    if number is not None and "optionValues" not in given:
        option: str | None = siblings[number].get("option")
        return option
    options = options_of(shop, product)
    own = shop.products.must(product)["said"]
    was = [None] * len(options) if number is None else values_of(own, siblings[number])
    values = chosen_values(options, given.get("optionValues") or (), was, path, codes)
    if isinstance(values, Refusal):
        return values
    chosen = title(values)
    if title_of({"option": chosen}) in [title_of(said) for one, said in siblings.items() if one != number]:
        message = (
            f"The variant '{title_of({'option': chosen})}' already exists. Please change at least one option value."
        )
        return Refusal(path, message, codes.taken)
    return chosen


def _said(given: Args, was: Said) -> dict[str, Any]:
    said = {**was, **words(given, OWN), **words(given.get("inventoryItem") or {}, OF_ITEM)}
    return with_metafields("ProductVariant", said, given.get("metafields"))
