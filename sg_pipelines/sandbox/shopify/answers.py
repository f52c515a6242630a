"""What the endpoint answers when nothing is run: errors by their code, throttling, faults that were asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from graphql import GraphQLError
from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.simulator import FaultKind

NOT_LET_IN = "[API] Invalid API key or access token (unrecognized login or wrong password)"
_CODES = (
    ("Cannot query field", "undefinedField"),
    ("Unknown argument", "argumentNotAccepted"),
    ("Unknown directive", "undefinedDirective"),
    ("Unknown type", "undefinedType"),
    ("Unknown fragment", "undefinedFragment"),
    ("must not have a selection", "selectionMismatch"),
    ("must have a selection", "selectionMismatch"),
    ("but it was not provided", "missingRequiredArguments"),
    ("is not defined by operation", "variableNotDefined"),
    ("is never used", "variableNotUsed"),
    ("used in position expecting", "variableMismatch"),
)


def invalid(errors: Sequence[GraphQLError]) -> Response:
    """A document that does not fit the schema."""
    return JSONResponse({"errors": [{**one.formatted, "extensions": {"code": _code(one.message)}} for one in errors]})


def _code(message: str) -> str:
    return next((code for words, code in _CODES if words in message), "argumentLiteralsIncompatible")


def error(message: str, code: str, **more: Any) -> Response:
    """One error and no data."""
    return JSONResponse({"errors": [{"message": message, "extensions": {"code": code, **more}}]})


def fault(kind: FaultKind | None, throttled: Response) -> Response | None:
    """What a fault answers in place of the shop; None when it spoils the answer or there is none."""
    denied = {"message": "Access denied for customers field.", "extensions": {"code": "ACCESS_DENIED"}}
    answers: dict[FaultKind, Response] = {
        FaultKind.THROTTLE: throttled,
        FaultKind.SERVER_ERROR: Response("bad gateway", 502),
        FaultKind.TIMEOUT: Response("gateway timeout", 504),
        FaultKind.UNAUTHORIZED: JSONResponse({"errors": NOT_LET_IN}, 401),
        FaultKind.FORBIDDEN: JSONResponse({"errors": [denied], "data": None}),
    }
    return answers.get(kind) if kind is not None else None


def spoiled(answer: Response, kind: FaultKind | None) -> Response:
    """One record without its shape, or a body cut in the middle."""
    if kind is FaultKind.TRUNCATED_PAGE:
        return Response(bytes(answer.body)[: len(answer.body) // 2], media_type="application/json")
    if kind is FaultKind.MALFORMED_RECORD:
        body = json.loads(bytes(answer.body))
        for value in (body.get("data") or {}).values():
            nodes = value if isinstance(value, list) else (value or {}).get("nodes")
            if nodes and nodes[0]:
                nodes[0].update({name: 7 for name in _shaped(nodes[0])} or {"id": 7})
        return JSONResponse(body)
    return answer


def spoiled_lines(lines: str, kind: FaultKind | None) -> str:
    """The same for a bulk operation's file."""
    if kind is FaultKind.TRUNCATED_PAGE:
        return lines[: len(lines) // 2]
    if kind is FaultKind.MALFORMED_RECORD:
        first, _, rest = lines.partition("\n")
        return json.dumps({"id": 7, **dict.fromkeys(_shaped(json.loads(first)), 7)}) + "\n" + rest
    return lines


def _shaped(record: dict[str, Any]) -> list[str]:
    """Fields that hold more than one value."""
    return [name for name, value in record.items() if isinstance(value, dict | list)]
