"""The v4 association calls: single pairs, pages, and batches."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sg_pipelines.sandbox.hubspot.answers import Refused, batch, batch_error, not_found
from sg_pipelines.sandbox.hubspot.asking import (
    after_of,
    body_of,
    inputs_of,
    invalid,
    limit_of,
    list_of,
    member,
    number_of,
)
from sg_pipelines.sandbox.hubspot.association_pairs import Pair, PairTypes
from sg_pipelines.sandbox.hubspot.association_types import CATEGORY, AssociationType, unlabeled
from sg_pipelines.sandbox.hubspot.associations import Link, Node
from sg_pipelines.sandbox.hubspot.crm import Crm

PAGE, READ_MOST, WRITE_MOST = 500, 1_000, 2_000


class AssociationCalls:
    """Handlers; the types, and for single pairs the ids, are in the path."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    # --- one record ----------------------------------------------------------------------------------------

    async def page(self, request: Request) -> Response:
        """The associations of a record with records of another type, by ascending id."""
        types, query = PairTypes.of(request), request.query_params
        node = self._live(types.start.name, request.path_params["id"])
        limit = limit_of(query.get("limit"), usual=PAGE, most=PAGE)
        return JSONResponse(self._targets(node, types.end.name, after_of(query.get("after")), limit, "results"))

    async def put(self, request: Request) -> Response:
        """Associate with the types in the body."""
        pair = self._pair_of(request)
        try:
            asked = json.loads(await request.body() or b"null")
        except ValueError as error:
            raise invalid(f"Invalid input JSON: {error}") from error
        self._crm.associate([pair.link(pair.types.asked_for(asked))])
        return JSONResponse(self._labels(pair), 201)

    async def put_default(self, request: Request) -> Response:
        """Associate without a label."""
        pair = self._pair_of(request)
        self._crm.associate([pair.link()])
        return self._batch(_default(pair), [], 200)

    async def delete(self, request: Request) -> Response:
        """Take everything between two records away."""
        types, path = PairTypes.of(request), request.path_params
        one, other = number_of(path["id"]), number_of(path["to_id"])
        if one is not None and other is not None:
            self._crm.dissociate((types.start.name, one), (types.end.name, other))
        return Response(status_code=204)

    # --- batches -------------------------------------------------------------------------------------------

    async def batch_read(self, request: Request) -> Response:
        """The associations of many records; who has none is named among the errors."""
        types = PairTypes.of(request)
        results, errors = [], []
        for one in inputs_of(body_of(await request.body()), READ_MOST):
            text = str(member(one, "id"))
            node = (types.start.name, number_of(text) or 0)
            told = self._targets(node, types.end.name, after_of(one.get("after")), PAGE, "to")
            if told["to"]:
                results.append({"from": {"id": text}, **told})
            else:
                errors.append(_nobody(types, text))
        return self._batch(results, errors, 200)

    async def batch_create(self, request: Request) -> Response:
        """Associate many pairs, each with types of its own."""

        def read(types: PairTypes, one: dict[str, Any]) -> Link:
            asked = types.asked_for(member(one, "types"))
            return self._pair_in(types, one).link(asked)

        pairs, errors = await self._associated(request, read)
        return self._batch([self._labels(pair) for pair in pairs], errors, 201)

    async def batch_default(self, request: Request) -> Response:
        """Associate many pairs without labels."""
        pairs, errors = await self._associated(request, lambda types, one: self._pair_in(types, one).link())
        return self._batch([told for pair in pairs for told in _default(pair)], errors, 200)

    async def batch_archive(self, request: Request) -> Response:
        """Take everything between many pairs away."""
        types = PairTypes.of(request)
        for one in inputs_of(body_of(await request.body()), WRITE_MOST):
            start = (types.start.name, number_of(member(member(one, "from"), "id")) or 0)
            for other in list_of(member(one, "to"), "to"):
                self._crm.dissociate(start, (types.end.name, number_of(member(other, "id")) or 0))
        return Response(status_code=204)

    async def batch_archive_labels(self, request: Request) -> Response:
        """Take labels between many pairs away; without the unlabeled type nothing is left between them."""
        types = PairTypes.of(request)
        for one in inputs_of(body_of(await request.body()), WRITE_MOST):
            start = (types.start.name, number_of(member(member(one, "from"), "id")) or 0)
            end = (types.end.name, number_of(member(member(one, "to"), "id")) or 0)
            asked = types.asked_for(member(one, "types"))
            if any(not kind.is_primary for kind in asked):
                self._crm.dissociate(start, end)
            else:
                self._crm.demote(start, end)
        return Response(status_code=204)

    # --- parts ---------------------------------------------------------------------------------------------

    def _live(self, name: str, text: Any) -> Node:
        node = (name, number_of(text) or 0)
        if not self._crm.is_live(node):
            raise not_found()
        return node

    def _pair_of(self, request: Request) -> Pair:
        types, path = PairTypes.of(request), request.path_params
        return Pair(types, self._live(types.start.name, path["id"]), self._live(types.end.name, path["to_id"]))

    def _pair_in(self, types: PairTypes, one: dict[str, Any]) -> Pair:
        start, end = member(member(one, "from"), "id"), member(member(one, "to"), "id")
        return Pair(types, self._live(types.start.name, start), self._live(types.end.name, end))

    async def _associated(
        self, request: Request, read: Callable[[PairTypes, dict[str, Any]], Link]
    ) -> tuple[list[Pair], list[Any]]:
        """Associate every pair whose records are there."""
        types = PairTypes.of(request)
        links, errors = [], []
        for one in inputs_of(body_of(await request.body()), WRITE_MOST):
            try:
                links.append(read(types, one))
            except Refused as refused:
                if refused.status != 404:
                    raise
                ends = {f"{end}ObjectId": [str(one[end]["id"])] for end in ("from", "to")}
                errors.append(refused.entry(**ends))
        self._crm.associate(links)
        return [Pair(types, link.start, link.end) for link in links], errors

    def _targets(self, node: Node, end: str, after: int, limit: int, name: str) -> dict[str, Any]:
        """A page of associated records under a name, and the cursor of the next one when there is more."""
        targets = [one for one in self._crm.associations.targets(node, end) if one > after]
        shown = targets[:limit]
        told: dict[str, Any] = {
            name: [
                {"toObjectId": one, "associationTypes": [_told(kind) for kind in self._types(node, (end, one))]}
                for one in shown
            ]
        }
        if len(targets) > len(shown):
            told["paging"] = {"next": {"after": str(shown[-1])}}
        return told

    def _types(self, one: Node, other: Node) -> list[AssociationType]:
        return self._crm.associations.types(one, other)

    def _labels(self, pair: Pair) -> dict[str, Any]:
        labels = [kind.label for kind in self._types(pair.start, pair.end) if kind.label]
        return {
            "fromObjectTypeId": pair.types.start.type_id,
            "fromObjectId": pair.start[1],
            "toObjectTypeId": pair.types.end.type_id,
            "toObjectId": pair.end[1],
            "labels": labels,
        }

    def _batch(self, results: list[Any], errors: list[Any], status: int) -> Response:
        return batch(results, errors, status=status, now_ms=self._crm.time.now_ms())


def _told(kind: AssociationType) -> dict[str, Any]:
    return {"category": CATEGORY, "typeId": kind.type_id, "label": kind.label}


def _default(pair: Pair) -> list[dict[str, Any]]:
    """An association without a label, told from both ends."""
    return [
        {
            "from": {"id": str(one[1])},
            "to": {"id": str(other[1])},
            "associationSpec": {
                "associationCategory": CATEGORY,
                "associationTypeId": unlabeled(one[0], other[0]).type_id,
            },
        }
        for one, other in ((pair.start, pair.end), (pair.end, pair.start))
    ]


def _nobody(types: PairTypes, text: str) -> dict[str, Any]:
    start, end = types.start.singular, types.end.singular
    context = {"fromObjectId": [text], "fromObjectType": [start], "toObjectType": [end]}
    message = f"No {end} is associated with {start} {text}."
    return batch_error("OBJECT_NOT_FOUND", message, context, sub_category="crm.associations.NO_ASSOCIATIONS_FOUND")
