"""Amounts of one row that share a column for their currency: one that is known in another currency is not shown there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sg_pipelines.domain.comparators.rows import measures
from sg_pipelines.domain.model.kinds import Comparator, Field, Kind
from sg_pipelines.domain.model.money import currency_code
from sg_pipelines.ports.store import Document

AMOUNT = "amount"


class SharedCurrency:
    """Which fields of a kind share a column for their currency; none (`column` None) where each amount has its own."""

    def __init__(self, kind: Kind) -> None:
        amounts = [field for field in kind.fields if field.comparator is Comparator.MONEY]
        held = Counter(field.columns[1] for field in amounts)
        self.column = next((column for column, fields in held.items() if fields > 1), None)
        self._amounts = [field for field in amounts if field.columns[1] == self.column]
        self._rows = [field for field in kind.fields if AMOUNT in measures(field)]

    def settle(self, row: dict[str, Any], document: Document) -> None:
        """Leave out of the row amounts, its own and those of its lines, that come from an account which states them in
        another currency than is shown. `sg show` has them."""
        if self.column is None:
            return
        shown = currency_code(row.get(self.column))
        for field in self._amounts:
            said = (_cell(document, field).get("value") or {}).get(self.column)
            if currency_code(said) != shown:
                row[field.columns[0]] = None
        for field in self._rows:
            if currency_code(self._of_source(document, field)) not in ("", shown):
                row[field.name] = [{**part, AMOUNT: None} for part in row[field.name]]

    def _of_source(self, document: Document, field: Field) -> str | None:
        stored = document["representations"].get(_cell(document, field).get("source"), {})
        said: str | None = stored.get("columns", {}).get(self.column)
        return said


def _cell(document: Document, field: Field) -> Mapping[str, Any]:
    return document["fields"].get(field.name) or {}
