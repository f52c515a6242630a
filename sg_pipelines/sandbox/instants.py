"""Milliseconds since the epoch and the ways platforms write them."""

from __future__ import annotations

from datetime import UTC, datetime


def iso_milliseconds(ms: int) -> str:
    """2026-11-24T10:00:00.123Z"""
    return datetime.fromtimestamp(ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"


def iso_seconds(ms: int) -> str:
    """2026-11-24T10:00:00Z"""
    return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_ms(text: str) -> int | None:
    """Milliseconds from digits or ISO 8601; None when it is neither."""
    if text.lstrip("-").isdigit():
        return int(text)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)
