"""The roots that read: one by id, many by connection, counts, the shop and its bulk operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from graphql import GraphQLError

from sg_pipelines.sandbox.shopify import nodes
from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.connections import MAX_PAGE, chosen
from sg_pipelines.sandbox.shopify.customers import e164
from sg_pipelines.sandbox.shopify.gids import (
    CONTACT_OFFSET,
    ITEM_OFFSET,
    LEVEL_OFFSET,
    LINES_PER_ORDER,
    LOCATION_OFFSET,
    split_gid,
)
from sg_pipelines.sandbox.shopify.metafields import EXTERNAL_ID, NAMESPACE
from sg_pipelines.sandbox.shopify.nodes import Args, Listing, Node
from sg_pipelines.sandbox.shopify.order_edit_fields import calculated
from sg_pipelines.sandbox.shopify.order_fields import lines_of, refunds_of
from sg_pipelines.sandbox.shopify.product_fields import level_node
from sg_pipelines.sandbox.shopify.records import Records
from sg_pipelines.sandbox.shopify.shop import Shop

Root = Callable[[Asking, Args], Any]
SCOPES = (
    *(
        f"{right}_{what}"
        for what in ("customers", "companies", "products", "inventory", "locations", "orders")
        for right in ("read", "write")
        if (right, what) != ("write", "locations")
    ),
    "read_all_orders",
)


def by_gid(asking: Asking, identifier: str) -> Node | dict[str, Any] | None:
    """Any object that can be asked for by id; None when it is gone, an error when that is no global id."""
    parts = split_gid(identifier)
    if parts is None:
        if identifier.startswith("gid://shopify/"):
            return None
        raise GraphQLError(f"Invalid global id '{identifier}'", extensions={"code": "argumentLiteralsIncompatible"})
    typename, number, item = parts
    if typename == "BulkOperation":
        return asking.bulk.poll(identifier)
    if typename == "Shop":
        return shop_object(asking.shop)
    if typename == "CalculatedOrder":
        edit = asking.edits.get(number)
        return None if edit is None else calculated(asking.shop, number, edit)
    if typename == "InventoryLevel":
        return _level(asking.shop, number, item)
    find = _BY_TYPE.get(typename)
    return None if find is None else find(asking.shop, number)


def _level(shop: Shop, number: int, item: int | None) -> Node | None:
    found = nodes.variant(shop, (item or 0) - ITEM_OFFSET, "InventoryItem")
    levels = found.said["inventory"] if found is not None else ()
    return next(
        (level_node(found, one) for one in levels if found and one["location"] == number - LEVEL_OFFSET),
        None,
    )


def _line(shop: Shop, number: int) -> Node | None:
    found = nodes.order(shop, number // LINES_PER_ORDER)
    lines = lines_of(found) if found is not None else []
    return next((one for one in lines if one.part["id"] == number % LINES_PER_ORDER), None)


def _refund(shop: Shop, number: int) -> Node | None:
    found = nodes.order(shop, number // LINES_PER_ORDER)
    refunds = refunds_of(found) if found is not None else []
    return next((one for one in refunds if one.part["place"] == number % LINES_PER_ORDER), None)


_BY_TYPE: Mapping[str, Callable[[Shop, int], Node | None]] = {
    "Customer": nodes.customer,
    "Company": nodes.company,
    "CompanyLocation": lambda shop, number: nodes.company(shop, number - LOCATION_OFFSET, "CompanyLocation"),
    "CompanyContact": lambda shop, number: nodes.contact(shop, number - CONTACT_OFFSET),
    "Product": nodes.product,
    "ProductVariant": nodes.variant,
    "InventoryItem": lambda shop, number: nodes.variant(shop, number - ITEM_OFFSET, "InventoryItem"),
    "Location": nodes.location,
    "Order": nodes.order,
    "LineItem": _line,
    "Refund": _refund,
}


def one_of(typename: str) -> Root:
    """One by id; null for the id of anything else."""

    def find(asking: Asking, args: Args) -> Any:
        found = by_gid(asking, args["id"])
        same = found is not None and (found.typename if isinstance(found, Node) else found["__typename"]) == typename
        return found if same else None

    return find


def _many(asking: Asking, args: Args) -> list[Any]:
    ids = args["ids"]
    if len(ids) > MAX_PAGE:
        raise GraphQLError(
            f"The input array size of {len(ids)} is greater than the maximum allowed of {MAX_PAGE}.",
            extensions={"code": "MAX_INPUT_SIZE_EXCEEDED"},
        )
    return [by_gid(asking, one) for one in ids]


def records_of(shop: Shop, typename: str) -> Records:
    """Where the records of a listed type are."""
    known = {
        "Customer": shop.customers,
        "Company": shop.companies,
        "CompanyLocation": shop.companies,
        "Product": shop.products,
        "ProductVariant": shop.variants,
        "InventoryItem": shop.variants,
        "Location": shop.locations,
        "Order": shop.orders,
    }
    return known[typename]


def listed(typename: str) -> Root:
    """All of a type; what search finds comes from its index, which may lag."""

    def find(asking: Asking, args: Args) -> Listing:
        records = records_of(asking.shop, typename)
        found = records.indexed() if args.get("query") else records.all_live()
        return Listing(typename, [Node(typename, number, body, asking.shop) for number, body in found], args)

    return find


def counted(typename: str, name: str) -> Root:
    """How many, up to the limit."""

    def find(asking: Asking, args: Args) -> dict[str, Any]:
        listing, warnings = chosen(listed(typename)(asking, args), asking.shop.time.now_ms())
        asking.warn(name, args.get("query"), warnings)
        count, limit = len(listing.nodes), args.get("limit")
        if limit is not None and count > limit:
            return {"count": limit, "precision": "AT_LEAST"}
        return {"count": count, "precision": "EXACT"}

    return find


def custom_id(records: Records, typename: str, asked: Args) -> int | None:
    """A record by a unique metafield; only `crm.external_id` is defined as unique here."""
    if ((asked.get("namespace") or NAMESPACE), asked["key"]) != (NAMESPACE, EXTERNAL_ID) or typename == "Company":
        raise GraphQLError(
            "A metafield definition with type 'id' and unique values is required.",
            extensions={"code": "CAPABILITY_REQUIRED_BUT_DISABLED"},
        )
    return records.first_having(EXTERNAL_ID, asked["value"])


def identified(typename: str) -> Root:
    """One by whatever identifies it."""

    def find(asking: Asking, args: Args) -> Any:
        (how, value), shop = next(iter(args["identifier"].items())), asking.shop
        records = records_of(shop, typename)
        if how == "id":
            return one_of(typename)(asking, {"id": value})
        if how == "customId":
            return _BY_TYPE[typename](shop, custom_id(records, typename, value) or 0)
        key, wanted = {
            "emailAddress": ("email", "".join(value.split()).casefold()),
            "phoneNumber": ("phone", e164(value)),
            "handle": ("handle", value),
        }[how]
        return _BY_TYPE[typename](shop, records.first_having(key, wanted) or 0)

    return find


def shop_object(shop: Shop) -> dict[str, Any]:
    """The shop itself."""
    return {
        "__typename": "Shop",
        "id": "gid://shopify/Shop/1",
        "name": shop.domain.split(".", maxsplit=1)[0],
        "myshopifyDomain": shop.domain,
        "currencyCode": shop.currency,
        "ianaTimezone": "Etc/UTC",
        "taxesIncluded": False,
    }


def _installation(asking: Asking, args: Args) -> dict[str, Any]:
    return {
        "__typename": "AppInstallation",
        "id": "gid://shopify/AppInstallation/1",
        "accessScopes": [{"handle": scope, "description": scope.replace("_", " ")} for scope in SCOPES],
    }


def _location(asking: Asking, args: Args) -> Any:
    """Without an id, the first there is."""
    if args.get("id"):
        return one_of("Location")(asking, args)
    first = next(asking.shop.locations.all_live(), None)
    return None if first is None else nodes.location(asking.shop, first[0])


def _job(asking: Asking, args: Args) -> dict[str, Any]:
    """Jobs are done as soon as they are asked for."""
    return {"__typename": "Job", "id": args["id"], "done": True}


QUERIES: Mapping[str, Root] = {
    "customers": listed("Customer"),
    "customer": one_of("Customer"),
    "customersCount": counted("Customer", "customersCount"),
    "customerByIdentifier": identified("Customer"),
    "companies": listed("Company"),
    "company": one_of("Company"),
    "companiesCount": counted("Company", "companiesCount"),
    "companyLocations": listed("CompanyLocation"),
    "companyLocation": one_of("CompanyLocation"),
    "companyContact": one_of("CompanyContact"),
    "products": listed("Product"),
    "product": one_of("Product"),
    "productsCount": counted("Product", "productsCount"),
    "productByIdentifier": identified("Product"),
    "productVariants": listed("ProductVariant"),
    "productVariant": one_of("ProductVariant"),
    "productVariantsCount": counted("ProductVariant", "productVariantsCount"),
    "productVariantByIdentifier": identified("ProductVariant"),
    "inventoryItems": listed("InventoryItem"),
    "inventoryItem": one_of("InventoryItem"),
    "inventoryLevel": one_of("InventoryLevel"),
    "locations": listed("Location"),
    "location": _location,
    "locationsCount": counted("Location", "locationsCount"),
    "orders": listed("Order"),
    "order": one_of("Order"),
    "ordersCount": counted("Order", "ordersCount"),
    "orderByIdentifier": identified("Order"),
    "node": lambda asking, args: by_gid(asking, args["id"]),
    "nodes": _many,
    "shop": lambda asking, args: shop_object(asking.shop),
    "currentAppInstallation": _installation,
    "bulkOperation": one_of("BulkOperation"),
    "currentBulkOperation": lambda asking, args: asking.bulk.current() if args.get("type") == "QUERY" else None,
    "job": _job,
}
