"""The `q` of a collection: a stated subset, as a condition over the customer table.

`field OPERATOR value`, joined by AND and OR (AND binds tighter, no brackets); values with blanks in double quotes.
Texts (entityId, externalId, firstName, lastName, companyName, email, phone): IS, IS_NOT, CONTAIN, START_WITH, ENDWITH,
in any letter case. id: EQUAL, GREATER, LESS, ANY_OF [1, 2]. isInactive, isPerson: IS true|false. dateCreated,
lastModifiedDate in the display format (11/24/2026): ON_OR_AFTER, AFTER, BEFORE; a day's AFTER begins the day after.
Any field: EMPTY, EMPTY_NOT. Anything else is refused by name.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.record_shapes import FLAGS, TEXTS, TIMES
from sg_pipelines.sandbox.netsuite.suiteql_dates import STORED, from_display

Condition = tuple[str, list[str | int]]
_WORD = r'(?:"[^"]*"|\[[^\]]*\]|[^\s"\[\]]+)'
_SENTENCE = re.compile(rf"\s*{_WORD}(?:\s+{_WORD})*\s*")
MAX_DIGITS = 15
_FILTERED_TEXTS = {name: column for name, column in TEXTS.items() if name != "searchStage"}
_COLUMNS = {"id": "id", **_FILTERED_TEXTS, **FLAGS, **TIMES}
_PATTERNS = {"CONTAIN": "%{}%", "START_WITH": "{}%", "ENDWITH": "%{}"}
_NUMBERS = {"EQUAL": "=", "GREATER": ">", "LESS": "<"}


def condition(q: str) -> Condition:
    """SQL with its parameters. Refused names what is not understood."""
    if not _SENTENCE.fullmatch(q):
        raise _refused("it cannot be read")
    words = re.findall(_WORD, q)
    alternatives, parameters = [], []
    for part in _split(words, "OR"):
        both = [_one(words_of_one) for words_of_one in _split(part, "AND")]
        alternatives.append(" and ".join(sql for sql, _ in both))
        parameters += [value for _, values in both for value in values]
    return " or ".join(f"({one})" for one in alternatives), parameters


def _split(words: list[str], joint: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word.upper() == joint:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _one(words: list[str]) -> Condition:
    if len(words) not in (2, 3) or words[0] not in _COLUMNS:
        raise _refused(f"{words[0]!r} is no field with a condition" if words else "a condition is missing")
    name, operator, column = words[0], words[1].upper(), _COLUMNS[words[0]]
    if len(words) == 2:
        if operator not in ("EMPTY", "EMPTY_NOT"):
            raise _refused(f"{operator} wants a value")
        return f"{column} is {'not ' if operator == 'EMPTY_NOT' else ''}null", []
    value = words[2].strip('"')
    if name == "id":
        return _number(operator, words[2])
    if name in FLAGS:
        return _flag(column, operator, value)
    return _time(column, operator, value) if name in TIMES else _text(column, operator, value)


def _number(operator: str, value: str) -> Condition:
    numbers = re.findall(r"[0-9]+", value)
    if not all(len(one) <= MAX_DIGITS for one in numbers):
        raise _refused("no id is that long")
    if operator == "ANY_OF" and re.fullmatch(r"\[\s*[0-9]+(\s*,\s*[0-9]+)*\s*\]", value):
        return f"id in ({', '.join('?' * len(numbers))})", [int(one) for one in numbers]
    if operator not in _NUMBERS or numbers != [value]:
        raise _refused(f"{operator} with that value is not supported for a number")
    return f"id {_NUMBERS[operator]} ?", [int(value)]


def _flag(column: str, operator: str, value: str) -> Condition:
    if operator != "IS" or value.lower() not in ("true", "false"):
        raise _refused(f"{operator} with that value is not supported for a boolean")
    return f"{column} = ?", ["T" if value.lower() == "true" else "F"]


def _text(column: str, operator: str, value: str) -> Condition:
    if operator in ("IS", "IS_NOT"):
        compared = f"lower({column}) = ?" if operator == "IS" else f"coalesce(lower({column}), '') <> ?"
        return compared, [value.lower()]
    if operator not in _PATTERNS:
        raise _refused(f"{operator} is not supported for a text")
    literal = re.sub(r"([\\%_])", r"\\\1", value.lower())
    return f"lower({column}) like ? escape '\\'", [_PATTERNS[operator].format(literal)]


def _time(column: str, operator: str, value: str) -> Condition:
    try:
        stored = from_display(value)
    except ValueError as error:
        raise _refused("a date is written M/D/YYYY or M/D/YYYY h:mm am") from error
    if operator == "AFTER" and ":" not in value:
        next_day = datetime.strptime(stored, STORED) + timedelta(days=1)  # noqa: DTZ007 - always UTC here
        return f"{column} >= ?", [next_day.strftime(STORED)]
    signs = {"ON_OR_AFTER": ">=", "AFTER": ">", "BEFORE": "<"}
    if operator not in signs:
        raise _refused(f"{operator} is not supported for a date")
    return f"{column} {signs[operator]} ?", [stored]


def _refused(why: str) -> Refused:
    return Refused(400, "INVALID_PARAMETER", f"Invalid q: {why}.", place="QueryParam", name="q")
