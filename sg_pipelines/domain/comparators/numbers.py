"""Keys of numbers, instants and days."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation


def decimal_key(value: str) -> str | None:
    """A decimal without insignificant zeros; text that is no number compares as it stands; None for blank."""
    text = value.strip()
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text.casefold()
    return format(number.normalize(), "f") if number.is_finite() else text.casefold()


def instant_key(value: str) -> str | None:
    """An ISO 8601 instant in UTC to the second; one without an offset is UTC; None for blank."""
    text = value.strip()
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return text.casefold()
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0).isoformat()


def day_key(value: str) -> str | None:
    """The day of an ISO 8601 date or instant as it is written; None for blank."""
    text = value.strip()
    return text[:10] or None
