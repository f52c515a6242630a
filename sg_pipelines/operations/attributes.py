"""Attributes platforms derive (orders counted, money spent): carried over, never compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.model.kinds import Column, ColumnType
from sg_pipelines.operations.frames import Layout
from sg_pipelines.operations.representations import milliseconds


def attributes(layout: Layout, currencies: Mapping[str, str]) -> dict[str, pa.ChunkedArray]:
    """Per read-only column one value per entity: the earliest of instants, the sum of what adds up, else the first
    account that knows. `currencies`: account → the one its amounts are in; several of them make no sum."""
    return {column.name: _combined(layout, column, currencies) for column in layout.kind.read_only}


def _combined(layout: Layout, column: Column, currencies: Mapping[str, str]) -> pa.ChunkedArray:
    said: dict[str, Any] = {account: layout.said(account, [column.name]).column(0) for account in layout.cast.primary}
    if column.type is ColumnType.INSTANT:
        earliest = pc.min_element_wise(*(one.cast(pa.int64()) for one in said.values()))
        return earliest.cast(next(iter(said.values())).type)
    first = pc.coalesce(*said.values())
    if not column.adds_up:
        return first
    is_amount = column.type is ColumnType.DECIMAL
    return _added_up(first, said, [currencies[account] if is_amount else "" for account in said])


def _added_up(first: pa.ChunkedArray, said: Mapping[str, Any], units: Sequence[str]) -> pa.ChunkedArray:
    speakers = np.sum([pc.is_valid(one).to_numpy() for one in said.values()], axis=0)
    rows = np.flatnonzero(speakers > 1).tolist()
    if not rows:
        return first
    values = first.to_pylist()
    for row, *each in zip(rows, *(one.take(pa.array(rows)).to_pylist() for one in said.values()), strict=True):
        values[row] = _sum([(unit, value) for unit, value in zip(units, each, strict=True) if value is not None])
    return pa.chunked_array([pa.array(values, first.type)])


def _sum(stated: Sequence[tuple[str, Any]]) -> Any:
    """None when the currencies are several or an amount is no number: then there is no such sum."""
    if len({unit for unit, _ in stated}) > 1:
        return None
    values = [value for _, value in stated]
    if not isinstance(values[0], str):
        return sum(values)
    try:
        return f"{sum(map(Decimal, values)):f}"
    except InvalidOperation:
        return None


def stored_attribute(value: Any) -> Any:
    """As documents keep it: instants in milliseconds."""
    return milliseconds(value) if hasattr(value, "timestamp") else value
