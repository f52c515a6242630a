"""What a condition may read of an entity: names, and what is behind each."""

from __future__ import annotations

from enum import StrEnum

from sg_pipelines.domain.model.kinds import ColumnType, Comparator, Field, Kind


class Behind(StrEnum):
    """What a name stands for in a condition; null where nobody says anything."""

    TEXT = "text"
    NUMBER = "number"
    YES_OR_NO = "yes or no"
    INSTANT = "instant"
    TEXTS = "list of texts"
    ROWS = "list of rows"
    RECORD = "record"


_OF_COLUMN = {
    ColumnType.TEXT: Behind.TEXT,
    ColumnType.INTEGER: Behind.NUMBER,
    ColumnType.DECIMAL: Behind.NUMBER,
    ColumnType.BOOLEAN: Behind.YES_OR_NO,
    ColumnType.INSTANT: Behind.INSTANT,
}
_OF_COMPARATOR = {Comparator.DECIMAL: Behind.NUMBER, Comparator.BOOLEAN: Behind.YES_OR_NO}


# What the orders we keep say of whoever ordered; the first two are what platforms tell, where one does.
COUNTED = {"orders_count": Behind.NUMBER, "total_spent": Behind.NUMBER, "last_order_at": Behind.INSTANT}
QUALITY = "quality"


def readable(kind: Kind) -> dict[str, Behind]:
    """Name → what is behind it: fields that are one value, the columns of those that are several, derived attributes."""
    found: dict[str, Behind] = {}
    for field in kind.fields:
        found |= _of_field(field)
    found |= {column.name: _OF_COLUMN[column.type] for column in kind.read_only if column.type in _OF_COLUMN}
    return found | counted(kind) | {QUALITY: Behind.NUMBER}


def counted(kind: Kind) -> dict[str, Behind]:
    """What orders say of this kind; nothing of a kind that does not order."""
    return COUNTED if COUNTED.keys() & {column.name for column in kind.read_only} else {}


def composites(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Fields that are several values → the names of these."""
    return {field.name: field.columns for field in kind.fields if field.is_composite}


def _of_field(field: Field) -> dict[str, Behind]:
    if field.refers_to:
        return {field.name: Behind.RECORD}
    if field.is_set:
        return {field.name: Behind.ROWS if field.is_rows else Behind.TEXTS}
    if field.comparator is Comparator.MONEY:
        amount, currency = field.columns
        return {amount: Behind.NUMBER, currency: Behind.TEXT}
    return dict.fromkeys(field.column_names, _OF_COMPARATOR.get(field.comparator, Behind.TEXT))
