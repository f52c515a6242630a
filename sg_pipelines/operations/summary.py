"""Open discrepancies counted by class and subject, with masked examples: what checks and the summary show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.discrepancies.masking import masked
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.composition import GAPS
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document

CLASSES = ("soft_drift", "hard_conflict", "missing_representation")
KEPT_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """Per class: how many are open, how many per subject, and the first examples. Values are masked. `gaps`: amounts
    that do not add up, with the numbers."""

    counts: Mapping[str, int]
    by_subject: Mapping[str, list[dict[str, Any]]]
    examples: Mapping[str, list[dict[str, Any]]]
    soft_drift_entities: int
    soft_drift_budget: float
    gaps: list[dict[str, Any]]

    def rows(self) -> list[dict[str, Any]]:
        """One row per class and subject, most frequent first."""
        return [{"class": cls, **row} for cls in CLASSES for row in self.by_subject[cls]]


def summarise(workspace: Workspace, plan: KindPlan) -> ClassSummary:
    """Count what is open now."""
    subjects: dict[str, Counter[str]] = {cls: Counter() for cls in CLASSES}
    examples: dict[str, list[dict[str, Any]]] = {cls: [] for cls in CLASSES}
    soft: set[str] = set()
    for document in workspace.store.find("discrepancies", {"kind": plan.kind.name, "open": True}):
        cls = document["class"]
        subjects[cls][_family(document)] += 1
        if len(examples[cls]) < KEPT_EXAMPLES:
            examples[cls].append(_example(document, plan.kind))
        if cls == "soft_drift":
            soft.add(document["entity"])
    return ClassSummary(
        counts={cls: subjects[cls].total() for cls in CLASSES},
        by_subject={
            cls: [{"subject": subject, "count": count} for subject, count in _ranked(subjects[cls])] for cls in CLASSES
        },
        examples=examples,
        soft_drift_entities=len(soft),
        soft_drift_budget=plan.soft_drift_budget,
        gaps=[
            {"finding": found["type"], "record": found["ref"], "detail": found["detail"]}
            for of_type in GAPS
            for found in workspace.store.find("findings", {"kind": plan.kind.name, "open": True, "type": of_type})
        ],
    )


def _ranked(counter: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def _family(document: Document) -> str:
    """Set elements count under their field; a missing representation under its account and reason."""
    if document["class"] == "missing_representation":
        return f"{document['subject']} ({document['reason']})"
    return str(document["field"])


def _example(document: Document, kind: Kind) -> dict[str, Any]:
    shown = {"entity": document["entity"], "subject": document["subject"], "rule": document["rule"]}
    if document["class"] == "missing_representation":
        return {**shown, "reason": document["reason"]}
    field = kind.field(document["field"])
    values = ", ".join(f"{account}: {masked(field, value)}" for account, value in document["values"].items())
    return {**shown, "values": values, "base": masked(field, document["base"]), "owner": document["owner"]}
