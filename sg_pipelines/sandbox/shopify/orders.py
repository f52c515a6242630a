"""Orders as Shopify keeps them. Amounts stay those the world states, whatever happens to lines and refunds.

An edit that states other lines makes them the order's lines, as if it had been placed so; a line of the same product
keeps its id. What is refunded since last time is one more refund. An order without people's words about its day was
processed when it was made; else at noon UTC of that day, which is the same day nearly everywhere. Customers and
companies whose numbers are worked out from orders count as changed when an order of theirs is made or changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.instants import parse_ms
from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.money import NOUGHT, exact, written
from sg_pipelines.sandbox.shopify.neutral import draft, kept, neighbour, told
from sg_pipelines.sandbox.shopify.products import full_name
from sg_pipelines.sandbox.shopify.records import DELETED, Records
from sg_pipelines.sandbox.shopify.shop import Shop
from sg_pipelines.sandbox.simulator import Attributes

WORDS = (
    "number",
    "placed_on",
    "status",
    "currency",
    "subtotal_amount",
    "discount_amount",
    "tax_amount",
    "shipping_amount",
    "shipping_discount",
    "tip_amount",
    "duties_amount",
    "fees_amount",
    "total_amount",
    "tax_included",
    "shop_total",
    "shop_currency",
    "refunded",
    "external_id",
)
LINE_WORDS = ("product_id", "sku", "name", "quantity", "amount")
CANCELLED = "cancelled"
NOON_MS = 12 * 3_600_000
_INSIDE = frozenset(
    {
        "refunds",
        "last_line",
        "cancelled_at",
        "cancel_reason",
        "phone",
        "po_number",
        "email",
        "tags",
        "received",
        "edited",
    }
)


class Orders:
    """The orders of one shop; see `KeptKind`."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self.records = shop, shop.orders

    def create(self, rows: Iterable[Attributes]) -> list[int]:
        """Make orders."""
        now = self._shop.time.now_ms()
        drafts = []
        for row in rows:
            times = draft(row, {}, now)
            drafts.append(draft(row, self._said({}, row, times.updated), now))
        numbers = self.records.make(drafts)
        moved = [(one.said, one.updated) for one in drafts]
        self._move(moved)
        return numbers

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named."""
        self.change(number, self._said(self.records.must(number)["said"], attributes, self._shop.time.now_ms()))

    def change(self, number: int, words: Mapping[str, Any]) -> None:
        """Keep these words as they are."""
        was = self.records.must(number)["said"]
        now, said = self._shop.time.now_ms(), {**was, **words}
        self.records.say(number, said)
        self._move([(was, now), (said, now)])

    def delete(self, number: int) -> None:
        """Delete an order."""
        said = self.records.must(number)["said"]
        self.records.end(number, DELETED)
        self._move([(said, self._shop.time.now_ms())])

    def neutral(self, number: int, body: Body) -> dict[str, Any]:
        """An order in the world's words."""
        said = {word: value for word, value in told(body["said"]).items() if word not in _INSIDE}
        lines = [{word: line[word] for word in LINE_WORDS} for line in said.get("lines", ())]
        return {**said, "lines": lines, "state": body["state"]}

    # --- parts ---------------------------------------------------------------------------------------------

    def _said(self, was: Mapping[str, Any], row: Attributes, at: int) -> dict[str, Any]:
        said = {**was, **kept(row, WORDS)}
        for owner, records in (("customer", self._shop.customers), ("company", self._shop.companies)):
            if f"{owner}_id" in row:
                said[f"{owner}_id"] = neighbour(records, owner, row[f"{owner}_id"])
        if "lines" in row:
            said |= self._lines(was, row["lines"] or [])
        if "refunded" in row:
            said["refunds"] = _refunds(was.get("refunds", []), exact(row["refunded"]), at)
        if "total_amount" in row:
            said["received"] = None
        if said.get("status") != CANCELLED:
            said["cancelled_at"] = None
        elif not was.get("cancelled_at"):
            said["cancelled_at"] = at
        return said

    def _lines(self, was: Mapping[str, Any], rows: Iterable[Attributes]) -> dict[str, Any]:
        """Lines with ids; `last_line` is the highest ever given."""
        known = [(line["product_id"], line["id"]) for line in was.get("lines", ())]
        last, lines = was.get("last_line", 0), []
        for row in rows:
            product = neighbour(self._shop.variants, "product", row.get("product_id"))
            found = next((pair for pair in known if pair[0] == product), None)
            if found is None:
                last += 1
                found = (product, last)
            else:
                known.remove(found)
            lines.append({"id": found[1], **self._line(product, row)})
        return {"lines": lines, "last_line": last}

    def _line(self, product: str | None, row: Attributes) -> dict[str, Any]:
        """What it is called stays what it was called when it was ordered."""
        variant = self._shop.variants.must(int(product))["said"] if product else {}
        name = row.get("name")
        if name is None and variant:
            name = full_name(self._shop.products.must(variant["product"])["said"], variant)
        return {
            "product_id": product,
            "sku": row.get("sku", variant.get("sku")),
            "name": name,
            "quantity": str(row.get("quantity", "1")),
            "amount": row.get("amount"),
        }

    def _move(self, moved: Iterable[tuple[Mapping[str, Any], int]]) -> None:
        """Whose numbers are worked out from these orders."""
        for owner, records in (("customer", self._shop.customers), ("company", self._shop.companies)):
            latest: dict[int, int] = {}
            for said, at in moved:
                if said.get(f"{owner}_id"):
                    number = int(said[f"{owner}_id"])
                    latest[number] = max(at, latest.get(number, 0))
            _touch_computed(records, latest)


def _touch_computed(records: Records, latest: Mapping[int, int]) -> None:
    computed = {}
    for number, at in latest.items():
        body = records.live(number)
        if body is not None and body["said"].get("orders_count") is None and at > body["updated"]:
            computed[number] = at
    records.touch_at(computed)


def _refunds(known: list[dict[str, Any]], refunded: Decimal, at: int) -> list[dict[str, Any]]:
    """One more refund of what was given back since; when less than before is stated, one of that."""
    before = sum((exact(one["amount"]) for one in known), NOUGHT)
    if refunded >= before:
        return [*known, {"amount": written(refunded - before), "at": at}] if refunded > before else known
    return [{"amount": written(refunded), "at": at}] if refunded else []


def processed_ms(body: Body) -> int:
    """When the order was placed."""
    placed = body["said"].get("placed_on")
    midnight = parse_ms(placed) if placed else None
    return int(body["created"]) if midnight is None else midnight + NOON_MS
