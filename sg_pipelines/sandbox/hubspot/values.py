"""Values written over the wire: what HubSpot accepts for a property, and how it keeps it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from sg_pipelines.sandbox.hubspot.answers import Refused
from sg_pipelines.sandbox.hubspot.object_types import ObjectType, Property
from sg_pipelines.sandbox.hubspot.properties import PropertyBook
from sg_pipelines.sandbox.instants import iso_milliseconds, parse_ms

Properties = dict[str, str | None]
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LATEST_MS = 253_402_300_799_999
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def accepted(book: PropertyBook, kind: ObjectType, given: Any) -> Properties:
    """Properties as they are kept; an empty text clears. Refused, all faults named, when one cannot be written."""
    if not isinstance(given, Mapping):
        raise Refused(400, "VALIDATION_ERROR", "Invalid input JSON: properties must be an object")
    kept: Properties = {}
    faults = []
    for name, value in given.items():
        one = book.find(kind, name)
        if one is None:
            faults.append(_fault(name, "PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist'))
        elif one.is_read_only:
            faults.append(_fault(name, "READ_ONLY_VALUE", f'"{name}" is a read only property'))
        elif value is None or value == "":
            kept[name] = None
        elif not isinstance(value, str | int | float):
            raise Refused(400, "VALIDATION_ERROR", f"Invalid input JSON: {name} must be a text")
        else:
            text = _text(value)
            fault = _unfit(one, text)
            faults += [_fault(name, *fault)] if fault else []
            kept[name] = _as_kept(one, text)
    if faults:
        raise invalid_values(faults)
    return kept


def invalid_values(faults: list[dict[str, Any]]) -> Refused:
    """The refusal of property values, each fault told."""
    errors = [
        {"message": one["message"], "code": one["error"], "context": {"propertyName": [one["name"]]}} for one in faults
    ]
    message = f"Property values were not valid: {json.dumps(faults)}"
    return Refused(400, "VALIDATION_ERROR", message, errors=errors)


def taken(name: str, other: int) -> dict[str, Any]:
    """The fault of a value another record has."""
    return _fault(name, "CONFLICTING_UNIQUE_VALUE", f"{other} already has that value.")


def _fault(name: str, error: str, message: str) -> dict[str, Any]:
    return {"isValid": False, "message": message, "error": error, "name": name, "localizedErrorMessage": message}


def _text(value: str | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _unfit(one: Property, text: str) -> tuple[str, str] | None:
    """Why the text cannot be a value of the property: code and message."""
    if one.type == "number" and not _NUMBER.fullmatch(text):
        return "INVALID_LONG", f"{text} was not a valid number"
    if one.type == "datetime" and instant_ms(text) is None:
        return "INVALID_DATE", f"{text} was not a valid instant"
    if one.options and not set(text.split(";")) <= set(one.options):
        return "INVALID_OPTION", f"{text} was not one of the allowed options: {', '.join(one.options)}"
    if one.name == "email" and not _EMAIL.fullmatch(text):
        return "INVALID_EMAIL", f"Email address {text} is invalid"
    return None


def _as_kept(one: Property, text: str) -> str:
    """Instants are kept as ISO 8601, whichever way they came."""
    instant = instant_ms(text) if one.type == "datetime" else None
    return text if instant is None else iso_milliseconds(instant)


def instant_ms(text: str) -> int | None:
    """Milliseconds since the epoch, of an instant a calendar can show; None for what is none."""
    found = parse_ms(text) if text.isascii() else None
    return found if found is not None and 0 <= found <= _LATEST_MS else None
