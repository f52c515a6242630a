"""A field's original inside a stored representation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sg_pipelines.domain.comparators.packing import Original
from sg_pipelines.domain.model.kinds import Field


def original(field: Field, stored: Mapping[str, Any]) -> Original:
    """Text, list, object of columns, or None, as the platform spells it."""
    columns = stored["columns"]
    if not field.columns:
        value: Original = columns.get(field.name)
        return value
    parts = {name: columns[name] for name in field.columns if columns.get(name) is not None}
    return parts or None
