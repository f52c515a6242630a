"""What `limit` and `offset` may be."""

from __future__ import annotations

from starlette.requests import Request

from sg_pipelines.sandbox.netsuite.answers import Refused

PAGE, MAX_DIGITS = 1_000, 9


def whole_numbers(request: Request) -> tuple[int, int]:
    """limit (1 to 1000, usually 1000) and offset (a multiple of it, usually 0). Refused names the wrong one."""
    limit, offset = (_number(request, name, usual) for name, usual in (("limit", PAGE), ("offset", 0)))
    if not 1 <= limit <= PAGE:
        raise _refused("limit", f"limit must be 1 to {PAGE}.")
    if offset % limit:
        raise _refused("offset", "offset must be a multiple of limit.")
    return limit, offset


def _number(request: Request, name: str, usual: int) -> int:
    text = request.query_params.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS):
        raise _refused(name, f"{name} must be a whole number.")
    return int(text)


def _refused(name: str, detail: str) -> Refused:
    return Refused(400, "INVALID_PARAMETER", detail, place="QueryParam", name=name)
