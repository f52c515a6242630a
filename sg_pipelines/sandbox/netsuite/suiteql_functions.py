"""The SQLite functions that rewritten SuiteQL calls: dates as Oracle has them, and a LIKE that tells upper from lower.

A null argument gives null, as in SQL. ValueError inside reaches the caller as sqlite3.OperationalError.
"""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache

from sg_pipelines.sandbox.netsuite.numbers import shown
from sg_pipelines.sandbox.netsuite.selections import names
from sg_pipelines.sandbox.netsuite.suiteql_dates import display, display_day, from_display, read, written


def teach(connection: sqlite3.Connection) -> None:
    """Make the functions known to this connection."""
    connection.create_function("ns_to_char", 2, _to_char, deterministic=True)
    connection.create_function("ns_day", 1, _day, deterministic=True)
    connection.create_function("ns_text", 1, _text, deterministic=True)
    connection.create_function("ns_to_time", 2, _to_time, deterministic=True)
    connection.create_function("ns_displayed", 1, _displayed, deterministic=True)
    connection.create_function("ns_names", 1, names, deterministic=True)
    connection.create_function("ns_like", 3, _like, deterministic=True)


def _to_char(stored: str | None, codes: str | None) -> str | None:
    if stored is None:
        return None
    return display(stored) if codes is None else written(stored, codes)


def _day(stored: str | None) -> str | None:
    return None if stored is None else display_day(stored)


def _text(value: str | int | float | None) -> str | None:
    return shown(value) if isinstance(value, float) else None if value is None else str(value)


def _to_time(text: str | None, codes: str) -> str | None:
    return None if text is None else read(str(text), codes)


def _displayed(text: str | None) -> str | None:
    return None if text is None else from_display(str(text))


def _like(text: str | None, pattern: str | None, escape: str | None) -> bool | None:
    if text is None or pattern is None:
        return None
    return _pattern(str(pattern), escape).fullmatch(str(text)) is not None


@lru_cache(maxsize=64)
def _pattern(pattern: str, escape: str | None) -> re.Pattern[str]:
    pieces, letters = [], iter(pattern)
    for letter in letters:
        if letter == escape:
            pieces.append(re.escape(next(letters, letter)))
        else:
            pieces.append({"%": ".*", "_": "."}.get(letter, re.escape(letter)))
    return re.compile("".join(pieces), re.DOTALL)
