"""A record that does not have the shape its platform documents is put aside with the reason, and nothing of its content."""

from __future__ import annotations

from pydantic import ValidationError

from sg_pipelines.domain.model.record import Quarantined


def quarantined(record_id: str | None, error: ValidationError) -> Quarantined:
    """Put aside, with where the shape breaks."""
    return Quarantined(record_id, broken(error))


def broken(error: ValidationError) -> str:
    """Where the shape breaks and how; never a value."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "the whole"
    return f"{place}: {first['type'].replace('_', ' ')}"


class Unreadable(ValueError):
    """A text is not what its place holds; says which place and what it is not, and never the text."""


def unreadable(record_id: str, error: ValueError) -> Quarantined:
    """Put aside, as a date or a number in it is none."""
    said = str(error) if isinstance(error, Unreadable) else "a date or a number in it cannot be read"
    return Quarantined(record_id, said)


def readable_id(raw: object, key: str = "id") -> str | None:
    """The id of a record whose shape is in doubt, when it can be read."""
    value = raw.get(key) if isinstance(raw, dict) else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None
