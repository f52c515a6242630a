"""How many there are: entities, links by the band of their evidence, open discrepancies by class, open findings by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.operations.bands import BANDS, band_of
from sg_pipelines.operations.summary import CLASSES
from sg_pipelines.operations.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Census:
    """Counts of one kind. `links` by band, plus `duplicate` and `review` (pairs that wait for a person); `findings` of those types
    that there are."""

    entities: int
    links: dict[str, int]
    discrepancies: dict[str, int]
    findings: dict[str, int]


def census(workspace: Workspace, plan: KindPlan) -> Census:
    """Count what the store holds now."""
    kind, store = plan.kind.name, workspace.store
    bands: Counter[str] = Counter(dict.fromkeys(BANDS, 0))
    for link in store.find("links", {"kind": kind, "open": True}):
        bands["duplicate" if link["role"] == "duplicate" else band_of(link["evidence"])] += 1
    bands["review"] = store.count("candidates", {"kind": kind, "status": "open"})
    return Census(
        entities=store.count("entities", {"kind": kind, "state": "live"}),
        links=dict(bands),
        discrepancies=_by_class(workspace, kind),
        findings=dict(
            sorted(Counter(one["type"] for one in store.find("findings", {"kind": kind, "open": True})).items())
        ),
    )


def _by_class(workspace: Workspace, kind: str) -> dict[str, int]:
    def where(cls: str) -> Mapping[str, object]:
        return {"kind": kind, "class": cls, "open": True}

    return {cls: workspace.store.count("discrepancies", where(cls)) for cls in CLASSES}
