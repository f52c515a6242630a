"""The calls about up to a hundred records. Without a trace id for every input, one that fails fails them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sg_pipelines.sandbox.hubspot.answers import Refused, batch, batch_error, not_found
from sg_pipelines.sandbox.hubspot.asking import body_of, inputs_of, invalid, member, names_of, type_of, wants_archived
from sg_pipelines.sandbox.hubspot.crm import Crm
from sg_pipelines.sandbox.hubspot.object_types import ObjectType
from sg_pipelines.sandbox.hubspot.objects import ARCHIVED, LIVE
from sg_pipelines.sandbox.hubspot.records import Showing
from sg_pipelines.sandbox.hubspot.values import Properties
from sg_pipelines.sandbox.hubspot.writes import Change, Creation, Writes

MOST = 100
TRACE = "objectWriteTraceId"
Input = dict[str, Any]
Plan = Creation | Change


class BatchCalls:
    """Handlers; each takes the type from the path."""

    def __init__(self, crm: Crm, writes: Writes) -> None:
        self._crm, self._writes = crm, writes

    async def read(self, request: Request) -> Response:
        """Those that are there; one error names all others."""
        kind, asked = _kind(request), body_of(await request.body())
        inputs = inputs_of(asked, MOST)
        state = ARCHIVED if wants_archived(request) else LIVE
        names, with_history = names_of(asked.get("properties")), names_of(asked.get("propertiesWithHistory"))
        showing = Showing.of(self._crm, kind, names, with_history=with_history)
        objects = self._crm.objects(kind)
        found, lost = [], []
        for text in dict.fromkeys(str(member(one, "id")) for one in inputs):
            number = self._writes.named(kind, text, asked.get("idProperty"))
            if number is None or not objects.in_state(number, state):
                lost.append(text)
            else:
                found.append(showing.record(number, objects.must(number)))
        message = f"Could not get some {kind.singular.upper()} objects, they may be deleted or not exist."
        errors = [batch_error("OBJECT_NOT_FOUND", message, {"ids": lost})] if lost else []
        return self._batch(found, errors, 200)

    async def create(self, request: Request) -> Response:
        """New records."""
        return await self._written(request, self._creation, 201)

    async def update(self, request: Request) -> Response:
        """Changes of records."""
        return await self._written(request, self._writes.change, 200)

    async def upsert(self, request: Request) -> Response:
        """Changes of the records that have a unique value, new records where nobody has it."""
        return await self._written(request, self._upsertion, 200, tells_new=True)

    async def archive(self, request: Request) -> Response:
        """Put away; what is not there is left in peace."""
        kind = _kind(request)
        for one in inputs_of(body_of(await request.body()), MOST):
            self._writes.archive(kind, str(member(one, "id")))
        return Response(status_code=204)

    def _batch(self, results: list[Any], errors: list[Any], status: int) -> Response:
        return batch(results, errors, status=status, now_ms=self._crm.time.now_ms())

    def _creation(self, kind: ObjectType, one: Input) -> Plan:
        return self._writes.creation(kind, one)

    def _upsertion(self, kind: ObjectType, one: Input) -> Plan:
        by, text = one.get("idProperty"), str(member(one, "id"))
        number = self._writes.named(kind, text, by)
        if number is not None and self._crm.is_live((kind.name, number)):
            return self._writes.change(kind, one)
        if by in (None, "hs_object_id"):
            raise not_found()
        given = member(one, "properties")
        properties = {str(by): text, **given} if isinstance(given, dict) else given
        return self._writes.creation(kind, {"properties": properties})

    async def _written(
        self,
        request: Request,
        plan: Callable[[ObjectType, Input], Plan],
        status: int,
        *,
        tells_new: bool = False,
    ) -> Response:
        kind, inputs = _kind(request), inputs_of(body_of(await request.body()), MOST)
        traces = [str(one.get(TRACE) or "") for one in inputs]
        is_traced = all(traces) and len(set(traces)) == len(traces)
        plans: list[tuple[Input, Plan]] = []
        errors = []
        for one in inputs:
            try:
                planned = plan(kind, one)
                _refuse_twice(kind, planned, [earlier for _, earlier in plans])
                plans.append((one, planned))
            except Refused as refused:
                if not is_traced:
                    raise
                errors.append(refused.entry(**{TRACE: [str(one[TRACE])]}))
        results = [self._done(one, planned, tells_new=tells_new) for one, planned in plans]
        return self._batch(results, errors, status)

    def _done(self, one: Input, planned: Plan, *, tells_new: bool) -> dict[str, Any]:
        is_new = isinstance(planned, Creation)
        number = self._writes.create(planned) if isinstance(planned, Creation) else self._writes.update(planned)
        kind = planned.kind
        showing = Showing.of(self._crm, kind, (*kind.shown, *planned.properties))
        record = showing.record(number, self._crm.objects(kind).must(number), one.get(TRACE))
        return {**record, "new": is_new} if tells_new else record


def _refuse_twice(kind: ObjectType, planned: Plan, earlier: list[Plan]) -> None:
    """Two inputs of one batch cannot mean the same record, or the same unique value."""
    mine = _claims(kind, planned)
    if any(not mine.isdisjoint(_claims(kind, one)) for one in earlier):
        raise invalid("Duplicate IDs or unique values found in batch input")


def _claims(kind: ObjectType, planned: Plan) -> set[tuple[str, str]]:
    properties: Properties = planned.properties
    claims = {(name, (properties.get(name) or "").casefold()) for name in kind.unique if properties.get(name)}
    return claims | ({("id", str(planned.number))} if isinstance(planned, Change) else set())


def _kind(request: Request) -> ObjectType:
    return type_of(request.path_params["type"])
