"""The calls about the account: which properties there are, making one, and whose account it is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.hubspot.answers import Refused
from sg_pipelines.sandbox.hubspot.asking import body_of, invalid, member, type_of
from sg_pipelines.sandbox.hubspot.object_types import Property
from sg_pipelines.sandbox.hubspot.properties import FIELD_TYPES, PropertyBook, definition
from sg_pipelines.sandbox.simulator import Surroundings

TYPES = {"string", *FIELD_TYPES}


class AccountCalls:
    """Handlers; the object type is in the path."""

    def __init__(self, surroundings: Surroundings, book: PropertyBook, portal_id: int) -> None:
        self._surroundings, self._book, self._portal_id = surroundings, book, portal_id

    async def properties(self, request: Request) -> Response:
        """All properties of a type."""
        return JSONResponse({"results": self._book.definitions(type_of(request.path_params["type"]))})

    async def one_property(self, request: Request) -> Response:
        """One property."""
        kind = type_of(request.path_params["type"])
        found = self._book.find(kind, request.path_params["name"])
        if found is None:
            raise Refused(404, "OBJECT_NOT_FOUND", f"property {request.path_params['name']} does not exist")
        return JSONResponse(definition(kind, found))

    async def make_property(self, request: Request) -> Response:
        """A custom property."""
        kind, asked = type_of(request.path_params["type"]), body_of(await request.body())
        name, value_type = str(member(asked, "name")), str(member(asked, "type"))
        if value_type not in TYPES:
            raise invalid(f"{value_type} is no property type")
        if self._book.find(kind, name) is not None:
            raise Refused(409, "CONFLICT", f'A property named "{name}" already exists.')
        made = self._book.make(kind, Property(name, value_type, is_unique=asked.get("hasUniqueValue") is True))
        return JSONResponse(definition(kind, made), 201)

    async def details(self, request: Request) -> Response:
        """The account itself."""
        zone = self._surroundings.settings.get("time_zone", "UTC")
        return JSONResponse({"portalId": self._portal_id, "timeZone": zone, "accountType": "STANDARD"})
