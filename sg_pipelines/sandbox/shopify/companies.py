"""Companies as Shopify keeps them: a name and an external id, and one location with phone, address and tax id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.customers import e164
from sg_pipelines.sandbox.shopify.neutral import draft, kept, told
from sg_pipelines.sandbox.shopify.records import DELETED
from sg_pipelines.sandbox.shopify.shop import Shop
from sg_pipelines.sandbox.simulator import ADDRESS, Attributes

WORDS = ("name", "domain", "tax_id", "external_id", "orders_count", "total_spent", *ADDRESS)


class Companies:
    """The companies of one shop; see `KeptKind`. A company and its location change together."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self.records = shop, shop.companies

    def create(self, rows: Iterable[Attributes]) -> list[int]:
        """Make companies."""
        now = self._shop.time.now_ms()
        return self.records.make([draft(row, _said(row), now) for row in rows])

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named."""
        body = self.records.must(number)
        self.records.say(number, {**body["said"], **_said(attributes)})

    def delete(self, number: int) -> None:
        """Refused when there are orders; its people are nobody's contacts from now on."""
        if self._shop.orders.having("company", number):
            raise ValueError(f"company {number} has orders and cannot be deleted")
        people = {one: self._shop.customers.must(one) for one in self._shop.customers.having("company", number)}
        self._shop.customers.say_all({one: {**body["said"], "company_id": None} for one, body in people.items()})
        self.records.end(number, DELETED)

    def neutral(self, number: int, body: Body) -> dict[str, Any]:
        """A company in the world's words."""
        said = body["said"]
        return {
            **told(said),
            "orders_count": self._shop.orders_count("company", number, said),
            "total_spent": self._shop.total_spent("company", number, said),
            "state": body["state"],
        }


def _said(attributes: Attributes) -> dict[str, Any]:
    said = kept(attributes, WORDS)
    if "phone" in attributes:
        said["phone"] = e164(attributes["phone"]) if attributes["phone"] else None
    return said
