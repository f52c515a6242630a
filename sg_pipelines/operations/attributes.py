"""Attributes platforms derive (orders counted, money spent): carried over, never compared."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.model.kinds import ColumnType
from sg_pipelines.operations.frames import Layout
from sg_pipelines.operations.representations import milliseconds


def attributes(layout: Layout) -> dict[str, pa.ChunkedArray]:
    """Per read-only column one value per entity: the earliest of instants, else the first account that knows."""
    return {
        column.name: _combined(layout, column.name, column.type is ColumnType.INSTANT)
        for column in layout.kind.read_only
    }


def _combined(layout: Layout, name: str, is_instant: bool) -> pa.ChunkedArray:
    columns: list[Any] = [layout.said(account, [name]).column(name) for account in layout.cast.primary]
    if not is_instant:
        return pc.coalesce(*columns)
    earliest = pc.min_element_wise(*(column.cast(pa.int64()) for column in columns))
    return earliest.cast(columns[0].type)


def stored_attribute(value: Any) -> Any:
    """As documents keep it: instants in milliseconds."""
    return milliseconds(value) if hasattr(value, "timestamp") else value
