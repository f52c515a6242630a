"""Mutations of metafields and tags, on whatever type of record carries them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.customers import tidy_tags
from sg_pipelines.sandbox.shopify.metafields import EXTERNAL_ID, IDENTIFIER, NAMESPACE, Metafield
from sg_pipelines.sandbox.shopify.nodes import Args, Node
from sg_pipelines.sandbox.shopify.queries import by_gid, records_of
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused
from sg_pipelines.sandbox.shopify.shared_fields import PLACES, metafield_object

MOST_AT_ONCE = 25
STALE = "The resource has been updated since it was loaded. Try again with an updated `compareDigest` value."
TAGGED = frozenset({"Customer", "Order", "Product"})


@dataclass(frozen=True, slots=True)
class _Write:
    """One entry of the input, and what it would change."""

    place: int
    owner: Node
    known: Metafield | None
    field: Metafield


def with_metafields(typename: str, said: Mapping[str, Any], given: Sequence[Args] | None) -> dict[str, Any]:
    """What a record says with the metafields of a create or update input; those not named stay."""
    places, words = PLACES[typename], dict(said)
    for one in given or ():
        namespace, key = one.get("namespace") or NAMESPACE, one.get("key") or ""
        known = places.one(words, namespace, key)
        kind = one.get("type") or (known.type if known else "single_line_text_field")
        words = places.written(words, Metafield(namespace, key, one.get("value") or "", kind))
    return words


def set_(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """metafieldsSet: all or none. `compareDigest: null` means it must not be there yet."""
    given = args["metafields"]
    if len(given) > MOST_AT_ONCE:
        message = f"Exceeded the maximum metafields input limit of {MOST_AT_ONCE}."
        return refused([Refusal(("metafields",), message, "LESS_THAN_OR_EQUAL_TO")], "metafields")
    wrong: list[dict[str, Any]] = []
    writes: list[_Write] = []
    for place, one in enumerate(given):
        write = _write(asking, place, one)
        refusals = [Refusal(("ownerId",), "Owner does not exist.", "INVALID")] if write is None else []
        refusals += list(_problems(asking, write, one)) if write is not None else []
        wrong += [{**found.told("metafields", str(place)), "elementIndex": None} for found in refusals]
        writes += [write] if write is not None else []
    if wrong:
        return {"metafields": None, "userErrors": wrong}
    return {"metafields": [_written(asking, write) for write in writes], "userErrors": []}


def delete(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """metafieldsDelete: null for those that were not there."""
    deleted: list[dict[str, str] | None] = []
    for one in args["metafields"]:
        owner = _owner(asking, one["ownerId"])
        known = PLACES[owner.typename].one(owner.said, one["namespace"], one["key"]) if owner else None
        if owner is None or known is None:
            deleted.append(None)
            continue
        empty = Metafield(known.namespace, known.key, "", known.type)
        records_of(asking.shop, owner.typename).say(owner.number, PLACES[owner.typename].written(owner.said, empty))
        deleted.append({"ownerId": owner.gid, "namespace": known.namespace, "key": known.key})
    return {"deletedMetafields": deleted, "userErrors": []}


def add_tags(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """tagsAdd"""
    return _tag(asking, args["id"], lambda tags: [*tags, *_split(args["tags"])])


def remove_tags(asking: Asking, args: Args, info: Any) -> dict[str, Any]:
    """tagsRemove"""
    gone = {tag.casefold() for tag in _split(args["tags"])}
    return _tag(asking, args["id"], lambda tags: [tag for tag in tags if tag.casefold() not in gone])


def _split(tags: list[str]) -> list[str]:
    """A tag with commas is several."""
    return [one.strip() for tag in tags for one in tag.split(",") if one.strip()]


def _tag(asking: Asking, identifier: str, change: Any) -> dict[str, Any]:
    node = by_gid(asking, identifier)
    if not isinstance(node, Node) or node.typename not in TAGGED:
        return refused([Refusal(("id",), "Resource does not exist")], "node")
    tags = tidy_tags(change(node.said.get("tags") or []))
    records_of(asking.shop, node.typename).say(node.number, {**node.said, "tags": tags})
    return {"node": by_gid(asking, identifier), "userErrors": []}


def _owner(asking: Asking, identifier: str) -> Node | None:
    found = by_gid(asking, identifier)
    return found if isinstance(found, Node) and found.typename in PLACES else None


def _write(asking: Asking, place: int, one: Args) -> _Write | None:
    owner = _owner(asking, one["ownerId"])
    if owner is None:
        return None
    namespace, key = one.get("namespace") or NAMESPACE, one["key"]
    known = PLACES[owner.typename].one(owner.said, namespace, key)
    kind = one.get("type") or (known.type if known is not None else "")
    if not kind and (namespace, key) == (NAMESPACE, EXTERNAL_ID):
        kind = IDENTIFIER
    return _Write(place, owner, known, Metafield(namespace, key, one["value"], kind))


def _problems(asking: Asking, write: _Write, one: Args) -> Iterator[Refusal]:
    field, known = write.field, write.known
    if not field.value:
        yield Refusal(("value",), "Value can't be blank.", "BLANK")
    if not field.type:
        yield Refusal(("type",), "Type can't be blank", "BLANK")
    elif known is not None and known.type != field.type:
        message = f"Type '{field.type}' must be consistent with the definition's type: '{known.type}'."
        yield Refusal(("type",), message, "INVALID_TYPE")
    if "compareDigest" in one and one["compareDigest"] != (known.digest if known is not None else None):
        yield Refusal((), STALE, "STALE_OBJECT")
    if _is_taken(asking, write):
        yield Refusal(("value",), "Value must be unique amongst all resources.", "TAKEN")


def _is_taken(asking: Asking, write: _Write) -> bool:
    owner, field = write.owner, write.field
    if (field.namespace, field.key) != (NAMESPACE, EXTERNAL_ID) or not PLACES[owner.typename].external_id:
        return False
    others = records_of(asking.shop, owner.typename).having(EXTERNAL_ID, field.value)
    return bool(set(others) - {owner.number})


def _written(asking: Asking, write: _Write) -> dict[str, Any]:
    """Read anew: an earlier entry may have changed the same record."""
    records, typename = records_of(asking.shop, write.owner.typename), write.owner.typename
    records.say(write.owner.number, PLACES[typename].written(records.must(write.owner.number)["said"], write.field))
    owner = Node(typename, write.owner.number, records.must(write.owner.number), asking.shop)
    return metafield_object(owner, write.field)
