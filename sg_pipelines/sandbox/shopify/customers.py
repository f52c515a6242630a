"""Customers as Shopify keeps them: its own spelling of phones, e-mails and tags; a deleted one reads as null."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.neutral import draft, kept, neighbour, told
from sg_pipelines.sandbox.shopify.records import DELETED, MERGED
from sg_pipelines.sandbox.shopify.shop import Shop
from sg_pipelines.sandbox.simulator import ADDRESS, Attributes

CONSENT = {"granted": "SUBSCRIBED", "denied": "UNSUBSCRIBED"}
WORDS = ("first_name", "last_name", "company_name", "external_id", "orders_count", "total_spent", *ADDRESS)
HAS_ORDERS = "Customer can’t be deleted because they have associated orders"


def normalised(attributes: Attributes) -> dict[str, Any]:
    """Neutral attributes as the shop would store them; what it has no place for is left out."""
    said = kept(attributes, WORDS)
    if "email" in attributes:
        said["email"] = re.sub(r"\s+", "", attributes["email"]) if attributes["email"] else None
    if "phone" in attributes:
        said["phone"] = e164(attributes["phone"]) if attributes["phone"] else None
    if "tags" in attributes:
        said["tags"] = tidy_tags(attributes["tags"] or [])
    if "marketing_consent" in attributes:
        said["marketing_consent"] = CONSENT.get(attributes["marketing_consent"], "NOT_SUBSCRIBED")
    return said


def e164(phone: str) -> str:
    """A North American number as +1..., anything else as plus and digits."""
    digits = re.sub(r"\D", "", phone)
    return f"+1{digits}" if len(digits) == 10 else f"+{digits}"


def tidy_tags(tags: Iterable[str]) -> list[str]:
    """Sorted, each once whatever its case; the first spelling stays."""
    return sorted({tag.casefold(): tag for tag in reversed(list(tags))}.values())


class Customers:
    """The people of one shop; see `KeptKind`."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self.records = shop, shop.customers

    def create(self, rows: Iterable[Attributes]) -> list[int]:
        """Make customers."""
        now = self._shop.time.now_ms()
        return self.records.make([draft(row, self._said(row), now) for row in rows])

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named."""
        body = self.records.must(number)
        self.records.say(number, {**body["said"], **self._said(attributes)})

    def delete(self, number: int) -> None:
        """Refused when there are orders."""
        if self._shop.orders.having("customer", number):
            raise ValueError(f"customer {number} has orders and cannot be deleted")
        self.records.end(number, DELETED)

    def merge(self, winner: int, loser: int, chosen: Mapping[str, Any] | None = None) -> None:
        """What the winner lacks comes from the loser, tags are united, orders go over; the loser reads as null.

        `chosen` are words decided by whoever merges.
        """
        kept_said, gone_said = (self.records.must(number)["said"] for number in (winner, loser))
        orders = {number: body["said"] for number, body in self._shop.orders_of("customer", loser)}
        self._shop.orders.say_all({number: {**said, "customer_id": str(winner)} for number, said in orders.items()})
        self.records.end(loser, MERGED)
        self.records.say(winner, {**_united(kept_said, gone_said), **(chosen or {})})

    def neutral(self, number: int, body: Body) -> dict[str, Any]:
        """A customer in the world's words."""
        words = {state: word for word, state in CONSENT.items()}
        said: Mapping[str, Any] = body["said"]
        return {
            "tags": [],
            **told(said),
            "marketing_consent": words.get(said.get("marketing_consent", "")),
            "orders_count": self._shop.orders_count("customer", number, said),
            "total_spent": self._shop.total_spent("customer", number, said),
            "state": body["state"],
        }

    def _said(self, attributes: Attributes) -> dict[str, Any]:
        said = normalised(attributes)
        if "company_id" in attributes:
            said["company_id"] = neighbour(self._shop.companies, "company", attributes["company_id"])
        return said


def _united(kept_said: Mapping[str, Any], gone_said: Mapping[str, Any]) -> dict[str, Any]:
    said = dict(kept_said)
    for block in (("first_name", "last_name"), ("email", "marketing_consent"), ("phone",), ("company_name", *ADDRESS)):
        if not any(said.get(word) for word in block):
            said |= {word: gone_said[word] for word in block if word in gone_said}
    said["tags"] = tidy_tags([*(kept_said.get("tags") or []), *(gone_said.get("tags") or [])])
    if kept_said.get("orders_count") is not None:
        said["orders_count"] = int(kept_said["orders_count"]) + int(gone_said.get("orders_count") or 0)
    if kept_said.get("total_spent") is not None:
        said["total_spent"] = str(Decimal(kept_said["total_spent"]) + Decimal(gone_said.get("total_spent") or 0))
    return said
