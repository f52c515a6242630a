"""One platform's tables: rows that stand, and how many do not."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Row = Mapping[str, str]
Told = dict[str, Any]
# (kind, the warehouse's id) → record id in the simulated account.
Ids = Mapping[tuple[str, str], str]
# The warehouse's id, and the record in neutral words.
Named = tuple[str, Told]
_GONE = ("_fivetran_deleted", "is_deleted")
_CURRENT = "_fivetran_active"


class Tables:
    """The CSV files of one folder. Deleted and superseded rows are left out and counted in `left_out`."""

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self._folder, self._prefix = folder, prefix
        self.left_out = 0

    def rows(self, table: str) -> list[Row]:
        """Rows that stand; none when there is no such table."""
        return [row for row in self._all(table) if _stands(row)]

    def things(self, table: str) -> list[Row]:
        """The same for a table that records are made of: the others are counted."""
        everything = self._all(table)
        standing = [row for row in everything if _stands(row)]
        self.left_out += len(everything) - len(standing)
        return standing

    def by(self, table: str, column: str) -> dict[str, Row]:
        """Rows by a column that names each once; the first one counts."""
        return {row[column]: row for row in reversed(self.rows(table))}

    def grouped(self, table: str, column: str) -> dict[str, list[Row]]:
        """Rows that share what a column says."""
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows(table):
            groups[row[column]].append(row)
        return groups

    def leave_out(self, rows: int) -> None:
        """Rows that are no record of a kind we keep."""
        self.left_out += rows

    def _all(self, table: str) -> list[Row]:
        path = self._folder / f"{self._prefix}{table}_data.csv"
        if not path.is_file():
            return []
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return [
                {name: (value or "").strip() for name, value in row.items() if name} for row in csv.DictReader(lines)
            ]


def _stands(row: Row) -> bool:
    is_gone = any(row.get(name, "").casefold() == "true" for name in _GONE)
    return not is_gone and row.get(_CURRENT, "true").casefold() == "true"


def said(row: Row, columns: Mapping[str, str]) -> Told:
    """Columns by their neutral names; blank is nothing."""
    return {neutral: row.get(column) or None for neutral, column in columns.items()}


def born(row: Row, column: str) -> Told:
    """When the record was made, where the row says so."""
    text = row.get(column)
    if not text:
        return {}
    day, _, time = text.partition(" ")
    hours, _, rest = (time or "0:00:00").partition(":")
    made = datetime.fromisoformat(f"{day}T{int(hours):02d}:{rest}").replace(tzinfo=UTC)
    return {"created_at_ms": round(made.timestamp() * 1000)}
