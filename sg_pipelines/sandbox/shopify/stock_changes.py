"""inventorySetQuantities: sets what lies where, once per idempotency key, and only from what the caller believes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.gids import ITEM_OFFSET, number_of
from sg_pipelines.sandbox.shopify.idempotency import key_of, once
from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.product_fields import STOCKED
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused
from sg_pipelines.sandbox.shopify.shop import Shop

REASONS = frozenset(
    {
        "correction",
        "cycle_count_available",
        "damaged",
        "movement_canceled",
        "movement_created",
        "movement_received",
        "movement_updated",
        "other",
        "promotion",
        "quality_control",
        "received",
        "reservation_created",
        "reservation_deleted",
        "reservation_updated",
        "restock",
        "safety_stock",
        "shrinkage",
    }
)
MOST = 1_000_000_000
GROUP = "inventoryAdjustmentGroup"


def set_quantities(asking: Asking, args: Args, info: GraphQLResolveInfo) -> dict[str, Any]:
    """The same key with the same input gives the first answer and changes nothing."""
    given = args["input"]
    key = key_of(info)
    for one in given["quantities"]:
        if "changeFromQuantity" not in one:
            message = "InventoryQuantityInput must include the following argument: changeFromQuantity."
            raise GraphQLError(message, extensions={"code": "INVALID_FIELD_ARGUMENTS"})
    return once(asking, key, given, lambda: _set(asking, given), GROUP)


def _set(asking: Asking, given: Args) -> dict[str, Any]:
    wrong = list(_problems(asking.shop, given))
    if wrong:
        return refused(wrong, GROUP, prefix=("input",))
    changes = []
    for one in given["quantities"]:
        variant, place = _item(one), number_of(one["locationId"], "Location") or 0
        before = _quantity(asking.shop, variant, place) or 0
        asking.kinds.products.change_stock(variant, place, one["quantity"])
        changes.append(_change(asking.shop, variant, place, one["quantity"] - before, given["name"]))
    now = asking.shop.time.now_ms()
    group = {
        "__typename": "InventoryAdjustmentGroup",
        "id": f"gid://shopify/InventoryAdjustmentGroup/{now}",
        "reason": given["reason"],
        "referenceDocumentUri": given.get("referenceDocumentUri"),
        "createdAt": iso_seconds(now),
        "changes": [one for one in changes if one["delta"]],
    }
    return {GROUP: group, "userErrors": []}


def _change(shop: Shop, variant: int, place: int, delta: int, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "delta": delta,
        "quantityAfterChange": None,
        "ledgerDocumentUri": None,
        "item": nodes.variant(shop, variant, "InventoryItem"),
        "location": nodes.location(shop, place),
    }


def _problems(shop: Shop, given: Args) -> Iterator[Refusal]:
    if given["name"] not in STOCKED:
        yield Refusal(("name",), "The quantity name must be either 'available' or 'on_hand'.", "INVALID_NAME")
    if given["reason"] not in REASONS:
        yield Refusal(("reason",), "The specified reason is invalid.", "INVALID_REASON")
    uri = given.get("referenceDocumentUri")
    if uri and ":" not in uri:
        yield Refusal(("referenceDocumentUri",), "The reference document must be a URI.", "INVALID_REFERENCE_DOCUMENT")
    seen: set[tuple[str, str]] = set()
    for place, one in enumerate(given["quantities"]):
        pair = (one["inventoryItemId"], one["locationId"])
        path = ("quantities", str(place))
        if pair in seen:
            message = "The combination of inventoryItemId and locationId must be unique."
            yield Refusal((*path, "locationId"), message, "NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR")
        seen.add(pair)
        yield from _entry_problems(shop, one, path)


def _entry_problems(shop: Shop, one: Args, path: tuple[str, ...]) -> Iterator[Refusal]:
    variant, place = _item(one), number_of(one["locationId"], "Location")
    if shop.variants.live(variant) is None:
        message = "The specified inventory item could not be found."
        yield Refusal((*path, "inventoryItemId"), message, "INVALID_INVENTORY_ITEM")
        return
    if place is None or shop.locations.live(place) is None:
        yield Refusal((*path, "locationId"), "The specified location could not be found.", "INVALID_LOCATION")
        return
    quantity = _quantity(shop, variant, place)
    if quantity is None:
        message = "The specified inventory item is not stocked at the location."
        yield Refusal((*path, "locationId"), message, "ITEM_NOT_STOCKED_AT_LOCATION")
    elif one["changeFromQuantity"] not in (None, quantity):
        message = "The specified quantity to change from no longer matches the persisted quantity."
        yield Refusal((*path, "changeFromQuantity"), message, "CHANGE_FROM_QUANTITY_STALE")
    if abs(one["quantity"]) > MOST:
        code = "INVALID_QUANTITY_TOO_HIGH" if one["quantity"] > 0 else "INVALID_QUANTITY_TOO_LOW"
        yield Refusal((*path, "quantity"), f"The quantity can't be beyond {MOST}.", code)


def _item(one: Args) -> int:
    return (number_of(one["inventoryItemId"], "InventoryItem") or ITEM_OFFSET) - ITEM_OFFSET


def _quantity(shop: Shop, variant: int, place: int) -> int | None:
    levels = shop.variants.must(variant)["said"]["inventory"]
    return next((level["quantity"] for level in levels if level["location"] == place), None)
