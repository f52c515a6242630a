"""The shape of a SuiteQL row: every value a text, null columns left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from sg_pipelines.connectors.answers import AGAIN, documented
from sg_pipelines.connectors.forms import Number
from sg_pipelines.connectors.quarantine import quarantined, readable_id
from sg_pipelines.domain.model.record import Quarantined
from sg_pipelines.errors import ProtocolViolation

Row = dict[str, str]
_ROW = TypeAdapter(dict[str, str])
RECORD, SUBLIST = ("id", "modified"), ("owner", "within")
_FORMS = {
    "id": re.compile(r"\d+\Z"),
    "owner": re.compile(r"\d+\Z"),
    "modified": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\Z"),
}


class Items(TypedDict):
    """A page of a query."""

    items: list[dict[str, Any]]
    hasMore: bool


class Count(TypedDict):
    """A row that counts."""

    n: int | Number


class Counted(TypedDict):
    """The one row that counts."""

    items: Annotated[list[Count], Field(min_length=1)]


class Token(TypedDict):
    """What lets us in for a while, and for how many seconds."""

    access_token: str
    expires_in: int | Number


_ITEMS, _COUNTED, TOKEN = TypeAdapter(Items), TypeAdapter(Counted), TypeAdapter(Token)


def read_rows(
    body: dict[str, Any], where: str, needed: tuple[str, ...] = RECORD
) -> tuple[list[Row], list[Quarantined]]:
    """Usable rows and the ones put aside; a row of a sublist is put aside in the name of its owner. ProtocolViolation
    when the page is not as documented."""
    items = documented(_ITEMS, body, where)["items"]
    return _one_by_one([{k: v for k, v in item.items() if k != "links"} for item in items], needed)


def _one_by_one(items: Sequence[dict[str, Any]], needed: tuple[str, ...]) -> tuple[list[Row], list[Quarantined]]:
    rows, aside = [], []
    for item in items:
        try:
            row = _ROW.validate_python(item)
        except ValidationError as error:
            aside.append(quarantined(readable_id(item, needed[0]), error))
            continue
        lacking = [name for name in needed if name not in row]
        if lacking:
            aside.append(Quarantined(row.get(needed[0]), f"{lacking[0]}: missing"))
        elif wrong := [name for name in needed if name in _FORMS and not _FORMS[name].match(row[name])]:
            aside.append(Quarantined(row[needed[0]], f"{wrong[0]}: another form"))
        else:
            rows.append(row)
    return rows, aside


def has_more(body: dict[str, Any], rows: Sequence[Row], where: str) -> bool:
    """Whether there is a page after this one, whose `rows` were usable. ProtocolViolation when there is and none was: the
    next page starts behind the last of them."""
    if body["hasMore"] and not rows:
        raise ProtocolViolation("not one row of a page can be read", where=where, remedy=AGAIN)
    return bool(body["hasMore"])


def counted(body: dict[str, Any], where: str) -> int:
    """What a query that counts found."""
    return int(documented(_COUNTED, body, where)["items"][0]["n"])
