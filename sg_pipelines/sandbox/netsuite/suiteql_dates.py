"""How SuiteQL writes and reads dates: TO_CHAR and TO_DATE formats, and the account's display format.

The account's time zone is UTC. Stored instants have whole seconds and sort as text. No SQL is read here.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_CODES = {
    "YYYY": "%Y", "MM": "%m", "DD": "%d", "HH24": "%H", "HH12": "%I", "HH": "%I", "MI": "%M", "SS": "%S",
    "AM": "%p", "PM": "%p",
}  # fmt: skip
_PARTS = re.compile("|".join([*sorted(_CODES, key=len, reverse=True), "[A-Z]+", "[^A-Z]"]), re.IGNORECASE)
_OFFERED = frozenset(_CODES.values())
_DISPLAYED = ("%m/%d/%Y %I:%M %p", "%m/%d/%Y")


def strftime_codes(form: str) -> str:
    """YYYY-MM-DD HH24:MI:SS as strftime codes, in any letter case. ValueError names the word that is not offered."""
    words = (part.group() for part in _PARTS.finditer(form))
    return "".join(_code(word) for word in words)


def _code(word: str) -> str:
    code = _CODES.get(word.upper())
    if code is None and (word.isalpha() or word == "%"):
        raise ValueError(f"the date format word {word!r} is not supported")
    return code or word


def offered(codes: str) -> str:
    """The same where a parser has turned some words into codes already. ValueError names what is not offered."""
    for code in re.findall(r"%.", codes):
        if code not in _OFFERED:
            raise ValueError(f"the date format {codes!r} is not supported")
    return "".join(part if part.startswith("%") else strftime_codes(part) for part in re.split(r"(%.)", codes))


def display(stored: str) -> str:
    """An instant as the account's pages show it: 11/24/2026 10:00 am."""
    moment = _moment(stored)
    hour = moment.strftime("%I").lstrip("0")
    return f"{moment.month}/{moment.day}/{moment.year} {hour}:{moment:%M} {moment.strftime('%p').lower()}"


def display_day(stored: str) -> str:
    """A day as the account's pages show it: 11/24/2026."""
    moment = _moment(stored)
    return f"{moment.month}/{moment.day}/{moment.year}"


def midnight(stored: str) -> str:
    """The stored form of an instant's day."""
    return f"{stored[:10]}T00:00:00Z"


def later(stored: str, by: timedelta) -> str:
    """An instant moved on; stored form to stored form. ValueError beyond the end of the calendar."""
    try:
        return (_moment(stored) + by).isoformat(timespec="seconds").replace("+00:00", "Z")
    except OverflowError as error:
        raise ValueError("there is no later day") from error


def written(stored: str, codes: str) -> str:
    """An instant in a format of strftime codes."""
    return _moment(stored).strftime(codes)


def read(text: str, codes: str) -> str:
    """The stored form of a text in that format. ValueError when it is not in it."""
    return datetime.strptime(text, codes).isoformat(timespec="seconds") + "Z"  # noqa: DTZ007 - always UTC here


def from_display(text: str) -> str:
    """The stored form of 11/24/2026 or 11/24/2026 10:00 am. ValueError when it is neither."""
    for form in _DISPLAYED:
        try:
            return read(text, form)
        except ValueError:
            continue
    raise ValueError("a date is written M/D/YYYY or M/D/YYYY h:mm am, or with TO_DATE or TO_TIMESTAMP")


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored)
