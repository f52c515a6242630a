"""Attributes of customers and companies that follow from the orders we keep: how many, how much, when last.

A cancelled order counts and costs nothing, as with the platforms' own counts, which stand where there are no orders in the
client file. Conditions read those first, and what we count of whom no platform counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.money import Money
from sg_pipelines.operations.typed import DAY

_COLUMNS: dict[str, tuple[pa.DataType, str]] = {
    "orders_count": (
        pa.int64(),
        "Orders placed, cancelled ones too; what platforms count, added up, where we keep no orders",
    ),
    "total_spent": (pa.string(), "What those that were not cancelled came to, per currency: `120.00 USD`"),
    "last_order_at": (DAY, "The day of the last one"),
}
ORDERED = {"customer": _COLUMNS, "company": _COLUMNS}
# Fields of an order from which these follow, beside the one that names who ordered
COUNTED_FROM = ("status", "placed_on", "total")
CANCELLED = "cancelled"


@dataclass(slots=True)
class Ordered:
    """What one customer or company ordered: totals per currency, the last day."""

    count: int = 0
    totals: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    last: date | None = None
    unknown: int = 0

    def row(self) -> dict[str, Any]:
        """As columns of the dataset; totals read `120.00 USD`, several currencies one after the other,
        and then how many orders state none."""
        spent = [f"{Money(total, currency)} {currency}" for currency, total in sorted(self.totals.items())]
        if self.unknown:
            spent.append(f"{self.unknown} without an amount")
        return {"orders_count": self.count, "total_spent": ", ".join(spent) or None, "last_order_at": self.last}

    def asked(self) -> dict[str, Any]:
        """As conditions read it: the last day as its beginning, the sum as a number; None when it is of several currencies or
        an order states no amount: then there is no such sum."""
        last = None if self.last is None else datetime.combine(self.last, time(), UTC)
        is_a_sum = len(self.totals) < 2 and not self.unknown
        spent = float(sum(self.totals.values())) if is_a_sum else None
        return {"orders_count": self.count, "total_spent": spent, "last_order_at": last}

    def add(self, status: str | None, placed_on: date | None, amount: Decimal | None, currency: str | None) -> None:
        """One more order."""
        self.count += 1
        self.last = max((day for day in (self.last, placed_on) if day is not None), default=None)
        if status == CANCELLED:
            return
        if amount is None:
            self.unknown += 1
        else:
            self.totals[currency or ""] += amount


def ordered_by(orders: pa.Table, kind: Kind) -> dict[str, Ordered]:
    """Entity of a kind that orders → what it ordered, by the master table of orders."""
    found: dict[str, Ordered] = defaultdict(Ordered)
    placed = orders.filter(pc.is_valid(orders.column(kind.name)))
    counted = placed.select([kind.name, "status", "placed_on", "total_amount", "currency"])
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
