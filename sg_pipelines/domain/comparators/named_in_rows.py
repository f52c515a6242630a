"""What the rows of a set name: the product of an order's line.

A line is about the product it names, also when that product's record was put away since: an order is past. One that names
none, or one that nobody knows, is about the product that the same order's lines elsewhere name with the same unit (sku).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.code import code_key
from sg_pipelines.domain.comparators.neighbours import Mask, Neighbours, mask
from sg_pipelines.domain.model.kinds import Field

UNIT = "sku"
Codes = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Named:
    """Of one account's column of rows: an entity per row of the flattened column (`resolved`, null where there is none),
    and per list where it can be compared (`can_tell`), where nobody can say yet what it is about (`undecided`), and where
    it names somebody whom nobody knows yet, recognised by its unit or not (`unheard`). `gone`: (list, place in it) of
    rows that name a record that is not there any more."""

    resolved: pa.Array
    can_tell: Mask
    undecided: Mask
    unheard: Mask
    gone: list[tuple[int, int]]


def named_in_rows(of: Field, columns: Mapping[str, pa.ChunkedArray], neighbours: Neighbours) -> dict[str, Named]:
    """By account. The columns (account → lists of rows) are of one length: each position is one entity everywhere."""
    said = {account: _Said.of(of, account, column, neighbours) for account, column in columns.items()}
    if of.rows_refer_to is not None and any(one.resolved.null_count for one in said.values()):
        _look_at_units(list(said.values()))
    return {account: one.named() for account, one in said.items()}


@dataclass(slots=True)
class _Said:
    """One account's rows, and the position of the list each is in (`parents`). `is_open`: rows that name somebody whom
    nobody knows yet; `is_hidden`: rows that name somebody of whom nobody will ever be able to say who it is; `is_gone`:
    rows that name a record that is not there any more."""

    rows: pa.StructArray
    size: int
    parents: Codes
    resolved: pa.Array
    is_open: Mask
    is_hidden: Mask
    is_gone: Mask

    @classmethod
    def of(cls, field: Field, account: str, column: pa.ChunkedArray, neighbours: Neighbours) -> _Said:
        whole = column.combine_chunks()
        rows, kind = whole.flatten(), field.rows_refer_to
        parents = pc.list_parent_indices(whole).to_numpy().astype(np.int64)
        if kind is None:
            nobody: Mask = np.zeros(len(rows), bool)
            return cls(rows, len(whole), parents, pa.nulls(len(rows), pa.string()), nobody, nobody, nobody)
        ids, known = pc.struct_field(rows, [field.parts[0]]), neighbours.at(kind, account)
        positions = known.positions(ids)
        resolved = pc.coalesce(known.entities.take(positions), known.former.take(positions))
        is_gone = mask(pc.fill_null(known.gone.take(positions), False))
        is_nameless = mask(pc.is_valid(ids)) & mask(pc.is_null(resolved)) & ~is_gone
        is_open = is_nameless & mask(pc.is_null(positions)) & neighbours.keeps(kind, account)
        return cls(rows, len(whole), parents, resolved, is_open, is_nameless & ~is_open, is_gone)

    def places(self, lists: Codes) -> pa.Array:
        """Per row its list and its unit, as one text; null in other lists and where a row has no unit."""
        is_open = pa.array(np.isin(self.parents, lists))
        unit = _comparable(pc.if_else(is_open, pc.struct_field(self.rows, [UNIT]), pa.scalar(None, pa.string())))
        return pc.binary_join_element_wise(pa.array(self.parents).cast(pa.string()), unit, " ")

    def named(self) -> Named:
        """A list cannot be compared when one of its rows is neither known nor recognised by its unit; what nobody will
        ever know has at least its unit to be compared by, if it states one."""
        is_nameless = mask(pc.is_null(self.resolved))
        undecided = self._lists(self.is_open & is_nameless)
        hidden = self.is_hidden & is_nameless
        if hidden.any():
            hidden &= mask(pc.equal(pc.fill_null(pc.struct_field(self.rows, [UNIT]), ""), ""))
        can_tell = ~(undecided | self._lists(hidden))
        return Named(self.resolved, can_tell, undecided, self._lists(self.is_open), self._gone())

    def _gone(self) -> list[tuple[int, int]]:
        rows = np.flatnonzero(self.is_gone)
        lists = self.parents[rows]
        places = rows - np.searchsorted(self.parents, lists)
        return list(zip(lists.tolist(), places.tolist(), strict=True))

    def _lists(self, rows: Mask) -> Mask:
        """The lists that these rows are in."""
        found: Mask = np.zeros(self.size, bool)
        found[self.parents[rows]] = True
        return found


def _look_at_units(said: list[_Said]) -> None:
    """Give rows without an entity the one that the same list's rows of the same unit have elsewhere, the lowest of
    several."""
    open_lists = np.unique(np.concatenate([one.parents[mask(pc.is_null(one.resolved))] for one in said]))
    places = [one.places(open_lists) for one in said]
    together = pa.table({"place": pa.concat_arrays(places), "entity": pa.concat_arrays([one.resolved for one in said])})
    seen = together.drop_null().group_by("place").aggregate([("entity", "min")]).combine_chunks()
    for one, place in zip(said, places, strict=True):
        position = pc.index_in(place, value_set=seen.column("place").combine_chunks())
        one.resolved = pc.coalesce(one.resolved, seen.column("entity_min").combine_chunks().take(position))


def _comparable(units: pa.Array) -> pa.Array:
    """Units as they are compared; null where there is none."""
    spelled = units.dictionary_encode()
    return pa.array([code_key(one or "") for one in spelled.dictionary.to_pylist()], pa.string()).take(spelled.indices)
