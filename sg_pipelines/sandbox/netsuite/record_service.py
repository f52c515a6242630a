"""The record service: list, read, create, change, upsert by external id, delete, attach; the same for every record type.

A collection lists ids and links only. Batches, asynchronous calls and transformations are not simulated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.netsuite import answers
from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.database import Database, Row
from sg_pipelines.sandbox.netsuite.paging import whole_numbers
from sg_pipelines.sandbox.netsuite.record_bodies import Body, BodyReader
from sg_pipelines.sandbox.netsuite.record_desks import Desk
from sg_pipelines.sandbox.netsuite.record_filter import Condition, condition
from sg_pipelines.sandbox.netsuite.record_shapes import Line, Style, collection, link, selected, shown
from sg_pipelines.sandbox.netsuite.references import References, whole

EXTERNAL = "eid:"
EVERYTHING: Condition = ("1 = 1", [])
RECORDS = "/record/v1"


class RecordService:
    """Records of one account."""

    def __init__(self, database: Database, desks_: Mapping[str, Desk], references: References) -> None:
        self._database, self._desks, self._references = database, desks_, references

    async def list(self, request: Request) -> Response:
        """GET a collection: active and inactive records, by ascending id."""
        desk = self._desk(request)
        limit, offset = whole_numbers(request)
        where, parameters = EVERYTHING
        if "q" in request.query_params:
            where, parameters = condition(request.query_params["q"], desk.type, self._database)
        if desk.type.only is not None:
            where, parameters = f"({where}) and {desk.type.only[0]} = ?", [*parameters, desk.type.only[1]]
        ids, total = desk.records.matching(where, parameters, limit=limit, offset=offset)
        href = _collection_address(request, desk)
        items = [{"links": [link(f"{href}/{one}")], "id": str(one)} for one in ids]
        return answers.page(request, items, limit=limit, offset=offset, total=total)

    async def read(self, request: Request) -> Response:
        """GET one; `expandSubResources`, `simpleEnumFormat` and `fields` are understood."""
        desk = self._desk(request)
        row, asked = self._found(request, desk), request.query_params
        style = self._style(request)
        href = f"{_collection_address(request, desk)}/{row['id']}"
        custom = self._database.custom_fields(desk.type.table)
        record: Line = {"links": [link(href)], "id": str(row["id"]), **shown(desk.type, row, custom, style)}
        record |= desk.derived(row)
        for name, sublist in desk.sublists.items():
            there = f"{href}/{name}"
            expanded = _is_true(asked.get("expandSubResources"))
            record[name] = collection(there, sublist.lines(row, style)) if expanded else {"links": [link(there)]}
        if "fields" in asked:
            known = [*(one.name for one in desk.type.fields), *desk.type.sublists, *desk.type.derived, *custom]
            record = selected(record, asked["fields"], known)
        return JSONResponse(record, media_type=answers.SINGULAR)

    async def read_lines(self, request: Request) -> Response:
        """GET a sublist: links to its lines, or the lines with `expandSubResources`."""
        body = collection(*self._sublist(request))
        if not _is_true(request.query_params.get("expandSubResources")):
            body["items"] = [{"links": line["links"]} for line in body["items"]]
        return JSONResponse(body, media_type=answers.COLLECTION)

    async def read_line(self, request: Request) -> Response:
        """GET a line of a sublist, by its key."""
        href, lines = self._sublist(request)
        key = request.path_params["line"]
        found = next((line for known, line in lines if known == key), None)
        if found is None:
            raise Refused(404, "NONEXISTENT_ID", f"There is no line {key}.", place="Url", name="line")
        return JSONResponse({"links": [link(f"{href}/{key}")], **found}, media_type=answers.SINGULAR)

    async def create(self, request: Request) -> Response:
        """POST to the collection: 204 and where the new one is."""
        desk = self._desk(request)
        return self._made(request, desk, self._body(desk, await request.json(), request))

    async def change(self, request: Request) -> Response:
        """PATCH one: what is absent stays, null clears; lines are merged unless `replace` names their sublist."""
        desk = self._desk(request)
        row = self._found(request, desk)
        return self._changed(request, desk, row, self._body(desk, await request.json(), request))

    async def upsert(self, request: Request) -> Response:
        """PUT by external id: creates or changes."""
        desk, named = self._desk(request), request.path_params["id"]
        if not named.startswith(EXTERNAL):
            raise Refused(400, "INVALID_REQUEST", "PUT is supported with an external id only: eid:...")
        external_id = named.removeprefix(EXTERNAL)
        body = self._body(desk, await request.json(), request)
        body.values["externalid"] = external_id
        number = desk.records.by_external_id(external_id)
        row = None if number is None else desk.row(number)
        return self._made(request, desk, body) if row is None else self._changed(request, desk, row, body)

    async def delete(self, request: Request) -> Response:
        """DELETE one: 204; it is known to `deletedrecord` from now on."""
        desk = self._desk(request)
        number = int(self._found(request, desk)["id"])
        with self._database.whole():
            desk.delete(number)
        return Response(status_code=204)

    async def attach(self, request: Request) -> Response:
        """POST !attach or !detach: a contact to a customer, 204."""
        deed, contact_id = request.path_params["deed"], request.path_params["contact"]
        customer, contacts = self._desk(request), self._desks["contact"]
        if customer.type.key != "customer" or deed not in ("!attach", "!detach"):
            raise Refused(404, "INVALID_REQUEST", "Contacts are attached to customers: !attach/contact/{id}.")
        pair = {"company": self._found(request, customer)["id"], "contact": whole(contact_id)}
        if pair["contact"] is None or contacts.row(pair["contact"]) is None:
            raise Refused(404, "NONEXISTENT_ID", "The record instance does not exist.", place="Url", name="contact")
        said = await request.json() if await request.body() else {}
        role = said.get("role") if isinstance(said, dict) else None
        with self._database.whole():
            self._database.remove("companycontactrelationship", **pair)
            if deed == "!attach":
                named = role.get("id") if isinstance(role, dict) else None
                self._database.insert("companycontactrelationship", [{**pair, "role": whole(named)}])
        return Response(status_code=204)

    # --- parts ---------------------------------------------------------------------------------------------

    def _desk(self, request: Request) -> Desk:
        desk = self._desks.get(request.path_params["type"].lower())
        if desk is None:
            detail = f"There is no record type {request.path_params['type']}."
            raise Refused(404, "INVALID_REQUEST", detail, place="Url", name="type")
        return desk

    def _sublist(self, request: Request) -> tuple[str, Sequence[tuple[str, Line]]]:
        """Where the sublist is that the path names, and its lines with their keys."""
        desk = self._desk(request)
        row, name = self._found(request, desk), request.path_params["sublist"]
        if name not in desk.sublists:
            raise Refused(404, "NONEXISTENT_ID", f"There is no sublist {name}.", place="Url", name=name)
        href = f"{_collection_address(request, desk)}/{row['id']}/{name}"
        return href, desk.sublists[name].lines(row, self._style(request))

    def _style(self, request: Request) -> Style:
        is_simple = _is_true(request.query_params.get("simpleEnumFormat"))
        return Style(_root(request), self._references, is_simple)

    def _found(self, request: Request, desk: Desk) -> Row:
        named = request.path_params["id"]
        if named.startswith(EXTERNAL):
            number = desk.records.by_external_id(named.removeprefix(EXTERNAL))
        else:
            number = whole(named)
        row = None if number is None else desk.row(number)
        if row is None:
            raise Refused(404, "NONEXISTENT_ID", "The record instance does not exist.", place="Url", name="id")
        return row

    def _body(self, desk: Desk, said: Any, request: Request) -> Body:
        body = BodyReader(desk.type, self._database, self._references).read(said, request.headers)
        replaced = _replaced(request)
        if _is_true(request.query_params.get("replaceSelectedFields")):
            cleared = {one.column for one in desk.type.fields if one.name in replaced} | replaced
            body.values = {name: value for name, value in body.values.items() if value is not None or name in cleared}
        return body

    def _made(self, request: Request, desk: Desk, body: Body) -> Response:
        desk.check(body.values, number=None)
        for name in desk.type.needed:
            if not body.lines.get(name):
                raise Refused(400, "INVALID_CONTENT", f"Please enter a line of {name}.", place="Path", name=name)
        with self._database.whole():
            number = desk.make(body.values)
            for name, lines in body.lines.items():
                desk.sublists[name].write(number, lines, replaces=False)
        return _moved(f"{_collection_address(request, desk)}/{number}", body)

    def _changed(self, request: Request, desk: Desk, row: Row, body: Body) -> Response:
        number, replaced = int(row["id"]), _replaced(request)
        known = {*desk.type.sublists, *(one.name for one in desk.type.fields)}
        for name in sorted(replaced - known):
            raise Refused(400, "INVALID_PARAMETER", f"There is no {name}.", place="QueryParam", name="replace")
        desk.check({**row, **body.values}, number=number)
        with self._database.whole():
            desk.change(number, body.values)
            for name, lines in body.lines.items():
                desk.sublists[name].write(number, lines, replaces=name in replaced)
        return _moved(f"{_collection_address(request, desk)}/{number}", body)


def _root(request: Request) -> str:
    """Where all records are."""
    address = str(request.url.replace(query="", fragment=""))
    return address[: address.index(RECORDS) + len(RECORDS)]


def _collection_address(request: Request, desk: Desk) -> str:
    return f"{_root(request)}/{desk.type.key}"


def _replaced(request: Request) -> set[str]:
    return {name.strip() for name in request.query_params.get("replace", "").split(",") if name.strip()}


def _is_true(text: str | None) -> bool:
    return (text or "").lower() == "true"


def _moved(location: str, body: Body) -> Response:
    told = {}
    if body.dropped:
        # a header holds ASCII, a name from a body anything
        names = ", ".join(body.dropped).encode("unicode_escape").decode()
        told["Warning"] = f'299 - "Unknown field names were ignored: {names}"'
    return Response(status_code=204, headers={"Location": location, **told})
