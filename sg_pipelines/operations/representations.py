"""The representation an entity document keeps of a record, and the way back to a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.ports.store import Document


def milliseconds(instant: datetime | None) -> int | None:
    """UTC milliseconds since the epoch, as documents keep instants."""
    return None if instant is None else round(instant.timestamp() * 1000)


def instant(stored: int | None) -> datetime | None:
    """The way back."""
    return None if stored is None else datetime.fromtimestamp(stored / 1000, UTC)


def representation(row: Mapping[str, Any], kind: Kind) -> Document:
    """A row of the lake as the document keeps it: originals by column, nulls left out."""
    columns = {}
    for column in kind.columns():
        value = row.get(column.name)
        if isinstance(value, datetime):
            value = milliseconds(value)
        if value is not None and value != []:
            columns[column.name] = value
    return {
        "record_id": row["record_id"],
        "state": row["state"],
        "modified_at": milliseconds(row["modified_at"]),
        "fetched_at": milliseconds(row["fetched_at"]),
        "digest": row["digest"],
        "external_id": row["external_id"],
        "cross_ids": {item["account"]: item["record_id"] for item in row["cross_ids"] or ()},
        "columns": columns,
        "unknown": row["unknown"].split(",") if row.get("unknown") else [],
    }


def representation_rows(document: Document, kind: Kind) -> Iterator[dict[str, Any]]:
    """Rows of every live record an entity document holds, primaries and duplicates."""
    for account, stored in document["representations"].items():
        if stored["state"] == RecordState.LIVE:
            yield _row(account, stored, kind)
    for stored in document["duplicates"]:
        yield _row(stored["account"], stored, kind)


def _row(account: str, stored: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    row: dict[str, Any] = {
        "account": account,
        "record_id": stored["record_id"],
        "state": stored["state"],
        "merged_into": None,
        "external_id": stored["external_id"],
        "cross_ids": [{"account": k, "record_id": v} for k, v in stored["cross_ids"].items()] or None,
        "modified_at": instant(stored["modified_at"]),
        "fetched_at": instant(stored["fetched_at"]),
        "digest": stored["digest"],
        "unknown": ",".join(stored["unknown"]) or None,
    }
    for column in kind.columns():
        value = stored["columns"].get(column.name)
        row[column.name] = instant(value) if column.type == "instant" else value
    return row
