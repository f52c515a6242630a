"""The shape of a contact on the wire, checked page by page; what we do not use is not looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NotRequired

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from sg_pipelines.connectors.quarantine import quarantined, readable_id
from sg_pipelines.domain.model.record import Quarantined
from sg_pipelines.errors import ProtocolViolation


class ContactRow(TypedDict):
    """One contact."""

    id: str
    properties: dict[str, str | None]
    createdAt: str
    updatedAt: str
    archived: bool
    archivedAt: NotRequired[str]


_ROW = TypeAdapter(ContactRow)
_ROWS = TypeAdapter(list[ContactRow])


def read_rows(body: dict[str, Any], where: str) -> tuple[list[ContactRow], list[Quarantined]]:
    """Usable rows of a page and the ones put aside. ProtocolViolation when the page itself has no `results`."""
    results = body.get("results")
    if not isinstance(results, list):
        raise ProtocolViolation("the page has no results", where=where, remedy="Run again")
    try:
        return _ROWS.validate_python(results), []
    except ValidationError:
        return _one_by_one(results)


def _one_by_one(results: Sequence[Any]) -> tuple[list[ContactRow], list[Quarantined]]:
    rows, aside = [], []
    for raw in results:
        try:
            rows.append(_ROW.validate_python(raw))
        except ValidationError as error:
            aside.append(quarantined(readable_id(raw), error))
    return rows, aside


def next_after(body: dict[str, Any]) -> str | None:
    """The cursor of the next page."""
    after = ((body.get("paging") or {}).get("next") or {}).get("after")
    return None if after is None else str(after)
