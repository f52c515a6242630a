"""HubSpot's answers: bodies, error bodies, headers, and how an asked-for fault looks."""

from __future__ import annotations

import json
import uuid
from typing import Any

from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.simulator import FaultKind

SECONDLY = "You have reached your secondly limit."
TEN_SECONDLY = "You have reached your ten_secondly_rolling limit."


def error(status: int, category: str, message: str, **more: Any) -> JSONResponse:
    """An error body."""
    body = {"status": "error", "message": message, "correlationId": str(uuid.uuid4()), "category": category, **more}
    headers = {"X-HubSpot-NotFound": "true"} if status == 404 else {}
    return JSONResponse(body, status, headers=headers)


def refused_credentials() -> JSONResponse:
    """Nobody we know."""
    message = "Authentication credentials not found. This API supports OAuth 2.0 authentication."
    return error(401, "INVALID_AUTHENTICATION", message)


def throttled(message: str) -> JSONResponse:
    """Too many requests."""
    policy = "TEN_SECONDLY_ROLLING" if message == TEN_SECONDLY else "SECONDLY"
    return error(429, "RATE_LIMITS", message, errorType="RATE_LIMIT", policyName=policy)


def fault_answer(fault: FaultKind) -> Response | None:
    """The answer a fault replaces the real one by; None for faults that only spoil it."""
    answers = {
        FaultKind.THROTTLE: throttled(TEN_SECONDLY),
        FaultKind.SERVER_ERROR: error(502, "BAD_GATEWAY", "upstream failed"),
        FaultKind.TIMEOUT: error(504, "TIMEOUT", "the request took too long"),
        FaultKind.UNAUTHORIZED: refused_credentials(),
        FaultKind.FORBIDDEN: error(403, "MISSING_SCOPES", "This app hasn't been granted the required scopes."),
    }
    return answers.get(fault)


def spoiled(answer: Response, fault: FaultKind | None) -> Response:
    """One record without its shape, or a body cut in the middle."""
    if fault is FaultKind.TRUNCATED_PAGE:
        return Response(bytes(answer.body)[: len(answer.body) // 2], answer.status_code, media_type="application/json")
    if fault is FaultKind.MALFORMED_RECORD:
        body = json.loads(bytes(answer.body))
        if body.get("results"):
            body["results"][0]["properties"] = ["not", "an", "object"]
        return JSONResponse(body, answer.status_code)
    return answer
