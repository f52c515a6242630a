"""Attributes platforms derive (orders counted, money spent): carried over, never compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.money import money_key, money_of
from sg_pipelines.domain.model.kinds import Column, ColumnType
from sg_pipelines.operations.frames import Layout
from sg_pipelines.operations.representations import milliseconds


def attributes(layout: Layout, currencies: Mapping[str, str]) -> dict[str, pa.ChunkedArray]:
    """Per read-only column one value per entity: the earliest of instants, the sum of what adds up, else the first
    account that knows. `currencies`: account → the one its amounts are in; several of them make no sum."""
    return {
        column.name: combined(
            column,
            {account: layout.said(account, [column.name]).column(0) for account in layout.cast.primary},
            currencies,
        )
        for column in layout.kind.read_only
    }


def combined(column: Column, said: Mapping[str, Any], currencies: Mapping[str, str]) -> pa.ChunkedArray:
    """One read-only column of all entities, from what each account says of them (one value per entity, null for none)."""
    if column.type is ColumnType.INSTANT:
        earliest = pc.min_element_wise(*(one.cast(pa.int64()) for one in said.values()))
        return earliest.cast(next(iter(said.values())).type)
    first = pc.coalesce(*said.values())
    if not column.adds_up:
        return first
    return _added_up(first, said, [currencies[account] for account in said])


def _added_up(first: pa.ChunkedArray, said: Mapping[str, Any], currencies: Sequence[str]) -> pa.ChunkedArray:
    speakers = np.sum([pc.is_valid(one).to_numpy() for one in said.values()], axis=0)
    rows = np.flatnonzero(speakers > 1).tolist()
    if not rows:
        return first
    values = first.to_pylist()
    for row, *each in zip(rows, *(one.take(pa.array(rows)).to_pylist() for one in said.values()), strict=True):
        values[row] = _sum(
            [(currency, value) for currency, value in zip(currencies, each, strict=True) if value is not None]
        )
    return pa.chunked_array([pa.array(values, first.type)])


def _sum(stated: Sequence[tuple[str, Any]]) -> Any:
    """None when the currencies are several or an amount is no number: then there is no such sum."""
    if not isinstance(stated[0][1], str):
        return sum(value for _, value in stated)
    amounts = [money_of(money_key(value, currency)) for currency, value in stated]
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts) or len({amount.currency for amount in known}) > 1:
        return None
    return str(reduce(add, known))


def stored_attribute(value: Any) -> Any:
    """As documents keep it: instants in milliseconds."""
    return milliseconds(value) if hasattr(value, "timestamp") else value
