"""What the schema's objects are before their fields are read: a record of the shop, or a list of such records.

A `Node` is a record as it is now, or as the search index knew it. Fields are read from it by name; the tables of fields
are in the `*_fields` modules, and `wire` puts them together. Values without an id of their own are plain dicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.gids import gid
from sg_pipelines.sandbox.shopify.shop import Shop

Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Node:
    """One object of the schema that has fields to be read. `part` is a line, a refund or a level of its record."""

    typename: str
    number: int
    body: Body
    shop: Shop
    part: Mapping[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> dict[str, Any]:
        """What the record says."""
        said: dict[str, Any] = self.body["said"]
        return said

    @property
    def gid(self) -> str:
        """Its global id, for types whose number is the record's."""
        return gid(self.typename, self.number)


Read = Callable[[Node, Args], Any]
Fields = Mapping[str, Read]


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole of a connection in order of place, and its arguments: filtering, sorting and paging come later.

    `nodes` are `Node`s, or metafields as dicts.
    """

    typename: str
    nodes: Sequence[Any]
    args: Args = field(default_factory=dict)


def company(shop: Shop, number: Any, typename: str = "Company") -> Node | None:
    """A live company, or its location."""
    return _live(shop, shop.companies.live(int(number)), number, typename) if number else None


def customer(shop: Shop, number: Any, typename: str = "Customer") -> Node | None:
    """A live customer, or the contact it is of its company."""
    return _live(shop, shop.customers.live(int(number)), number, typename) if number else None


def product(shop: Shop, number: Any) -> Node | None:
    """A live product."""
    return _live(shop, shop.products.live(int(number)), number, "Product") if number else None


def variant(shop: Shop, number: Any, typename: str = "ProductVariant") -> Node | None:
    """A live variant, or its inventory item."""
    return _live(shop, shop.variants.live(int(number)), number, typename) if number else None


def location(shop: Shop, number: Any) -> Node | None:
    """A place where stock lies."""
    return _live(shop, shop.locations.live(int(number)), number, "Location") if number else None


def order(shop: Shop, number: Any) -> Node | None:
    """A live order."""
    return _live(shop, shop.orders.live(int(number)), number, "Order") if number else None


def contact(shop: Shop, number: Any) -> Node | None:
    """The contact a customer is; None when it is of no company."""
    found = customer(shop, number, "CompanyContact")
    return found if found is not None and company(shop, found.said.get("company_id")) is not None else None


def present(nodes: Iterable[Node | None]) -> list[Node]:
    """Those that are there."""
    return [one for one in nodes if one is not None]


def _live(shop: Shop, body: Body | None, number: Any, typename: str) -> Node | None:
    return None if body is None else Node(typename, int(number), body, shop)
