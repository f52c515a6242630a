"""What we found, held against what the sandbox's world knows it planted, entity by entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports import Document

SHOWN = 10


@dataclass(slots=True)
class Audit:
    """`planted` differences in the ledger; `found` of them; `missing` and `unexpected` ones, less those
    `explained_by_link`: they concern a person whose records we hung together differently on fuzzy evidence."""

    planted: int = 0
    found: int = 0
    explained_by_link: int = 0
    missing: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The five numbers."""
        return {
            "planted": self.planted,
            "found": self.found,
            "missing": len(self.missing),
            "unexpected": len(self.unexpected),
            "explained_by_link": self.explained_by_link,
        }

    def lines(self) -> list[str]:
        """For people: the numbers, then the first of each kind of trouble."""
        lines = [f"{name.replace('_', ' ')}: {count:,}" for name, count in self.counts().items()]
        for title, entries in (("missing", self.missing), ("unexpected", self.unexpected)):
            lines += [f"  {title}: {entry}" for entry in entries[:SHOWN]]
        return lines


def audit(workspace: Workspace, ledger: Sequence[Mapping[str, Any]], truth: Mapping[str, Any]) -> Audit:
    """`ledger`: planted entries (person, kind, cls, subject, reason); `truth`: person → {refs, strong}."""
    persons_of, refs_of = _links(workspace, truth)
    outcome = Audit(planted=len(ledger))
    expected = {(entry["person"], entry["cls"], entry["subject"]): entry for entry in ledger}
    found: set[tuple[str, str, str]] = set()
    loosely_linked = _loosely_linked(truth, persons_of, refs_of)
    for discrepancy in workspace.store.find("discrepancies"):
        if not discrepancy["open"]:
            continue
        persons = sorted(persons_of.get(discrepancy["entity"], ()))
        hits = [key for key in ((p, discrepancy["class"], discrepancy["subject"]) for p in persons) if key in expected]
        if hits:
            found.update(hits[:1])
        elif persons and loosely_linked.issuperset(persons):
            outcome.explained_by_link += 1
        else:
            outcome.unexpected.append(_told(discrepancy))
    outcome.found = len(found)
    for key, entry in expected.items():
        if key in found:
            continue
        if entry["person"] in loosely_linked:
            outcome.explained_by_link += 1
        else:
            outcome.missing.append(f"{entry['cls']} {entry['subject']} of {entry['person']} ({entry['recipe']})")
    return outcome


def _links(workspace: Workspace, truth: Mapping[str, Any]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Entity → persons whose records hang on it, and entity → refs."""
    person_of = {ref: person for person, known in truth.items() for ref in known["refs"]}
    persons_of: dict[str, set[str]] = defaultdict(set)
    refs_of: dict[str, set[str]] = defaultdict(set)
    for kind in workspace.plans:
        for link in workspace.store.find("links", {"kind": kind, "open": True}):
            refs_of[link["entity"]].add(link["ref"])
            if link["ref"] in person_of:
                persons_of[link["entity"]].add(person_of[link["ref"]])
    return persons_of, refs_of


def _loosely_linked(
    truth: Mapping[str, Any], persons_of: Mapping[str, set[str]], refs_of: Mapping[str, set[str]]
) -> set[str]:
    """Persons without strong evidence whose records are not exactly one entity of ours."""
    entities_of: dict[str, set[str]] = defaultdict(set)
    for entity, persons in persons_of.items():
        for person in persons:
            entities_of[person].add(entity)
    whole = {
        person
        for person, entities in entities_of.items()
        if len(entities) == 1 and persons_of[next(iter(entities))] == {person}
    }
    wrong = set(entities_of) - whole
    loose = {person for person in wrong if not truth[person]["strong"]}
    drawn_in = {
        person for entity, persons in persons_of.items() if persons & loose and len(persons) > 1 for person in persons
    }
    return loose | drawn_in


def _told(discrepancy: Document) -> str:
    reason = f" {discrepancy['reason']}" if discrepancy["reason"] else f" rule {discrepancy['rule']}"
    return f"{discrepancy['class']} {discrepancy['subject']} on {discrepancy['entity']}{reason}"
