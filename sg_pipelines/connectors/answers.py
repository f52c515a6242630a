"""Answers held against the shape that their platform documents, before anything is read off them."""

from __future__ import annotations

from typing import Any, TypeVar, cast

import httpx
from pydantic import TypeAdapter, ValidationError

from sg_pipelines.connectors.quarantine import broken
from sg_pipelines.connectors.texts import loads
from sg_pipelines.errors import ProtocolViolation

AGAIN = "Something between us and the platform may answer in its place; run again, and look at its status page"
Answer = dict[str, Any]
ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
Shape = TypeVar("Shape")


def documented(shape: TypeAdapter[Shape], answer: object, where: str) -> Shape:
    """The answer as it came. ProtocolViolation says which part has another shape, and never shows what it holds."""
    try:
        shape.validate_python(answer)
    except ValidationError as error:
        raise ProtocolViolation(
            f"the answer is not what the platform documents ({broken(error)})", where=where, remedy=AGAIN
        ) from None
    return cast(Shape, answer)


def decoded(response: httpx.Response, where: str) -> Answer:
    """The object an answer holds."""
    try:
        body = loads(response.content)
    except ValueError as error:
        raise ProtocolViolation("the answer is no JSON", where=where, remedy=AGAIN) from error
    return documented(ANSWER, body, where)
