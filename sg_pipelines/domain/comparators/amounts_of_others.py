"""Amounts of rows that cannot be held against each other, as one contains tax and the other does not, or they are of two
currencies: quantities can, so such a row is compared by the amount that those who are compared state for what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.neighbours import Mask
from sg_pipelines.domain.comparators.packing import RESOLVED, Row
from sg_pipelines.domain.comparators.rows import AMOUNT, added, row_key
from sg_pipelines.domain.model.kinds import Field

NOTHING = "0"


def amounts_of_others(
    of: Field, columns: Mapping[str, pa.ChunkedArray], resolved: Mapping[str, pa.Array], apart: Mapping[str, Mask]
) -> dict[str, pa.Array]:
    """Account → one amount per row of its flattened column, null where its own is compared. Accounts of which no list is
    `apart` are left out.

    `columns`: account → lists of rows; `resolved`: account → an entity per row, null where there is none. The first account
    that is not apart and has a row of the same thing is taken at its word; of several rows of one thing the first has
    it all.
    """
    lists = np.flatnonzero(np.any(list(apart.values()), axis=0)) if apart else np.empty(0, np.int64)
    if not len(lists):
        return {}
    said = {account: _Said.of(of, columns[account], resolved[account], lists) for account in columns}
    answers: dict[str, list[str | None]] = {
        account: [None] * said[account].size for account, there in apart.items() if there.any()
    }
    for number, entity in enumerate(lists.tolist()):
        compared: dict[str, str] = {}
        for account, one in said.items():
            if not apart[account][entity]:
                compared = {**one.amounts(number), **compared}
        for account, answer in answers.items():
            if apart[account][entity]:
                left = dict(compared)
                for position, key in said[account].keys(number):
                    answer[position] = left.get(key)
                    left |= {key: NOTHING} if key in left else {}
    return {account: pa.array(answer, pa.string()) for account, answer in answers.items()}


@dataclass(frozen=True, slots=True)
class _Said:
    """Rows of the chosen lists of one account, one after the other. `starts`: where each list begins among them; `positions`:
    where each row is in the flattened column, which is `size` long."""

    of_field: Field
    rows: list[Row]
    positions: list[int]
    starts: list[int]
    size: int

    @classmethod
    def of(cls, field: Field, column: pa.ChunkedArray, resolved: pa.Array, lists: Any) -> _Said:
        whole = column.combine_chunks()
        lengths = pc.fill_null(pc.list_value_length(whole), 0).to_numpy(zero_copy_only=False).astype(np.int64)
        begins = np.concatenate([[0], np.cumsum(lengths)])
        chosen = lengths[lists]
        starts = np.concatenate([[0], np.cumsum(chosen)])
        positions = np.repeat(begins[lists] - starts[:-1], chosen) + np.arange(starts[-1])
        rows = whole.flatten().take(pa.array(positions)).to_pylist()
        entities = resolved.take(pa.array(positions)).to_pylist()
        named = [
            {part: text for part, text in {**row, RESOLVED: entity}.items() if text}
            for row, entity in zip(rows, entities, strict=True)
        ]
        return cls(field, named, positions.tolist(), starts.tolist(), int(begins[-1]))

    def keys(self, number: int) -> list[tuple[int, str]]:
        """Of one list each row's position in the column, and what it is about."""
        within = range(self.starts[number], self.starts[number + 1])
        return [(self.positions[one], row_key(self.of_field, self.rows[one])) for one in within]

    def amounts(self, number: int) -> dict[str, str]:
        """Of one list what a row is about → the amount that is stated for it, those of one thing added up."""
        found: dict[str, str] = {}
        for row in self.rows[self.starts[number] : self.starts[number + 1]]:
            if AMOUNT in row:
                key = row_key(self.of_field, row)
                found[key] = added(found[key], row[AMOUNT]) if key in found else row[AMOUNT]
        return found
