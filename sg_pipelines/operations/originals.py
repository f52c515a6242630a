"""A field's original inside a stored representation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sg_pipelines.domain.comparators.packing import Original
from sg_pipelines.domain.model.kinds import Field


def original(field: Field, stored: Mapping[str, Any], account: str) -> Original:
    """Text, list, list of rows, object of columns, or None, as the platform spells it; a neighbour by its record id."""
    columns = stored["columns"]
    if field.refers_to is not None:
        named = columns.get(field.columns[0])
        return {"account": account, "record_id": named} if named else None
    if not field.columns:
        value: Original = columns.get(field.name)
        return value
    parts = {name: columns[name] for name in field.columns if columns.get(name) is not None}
    return parts or None
