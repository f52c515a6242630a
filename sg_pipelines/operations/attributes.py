"""Attributes platforms derive (orders counted, money spent): carried over, never compared."""

from __future__ import annotations

from collections import defaultdict
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

# Entities by their position, and a value for each
Duplicates = tuple[Sequence[int], Any]


def attributes(layout: Layout, currencies: Mapping[str, str]) -> dict[str, pa.ChunkedArray]:
    """Per read-only column one value per entity: the earliest of instants, the sum of what adds up (that of duplicates too),
    else the first account that knows. `currencies`: account → the one its amounts are in; several of them make no sum."""
    duplicates = {account: _duplicates(layout, account) for account in layout.cast.primary}
    return {
        column.name: combined(
            column,
            {account: layout.said(account, [column.name]).column(0) for account in layout.cast.primary},
            currencies,
            {account: (entities, rows.column(column.name)) for account, (entities, rows) in duplicates.items()},
        )
        for column in layout.kind.read_only
    }


def _duplicates(layout: Layout, account: str) -> tuple[list[int], pa.Table]:
    """Records of an account beside the primary ones: the entity (position) of each, and the record's row."""
    cast = layout.cast
    here = np.flatnonzero(~cast.is_primary & pc.equal(cast.rows.column("account"), account).to_numpy())
    columns = [column.name for column in layout.kind.read_only]
    return cast.entity_of_row[here].tolist(), cast.rows.select(columns).take(pa.array(here))


def combined(
    column: Column, said: Mapping[str, Any], currencies: Mapping[str, str], duplicates: Mapping[str, Duplicates]
) -> pa.ChunkedArray:
    """One read-only column of all entities, from what each account says of them (one value per entity, null for none) and of
    their duplicates there."""
    if column.type is ColumnType.INSTANT:
        earliest = pc.min_element_wise(*(one.cast(pa.int64()) for one in said.values()))
        return earliest.cast(next(iter(said.values())).type)
    first = pc.coalesce(*said.values())
    return _added_up(first, said, currencies, duplicates) if column.adds_up else first


def _added_up(
    first: pa.ChunkedArray, said: Mapping[str, Any], currencies: Mapping[str, str], duplicates: Mapping[str, Duplicates]
) -> pa.ChunkedArray:
    beside: dict[int, list[tuple[str, Any]]] = defaultdict(list)
    for account, (entities, column) in duplicates.items():
        for entity, value in zip(entities, column.to_pylist(), strict=True):
            beside[entity].append((currencies[account], value))
    speakers = np.sum([pc.is_valid(one).to_numpy() for one in said.values()], axis=0)
    rows = sorted({*np.flatnonzero(speakers > 1).tolist(), *beside})
    if not rows:
        return first
    values = first.to_pylist()
    for row, *each in zip(rows, *(one.take(pa.array(rows)).to_pylist() for one in said.values()), strict=True):
        stated = [*zip(map(currencies.__getitem__, said), each, strict=True), *beside[row]]
        values[row] = _sum([(currency, value) for currency, value in stated if value is not None])
    return pa.chunked_array([pa.array(values, first.type)])


def _sum(stated: Sequence[tuple[str, Any]]) -> Any:
    """None when nobody states any, when the currencies are several or an amount is no number: then there is no such sum."""
    if not stated:
        return None
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
