"""Fields that several types have: ids, times, metafields, addresses' countries."""

from __future__ import annotations

import json
import zlib
from typing import Any

from sg_pipelines.sandbox.instants import iso_seconds
from sg_pipelines.sandbox.shopify.gids import gid
from sg_pipelines.sandbox.shopify.metafields import NAMESPACE, Metafield, Places
from sg_pipelines.sandbox.shopify.nodes import Args, Fields, Listing, Node, Read

PLACES = {
    "Customer": Places(),
    "Company": Places(external_id=False, domain=True),
    "Product": Places(),
    "ProductVariant": Places(),
    "Order": Places(),
}


def word(name: str, otherwise: Any = None) -> Read:
    """A word of the record, blank counted as none."""
    return lambda node, args: node.said.get(name) or otherwise


def always(value: Any) -> Read:
    """The same for every record."""
    return lambda node, args: value


def instant(key: str) -> Read:
    """`created` or `updated`, to the second."""
    return lambda node, args: iso_seconds(node.body[key])


def offset_id(offset: int) -> Read:
    """The id of something that hangs on a record."""
    return lambda node, args: gid(node.typename, node.number + offset)


TIMES: Fields = {"createdAt": instant("created"), "updatedAt": instant("updated")}
OWN_ID: Fields = {
    "id": lambda node, args: node.gid,
    "legacyResourceId": lambda node, args: str(node.number),
    **TIMES,
}


def metafield_object(owner: Node, field: Metafield) -> dict[str, Any]:
    """A `Metafield`; `owner` stands for its owner."""
    name = f"{owner.typename}.{field.namespace}.{field.key}"
    number = owner.number * 100_000 + zlib.crc32(name.encode()) % 100_000
    return {
        "__typename": "Metafield",
        "id": gid("Metafield", number),
        "legacyResourceId": str(number),
        "namespace": field.namespace,
        "key": field.key,
        "value": field.value,
        "jsonValue": _json_value(field),
        "type": field.type,
        "compareDigest": field.digest,
        "createdAt": iso_seconds(owner.body["created"]),
        "updatedAt": iso_seconds(owner.body["updated"]),
        "owner": owner,
    }


def _json_value(field: Metafield) -> Any:
    if field.type.startswith("list.") or field.type in ("json", "boolean", "number_integer"):
        return json.loads(field.value)
    return field.value


def _metafield(node: Node, args: Args) -> dict[str, Any] | None:
    namespace, key = args.get("namespace"), args["key"]
    if namespace is None and "." in key:
        namespace, _, key = key.rpartition(".")
    field = PLACES[node.typename].one(node.said, namespace or NAMESPACE, key)
    return None if field is None else metafield_object(node, field)


def _metafields(node: Node, args: Args) -> Listing:
    namespace, keys = args.get("namespace"), args.get("keys")
    chosen = [
        metafield_object(node, one)
        for one in PLACES[node.typename].of(node.said)
        if namespace in (None, one.namespace) and (keys is None or {one.key, f"{one.namespace}.{one.key}"} & set(keys))
    ]
    return Listing("Metafield", chosen, args)


METAFIELDS: Fields = {"metafield": _metafield, "metafields": _metafields}
