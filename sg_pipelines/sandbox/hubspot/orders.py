"""Orders as people see them: a deal or an order record, its line items, and whom it is associated with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.hubspot.associations import Link, Node
from sg_pipelines.sandbox.hubspot.crm import Crm
from sg_pipelines.sandbox.hubspot.object_types import OBJECT_TYPES, ObjectType
from sg_pipelines.sandbox.hubspot.objects import Draft
from sg_pipelines.sandbox.hubspot.values import Properties
from sg_pipelines.sandbox.simulator import Attributes

LINE_ITEMS = OBJECT_TYPES["line_items"]
_FINEST = Decimal("0.000001")
Line = Mapping[str, Any]


class OrderLines:
    """The line items of orders. A line keeps its record as long as its product is on the order."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def create(self, kind: ObjectType, numbers: Sequence[int], rows: Sequence[Attributes]) -> list[Link]:
        """Make the line items of new orders, all at once; returns the associations still to be made."""
        drafts, owners = [], []
        for number, row in zip(numbers, rows, strict=True):
            for line in row.get("lines") or ():
                currency = row.get("currency")
                drafts.append(Draft(_written(line, currency), row.get("created_at_ms"), row.get("modified_at_ms")))
                owners.append(number)
        made = self._crm.create(LINE_ITEMS, drafts)
        return [Link((kind.name, owner), (LINE_ITEMS.name, item)) for owner, item in zip(owners, made, strict=True)]

    def replace(self, node: Node, lines: Sequence[Line], currency: str | None) -> None:
        """Make the order hold exactly these lines."""
        there = {item: self._stored(item) for item in self._crm.associations.targets(node, LINE_ITEMS.name)}
        fresh = []
        for wanted in (_written(line, currency) for line in lines):
            kept = next((item for item, said in there.items() if _product(said) == _product(wanted)), None)
            if kept is None:
                fresh.append(Draft(wanted))
            else:
                said = there.pop(kept)
                if any(said.get(name) != value for name, value in wanted.items()):
                    self._crm.update(LINE_ITEMS, kept, wanted)
        for item in there:
            self._crm.archive(LINE_ITEMS, item)
        made = self._crm.create(LINE_ITEMS, fresh)
        self._crm.associate([Link(node, (LINE_ITEMS.name, item)) for item in made])

    def read(self, node: Node) -> list[dict[str, Any]]:
        """The lines of an order, in the order in which they were put there."""
        items = self._crm.associations.targets(node, LINE_ITEMS.name)
        return [self._line(item) for item in items]

    def _stored(self, item: int) -> Properties:
        return dict(self._crm.objects(LINE_ITEMS).must(item)["properties"])

    def _line(self, item: int) -> dict[str, Any]:
        body = self._crm.objects(LINE_ITEMS).must(item)
        said = body["properties"]
        return {
            "product_id": said.get("hs_product_id"),
            "sku": said.get("hs_sku"),
            "name": said.get("name"),
            "quantity": said.get("quantity"),
            "amount": self._crm.said(LINE_ITEMS, item, body, "amount"),
        }


def _written(line: Line, currency: str | None) -> Properties:
    quantity, amount = Decimal(line["quantity"]), Decimal(line["amount"])
    price = amount / quantity if quantity else amount
    exact = price.quantize(_FINEST) if price != price.quantize(_FINEST) else price
    named = {"name": line["name"]} if "name" in line else {}
    return named | {
        "hs_sku": line.get("sku"),
        "hs_product_id": line.get("product_id"),
        "quantity": str(line["quantity"]),
        "price": format(exact, "f"),
        "hs_line_item_currency_code": currency,
    }


def _product(said: Mapping[str, str | None]) -> tuple[str | None, str | None]:
    return said.get("hs_product_id"), said.get("hs_sku")
