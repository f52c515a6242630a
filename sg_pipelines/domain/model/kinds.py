"""What a kind of entity is made of. Adding a kind is a new `Kind` value here plus one mapping per platform.

A *field* is one cell of the comparison. A field is held in one or more *columns* of a record (an address has six; the
amounts of an order share the column of their currency); columns are what the lake stores and connectors fill.
`Kind.columns()` is the single list of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Dimension(StrEnum):
    """A named group of fields checked together."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ADDRESS = "address"
    CONSENT = "consent"
    LIFECYCLE = "lifecycle"
    CONTENT = "content"
    PRICE = "price"
    AVAILABILITY = "availability"
    AMOUNTS = "amounts"
    STATUS = "status"
    LINES = "lines"
    ASSOCIATION = "association"


class Comparator(StrEnum):
    """How two originals of a field are held to be the same; implemented in `domain/comparators`."""

    EXACT = "exact"
    BOOLEAN = "boolean"
    TEXT = "text"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    DECIMAL = "decimal"
    INSTANT = "instant"
    ADDRESS = "address"
    SET = "set"
    ENUM = "enum"
    CODE = "code"
    DOMAIN = "domain"
    TAX_ID = "tax_id"
    DAY = "day"
    MONEY = "money"
    REFERENCE = "reference"
    LINES = "lines"
    LEVELS = "levels"


class ColumnType(StrEnum):
    """Storage type of a column in the lake and in datasets."""

    TEXT = "text"
    TEXTS = "texts"
    INTEGER = "integer"
    DECIMAL = "decimal"
    INSTANT = "instant"
    BOOLEAN = "boolean"
    ROWS = "rows"


ADDRESS = (
    "address_street",
    "address_street2",
    "address_city",
    "address_region",
    "address_postal_code",
    "address_country",
)


@dataclass(frozen=True, slots=True)
class Column:
    """One stored column. `read_only` columns are attributes the platform derives; they are never compared. `adds_up`: what
    several accounts state of one entity is added up (each shop counts its own orders); else the first one's word stands.

    A `ROWS` column is a list of small rows, each an object of the texts named in `parts` (order lines, stock levels).
    """

    name: str
    type: ColumnType = ColumnType.TEXT
    read_only: bool = False
    description: str = ""
    parts: tuple[str, ...] = ()
    adds_up: bool = False


# What a platform counts of whoever orders, beside what it says of them.
ORDERED = (
    Column("orders_count", ColumnType.INTEGER, read_only=True, adds_up=True, description="Orders the platform counts"),
    Column(
        "total_spent",
        ColumnType.DECIMAL,
        read_only=True,
        adds_up=True,
        description="Lifetime spend in the shop's currency",
    ),
)


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of the comparison. `columns` is empty when the field is one column of its own name.

    `personal` fields are masked wherever they are shown outside `sg show` and the dataset. `refers_to` is the kind a
    reference points at: its column holds the record id of a neighbour at the same account. `several` is the column of all those
    that a record names, in the platform's order, where it names more than the one that counts. `parts` are the texts of
    each row of a field whose column is `ROWS`; with `rows_refer_to` the first of them is such a record id. What
    `may_contain_tax` does so where the record says that its prices do. An amount that `has_own_currency` is one of
    several that may be asked of the same thing, each in its currency.
    """

    name: str
    comparator: Comparator
    dimension: Dimension
    columns: tuple[str, ...] = ()
    personal: bool = True
    values: tuple[str, ...] = ()
    description: str = ""
    refers_to: str | None = None
    several: str | None = None
    rows_refer_to: str | None = None
    parts: tuple[str, ...] = ()
    may_contain_tax: bool = False
    has_own_currency: bool = False

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
        """True when the cell is compared element by element: labels, or rows found by their key."""
        return self.comparator in (Comparator.SET, Comparator.LINES, Comparator.LEVELS)

    @property
    def is_rows(self) -> bool:
        """True when each element is a small row with a key and a value."""
        return bool(self.parts)

    @property
    def column_type(self) -> ColumnType:
        """How its columns are stored."""
        if self.is_rows:
            return ColumnType.ROWS
        return ColumnType.TEXTS if self.is_set else ColumnType.TEXT


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of entity: its fields and read-only columns."""

    name: str
    plural: str
    fields: tuple[Field, ...]
    read_only: tuple[Column, ...] = ()
    description: str = ""
    _columns: tuple[Column, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_columns", _columns_of(self))

    def field(self, name: str) -> Field:
        """The field of that name; KeyError otherwise."""
        for one in self.fields:
            if one.name == name:
                return one
        raise KeyError(name)

    def with_fields(self, extra: tuple[Field, ...]) -> Kind:
        """The same kind with a client's custom fields added."""
        return replace(self, fields=self.fields + extra)

    def without_neighbours(self, known: Collection[str]) -> Kind:
        """The same kind less the references to kinds that are not among `known`."""
        kept = tuple(one for one in self.fields if one.refers_to is None or one.refers_to in known)
        return replace(self, fields=kept)

    def columns(self) -> tuple[Column, ...]:
        """Every column of this kind, compared ones first, in a stable order."""
        return self._columns


def _columns_of(kind: Kind) -> tuple[Column, ...]:
    """Worked out once per kind: asked for with every record."""
    compared = {
        name: Column(name, one.column_type, description=one.description, parts=one.parts)
        for one in reversed(kind.fields)
        for name in reversed(one.column_names)
    }
    several = tuple(
        Column(one.several, ColumnType.TEXTS, read_only=True, description=f"All of what it names as {one.name}")
        for one in kind.fields
        if one.several
    )
    return (*reversed(compared.values()), *several, *kind.read_only)
