"""What a kind of entity is made of. Adding a kind is a new `Kind` value here plus one mapping per platform.

A *field* is one cell of the comparison. A field is held in one or more *columns* of a record (an address has
six); columns are what the lake stores and connectors fill. `columns_of(kind)` is the single list of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Dimension(StrEnum):
    """A named group of fields checked together."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ADDRESS = "address"
    CONSENT = "consent"
    LIFECYCLE = "lifecycle"
    CONTENT = "content"


class Comparator(StrEnum):
    """How two originals of a field are held to be the same; implemented in `domain/comparators`."""

    EXACT = "exact"
    TEXT = "text"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    DECIMAL = "decimal"
    INSTANT = "instant"
    ADDRESS = "address"
    SET = "set"
    ENUM = "enum"


class ColumnType(StrEnum):
    """Storage type of a column in the lake and in datasets."""

    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    DECIMAL = "decimal"
    INSTANT = "instant"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """One stored column. `read_only` columns are attributes the platform derives; they are never compared."""

    name: str
    type: ColumnType = ColumnType.TEXT
    read_only: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of the comparison. `columns` is empty when the field is one column of its own name.

    `personal` fields are masked wherever they are shown outside `sg show` and the dataset.
    """

    name: str
    comparator: Comparator
    dimension: Dimension
    columns: tuple[str, ...] = ()
    personal: bool = True
    values: tuple[str, ...] = ()
    description: str = ""

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns that hold this field, in order."""
        return self.columns or (self.name,)

    @property
    def is_composite(self) -> bool:
        """True when one cell is several columns, so that a mixture is never written."""
        return len(self.columns) > 1

    @property
    def is_set(self) -> bool:
        """True when the cell is compared element by element."""
        return self.comparator is Comparator.SET


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity: its fields, read-only columns, and the columns identity resolution may weigh."""

    name: str
    plural: str
    fields: tuple[Field, ...]
    read_only: tuple[Column, ...] = ()
    description: str = ""

    def field(self, name: str) -> Field:
        """The field of that name; KeyError otherwise."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def with_fields(self, extra: tuple[Field, ...]) -> Kind:
        """The same kind with a client's custom fields added."""
        return Kind(self.name, self.plural, self.fields + extra, self.read_only, self.description)

    def columns(self) -> tuple[Column, ...]:
        """Every column of this kind, compared ones first, in a stable order."""
        return _columns(self)


@cache
def _columns(kind: Kind) -> tuple[Column, ...]:
    """Worked out once per kind: asked for with every record."""
    compared = tuple(
        Column(name, ColumnType.TEXTS if field.is_set else ColumnType.TEXT, description=field.description)
        for field in kind.fields
        for name in field.column_names
    )
    return compared + kind.read_only
