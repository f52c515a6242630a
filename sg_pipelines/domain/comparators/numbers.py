"""Keys of numbers, instants and days."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from sg_pipelines.domain.comparators.text import visible
from sg_pipelines.domain.model.money import CURRENCIES

_API = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?\Z")
_SPACES = re.compile(r"(?<=[0-9])[\s'\u2019](?=[0-9]{3}(?![0-9]))")
# Thousands in groups of three by one mark, never after a nought, decimals by the other one.
_BY_POINT = re.compile(
    r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+\Z|[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}\Z|[+-]?[0-9]+,[0-9]+\Z"
)
_BY_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?\Z")
# Millions by an apostrophe, thousands by one mark, decimals by the other; an apostrophe before other than three digits, or
# after a nought, is the decimal mark itself.
_APOSTROPHES = str.maketrans("\u2019\u00b4", "''")
_MILLIONS_BY_POINT = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})?'[0-9]{3}\.[0-9]{3}(?:,[0-9]+)?\Z")
_MILLIONS_BY_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})?'[0-9]{3},[0-9]{3}(?:\.[0-9]+)?\Z")
_BY_APOSTROPHE = re.compile(
    r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+))'[0-9]{1,2}\Z|[+-]?0'[0-9]+\Z"
)
# Brackets around, or a minus behind, with a currency or without. `5.-` is a round price.
_ACCOUNTING = re.compile(
    r"(?P<before>[^0-9.,()+-]*)(?:\((?P<within>[^()+-]*)\)|(?P<digits>[0-9.,](?:[^()+-]*[0-9])?)\s?-)"
    r"(?P<after>[^0-9.,()+-]*)\Z"
)
# Beside a currency this may be thousands or thousandths: no number, but in currencies that nobody counts in thousandths.
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_WITHOUT_CENTS = frozenset({"CLP", "COP", "PYG"})
LONGEST = 60
# Signs of currencies, and whose they are.
SIGNS = {
    sign: frozenset(codes.split())
    for sign, codes in {
        "$": "ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MOP MXN NAD NIO NZD SBD SGD "
        "SRD TOP TTD TWD USD UYU WST XCD",
        "€": "EUR", "£": "EGP FKP GBP GIP LBP SDG SHP SSP SYP", "¥": "CNY JPY", "₡": "CRC", "₲": "PYG", "₱": "PHP",
    }.items()
}  # fmt: skip
_SIGNS = "".join(SIGNS)
_AROUND = _SIGNS + "".join(filter(str.isspace, map(chr, range(0x3001))))
_MINUS = "\u2212"
# What may stand around the digits of an amount: one minus or plus, signs and codes of currencies.
_AMOUNT = re.compile(
    r"(?P<sign>[+-]?)(?P<before>[^0-9.,+-]*)(?P<inner>[+-]?)\s*(?P<digits>[0-9.,](?:.*[0-9.,])?)(?P<after>[^0-9+-]*)\Z",
    re.DOTALL,
)
_DOLLARS = "US$"


def decimal_key(value: str) -> str | None:
    """A decimal without insignificant zeros; text that is no number compares as it stands; None for blank.

    A point is the decimal mark, as platforms write numbers, wherever it can be. Where both marks occur the last one is
    (`1.234,50`, `1,234.50`); a mark between several groups of three digits stands for thousands (`1.234.567`), a comma
    before other than three digits for decimals (`12,5`). A lone `1,234` is read as thousands (`0,125` is not: no thousands
    begin with a nought), a lone `1.234` as decimals; beside a currency (`€ 1.234`) it is no number, and thousands in pesos
    (`COP 1.234`). A sign of a currency before or after is left out; a code is kept after the number (`US$ 12.50` is
    `12.5 USD`), so that no two currencies are one number. Text with marks anywhere else (`1.2.3`) is no number.

    An apostrophe stands for thousands before three digits (`1'234.50`), for millions where another group of three follows
    (`1'234.567`: no amount has thousandths), and for decimals before one or two (`12'50`). Brackets, or a minus behind, make
    a number negative, as accountants write it.
    """
    number, currency = amount_key(value)
    return f"{number} {currency}" if currency else number


def amount_key(value: str) -> tuple[str | None, str]:
    """The same in two parts: the number, and the code that is written beside it or nothing."""
    said = (value if value.isascii() else visible(value).replace(_MINUS, "-")).strip()
    text = said.strip(_AROUND)
    if not text:
        return said or None, ""
    number, currency = _number(said)
    if number is not None and number.is_zero():
        return "0", currency
    # `1e999999999` is a number of a billion digits: it is not written out.
    if number is None or not number.is_finite() or abs(number.adjusted()) > max(LONGEST, len(text)):
        return said.casefold(), ""
    written = format(number, "f")
    return (written.rstrip("0").rstrip(".") if "." in written else written), currency


def _number(said: str) -> tuple[Decimal | None, str]:
    """A number and the code beside it; None where it is none."""
    bare = said.strip(_AROUND)
    number = _decimal(bare)
    if number is not None:
        return (None if bare != said.strip() and _ONE_GROUP.match(bare.lstrip("+-")) else number), ""
    found = _ACCOUNTING.match(said)
    if found is None:
        return _marked(said)
    number, currency = _number(f"{found['before']}{found['within'] or found['digits'] or ''}{found['after']}")
    return number and number.copy_negate(), currency


def _decimal(text: str) -> Decimal | None:
    if "_" in text:  # Decimal reads it as Python does; nobody writes numbers so
        return None
    try:
        return Decimal(text if _API.match(text) else _plain(text))
    except InvalidOperation:
        return None


def _marked(text: str) -> tuple[Decimal | None, str]:
    """A number with marks of a currency around it, and the code among them; None where anything else stands there."""
    found = _AMOUNT.match(text)
    if found is None or (found["sign"] and found["inner"]):
        return None, ""
    codes = {_currency(found["before"]), _currency(found["after"])} - {""}
    if None in codes or len(codes) > 1:
        return None, ""
    digits, code = found["digits"], next(iter(codes), None) or ""
    if _ONE_GROUP.match(digits):
        if code not in _WITHOUT_CENTS:
            return None, ""
        digits = digits.replace(".", "")
    return _decimal(found["sign"] + found["inner"] + digits), code


def _currency(mark: str) -> str | None:
    """The code that a mark beside a number says, nothing for a sign alone; None when it is no mark of a currency."""
    said = "".join(mark.split()).upper()
    code = "USD" if said == _DOLLARS else said.strip(_SIGNS)
    return code if not code or code in CURRENCIES else None


def _plain(text: str) -> str:
    """Without thousands marks, with a point for the decimals; as it is when no way of writing numbers fits."""
    marked = text.translate(_APOSTROPHES)
    if _BY_APOSTROPHE.match(marked):
        return marked.replace(".", "").replace(",", "").replace("'", ".")
    if _MILLIONS_BY_POINT.match(marked):
        return marked.replace("'", "").replace(".", "").replace(",", ".")
    if _MILLIONS_BY_COMMA.match(marked):
        return marked.replace("'", "").replace(",", "")
    spaceless = _SPACES.sub("", text)
    if _BY_COMMA.match(spaceless):
        return spaceless.replace(",", "")
    if _BY_POINT.match(spaceless):
        return spaceless.replace(".", "").replace(",", ".")
    return spaceless


def instant_key(value: str) -> str | None:
    """An ISO 8601 instant in UTC to the second; one without an offset is UTC; None for blank. What is no instant, or none that
    the calendar has in UTC, is text."""
    text = value.strip()
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return aware.astimezone(UTC).replace(microsecond=0).isoformat()
    except (ValueError, OverflowError):
        return text.casefold()


def day_key(value: str) -> str | None:
    """The day of an ISO 8601 date or instant as it is written; None for blank."""
    text = value.strip()
    return text[:10] or None
