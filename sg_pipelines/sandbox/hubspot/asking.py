"""What a request asks for, taken apart; what cannot be understood is refused as HubSpot refuses it."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from sg_pipelines.sandbox.hubspot.answers import Refused
from sg_pipelines.sandbox.hubspot.object_types import ObjectType, object_type

HIGHEST_ID = 2**53


def body_of(text: bytes) -> dict[str, Any]:
    """The JSON object of a body."""
    try:
        asked = json.loads(text or b"null")
    except ValueError as error:
        raise invalid(f"Invalid input JSON: {error}") from error
    if not isinstance(asked, dict):
        raise invalid("Invalid input JSON: an object is expected")
    return asked


def inputs_of(asked: dict[str, Any], most: int) -> list[dict[str, Any]]:
    """The inputs of a batch."""
    inputs = asked.get("inputs")
    if not isinstance(inputs, list) or not all(isinstance(one, dict) for one in inputs):
        raise invalid("inputs must be a list of objects")
    if len(inputs) > most:
        raise invalid(f"at most {most} inputs")
    return inputs


def member(asked: Any, name: str) -> Any:
    """A member that must be there."""
    if not isinstance(asked, dict) or asked.get(name) is None:
        raise invalid(f"Some required fields were not set: [{name}]")
    return asked[name]


def limit_of(given: Any, *, usual: int, most: int) -> int:
    """The size of a page."""
    limit = usual if given is None else number_of(given)
    if limit is None or not 1 <= limit <= most:
        raise invalid(f"limit must be between 1 and {most}")
    return limit


def after_of(given: Any) -> int:
    """A cursor; ours are whole numbers."""
    after = 0 if given in (None, "") else number_of(given)
    if after is None:
        raise invalid("the cursor in after is not valid")
    return after


def number_of(given: Any) -> int | None:
    """A record id or the like; None for what is none."""
    text = str(given)
    return min(int(text), HIGHEST_ID) if text.isascii() and text.isdigit() else None


def list_of(given: Any, name: str) -> list[Any]:
    """A list; none given: an empty one."""
    if given is not None and not isinstance(given, list):
        raise invalid(f"Invalid input JSON: {name} must be a list")
    return given or []


def names_of(given: Any) -> tuple[str, ...]:
    """The names of properties in a list; none given: none."""
    names = list_of(given, "properties")
    if not all(isinstance(name, str) for name in names):
        raise invalid("Invalid input JSON: properties must be texts")
    return tuple(names)


def names_in(request: Request, parameter: str) -> tuple[str, ...]:
    """The names of a query: joined by commas, repeated, or both."""
    said = ",".join(request.query_params.getlist(parameter))
    return tuple(name.strip() for name in said.split(",") if name.strip())


def type_of(spelling: str) -> ObjectType:
    """The object type a path or query names."""
    kind = object_type(spelling)
    if kind is None:
        raise invalid(f"Unable to infer object type from: {spelling}")
    return kind


def wants_archived(request: Request) -> bool:
    """True when archived records are asked for, and only those."""
    return request.query_params.get("archived", "").casefold() == "true"


def invalid(message: str) -> Refused:
    """A request that cannot be understood."""
    return Refused(400, "VALIDATION_ERROR", message)
