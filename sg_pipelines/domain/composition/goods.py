"""Lines whose amounts cannot be held against each other, as one contains tax and the other does not, or they are of two
currencies: what was bought can, and how much of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.named_in_rows import UNIT
from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.comparators.packing import RESOLVED, Row
from sg_pipelines.domain.comparators.rows import added, row_key
from sg_pipelines.domain.composition.first_word import Mask
from sg_pipelines.domain.model.kinds import Field

QUANTITY = "quantity"
NONE = "0"


@dataclass(frozen=True, slots=True)
class UnlikeGoods:
    """The lines of an entity (position) at an account are not those of the other one, which is compared; `detail` in words."""

    entity: int
    account: str
    detail: str


def unlike_goods(
    of: Field,
    columns: Mapping[str, pa.ChunkedArray],
    resolved: Mapping[str, pa.Array],
    apart: Mapping[str, Mask],
    present: Mapping[str, Mask],
) -> Iterator[UnlikeGoods]:
    """Accounts whose amounts are `apart`, and whose products or quantities are not those of the first account that is compared.

    `columns`: account → lists of rows, each position one entity, the account whose word counts most first; `resolved`: account
    → an entity per row of the flattened column, null where there is none; `present`: account → where it speaks and one can
    tell what its rows are about.
    """
    asked = np.any([mask & present[account] for account, mask in apart.items()], axis=0) if apart else np.zeros(0, bool)
    lists = np.flatnonzero(asked)
    said = {account: _bought(of, columns[account], resolved[account], lists) for account in columns if len(lists)}
    for number, entity in enumerate(lists.tolist()):
        there = [account for account in said if present[account][entity]]
        compared = [account for account in there if not apart[account][entity]]
        for account in there if compared else ():
            if apart[account][entity]:
                told = _told(said[account][number], said[compared[0]][number], compared[0])
                if told:
                    yield UnlikeGoods(entity, account, told)


@dataclass(frozen=True, slots=True)
class _Goods:
    name: str
    quantity: str


def _bought(of: Field, column: pa.ChunkedArray, resolved: pa.Array, lists: Any) -> list[dict[str, _Goods]]:
    """Of each of the chosen lists: what a row is about → how much of it."""
    whole = column.combine_chunks()
    lengths = pc.fill_null(pc.list_value_length(whole), 0).to_numpy(zero_copy_only=False).astype(np.int64)
    begins, chosen = np.cumsum(lengths) - lengths, lengths[lists]
    starts = np.cumsum(chosen) - chosen
    positions = pa.array(np.repeat(begins[lists] - starts, chosen) + np.arange(chosen.sum()))
    rows = zip(whole.flatten().take(positions).to_pylist(), resolved.take(positions).to_pylist(), strict=True)
    return [_added_up(of, [next(rows) for _ in range(length)]) for length in chosen.tolist()]


def _added_up(of: Field, rows: list[tuple[Row, str | None]]) -> dict[str, _Goods]:
    found: dict[str, _Goods] = {}
    for row, entity in rows:
        named = {part: text for part, text in {**row, RESOLVED: entity}.items() if text}
        key, name = row_key(of, named), named.get(UNIT) or named.get(of.parts[0]) or "something"
        before = found[key].quantity if key in found else ""
        found[key] = _Goods(name, added(before, named.get(QUANTITY, "")))
    return found


def _told(here: Mapping[str, _Goods], there: Mapping[str, _Goods], account: str) -> str:
    """The differences in words; nothing where there are none."""
    unlike = []
    for key in sorted(here.keys() | there.keys()):
        one, other = (decimal_key(goods[key].quantity) if key in goods else NONE for goods in (here, there))
        if one != other:
            unlike.append(f"{(here.get(key) or there[key]).name}: {one} here, {other} at {account}")
    return "; ".join(unlike)
