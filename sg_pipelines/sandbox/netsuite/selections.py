"""Multiple selects: a custom field that holds several values. It is kept as their names, each with a mark behind it.

SuiteQL says the ids of the values, and their names through BUILTIN.DF; records show it as it is kept.
"""

from __future__ import annotations

from typing import Any
from zlib import crc32

MARK = "\x05"
IDS = 10_000


def kept(value: Any) -> Any:
    """A value of a custom field as its column keeps it; blank is null, as to Oracle."""
    return "".join(f"{one}{MARK}" for one in value) or None if isinstance(value, list) else value or None


def unkept(stored: Any) -> Any:
    """The way back."""
    return _names(stored) if _is_selection(stored) else stored


def ids(stored: Any) -> Any:
    """What a column says of itself: the ids of what is selected; any other value as it is."""
    return ", ".join(str(crc32(one.encode()) % IDS) for one in _names(stored)) if _is_selection(stored) else stored


def names(stored: Any) -> Any:
    """BUILTIN.DF: the names of what is selected; any other value as it is."""
    return ", ".join(_names(stored)) if _is_selection(stored) else stored


def _is_selection(stored: Any) -> bool:
    return isinstance(stored, str) and stored.endswith(MARK)


def _names(stored: str) -> list[str]:
    return stored.removesuffix(MARK).split(MARK)
