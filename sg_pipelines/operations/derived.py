"""Attributes of customers and companies that follow from the orders we keep: how many, how much, when last.

Cancelled orders do not count. Without orders in the client file the platforms' own counts stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.model.kinds import Kind

_COLUMNS: dict[str, tuple[pa.DataType, str]] = {
    "orders_count": (
        pa.int64(),
        "Orders placed, cancelled ones left out; what platforms count, added up, where we keep no orders",
    ),
    "total_spent": (pa.string(), "What they came to, per currency: `120.00 USD`"),
    "last_order_at": (pa.string(), "The day of the last one"),
}
ORDERED = {"customer": _COLUMNS, "company": _COLUMNS}
# Fields of an order from which these follow, beside the one that names who ordered
COUNTED_FROM = ("status", "placed_on", "total")


@dataclass(slots=True)
class Ordered:
    """What one customer or company ordered: totals per currency, the last day."""

    count: int = 0
    totals: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    last: str | None = None
    unreadable: int = 0

    def row(self) -> dict[str, Any]:
        """As columns of the dataset; totals read `120.00 USD`, several currencies one after the other,
        and then how many amounts are no number."""
        spent = [f"{total:f} {currency}" for currency, total in sorted(self.totals.items())]
        if self.unreadable:
            spent.append(f"{self.unreadable} not readable")
        return {"orders_count": self.count, "total_spent": ", ".join(spent) or None, "last_order_at": self.last}

    def add(self, placed_on: str | None, amount: str | None, currency: str | None) -> None:
        """One more order."""
        self.count += 1
        self.last = max(self.last or "", (placed_on or "")[:10]) or None
        try:
            number = Decimal(amount or "0")
        except InvalidOperation:
            self.unreadable += 1
        else:
            self.totals[currency or ""] += number


def ordered_by(orders: pa.Table, kind: Kind) -> dict[str, Ordered]:
    """Entity of a kind that orders → what it ordered, by the master table of orders."""
    found: dict[str, Ordered] = defaultdict(Ordered)
    is_counted = pc.and_(
        pc.is_valid(orders.column(kind.name)), pc.not_equal(pc.fill_null(orders.column("status"), ""), "cancelled")
    )
    counted = orders.select([kind.name, "placed_on", "total_amount", "currency"]).filter(is_counted)
    for buyer, *said in zip(*(column.to_pylist() for column in counted.columns), strict=True):
        found[buyer].add(*said)
    return found


def with_ordered(table: pa.Table, ordered: Mapping[str, Ordered]) -> pa.Table:
    """A master table with what each entity ordered."""
    nothing = Ordered()
    rows = [ordered.get(entity, nothing).row() for entity in table.column("entity").to_pylist()]
    for name, (of_type, _) in _COLUMNS.items():
        position = table.schema.get_field_index(name)
        table = table.set_column(position, table.schema.field(position), pa.array([row[name] for row in rows], of_type))
    return table
