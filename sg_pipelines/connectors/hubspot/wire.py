"""The shape of a CRM object on the wire, checked page by page; what we do not use is not looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NotRequired

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from sg_pipelines.connectors.answers import documented
from sg_pipelines.connectors.forms import Instant, Whole
from sg_pipelines.connectors.quarantine import quarantined, readable_id
from sg_pipelines.domain.model.record import Quarantined
from sg_pipelines.errors import ProtocolViolation


class Next(TypedDict):
    """Where the next page starts."""

    after: str | int


class Paging(TypedDict):
    """Whether there is a next page."""

    next: NotRequired[Next | None]


class Results(TypedDict):
    """A page of anything."""

    results: list[Any]
    paging: NotRequired[Paging | None]


class Total(TypedDict):
    """How many a search finds."""

    total: int


class Property(TypedDict):
    """One property of an object."""

    name: str


class Properties(TypedDict):
    """All of them."""

    results: list[Property]


class ObjectRow(TypedDict):
    """One contact, company, product, deal, order or line item."""

    id: Whole
    properties: dict[str, str | None]
    createdAt: Instant
    updatedAt: Instant
    archived: bool
    archivedAt: NotRequired[Instant]


class AssociationType(TypedDict):
    """What an association says; the primary company's is labelled so."""

    typeId: int
    label: str | None


class Target(TypedDict):
    """The far end of an association."""

    toObjectId: int | Whole
    associationTypes: list[AssociationType]


class End(TypedDict):
    """The near end."""

    id: str


_From = TypedDict("_From", {"from": End, "to": list[Target], "paging": NotRequired[Paging | None]})
_RESULTS, _TOTAL, _PROPERTIES = TypeAdapter(Results), TypeAdapter(Total), TypeAdapter(Properties)
_ROW = TypeAdapter(ObjectRow)
_ROWS = TypeAdapter(list[ObjectRow])
_ASSOCIATION = TypeAdapter(_From)
_ASSOCIATIONS = TypeAdapter(list[_From])


@dataclass(frozen=True, slots=True)
class Ends:
    """By near id the far ends, the cursor where there are more, and why an association cannot be used."""

    of: dict[str, list[Target]]
    more: dict[str, str]
    spoiled: dict[str, str]


def read_rows(body: dict[str, Any], where: str) -> tuple[list[ObjectRow], list[Quarantined]]:
    """Usable rows of a page and the ones put aside. ProtocolViolation when the page itself is not as documented."""
    results = _results(body, where)
    try:
        return _ROWS.validate_python(results), []
    except ValidationError:
        return _one_by_one(results)


def read_associations(body: dict[str, Any], where: str) -> Ends:
    """The far ends of many records. ProtocolViolation when a near end cannot be told."""
    results = _results(body, where)
    try:
        return _ends(_ASSOCIATIONS.validate_python(results))
    except ValidationError:
        return _ends_one_by_one(results, where)


def _ends(found: Sequence[_From]) -> Ends:
    more = {one["from"]["id"]: str(after) for one in found if (after := _after(one))}
    return Ends({one["from"]["id"]: one["to"] for one in found}, more, {})


def _ends_one_by_one(results: Sequence[Any], where: str) -> Ends:
    usable, spoiled = [], {}
    for raw in results:
        try:
            usable.append(_ASSOCIATION.validate_python(raw))
        except ValidationError as error:
            near = readable_id(raw.get("from")) if isinstance(raw, dict) else None
            if near is None:
                raise ProtocolViolation(
                    "an association says not whose it is", where=where, remedy="Run again"
                ) from error
            spoiled[near] = quarantined(near, error).reason
    ends = _ends(usable)
    return Ends(ends.of, ends.more, spoiled)


def _results(body: dict[str, Any], where: str) -> list[Any]:
    return documented(_RESULTS, body, where)["results"]


def total(body: dict[str, Any], where: str) -> int:
    """How many a search finds."""
    return documented(_TOTAL, body, where)["total"]


def _one_by_one(results: Sequence[Any]) -> tuple[list[ObjectRow], list[Quarantined]]:
    rows, aside = [], []
    for raw in results:
        try:
            rows.append(_ROW.validate_python(raw))
        except ValidationError as error:
            aside.append(quarantined(readable_id(raw), error))
    return rows, aside


def property_names(body: dict[str, Any], where: str) -> set[str]:
    """Names of the properties that an object has."""
    return {one["name"] for one in documented(_PROPERTIES, body, where)["results"]}


def next_after(body: dict[str, Any]) -> str | None:
    """The cursor of the page after one whose rows were read."""
    after = _after(body)
    return None if after is None else str(after)


def _after(body: Any) -> Any:
    return ((body.get("paging") or {}).get("next") or {}).get("after")
