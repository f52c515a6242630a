"""Keys of whole columns, where the same thing is rarely spelled alike: equal keys mean equal values, different keys decide
nothing yet."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.packing import rejoined
from sg_pipelines.domain.comparators.rows import measures
from sg_pipelines.domain.model.kinds import Field

_WITH_DECIMALS = r"^[0-9]+\.[0-9]*$"
_BETWEEN = "\x1e"


def money_keys(of: Field, table: pa.Table) -> pa.ChunkedArray:
    """Per row the amount without insignificant zeros and its currency; null without an amount."""
    amount, currency = (table.column(name).cast(pa.string()) for name in of.columns)
    blank = pc.or_kleene(pc.is_null(amount), pc.equal(amount, ""))
    joined: Any = pc.binary_join_element_wise(_plain(amount), pc.fill_null(pc.utf8_upper(currency), ""), _BETWEEN)
    return pc.if_else(pc.fill_null(blank, True), pa.scalar(None, pa.string()), joined)


def row_keys(of: Field, column: pa.ChunkedArray, resolved: pa.Array) -> pa.ChunkedArray:
    """Per list its rows in their order: what each is about, and its numbers without insignificant zeros."""
    whole = column.combine_chunks()
    flat = whole.flatten()
    names = of.parts[: len(of.parts) - len(measures(of))]
    named = pc.utf8_lower(pc.fill_null(pc.struct_field(flat, [names[-1]]), ""))
    about = pc.coalesce(resolved.cast(pa.string()), named)
    numbers = [_plain(pc.fill_null(pc.struct_field(flat, [name]), "")) for name in measures(of)]
    joined = pc.binary_join_element_wise(about, *numbers, _BETWEEN)
    return rejoined(whole, joined.cast(pa.large_string()))


def _plain(numbers: Any) -> Any:
    trimmed = pc.ascii_rtrim(pc.ascii_rtrim(numbers, "0"), ".")
    return pc.if_else(pc.match_substring_regex(numbers, _WITH_DECIMALS), trimmed, numbers)
