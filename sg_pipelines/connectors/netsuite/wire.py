"""The shape of a SuiteQL row: every value a text, null columns left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sg_pipelines.connectors.quarantine import quarantined, readable_id
from sg_pipelines.domain.model.record import Quarantined
from sg_pipelines.errors import ProtocolViolation

Row = dict[str, str]
_ROW = TypeAdapter(dict[str, str])
RECORD, SUBLIST = ("id", "modified"), ("owner", "within")


def read_rows(
    body: dict[str, Any], where: str, needed: tuple[str, ...] = RECORD
) -> tuple[list[Row], list[Quarantined]]:
    """Usable rows and the ones put aside; a row of a sublist is put aside in the name of its owner. ProtocolViolation
    when the page has no `items`."""
    items = body.get("items")
    if not isinstance(items, list):
        raise ProtocolViolation("the page has no items", where=where, remedy="Run again")
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
        else:
            rows.append(row)
    return rows, aside
