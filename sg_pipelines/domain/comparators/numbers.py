"""Keys of numbers, instants and days."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

_API = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?\Z")
_SPACES = re.compile(r"(?<=[0-9])[\s'\u2019](?=[0-9]{3}(?![0-9]))")
# Thousands in groups of three by one mark, never after a nought, decimals by the other one.
_BY_POINT = re.compile(
    r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+\Z|[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}\Z|[+-]?[0-9]+,[0-9]+\Z"
)
_BY_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?\Z")
LONGEST = 60
_SIGNS = "$€£¥₡₲₱"


def decimal_key(value: str) -> str | None:
    """A decimal without insignificant zeros; text that is no number compares as it stands; None for blank.

    A point is the decimal mark, as platforms write numbers, wherever it can be. Where both marks occur the last one is
    (`1.234,50`, `1,234.50`); a mark between several groups of three digits stands for thousands (`1.234.567`), a comma
    before other than three digits for decimals (`12,5`). A lone `1,234` is read as thousands (`0,125` is not: no thousands
    begin with a nought), a lone `1.234` as decimals, whatever the currency. A sign of a currency before or after is left
    out. Text with marks anywhere else (`1.2.3`) is no number.
    """
    text = value.strip().strip(_SIGNS).strip()
    if not text:
        return value.strip() or None
    if "_" in text:  # Decimal reads it as Python does; nobody writes numbers so
        return text.casefold()
    try:
        number = Decimal(text if _API.match(text) else _plain(text))
    except InvalidOperation:
        return text.casefold()
    if number.is_zero():
        return "0"
    # `1e999999999` is a number of a billion digits: it is not written out.
    if not number.is_finite() or abs(number.adjusted()) > max(LONGEST, len(text)):
        return text.casefold()
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _plain(text: str) -> str:
    """Without thousands marks, with a point for the decimals; as it is when no way of writing numbers fits."""
    spaceless = _SPACES.sub("", text)
    if _BY_COMMA.match(spaceless):
        return spaceless.replace(",", "")
    if _BY_POINT.match(spaceless):
        return spaceless.replace(".", "").replace(",", ".")
    return spaceless


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
