"""NetSuite's answers: error bodies, and how an asked-for fault looks."""

from __future__ import annotations

import json
from typing import Any

from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.simulator import FaultKind


def error(status: int, title: str, code: str, detail: str, **more: Any) -> JSONResponse:
    """An error body in the documented form."""
    body = {
        "type": f"https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10.4.{status - 399}",
        "title": title,
        "status": status,
        "o:errorDetails": [{"detail": detail, "o:errorCode": code}],
        **more,
    }
    return JSONResponse(body, status, media_type="application/vnd.oracle.resource+json; type=error")


def refused_login() -> JSONResponse:
    """Says no more than the real one does."""
    return error(401, "Unauthorized", "INVALID_LOGIN", "Invalid login attempt.")


def too_many() -> JSONResponse:
    """More simultaneous requests than the account may have."""
    detail = "Concurrent request limit exceeded. Request blocked."
    return error(429, "Bad Request", "CONCURRENCY_LIMIT_EXCEEDED", detail, **{"o:errorCode": "USER_ERROR"})


def fault_answer(fault: FaultKind) -> Response | None:
    """The answer a fault replaces the real one by; None for faults that only spoil it."""
    forbidden = "Your current role does not have permission to perform this action."
    answers = {
        FaultKind.THROTTLE: too_many(),
        FaultKind.SERVER_ERROR: error(500, "Internal Server Error", "UNEXPECTED_ERROR", "An unexpected error, id sb1"),
        FaultKind.TIMEOUT: error(504, "Gateway Timeout", "UNEXPECTED_ERROR", "The request took too long."),
        FaultKind.UNAUTHORIZED: refused_login(),
        FaultKind.FORBIDDEN: error(403, "Forbidden", "INSUFFICIENT_PERMISSION", forbidden),
    }
    return answers.get(fault)


def spoiled(answer: Response, fault: FaultKind | None) -> Response:
    """One row without its shape, or a body cut in the middle."""
    if fault is FaultKind.TRUNCATED_PAGE:
        return Response(bytes(answer.body)[: len(answer.body) // 2], answer.status_code, media_type="application/json")
    if fault is FaultKind.MALFORMED_RECORD:
        body = json.loads(bytes(answer.body))
        if body.get("items"):
            body["items"][0]["email"] = {"not": "a text"}
        return JSONResponse(body, answer.status_code)
    return answer
