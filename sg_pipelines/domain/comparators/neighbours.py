"""References to neighbours: the record ids on one account's records turned into the entities those records hang on.

A reference is *resolved* when its record hangs on an entity, *gone* when the record is known not to be there any more,
and *unknown* while nobody can say: the neighbour's snapshot may be older than the record that names it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.packing import SEPARATOR
from sg_pipelines.domain.model.kinds import Field

Mask = np.ndarray[Any, np.dtype[np.bool_]]
GONE = "gone:"


@dataclass(frozen=True, slots=True)
class Known:
    """Records of one kind at one account: `ids` (each once) and `entities` beside them, null for one that is gone."""

    ids: pa.Array
    entities: pa.Array

    @classmethod
    def of(cls, entities: dict[str, str | None]) -> Known:
        """From record id → entity, None for gone."""
        return cls(pa.array(list(entities), pa.string()), pa.array(list(entities.values()), pa.string()))

    def positions(self, ids: Any) -> Any:
        """Per id its position, null where it is not known."""
        return pc.index_in(ids, value_set=self.ids)


NOBODY = Known.of({})


@dataclass(frozen=True, slots=True)
class Neighbours:
    """By (kind, account) what is known of the records there."""

    known: dict[tuple[str, str], Known] = field(default_factory=dict)

    def at(self, kind: str, account: str) -> Known:
        """Nothing is known of an account that was not asked."""
        return self.known.get((kind, account), NOBODY)

    def of_rows(self, of: Field, account: str, column: pa.ChunkedArray) -> pa.Array:
        """One entity per row of a flattened column of rows; null where the row names nobody who is known."""
        flat = column.combine_chunks().flatten()
        if of.rows_refer_to is None:
            return pa.nulls(len(flat), pa.string())
        known = self.at(of.rows_refer_to, account)
        return known.entities.take(known.positions(pc.struct_field(flat, [of.parts[0]])))


def pack_references(
    of: Field, account: str, ids: pa.ChunkedArray, neighbours: Neighbours
) -> tuple[pa.ChunkedArray, Mask]:
    """Packed references of a whole column, and where they can be compared: everywhere but where unknown."""
    whole = ids.combine_chunks()
    known = neighbours.at(of.refers_to or "", account)
    positions = known.positions(whole)
    entity = pc.fill_null(known.entities.take(positions), "")
    parts = [pa.repeat(pa.scalar(account), len(whole)), whole, entity]
    packed = pc.binary_join_element_wise(*parts, SEPARATOR).cast(pa.large_string())
    can_tell: Mask = (
        pc.or_(pc.is_null(whole), pc.is_valid(positions)).to_numpy(zero_copy_only=False).astype(bool, copy=False)
    )
    return pa.chunked_array([packed]), can_tell


def reference_key(packed: str) -> str:
    """The entity, or which record is gone."""
    account, record_id, entity = packed.split(SEPARATOR)
    return entity or f"{GONE}{account}/{record_id}"
