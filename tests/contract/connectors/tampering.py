"""Real HTTP where one answer says something else than it did."""

import json

import httpx


class Tampered(httpx.AsyncHTTPTransport):
    """`tamper` is given the path asked for and every object of the answer, outermost first, until it says that it
    changed one; the answers after that one are left as they are."""

    def __init__(self, tamper):
        super().__init__()
        self._tamper, self._is_done = tamper, False

    async def handle_async_request(self, request):
        answer = await super().handle_async_request(request)
        text = await answer.aread()
        if self._is_done or not text.startswith(b"{"):
            return httpx.Response(answer.status_code, headers=plain(answer), content=text, request=request)
        body = json.loads(text)
        self._is_done = any(self._tamper(request.url.path, one) for one in objects(body))
        return httpx.Response(answer.status_code, headers=plain(answer), json=body, request=request)


def plain(answer):
    """Headers but for those about the body as it was sent."""
    return {name: said for name, said in answer.headers.items() if name not in ("content-length", "content-encoding")}


def objects(body):
    """Every object in an answer, outermost first."""
    if isinstance(body, dict):
        yield body
        yield from (inner for one in body.values() for inner in objects(one))
    elif isinstance(body, list):
        yield from (inner for one in body for inner in objects(one))
