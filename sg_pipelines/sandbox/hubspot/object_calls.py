"""The calls about single records and pages of them: list, read, create, update, archive, search, merge, erase."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.hubspot.answers import not_found
from sg_pipelines.sandbox.hubspot.asking import (
    after_of,
    body_of,
    invalid,
    limit_of,
    member,
    names_in,
    names_of,
    number_of,
    type_of,
    wants_archived,
)
from sg_pipelines.sandbox.hubspot.crm import Crm
from sg_pipelines.sandbox.hubspot.object_types import ObjectType
from sg_pipelines.sandbox.hubspot.objects import ARCHIVED, LIVE
from sg_pipelines.sandbox.hubspot.records import Showing
from sg_pipelines.sandbox.hubspot.search import SearchRules
from sg_pipelines.sandbox.hubspot.writes import Writes
from sg_pipelines.sandbox.simulator import Surroundings

PAGE, PAGE_WITH_HISTORY, SEARCH_PAGE = 100, 50, 200
WITH_HISTORY = "propertiesWithHistory"
MAX_RESULTS, MAX_BODY = 10_000, 3_000


class ObjectCalls:
    """Handlers; each takes the type from the path."""

    def __init__(self, surroundings: Surroundings, crm: Crm, writes: Writes) -> None:
        self._surroundings, self._crm, self._writes = surroundings, crm, writes

    async def list_page(self, request: Request) -> Response:
        """A page by ascending id."""
        kind, query = _kind(request), request.query_params
        limit = limit_of(query.get("limit"), usual=10, most=PAGE_WITH_HISTORY if WITH_HISTORY in query else PAGE)
        state = ARCHIVED if wants_archived(request) else LIVE
        page = self._crm.objects(kind).page(after_of(query.get("after")), limit + 1, state)
        showing = self._showing(request, kind)
        answer: dict[str, Any] = {"results": [showing.record(number, body) for number, body in page[:limit]]}
        if len(page) > limit:
            last = str(page[limit - 1][0])
            answer["paging"] = {"next": {"after": last, "link": str(request.url.include_query_params(after=last))}}
        return JSONResponse(answer)

    async def read(self, request: Request) -> Response:
        """One record, by id or by a unique property."""
        kind = _kind(request)
        number = self._writes.named(kind, request.path_params["id"], request.query_params.get("idProperty"))
        state = ARCHIVED if wants_archived(request) else LIVE
        if number is None or not self._crm.objects(kind).in_state(number, state):
            raise not_found()
        body = self._crm.objects(kind).must(number)
        return JSONResponse(self._showing(request, kind).record(number, body))

    async def create(self, request: Request) -> Response:
        """A new record, associated at once when asked."""
        kind, asked = _kind(request), body_of(await request.body())
        planned = self._writes.creation(kind, asked)
        return JSONResponse(self._written(kind, self._writes.create(planned), asked), 201)

    async def update(self, request: Request) -> Response:
        """Some properties of a record."""
        kind, asked = _kind(request), body_of(await request.body())
        named = {**asked, "id": request.path_params["id"], "idProperty": request.query_params.get("idProperty")}
        planned = self._writes.change(kind, named)
        return JSONResponse(self._written(kind, self._writes.update(planned), asked))

    async def archive(self, request: Request) -> Response:
        """Put away; what is not there is left in peace."""
        self._writes.archive(_kind(request), request.path_params["id"])
        return Response(status_code=204)

    async def merge(self, request: Request) -> Response:
        """Two records become one with a new id."""
        kind, asked = _kind(request), body_of(await request.body())
        ids = [number_of(member(asked, name)) for name in ("primaryObjectId", "objectIdToMerge")]
        winner, loser = ids
        if winner is None or loser is None or not all(self._crm.is_live((kind.name, one)) for one in (winner, loser)):
            raise not_found()
        if winner == loser:
            raise invalid("a record cannot be merged with itself")
        survivor = self._crm.merge(kind, winner, loser)
        return JSONResponse(Showing.of(self._crm, kind, ()).record(survivor, self._crm.objects(kind).must(survivor)))

    async def erase(self, request: Request) -> Response:
        """Forget a record; an address nobody has is put on the list of those that never can be used again."""
        kind, asked = _kind(request), body_of(await request.body())
        text, by = str(member(asked, "objectId")), asked.get("idProperty")
        number = self._writes.named(kind, text, by)
        if number is None or self._crm.objects(kind).get(number) is None:
            if by != "email":
                raise not_found()
            self._crm.erasures.add(text)
        else:
            self._crm.erase(kind, number)
        return Response(status_code=204)

    async def search(self, request: Request) -> Response:
        """What the index knows."""
        kind, raw = _kind(request), await request.body()
        if len(raw.decode(errors="replace")) > MAX_BODY:
            raise invalid(f"the body exceeds {MAX_BODY} characters")
        asked = body_of(raw)
        limit, after = limit_of(asked.get("limit"), usual=10, most=SEARCH_PAGE), after_of(asked.get("after"))
        if after + limit > MAX_RESULTS:
            raise invalid(f"results beyond {MAX_RESULTS} cannot be reached")
        rules = SearchRules(self._crm, kind)
        holds = rules.matches(asked)
        lag_ms = round(float(self._surroundings.settings.get("index_lag_seconds", 0)) * 1000)
        found = [item for item in self._crm.objects(kind).indexed(lag_ms) if holds(*item)]
        hits = rules.ordered(found, asked)
        showing = Showing.of(self._crm, kind, names_of(asked.get("properties")))
        page = [showing.record(number, body) for number, body in hits[after : after + limit]]
        answer: dict[str, Any] = {"total": len(hits), "results": page}
        if after + limit < len(hits):
            answer["paging"] = {"next": {"after": str(after + limit)}}
        return JSONResponse(answer)

    def _showing(self, request: Request, kind: ObjectType) -> Showing:
        associated = [type_of(name) for name in names_in(request, "associations")]
        return Showing.of(self._crm, kind, names_in(request, "properties"), associated, names_in(request, WITH_HISTORY))

    def _written(self, kind: ObjectType, number: int, asked: dict[str, Any]) -> dict[str, Any]:
        showing = Showing.of(self._crm, kind, (*kind.shown, *asked["properties"]))
        return showing.record(number, self._crm.objects(kind).must(number))


def _kind(request: Request) -> ObjectType:
    return type_of(request.path_params["type"])
