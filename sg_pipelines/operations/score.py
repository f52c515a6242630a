"""How well records were linked, where the truth is known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sg_pipelines.domain.model.ref import Ref
from sg_pipelines.operations.workspace import Workspace


def score(workspace: Workspace, truth: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, float]:
    """Precision, recall and F1 over pairs of records of different accounts, pooled. A duplicate inside an account counts
    as linked when it hangs on its entity."""
    person_of = {ref: person for person, known in truth.items() for ref in known["refs"]}
    groups: dict[str, list[str]] = defaultdict(list)
    for kind in workspace.plans:
        for link in workspace.store.find("links", {"kind": kind, "open": True}):
            if link["ref"] in person_of:
                groups[link["entity"]].append(link["ref"])
    predicted = sum(_pairs(refs) for refs in groups.values())
    real = sum(_pairs(known["refs"]) for known in truth.values())
    right = sum(_pairs(refs) for refs in _split(groups.values(), person_of))
    precision, recall = right / max(1, predicted), right / max(1, real)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {
        "records": len(person_of),
        "true_pairs": real,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
    }


def _split(groups: Iterable[list[str]], person_of: Mapping[str, str]) -> Iterable[list[str]]:
    """Each group told apart by person."""
    for refs in groups:
        by_person: dict[str, list[str]] = defaultdict(list)
        for ref in refs:
            by_person[person_of[ref]].append(ref)
        yield from by_person.values()


def _pairs(refs: Sequence[str]) -> int:
    """Pairs of different accounts."""
    sizes = Counter(Ref.parse(ref).account for ref in refs).values()
    return (sum(sizes) ** 2 - sum(size**2 for size in sizes)) // 2
