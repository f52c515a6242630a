"""HubSpot's answers: bodies, error bodies, headers, and how an asked-for fault looks."""

from __future__ import annotations

import json
import uuid
from typing import Any

from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.instants import iso_milliseconds
from sg_pipelines.sandbox.simulator import FaultKind

SECONDLY = "You have reached your secondly limit."
TEN_SECONDLY = "You have reached your ten_secondly_rolling limit."
DAILY = "You have reached your daily limit."
CORRELATION = "X-HubSpot-Correlation-Id"
_POLICIES = {TEN_SECONDLY: "TEN_SECONDLY_ROLLING", DAILY: "DAILY"}


class Refused(Exception):
    """A request HubSpot would refuse, with the answer it gives. `more` are further members of the error body."""

    def __init__(self, status: int, category: str, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status, self.category, self.message, self.more = status, category, message, more

    def answer(self) -> JSONResponse:
        """As a response of its own."""
        return error(self.status, self.category, self.message, **self.more)

    def entry(self, **context: list[str]) -> dict[str, Any]:
        """As one of the `errors` of a batch."""
        return batch_error(self.category, self.message, context, errors=self.more.get("errors"))


def batch_error(
    category: str,
    message: str,
    context: dict[str, list[str]],
    *,
    sub_category: str | None = None,
    errors: list[Any] | None = None,
) -> dict[str, Any]:
    """One of the `errors` of a batch, with every member the API description requires."""
    body = {
        "status": "error",
        "category": category,
        "message": message,
        "context": context,
        "links": {},
        "errors": errors or [],
    }
    return {**body, "subCategory": sub_category} if sub_category else body


def batch(results: list[Any], errors: list[Any], *, status: int, now_ms: int) -> JSONResponse:
    """What a batch answers; 207 when something failed."""
    now = iso_milliseconds(now_ms)
    body: dict[str, Any] = {"status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now}
    if errors:
        body |= {"numErrors": len(errors), "errors": errors}
    return JSONResponse(body, 207 if errors else status)


def error(status: int, category: str, message: str, **more: Any) -> JSONResponse:
    """An error body, whose correlation id is the answer's."""
    name = str(uuid.uuid4())
    body = {"status": "error", "message": message, "correlationId": name, "category": category, **more}
    headers = {CORRELATION: name} | ({"X-HubSpot-NotFound": "true"} if status == 404 else {})
    return JSONResponse(body, status, headers=headers)


def not_found() -> Refused:
    """No such record, or not in the state asked for."""
    return Refused(404, "OBJECT_NOT_FOUND", "resource not found")


def refused_credentials() -> JSONResponse:
    """Nobody we know."""
    message = "Authentication credentials not found. This API supports OAuth 2.0 authentication."
    return error(401, "INVALID_AUTHENTICATION", message)


def throttled(message: str) -> JSONResponse:
    """Too many requests. That of searches says less than the others."""
    policy = _POLICIES.get(message)
    more = {"errorType": "RATE_LIMIT", "policyName": policy, "requestId": str(uuid.uuid4())} if policy else {}
    return error(429, "RATE_LIMITS", message, **more)


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
    """One record without its shape, or a body cut in the middle; an answer without a body stays as it is."""
    content = bytes(answer.body)
    if not content:
        return answer
    if fault is FaultKind.TRUNCATED_PAGE:
        return Response(content[: len(content) // 2], answer.status_code, media_type="application/json")
    if fault is FaultKind.MALFORMED_RECORD:
        body = json.loads(content)
        if body.get("results"):
            first = body["results"][0]
            first["properties" if "properties" in first else "to"] = ["not", "an", "object"]
        return JSONResponse(body, answer.status_code)
    return answer
