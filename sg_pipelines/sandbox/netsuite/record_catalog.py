"""The metadata catalog: which record types there are, and their fields as JSON Schema or OpenAPI."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.netsuite.answers import Refused
from sg_pipelines.sandbox.netsuite.database import Database
from sg_pipelines.sandbox.netsuite.record_types import TYPES, Field, Form, RecordType

SCHEMA, OPENAPI, PLAIN = "application/schema+json", "application/swagger+json", "application/json"
_TEXT = {"type": "string"}
_LINK = {"type": "object", "properties": {"rel": _TEXT, "href": _TEXT}}
_LINKS = {"type": "array", "items": _LINK, "readOnly": True}
_NAMED = {"type": "object", "properties": {"id": _TEXT, "refName": _TEXT, "links": _LINKS}}
_LINES = {"type": "object", "properties": {"items": {"type": "array"}, "links": _LINKS}}
_FORMS: dict[Form, dict[str, Any]] = {
    Form.TEXT: _TEXT,
    Form.NUMBER: {"type": "number", "format": "double"},
    Form.FLAG: {"type": "boolean"},
    Form.TIME: {"type": "string", "format": "date-time"},
    Form.DAY: {"type": "string", "format": "date"},
    Form.REFERENCE: _NAMED,
    Form.ENUM: _NAMED,
}


class RecordCatalog:
    """Of one account; custom fields are those it has by now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self, request: Request) -> Response:
        """GET the catalog; `select` names types; as OpenAPI when that is accepted, else names and links."""
        chosen = self._chosen(request.query_params.get("select"))
        if OPENAPI in request.headers.get("accept", ""):
            return JSONResponse(self._openapi(chosen), media_type=OPENAPI)
        href = str(request.url.replace(query="", fragment="")).rstrip("/")
        return JSONResponse({"items": [{"name": one.name, "links": _links(href, one)} for one in chosen]})

    async def one(self, request: Request) -> Response:
        """GET one type, as JSON Schema or OpenAPI."""
        (chosen,) = self._chosen(request.path_params["type"])
        if OPENAPI in request.headers.get("accept", ""):
            return JSONResponse(self._openapi([chosen]), media_type=OPENAPI)
        if SCHEMA in request.headers.get("accept", ""):
            return JSONResponse(self._schema(chosen), media_type=SCHEMA)
        return JSONResponse({"name": chosen.name, "links": _links(str(request.url).rpartition("/")[0], chosen)})

    def _chosen(self, named: str | None) -> list[RecordType]:
        if named is None:
            return list(TYPES.values())
        wanted = [name.strip() for name in named.split(",")]
        for name in wanted:
            if name.lower() not in TYPES:
                raise Refused(404, "INVALID_PARAMETER", f"There is no record type {name}.", place="Url", name=name)
        return [TYPES[name.lower()] for name in wanted]

    def _schema(self, type_: RecordType) -> dict[str, Any]:
        fields = {one.name: _property(one) for one in type_.fields}
        custom = {name: {**_TEXT, "x-ns-custom-field": True} for name in self._database.custom_fields(type_.table)}
        lists = dict.fromkeys(type_.sublists, _LINES)
        properties: Mapping[str, Any] = {"id": _TEXT, "links": _LINKS, **fields, **custom, **lists}
        filterable = ["id", *(one.name for one in type_.fields), *custom]
        return {"type": "object", "properties": properties, "x-ns-filterable": filterable}

    def _openapi(self, chosen: Sequence[RecordType]) -> dict[str, Any]:
        paths = {}
        for one in chosen:
            paths[f"/{one.name}"] = {"get": {"tags": [one.name]}, "post": {"tags": [one.name]}}
            paths[f"/{one.name}/{{id}}"] = {verb: {"tags": [one.name]} for verb in ("get", "patch", "put", "delete")}
        schemas = {one.name: self._schema(one) for one in chosen}
        told = {"title": "NetSuite REST Record API", "version": "v1"}
        return {"openapi": "3.0.1", "info": told, "paths": paths, "components": {"schemas": schemas}}


def _property(field: Field) -> dict[str, Any]:
    shape = dict(_FORMS[field.form])
    if field.form is Form.ENUM:
        shape = {"type": "object", "properties": {"id": {**_TEXT, "enum": list(field.words)}, "refName": _TEXT}}
    return shape if field.is_set else {**shape, "readOnly": True}


def _links(href: str, type_: RecordType) -> list[dict[str, str]]:
    kinds = (("canonical", PLAIN), ("describes", SCHEMA), ("describes", OPENAPI))
    return [{"rel": rel, "href": f"{href}/{type_.name}", "mediaType": kind} for rel, kind in kinds]
