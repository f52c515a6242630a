"""One record as an account stated it: the row that connectors fill, the lake keeps and the domain reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RecordState(StrEnum):
    """Only `live` records are compared; the others explain why a representation is missing."""

    LIVE = "live"
    ARCHIVED = "archived"
    DELETED = "deleted"
    MERGED = "merged"


Scalar = str | int | bool | datetime | None
CellValue = Scalar | Sequence[str] | Sequence[Mapping[str, str | None]]


@dataclass(frozen=True, slots=True)
class Record:
    """A record in canonical columns, in original form (as the platform spells it).

    `columns` maps column name → value: text and enum as `str`, sets as a sequence of `str`, rows as a sequence
    of objects of texts (all parts present), decimals as `str`,
    instants as aware UTC `datetime`; an empty platform value is None. A column that is absent is *unknown*: not
    mapped, not requested or not readable; unknown verifies nothing. `cross_ids` maps account name → record id
    for ids of other systems written on this record. `external_id` is the key the business itself assigned.
    `payload` is the platform's own JSON object, kept whole. A record that is not live carries no columns.
    """

    record_id: str
    state: RecordState
    modified_at: datetime | None
    payload: Mapping[str, object]
    columns: Mapping[str, CellValue] = field(default_factory=dict)
    cross_ids: Mapping[str, str] = field(default_factory=dict)
    external_id: str | None = None
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that could not be used: its id when readable, and the reason without personal data."""

    record_id: str | None
    reason: str
