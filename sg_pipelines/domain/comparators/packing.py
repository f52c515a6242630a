"""A field's original as one string, so that whole columns can be handled alike: composites, sets and rows are joined.

A *packed* value is null only for a scalar or composite that says nothing. A set always says something: without
elements it is the empty string. An element of a set of rows is a row's parts, joined in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.model.kinds import Comparator, Field

SEPARATOR = "\x1f"
WITHIN = "\x1e"
REFERENCE = ("account", "record_id", "entity")
RESOLVED = "entity"
Row = dict[str, str]
Original = str | list[str] | list[Row] | Row | None


def parts_of(field: Field) -> tuple[str, ...]:
    """Names of the parts of a row or of a composite, in packed order; a row's last part is the resolved neighbour."""
    if field.is_rows:
        return (*field.parts, RESOLVED)
    return REFERENCE if field.refers_to else field.columns


def pack(field: Field, original: Original) -> str | None:
    """One original as one string."""
    if field.is_rows:
        rows = original if isinstance(original, list) else []
        return SEPARATOR.join(sorted(_joined(field, row, WITHIN) for row in rows if isinstance(row, dict)))
    if field.is_set:
        return SEPARATOR.join(sorted(map(str, original))) if isinstance(original, list) else ""
    if field.is_composite or field.refers_to:
        return _joined(field, original, SEPARATOR) if isinstance(original, dict) and _speaks(field, original) else None
    return original if isinstance(original, str) and original else None


def unpack(field: Field, packed: str | None) -> Original:
    """The way back; blank parts are left out."""
    return unpacker(field)(packed)


def unpacker(field: Field) -> Callable[[str | None], Original]:
    """The way back for many values of one field."""
    if field.is_rows:
        return lambda packed: [unpack_row(field, one) for one in packed.split(SEPARATOR)] if packed else []
    if field.is_set:
        return lambda packed: packed.split(SEPARATOR) if packed else []
    if field.is_composite or field.refers_to:
        names = parts_of(field)
        return lambda packed: None if packed is None else _named(names, packed.split(SEPARATOR))
    return lambda packed: packed


def unpack_row(field: Field, element: str) -> Row:
    """One row of a packed set of rows."""
    return _named(parts_of(field), element.split(WITHIN))


def stated(field: Field, packed: str | None) -> str | None:
    """The part of a packed original that the platform itself said: without what a neighbour was resolved to."""
    if not packed or not (field.is_rows or field.refers_to):
        return packed
    if field.is_rows:
        return SEPARATOR.join(sorted(element.rpartition(WITHIN)[0] for element in packed.split(SEPARATOR)))
    return packed.rpartition(SEPARATOR)[0]


def _joined(field: Field, original: Mapping[str, str | None], separator: str) -> str:
    return separator.join(original.get(name) or "" for name in parts_of(field))


def _named(names: tuple[str, ...], parts: list[str]) -> Row:
    return {name: part for name, part in zip(names, parts, strict=True) if part}


def _speaks(field: Field, original: Mapping[str, str | None]) -> bool:
    """A currency without an amount says nothing, nor does an account without a record."""
    if field.comparator is Comparator.MONEY:
        return bool(original.get(field.columns[0]))
    return bool(original.get("record_id")) if field.refers_to else any(original.values())


def pack_columns(field: Field, table: pa.Table) -> pa.ChunkedArray:
    """A field of every row of a table that has the field's columns; large_string, null where nothing is said.
    References and rows with neighbours are packed by `neighbours.py`."""
    if field.is_rows:
        return pack_rows(field, table.column(field.name), None)
    if field.is_set:
        return pa.chunked_array([_joined_set(chunk) for chunk in table.column(field.name).chunks], pa.large_string())
    if not field.is_composite:
        return _blank_to_null(table.column(field.name).cast(pa.large_string()))
    columns: list[Any] = [pc.fill_null(table.column(name).cast(pa.large_string()), "") for name in field.columns]
    joined = pc.binary_join_element_wise(*columns, pa.scalar(SEPARATOR, pa.large_string()))
    nothing = pa.scalar(None, pa.large_string())
    if field.comparator is Comparator.MONEY:
        return pc.if_else(pc.equal(columns[0], ""), nothing, joined)
    return pc.if_else(pc.equal(joined, SEPARATOR * (len(columns) - 1)), nothing, joined)


def pack_rows(field: Field, column: pa.ChunkedArray, resolved: pa.Array | None) -> pa.ChunkedArray:
    """Rows as they stand, in their order. `resolved`: one text per row of the flattened column, null where the row's
    neighbour is not known. The lake keeps rows in an order of their own, so equal rows are equal texts."""
    whole = column.combine_chunks()
    flat = whole.flatten()
    parts: list[Any] = [pc.fill_null(pc.struct_field(flat, [name]), "").cast(pa.large_string()) for name in field.parts]
    neighbour = pa.nulls(len(flat), pa.large_string()) if resolved is None else resolved.cast(pa.large_string())
    parts.append(pc.fill_null(neighbour, ""))
    return rejoined(whole, pc.binary_join_element_wise(*parts, pa.scalar(WITHIN, pa.large_string())))


def rejoined(lists: pa.ListArray, elements: pa.Array) -> pa.ChunkedArray:
    """One text per list from one text per element; the empty text where a list is empty or null."""
    lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    offsets = pa.array([0, *lengths.cumsum().tolist()] if len(lengths) else [0], pa.int64())
    joined = pc.binary_join(pa.LargeListArray.from_arrays(offsets, elements), pa.scalar(SEPARATOR, pa.large_string()))
    return pa.chunked_array([pc.fill_null(joined, "")], pa.large_string())


def _blank_to_null(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.large_string()), column)


def _joined_set(chunk: pa.Array) -> pa.Array:
    """Elements in sorted order, joined; most rows repeat few sets, so each distinct one is done once."""
    joined = pc.fill_null(pc.binary_join(chunk.cast(pa.list_(pa.string())), SEPARATOR), "").cast(pa.large_string())
    encoded = joined.dictionary_encode()
    ordered = [SEPARATOR.join(sorted(text.split(SEPARATOR))) if text else "" for text in encoded.dictionary.to_pylist()]
    return pa.array(ordered, pa.large_string()).take(encoded.indices)
