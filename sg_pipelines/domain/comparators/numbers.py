"""Keys of numbers, instants and days."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

THOUSAND_DIGITS = 3


def decimal_key(value: str) -> str | None:
    """A decimal without insignificant zeros; text that is no number compares as it stands; None for blank.

    Where both marks occur, the last one is the decimal mark (`1.234,50`, `1,234.50`); a mark that occurs more than once,
    or a comma before other than three digits, can only be one thing. `1,234` is read as thousands, `1.234` as decimals.
    """
    text = value.strip()
    if not text:
        return None
    try:
        number = Decimal(text if text.isascii() and "," not in text and text.count(".") < 2 else _plain(text))
    except InvalidOperation:
        return text.casefold()
    return format(number.normalize(), "f") if number.is_finite() else text.casefold()


def _plain(text: str) -> str:
    """Without thousands marks, with a point for the decimals."""
    spaceless = "".join(text.split()).replace("'", "")
    comma, point = spaceless.rfind(","), spaceless.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
    elif comma >= 0:
        is_decimal = spaceless.count(",") == 1 and len(spaceless) - comma - 1 != THOUSAND_DIGITS
        decimal = "," if is_decimal else "."
    else:
        decimal = "," if spaceless.count(".") > 1 else "."
    thousands = "." if decimal == "," else ","
    return spaceless.replace(thousands, "").replace(decimal, ".")


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
