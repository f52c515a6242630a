"""Sets of rows: order lines found by their product, stock levels by their location. Rows with one key are added up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from sg_pipelines.domain.comparators.code import code_key
from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.comparators.packing import RESOLVED, SEPARATOR, WITHIN, Row, parts_of, unpack_row
from sg_pipelines.domain.comparators.text import text_key
from sg_pipelines.domain.model.kinds import Comparator, Field

AND = "@"


def keyed_rows(field: Field, packed: str) -> dict[str, tuple[str, str]]:
    """Key → (comparable value, original element), keys ascending. Of several rows with one key the value is their sum
    and the original the first one with the sums in it."""
    found: dict[str, Row] = {}
    for row in _rows(field, packed):
        key = row_key(field, row)
        found[key] = _added(field, found[key], row) if key in found else row
    return {key: (_value(field, row), _packed(field, row)) for key, row in sorted(found.items())}


def row_key(field: Field, row: Row) -> str:
    """What a row is about: the product's entity, else its stock keeping unit, else its id; or the location."""
    if field.comparator is Comparator.LEVELS:
        return text_key(row.get(field.parts[0], "")) or ""
    if row.get(RESOLVED):
        return row[RESOLVED]
    sku = code_key(row.get("sku", ""))
    return f"sku:{sku}" if sku else f"id:{row.get(field.parts[0], '')}"


def measures(field: Field) -> tuple[str, ...]:
    """The parts of a row that are compared."""
    return field.parts[1:] if field.comparator is Comparator.LEVELS else field.parts[2:]


def _rows(field: Field, packed: str) -> Iterator[Row]:
    yield from (unpack_row(field, element) for element in packed.split(SEPARATOR) if element)


def _value(field: Field, row: Row) -> str:
    return AND.join(decimal_key(row.get(name, "")) or "" for name in measures(field))


def _added(field: Field, one: Row, two: Row) -> Row:
    return {**one, **{name: added(one.get(name, ""), two.get(name, "")) for name in measures(field)}}


def added(one: str, two: str) -> str:
    """The sum of two numbers as texts, a blank one being none; both texts where one is no number."""
    try:
        return str(Decimal(one or "0") + Decimal(two or "0"))
    except InvalidOperation:
        return f"{one} + {two}"


def _packed(field: Field, row: Row) -> str:
    return WITHIN.join(row.get(name, "") for name in parts_of(field))
