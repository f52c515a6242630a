"""Records turned into rows of a snapshot file: instants, digest and sequence are put on here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import CellValue, Record, RecordState
from sg_pipelines.lake.schema import lake_schema

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str).encode


def rows(
    records: Sequence[Record],
    kind: Kind,
    *,
    mapping_version: str,
    fetch_started_at: datetime,
    fetched_at: datetime,
    first_sequence: int,
) -> pa.Table:
    """One row per record, in their order."""
    names = [column.name for column in kind.columns()]
    columns: dict[str, list[Any]] = {
        "record_id": [record.record_id for record in records],
        "state": [record.state.value for record in records],
        "merged_into": [record.merged_into for record in records],
        "external_id": [record.external_id for record in records],
        "cross_ids": [_cross_ids(record) for record in records],
        "modified_at": [record.modified_at for record in records],
        "fetched_at": [fetched_at] * len(records),
        "fetch_started_at": [fetch_started_at] * len(records),
        "sequence": list(range(first_sequence, first_sequence + len(records))),
        "digest": [digest(record, mapping_version) for record in records],
        "unknown": [_unknown(record, names) for record in records],
        "payload": [_encode(record.payload) for record in records],
    }
    for name in names:
        columns[name] = [record.columns.get(name) for record in records]
    return pa.table(columns, schema=lake_schema(kind))


def digest(record: Record, mapping_version: str) -> str:
    """32 hex characters over everything canonical a record says, and the mapping that read it."""
    said = (
        record.state.value,
        record.external_id,
        record.merged_into,
        sorted(record.cross_ids.items()),
        sorted((name, _unordered(value)) for name, value in record.columns.items()),
        mapping_version,
    )
    return hashlib.blake2b(_encode(said).encode(), digest_size=16).hexdigest()


def _unordered(value: CellValue) -> object:
    """Sets and rows in an order of their own, so that the platform's does not count."""
    return sorted(value, key=_encode) if isinstance(value, list | tuple) else value


def _cross_ids(record: Record) -> list[dict[str, str]] | None:
    named = [{"account": account, "record_id": other} for account, other in sorted(record.cross_ids.items())]
    return named or None


def _unknown(record: Record, names: Sequence[str]) -> str | None:
    """Columns a live record says nothing about; one that is not live says nothing at all, and nobody asks it."""
    if record.state is not RecordState.LIVE:
        return None
    return ",".join(sorted(name for name in names if name not in record.columns)) or None
