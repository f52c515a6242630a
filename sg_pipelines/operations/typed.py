"""Originals, which are texts, as the types of datasets. What is no number, no day, neither true nor false is null there; `sg show` has the text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any

import pyarrow as pa

from sg_pipelines.domain.comparators.boolean import boolean_of
from sg_pipelines.domain.comparators.money import money_of
from sg_pipelines.domain.comparators.numbers import day_key, decimal_key
from sg_pipelines.domain.comparators.packing import RESOLVED
from sg_pipelines.domain.comparators.rows import measures
from sg_pipelines.domain.model.kinds import ColumnType, Comparator, Field
from sg_pipelines.operations.tables import INSTANT

# As wide as BigQuery's NUMERIC
PRECISION, SCALE = 38, 9
NUMBER, DAY, BOOLEAN = pa.decimal128(PRECISION, SCALE), pa.date32(), pa.bool_()
_OF_COMPARATOR = {Comparator.DAY: DAY, Comparator.DECIMAL: NUMBER, Comparator.BOOLEAN: BOOLEAN}
_SMALLEST, _LARGEST = Decimal(1).scaleb(-SCALE), Decimal(1).scaleb(PRECISION - SCALE)  # comparing rounds nothing


@lru_cache(maxsize=100_000)
def number(text: str | None) -> Decimal | None:
    """A number of nine decimals at most, rounded where there are more; null when it is none or has over 29 digits before
    the point."""
    said = money_of(decimal_key(text)) if text else None
    if said is None or not -_LARGEST < said.amount < _LARGEST:
        return None
    with localcontext(prec=PRECISION):
        return said.amount.quantize(_SMALLEST)


def day(text: str | None) -> date | None:
    """The day that a date or an instant names."""
    try:
        return date.fromisoformat(day_key(text) or "") if text else None
    except ValueError:
        return None


def row_type(field: Field) -> pa.DataType:
    """Of one row of a field whose value is a set of rows: its numbers are numbers, and it names its neighbour if it has one."""
    numbers = measures(field)
    parts = (*field.parts, RESOLVED) if field.rows_refer_to else field.parts
    return pa.struct([pa.field(part, NUMBER if part in numbers else pa.string()) for part in parts])


def column_type(field: Field, column: str) -> pa.DataType:
    """Of one column of a field that is no set."""
    if field.comparator in _OF_COMPARATOR:
        return _OF_COMPARATOR[field.comparator]
    is_amount = field.comparator is Comparator.MONEY and column == field.column_names[0]
    return NUMBER if is_amount else pa.string()


OF_TYPE: dict[pa.DataType, Callable[[Any], Any]] = {NUMBER: number, DAY: day, BOOLEAN: boolean_of}
READ_ONLY: dict[ColumnType, pa.DataType] = {
    ColumnType.INTEGER: pa.int64(),
    ColumnType.BOOLEAN: BOOLEAN,
    ColumnType.DECIMAL: NUMBER,
    ColumnType.INSTANT: INSTANT,
}
