"""Attributes of customers and companies that follow from the orders we keep: how many, how much, when last.

Cancelled orders do not count. Without orders in the client file the platforms' own counts stand.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import pyarrow as pa

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.operations.workspace import Workspace

_COLUMNS: dict[str, pa.DataType] = {
    "orders_count": pa.int64(),
    "total_spent": pa.string(),
    "last_order_at": pa.string(),
}
ORDERED: dict[str, dict[str, pa.DataType]] = {"customer": _COLUMNS, "company": _COLUMNS}


@dataclass(slots=True)
class Ordered:
    """What one customer or company ordered: totals per currency, the last day."""

    count: int = 0
    totals: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    last: str | None = None

    def row(self) -> dict[str, Any]:
        """As columns of the dataset; totals read `120.00 USD`, several currencies one after the other."""
        spent = ", ".join(f"{total:f} {currency}" for currency, total in sorted(self.totals.items()))
        return {"orders_count": self.count, "total_spent": spent or None, "last_order_at": self.last}

    def add(self, fields: dict[str, Any]) -> None:
        """One more order."""
        self.count += 1
        day = (fields["placed_on"]["value"] or "")[:10]
        self.last = max(self.last or "", day) or None
        total = fields["total"]["value"] or {}
        try:
            self.totals[total.get("currency", "")] += Decimal(total.get("total_amount") or "0")
        except InvalidOperation:
            return


def ordered_by(workspace: Workspace, kind: Kind) -> dict[str, Ordered] | None:
    """Entity → what it ordered; None when the client keeps no orders or the kind does not order."""
    if kind.name not in ORDERED or ORDER.name not in workspace.plans:
        return None
    found: dict[str, Ordered] = defaultdict(Ordered)
    for document in workspace.store.find("entities", {"kind": ORDER.name, "state": "live"}):
        fields = document["fields"]
        buyer = (fields.get(kind.name) or {}).get("value")
        if buyer and buyer.get("entity") and fields["status"]["value"] != "cancelled":
            found[buyer["entity"]].add(fields)
    return found
