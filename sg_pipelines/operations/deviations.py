"""In which dimensions entities deviate: one document per entity that does, none for the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.ports.store import Document


def deviation_id(kind: Kind, entity: str) -> str:
    """The document's id."""
    return f"{kind.name}:{entity}"


def deviations(kind: Kind, discrepancies: Iterable[Document], now_ms: int) -> list[Document]:
    """By every open discrepancy of some entities."""
    deviating: dict[str, set[str]] = defaultdict(set)
    for one in discrepancies:
        deviating[one["entity"]].add(one["dimension"] or "representation")
    return [
        {
            "_id": deviation_id(kind, entity),
            "kind": kind.name,
            "entity": entity,
            "deviates": sorted(dimensions),
            "at": now_ms,
        }
        for entity, dimensions in deviating.items()
    ]
