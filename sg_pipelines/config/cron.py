"""Crons of five words: read, held within their bounds, and refused when they never come."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

_BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_MONTHS, _WEEKDAYS = "jan feb mar apr may jun jul aug sep oct nov dec", "sun mon tue wed thu fri sat"
_NAMES = {**dict(zip(_MONTHS.split(), count(1), strict=False)), **dict(zip(_WEEKDAYS.split(), count(), strict=False))}
_PART = re.compile(r"(?:\*|(\w+)(?:-(\w+))?)(?:/([1-9]\d*))?\Z")
_DAYS_OF = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def cron(value: Any) -> Any:
    """The value itself; ValueError when it is no cron, or one of a day that no month of it has."""
    words = str(value).lower().split()
    read = [_numbers(word, bounds) for word, bounds in zip(words, _BOUNDS, strict=False)]
    if len(words) != len(_BOUNDS) or not all(read):
        raise ValueError("a cron reads like */15 * * * * or 0 3 * * mon-fri: minute, hour, day, month, weekday")
    _, _, days, months, _ = read
    if words[4] == "*" and min(days) > max(_DAYS_OF[month - 1] for month in months):
        raise ValueError("no month of this cron has that day, so it never comes: write another day or month")
    return value


def _numbers(word: str, bounds: tuple[int, int]) -> set[int]:
    """Everything that one word stands for; nothing when it is none."""
    found: set[int] = set()
    for part in word.split(","):
        match = _PART.match(part)
        if match is None:
            return set()
        first, last, step = match.groups()
        begin = bounds[0] if first is None else _number(first)
        end = _number(last) if last else bounds[1] if first is None or step else begin
        if not bounds[0] <= begin <= end <= bounds[1]:
            return set()
        found.update(range(begin, end + 1, int(step or 1)))
    return found


def _number(word: str) -> int:
    return _NAMES.get(word, int(word) if word.isdecimal() else -1)
