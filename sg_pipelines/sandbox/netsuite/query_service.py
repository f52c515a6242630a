"""The query service: the HTTP rules around SuiteQL. Which SQL is understood belongs to `suiteql`."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sg_pipelines.sandbox.netsuite import answers
from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.database import Database
from sg_pipelines.sandbox.netsuite.paging import whole_numbers
from sg_pipelines.sandbox.netsuite.suiteql import QueryRunner
from sg_pipelines.sandbox.netsuite.suiteql_subset import Unsupported

REACHABLE = 100_000


class QueryService:
    """SuiteQL of one account."""

    def __init__(self, database: Database) -> None:
        self._runner = QueryRunner(database)

    async def suiteql(self, request: Request) -> Response:
        """POST a query; of its rows the first 100,000 can be reached."""
        preferred = {word.strip().lower() for word in request.headers.get("prefer", "").split(",")}
        if "transient" not in preferred:
            detail = "The Prefer header must be transient."
            raise Refused(400, "INVALID_HEADER", detail, place="Header", name="Prefer")
        limit, offset = whole_numbers(request)
        if offset + limit > REACHABLE:
            detail = f"Only the first {REACHABLE} rows can be reached."
            raise Refused(400, "INVALID_PARAMETER", detail, place="QueryParam", name="offset")
        query, parameters = _asked(await request.json())
        try:
            found = self._runner.run(query, parameters, limit=limit, offset=offset)
        except Unsupported as error:
            raise Refused(400, "INVALID_REQUEST", f"Invalid search query: {error}.") from error
        items = [{"links": [], **item} for item in found.items]
        return answers.page(request, items, limit=limit, offset=offset, total=min(found.total, REACHABLE))


def _asked(body: Any) -> tuple[str, list[Any]]:
    if not isinstance(body, dict) or not isinstance(body.get("q"), str):
        raise Refused(400, "INVALID_REQUEST", "The body must hold the query as q.", place="Path", name="q")
    parameters = body.get("params", [])
    if not isinstance(parameters, list):
        raise Refused(400, "INVALID_REQUEST", "params must be a list.", place="Path", name="params")
    return body["q"], parameters
