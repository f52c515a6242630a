"""A field's original as one string, so that whole columns can be handled alike: composites and sets are joined.

A *packed* value is null only for a scalar or composite that says nothing. A set always says something: without
elements it is the empty string.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.model.kinds import Field

SEPARATOR = "\x1f"
Original = str | list[str] | dict[str, str] | None


def pack(field: Field, original: Original) -> str | None:
    """One original as one string."""
    if field.is_set:
        return SEPARATOR.join(sorted(original)) if isinstance(original, list) else ""
    if field.is_composite:
        parts = [(original.get(name) or "") if isinstance(original, dict) else "" for name in field.columns]
        return SEPARATOR.join(parts) if any(parts) else None
    return original if isinstance(original, str) and original else None


def unpack(field: Field, packed: str | None) -> Original:
    """The way back; blank parts of a composite are left out."""
    if field.is_set:
        return packed.split(SEPARATOR) if packed else []
    if packed is None:
        return None
    if field.is_composite:
        return {name: part for name, part in zip(field.columns, packed.split(SEPARATOR), strict=True) if part}
    return packed


def pack_columns(field: Field, table: pa.Table) -> pa.ChunkedArray:
    """A field of every row of a table that has the field's columns; large_string, null where nothing is said."""
    if field.is_set:
        return pa.chunked_array([_joined_set(chunk) for chunk in table.column(field.name).chunks], pa.large_string())
    if not field.is_composite:
        return _blank_to_null(table.column(field.name).cast(pa.large_string()))
    columns: list[Any] = [pc.fill_null(table.column(name).cast(pa.large_string()), "") for name in field.columns]
    joined = pc.binary_join_element_wise(*columns, pa.scalar(SEPARATOR, pa.large_string()))
    nothing = SEPARATOR * (len(columns) - 1)
    return pc.if_else(pc.equal(joined, nothing), pa.scalar(None, pa.large_string()), joined)


def _blank_to_null(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.large_string()), column)


def _joined_set(chunk: pa.Array) -> pa.Array:
    """Elements in sorted order, joined; most rows repeat few sets, so each distinct one is done once."""
    joined = pc.fill_null(pc.binary_join(chunk.cast(pa.list_(pa.string())), SEPARATOR), "").cast(pa.large_string())
    encoded = joined.dictionary_encode()
    ordered = [SEPARATOR.join(sorted(text.split(SEPARATOR))) if text else "" for text in encoded.dictionary.to_pylist()]
    return pa.array(ordered, pa.large_string()).take(encoded.indices)
