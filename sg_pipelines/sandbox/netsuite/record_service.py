"""The record service for customers: list, read, create, change, upsert by external id, delete.

A collection lists ids and links only. Batches, asynchronous calls and sublist writes are not simulated.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.netsuite import answers
from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.paging import whole_numbers
from sg_pipelines.sandbox.netsuite.record_filter import MAX_DIGITS, condition
from sg_pipelines.sandbox.netsuite.record_shapes import columns_from, selected, shown
from sg_pipelines.sandbox.netsuite.tables import Tables

EXTERNAL = "eid:"


class RecordService:
    """Customers of one account."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def list(self, request: Request) -> Response:
        """GET the collection: active and inactive customers, by ascending id."""
        limit, offset = whole_numbers(request)
        where, parameters = condition(request.query_params["q"]) if "q" in request.query_params else ("1 = 1", [])
        ids, total = self._tables.matching(where, parameters, limit=limit, offset=offset)
        href = _without_query(request)
        items = [{"links": [{"rel": "self", "href": f"{href}/{one}"}], "id": str(one)} for one in ids]
        return answers.page(request, items, limit=limit, offset=offset, total=total)

    async def read(self, request: Request) -> Response:
        """GET one; `expandSubResources` and `fields` are understood."""
        row = self._found(request)
        number, asked = int(row["id"]), request.query_params
        href = f"{_without_query(request).rpartition('/')[0]}/{number}"
        expanded = asked.get("expandSubResources", "").lower() == "true"
        record = shown(row, self._tables.address(number), href, expanded=expanded)
        if "fields" in asked:
            record = selected(record, asked["fields"])
        return JSONResponse(record, media_type=answers.SINGULAR)

    async def create(self, request: Request) -> Response:
        """POST to the collection: 204 and where the new one is."""
        number = self._made(columns_from(await request.json()))
        return _moved(f"{_without_query(request)}/{number}")

    async def change(self, request: Request) -> Response:
        """PATCH one: what is absent stays, null clears."""
        return self._changed(request, self._found(request), columns_from(await request.json()))

    async def upsert(self, request: Request) -> Response:
        """PUT by external id: creates or changes."""
        named = request.path_params["id"]
        if not named.startswith(EXTERNAL):
            raise Refused(400, "INVALID_REQUEST", "PUT is supported with an external id only: eid:...")
        external_id = named.removeprefix(EXTERNAL)
        values = {**columns_from(await request.json()), "externalid": external_id}
        number = self._tables.by_external_id(external_id)
        row = None if number is None else self._tables.row(number)
        if row is not None:
            return self._changed(request, row, values)
        return _moved(f"{_without_query(request).rpartition('/')[0]}/{self._made(values)}")

    async def delete(self, request: Request) -> Response:
        """DELETE one: 204; it is known to `deletedrecord` from now on."""
        self._tables.delete(int(self._found(request)["id"]))
        return Response(status_code=204)

    def _found(self, request: Request) -> dict[str, Any]:
        named = request.path_params["id"]
        number: int | None = None
        if named.startswith(EXTERNAL):
            number = self._tables.by_external_id(named.removeprefix(EXTERNAL))
        elif named.isascii() and named.isdecimal() and len(named) <= MAX_DIGITS:
            number = int(named)
        row = None if number is None else self._tables.row(number)
        if row is None:
            raise Refused(404, "NONEXISTENT_ID", "The record instance does not exist.", place="Url", name="id")
        return row

    def _made(self, values: dict[str, Any]) -> int:
        self._check(values, number=None)
        return self._tables.add(values)

    def _changed(self, request: Request, row: dict[str, Any], values: dict[str, Any]) -> Response:
        number = int(row["id"])
        self._check({**row, **values}, number=number)
        self._tables.set(number, values)
        return _moved(f"{_without_query(request).rpartition('/')[0]}/{number}")

    def _check(self, values: dict[str, Any], *, number: int | None) -> None:
        """Persons need their names, companies theirs; an external id names one customer."""
        names = {"companyname": "companyName"}
        if values.get("isperson", "T") == "T":
            names = {"firstname": "firstName", "lastname": "lastName"}
        for column, name in names.items():
            if number is None and not values.get(column):
                raise Refused(400, "INVALID_CONTENT", f"Please enter a value for {name}.", place="Path", name=name)
        external_id = values.get("externalid")
        if external_id and self._tables.by_external_id(external_id) not in (None, number):
            detail = "This record already exists: the external id is taken."
            raise Refused(400, "DUP_RCRD", detail, place="Path", name="externalId")


def _without_query(request: Request) -> str:
    return str(request.url.replace(query="", fragment=""))


def _moved(location: str) -> Response:
    return Response(status_code=204, headers={"Location": location})
