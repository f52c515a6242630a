"""What a record said until now: every value of a property with its time and who wrote it, newest first.

A record keeps this of properties that changed; of all others the value it was made with is the only one there ever was.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sg_pipelines.sandbox.instants import iso_milliseconds
from sg_pipelines.sandbox.shelf import Body

USER_ID, APP_ID = 1001, 2001
History = dict[str, list[list[Any]]]


class Source(StrEnum):
    """Who writes: a person in HubSpot's pages, an app over the wire, HubSpot itself."""

    CRM_UI = "CRM_UI"
    INTEGRATION = "INTEGRATION"
    CALCULATED = "CALCULATED"


def values(body: Body, name: str) -> list[list[Any]]:
    """Value, milliseconds and source of everything a property said; empty when it never said anything."""
    kept: list[list[Any]] | None = body.get("history", {}).get(name)
    if kept is not None:
        return kept
    value = body["properties"].get(name)
    return [] if value is None else [[value, body["created"], body.get("source", Source.CRM_UI)]]


def grown(body: Body, written: Mapping[str, str | None], now_ms: int, source: Source) -> History:
    """The history of a record in which this is written now; the same value again is no change."""
    changed = {
        name: [[value, now_ms, source], *values(body, name)]
        for name, value in written.items()
        if value != body["properties"].get(name)
    }
    return {**body.get("history", {}), **changed}


def shown(value: str | None, at_ms: int, source: str) -> dict[str, Any]:
    """One value as HubSpot shows it; one that was cleared is empty."""
    entry = {"value": value or "", "timestamp": iso_milliseconds(at_ms), "sourceType": source}
    match source:
        case Source.CRM_UI:
            return {**entry, "sourceId": f"userId:{USER_ID}", "updatedByUserId": USER_ID}
        case Source.INTEGRATION:
            return {**entry, "sourceId": str(APP_ID)}
        case _:
            return entry
