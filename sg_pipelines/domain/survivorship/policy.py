"""Truth policies as the classifier reads them. Client files are turned into these in `config`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum


class Ownership(StrEnum):
    """How the owner of a field is found."""

    LISTED = "listed"
    NEWEST = "newest"
    ANY = "any"


class OnForeignEdit(StrEnum):
    """What a change by someone who does not own the field means."""

    CONFLICT = "conflict"
    REVERT = "revert"
    ACCEPT = "accept"


class OnBothChanged(StrEnum):
    """What several different new values mean."""

    CONFLICT = "conflict"
    OWNER_WINS = "owner_wins"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class FieldPolicy:
    """Who owns one field and how differences resolve. `accounts` are those that carry the field at all.
    `tolerance`: how far numbers may lie apart and still agree, in their own unit."""

    field: str
    accounts: tuple[str, ...]
    ownership: Ownership = Ownership.LISTED
    owners: tuple[str, ...] = ()
    on_foreign_edit: OnForeignEdit = OnForeignEdit.CONFLICT
    on_both_changed: OnBothChanged = OnBothChanged.CONFLICT
    allow_clear: bool = False
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class KindPolicy:
    """The truth policy of one kind. `settling` is per account; zero means changes count at once."""

    kind: str
    accounts: tuple[str, ...]
    fields: tuple[FieldPolicy, ...]
    settling: Mapping[str, timedelta] = field(default_factory=dict)
    region: str = "US"
