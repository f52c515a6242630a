"""NetSuite's answers: error bodies, page bodies, and how an asked-for fault looks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.simulator import FaultKind

SINGULAR = "application/vnd.oracle.resource+json; type=singular"
COLLECTION = "application/vnd.oracle.resource+json; type=collection"
_ERROR = "application/vnd.oracle.resource+json; type=error"
_RFC = "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec10"


class Refused(Exception):
    """A request that is answered with an error; `place` is o:errorPath, o:errorQueryParam or o:errorHeader."""

    def __init__(self, status: int, code: str, detail: str, *, place: str = "", name: str = "") -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.where = {f"o:error{place}": name} if place else {}


def error(status: int, title: str, code: str, detail: str, **more: Any) -> JSONResponse:
    """An error body in the documented form; `more` is put beside its details."""
    return _body(status, title, [{"detail": detail, "o:errorCode": code}], more)


def refusal(refused: Refused) -> JSONResponse:
    """The answer to a request that was refused."""
    titles = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}
    detail = {"detail": refused.detail, "o:errorCode": refused.code, **refused.where}
    return _body(refused.status, titles.get(refused.status, "Error"), [detail], {})


def _body(status: int, title: str, details: list[dict[str, str]], more: dict[str, Any]) -> JSONResponse:
    hundreds, rest = divmod(status, 100)
    kind = f"{_RFC}.{hundreds}.{rest + 1}"
    body = {"type": kind, "title": title, "status": status, "o:errorDetails": details, **more}
    return JSONResponse(body, status, media_type=_ERROR)


def refused_login() -> JSONResponse:
    """Says no more than the real one does."""
    return error(401, "Unauthorized", "INVALID_LOGIN", "Invalid login attempt.")


def too_many() -> JSONResponse:
    """More simultaneous requests than the account may have."""
    detail = "Concurrent request limit exceeded. Request blocked."
    return error(429, "Bad Request", "CONCURRENCY_LIMIT_EXCEEDED", detail, **{"o:errorCode": "USER_ERROR"})


def page(request: Request, items: Sequence[dict[str, Any]], *, limit: int, offset: int, total: int) -> JSONResponse:
    """One page of a collection, with links to itself and the pages around it."""
    starts = {"self": offset}
    if offset > 0:
        starts |= {"first": 0, "prev": max(0, offset - limit)}
    if offset + len(items) < total:
        starts |= {"next": offset + limit, "last": (total - 1) // limit * limit}
    links = [
        {"rel": rel, "href": str(request.url.include_query_params(limit=limit, offset=start))}
        for rel, start in starts.items()
    ]
    body = {
        "links": links,
        "count": len(items),
        "hasMore": offset + len(items) < total,
        "items": list(items),
        "offset": offset,
        "totalResults": total,
    }
    return JSONResponse(body, media_type=COLLECTION)


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
    if not answer.body or answer.status_code != 200:
        return answer
    if fault is FaultKind.TRUNCATED_PAGE:
        return Response(bytes(answer.body)[: len(answer.body) // 2], answer.status_code, media_type=answer.media_type)
    if fault is FaultKind.MALFORMED_RECORD:
        body = json.loads(bytes(answer.body))
        broken = body["items"][0] if body.get("items") else body
        said = [name for name in broken if name not in ("id", "links")]
        broken["email" if "email" in said or not said else said[0]] = {"not": "a text"}
        return JSONResponse(body, answer.status_code, media_type=answer.media_type)
    return answer
