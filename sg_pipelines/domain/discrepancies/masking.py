"""Values as shapes: enough to recognise a difference, too little to learn a person's data."""

from __future__ import annotations

from typing import Any

from sg_pipelines.domain.model.kinds import Comparator, Field

NOTHING = "·"
_STARS = "***"


def masked(field: Field, value: Any) -> str:
    """A value fit for checks, logs and tickets; fields that are not personal stay readable."""
    if value is None or value == []:
        return NOTHING
    if not field.personal:
        return _plain(value)
    if isinstance(value, dict):
        return " ".join(_word(part) for part in value.values() if part)
    if field.comparator is Comparator.EMAIL:
        return _email(str(value))
    if field.comparator is Comparator.PHONE:
        digits = "".join(letter for letter in str(value) if letter.isdigit())
        return f"{_STARS}{digits[-2:]}"
    return " ".join(_word(word) for word in str(value).split())


def _plain(value: Any) -> str:
    """A value that is no secret, on one line: rows and composites by their parts."""
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part)
    return str(value)


def _email(address: str) -> str:
    name, at, domain = address.partition("@")
    host, dot, suffix = domain.rpartition(".")
    return f"{_word(name)}{at}{_word(host)}{dot}{suffix if len(suffix) <= 4 else _STARS}"


def _word(word: str) -> str:
    return f"{word.strip()[:1]}{_STARS}"
