"""The `q` of a collection: a stated subset, as a condition over the table of a record type.

`field OPERATOR value`, joined by AND and OR (AND binds tighter, no brackets); values with blanks in double quotes. Of
every form of body field: texts IS, IS_NOT, CONTAIN, START_WITH, ENDWITH, in any letter case; numbers, and id, EQUAL,
GREATER, LESS; references, enumerations and id ANY_OF [1, 2]; booleans IS true|false; times in the display format
(11/24/2026) ON, ON_OR_AFTER, AFTER, BEFORE, where a day's AFTER begins the day after; any field EMPTY, EMPTY_NOT.
Anything else is refused by name.
"""

from __future__ import annotations

import re
from datetime import timedelta

from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.database import Database
from sg_pipelines.sandbox.netsuite.record_types import Field, Form, RecordType
from sg_pipelines.sandbox.netsuite.references import MAX_DIGITS
from sg_pipelines.sandbox.netsuite.suiteql_dates import from_display, later

Condition = tuple[str, list[str | int | float]]
_WORD = r'(?:"[^"]*"|\[[^\]]*\]|[^\s"\[\]]+)'
_SENTENCE = re.compile(rf"\s*{_WORD}(?:\s+{_WORD})*\s*")
_PATTERNS = {"CONTAIN": "%{}%", "START_WITH": "{}%", "ENDWITH": "%{}"}
_NUMBERS = {"EQUAL": "=", "GREATER": ">", "LESS": "<"}
_NUMBER = re.compile(rf"-?[0-9]{{1,{MAX_DIGITS}}}(?:\.[0-9]{{1,{MAX_DIGITS}}})?")
_TIMES = {"ON_OR_AFTER": ">=", "AFTER": ">", "BEFORE": "<"}
_UNFILTERED = ("searchStage", "status")
_ID = Field("id", "id", Form.REFERENCE)


def condition(q: str, type_: RecordType, database: Database) -> Condition:
    """SQL with its parameters. Refused names what is not understood."""
    if not _SENTENCE.fullmatch(q):
        raise _refused("it cannot be read")
    words = re.findall(_WORD, q)
    alternatives, parameters = [], []
    for part in _split(words, "OR"):
        both = [_one(words_of_one, type_, database) for words_of_one in _split(part, "AND")]
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


def _one(words: list[str], type_: RecordType, database: Database) -> Condition:
    field = _field(words[0], type_, database) if words else None
    if len(words) not in (2, 3) or field is None:
        raise _refused(f"{words[0]!r} is no field with a condition" if words else "a condition is missing")
    operator = words[1].upper()
    if len(words) == 2:
        if operator not in ("EMPTY", "EMPTY_NOT"):
            raise _refused(f"{operator} wants a value")
        return f"{field.column} is {'not ' if operator == 'EMPTY_NOT' else ''}null", []
    forms = {
        Form.REFERENCE: _choice,
        Form.ENUM: _choice,
        Form.NUMBER: _number,
        Form.FLAG: _flag,
        Form.TIME: _time,
        Form.DAY: _time,
        Form.TEXT: _text,
    }
    return forms[field.form](field, operator, words[2])


def _field(name: str, type_: RecordType, database: Database) -> Field | None:
    if name == "id":
        return _ID
    known = type_.field(name)
    if known is not None:
        return None if name in _UNFILTERED else known
    return Field(name, name) if name in database.custom_fields(type_.table) else None


def _choice(field: Field, operator: str, value: str) -> Condition:
    """One of several; an id is a number as well."""
    chosen = [one.strip() for one in value.strip("[]").split(",")]
    if operator == "ANY_OF" and value.startswith("[") and all(re.fullmatch(r"[A-Za-z0-9]+", one) for one in chosen):
        keys: list[str | int | float] = [one if field.form is Form.ENUM else _whole(one) for one in chosen]
        return f"{field.column} in ({', '.join('?' * len(keys))})", keys
    if field is _ID:
        return _number(field, operator, value)
    raise _refused(f"{operator} with that value is not supported for {field.name}")


def _whole(text: str) -> int:
    if not re.fullmatch(rf"[0-9]{{1,{MAX_DIGITS}}}", text):
        raise _refused(f"{text!r} is no id")
    return int(text)


def _number(field: Field, operator: str, value: str) -> Condition:
    if operator not in _NUMBERS or not _NUMBER.fullmatch(value):
        raise _refused(f"{operator} with that value is not supported for a number")
    turned = f"-{field.column}" if field.sign < 0 else field.column
    return f"{turned} {_NUMBERS[operator]} ?", [float(value) if "." in value else int(value)]


def _flag(field: Field, operator: str, value: str) -> Condition:
    if operator != "IS" or value.strip('"').lower() not in ("true", "false"):
        raise _refused(f"{operator} with that value is not supported for a boolean")
    return f"{field.column} = ?", ["T" if value.strip('"').lower() == "true" else "F"]


def _text(field: Field, operator: str, value: str) -> Condition:
    column, plain = field.column, value.strip('"').lower()
    if operator in ("IS", "IS_NOT"):
        compared = f"lower({column}) = ?" if operator == "IS" else f"coalesce(lower({column}), '') <> ?"
        return compared, [plain]
    if operator not in _PATTERNS:
        raise _refused(f"{operator} is not supported for a text")
    literal = re.sub(r"([\\%_])", r"\\\1", plain)
    return f"lower({column}) like ? escape '\\'", [_PATTERNS[operator].format(literal)]


def _time(field: Field, operator: str, value: str) -> Condition:
    plain = value.strip('"')
    try:
        stored = from_display(plain)
    except ValueError as error:
        raise _refused("a date is written M/D/YYYY or M/D/YYYY h:mm am") from error
    next_day = later(stored, timedelta(days=1))
    is_day = ":" not in plain
    if operator == "ON" and is_day:
        return f"{field.column} >= ? and {field.column} < ?", [stored, next_day]
    if operator == "AFTER" and is_day:
        return f"{field.column} >= ?", [next_day]
    if operator not in _TIMES:
        raise _refused(f"{operator} is not supported for a date")
    return f"{field.column} {_TIMES[operator]} ?", [stored]


def _refused(why: str) -> Refused:
    return Refused(400, "INVALID_PARAMETER", f"Invalid q: {why}.", place="QueryParam", name="q")
