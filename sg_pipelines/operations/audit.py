"""What we found, held against what the sandbox's world knows it planted, thing by thing and kind by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.operations.identities import Identities
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document

SHOWN = 10
FINDING = "finding"
# What the world plants, and what it never brings about; of duplicates, accents and contradicting ids it knows nothing.
PLANTED_FINDINGS = ("amount_gap", "company_contacts", "gone_neighbour", "lines_gap")
Key = tuple[str, str, str]
# Class, subject, and the document that says so.
Found = tuple[str, str, Document]


@dataclass(slots=True)
class Tally:
    """`planted` entries of the ledger; `found` of them; `missing` and `unexpected` ones, less those
    `explained_by_link`: they concern a thing whose records we hung together differently on fuzzy evidence."""

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

    def add(self, other: Tally) -> None:
        """Take another tally in."""
        self.planted += other.planted
        self.found += other.found
        self.explained_by_link += other.explained_by_link
        self.missing += other.missing
        self.unexpected += other.unexpected

    def lines(self) -> list[str]:
        """For people: the numbers, then the first of each kind of trouble."""
        lines = [f"{name.replace('_', ' ')}: {count:,}" for name, count in self.counts().items()]
        if self.explained_by_link:
            absent = self.planted - self.found - len(self.missing)
            lines[-1] += (
                f" ({absent:,} planted and not found, {self.explained_by_link - absent:,} found and not planted)"
            )
        for title, entries in (("missing", self.missing), ("unexpected", self.unexpected)):
            lines += [f"  {title}: {entry}" for entry in entries[:SHOWN]]
        return lines


@dataclass(slots=True)
class Audit:
    """`total` over the discrepancies of all kinds, `kinds` each apart, `findings` beside; `left_out`: planted entries
    about what the client file does not ask for."""

    left_out: int = 0
    total: Tally = field(default_factory=Tally)
    kinds: dict[str, Tally] = field(default_factory=dict)
    findings: Tally = field(default_factory=Tally)

    @property
    def missing(self) -> list[str]:
        """Planted and not found: discrepancies, then findings."""
        return self.total.missing + self.findings.missing

    @property
    def unexpected(self) -> list[str]:
        """Found and not planted."""
        return self.total.unexpected + self.findings.unexpected

    def counts(self) -> dict[str, Any]:
        """The numbers over all discrepancies; `kinds` and `findings` hold the same numbers."""
        kinds = {kind: tally.counts() for kind, tally in self.kinds.items()}
        return {**self.total.counts(), "left_out": self.left_out, "kinds": kinds, "findings": self.findings.counts()}

    def lines(self) -> list[str]:
        """For people: everything together, each kind in a line, then the findings."""
        lines = self.total.lines()
        if self.left_out:
            lines.append(f"left out, as the client file does not ask for it: {self.left_out:,}")
        lines += [f"{kind}: {_in_a_line(tally)}" for kind, tally in self.kinds.items()]
        lines.append(f"findings: {_in_a_line(self.findings)}")
        return lines + [f"  {line.strip()}" for line in self.findings.lines()[len(self.findings.counts()) :]]


def audit(workspace: Workspace, ledger: Sequence[Mapping[str, Any]], truth: Mapping[str, Any]) -> Audit:
    """`ledger`: planted entries (person: the thing's name, kind, cls, subject, reason, recipe); `truth`: thing → {refs,
    strong}."""
    identities = Identities.of(workspace, truth)
    planted: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for entry in (one for one in ledger if _is_asked_for(one, workspace.plans.get(one["kind"]))):
        planted[FINDING if entry["cls"] == FINDING else entry["kind"]].append(entry)
    outcome = Audit(left_out=len(ledger) - sum(map(len, planted.values())))
    for kind in workspace.plans:
        outcome.kinds[kind] = _held_against(identities, planted[kind], _discrepancies(workspace, kind))
        outcome.total.add(outcome.kinds[kind])
    outcome.findings = _held_against(identities, planted[FINDING], _findings(workspace))
    return outcome


def _is_asked_for(entry: Mapping[str, Any], plan: KindPlan | None) -> bool:
    """Whether the client keeps what was planted: the kind, the field, and whether anything is expected at the account."""
    if plan is None or entry["cls"] == FINDING:
        return plan is not None
    account = entry["subject"].removeprefix("missing:")
    if account != entry["subject"]:
        return account in plan.expected_on
    return any(field.name == entry["subject"].partition("=")[0] for field in plan.kind.fields)


def _discrepancies(workspace: Workspace, kind: str) -> list[Found]:
    """Open ones of a kind."""
    open_ones = workspace.store.find("discrepancies", {"kind": kind, "open": True})
    return [(one["class"], one["subject"], one) for one in open_ones]


def _findings(workspace: Workspace) -> list[Found]:
    """Open ones of the types that are planted, one per entity: each of its records may show the same."""
    found: dict[tuple[str, str], Found] = {}
    for kind in workspace.plans:
        for of_type in PLANTED_FINDINGS:
            for one in workspace.store.find("findings", {"kind": kind, "open": True, "type": of_type}):
                found.setdefault((one["entity"], of_type), (FINDING, of_type, one))
    return [found[key] for key in sorted(found)]


def _held_against(identities: Identities, planted: Sequence[Mapping[str, Any]], found: Sequence[Found]) -> Tally:
    expected: dict[Key, Mapping[str, Any]] = {(one["person"], one["cls"], one["subject"]): one for one in planted}
    outcome = Tally(planted=len(expected))
    hit: set[Key] = set()
    for cls, subject, document in found:
        things = sorted(identities.things_of.get(document["entity"], ()))
        subjects = identities.subjects(subject)
        hits = [key for key in ((thing, cls, told) for thing in things for told in subjects) if key in expected]
        if hits:
            hit.update(hits[:1])
        elif identities.explain(things, subject):
            outcome.explained_by_link += 1
        else:
            outcome.unexpected.append(_told(cls, subjects[0], document))
    outcome.found = len(hit)
    for key, entry in expected.items():
        if key in hit:
            continue
        if entry["person"] in identities.loose:
            outcome.explained_by_link += 1
        else:
            outcome.missing.append(f"{entry['cls']} {entry['subject']} of {entry['person']} ({entry['recipe']})")
    return outcome


def _told(cls: str, subject: str, document: Document) -> str:
    if cls == FINDING:
        return f"{cls} {subject} on {document['entity']} ({document['ref'] or 'the whole'})"
    reason = f" {document['reason']}" if document["reason"] else f" rule {document['rule']}"
    return f"{cls} {subject} on {document['entity']}{reason}"


def _in_a_line(tally: Tally) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in tally.counts().items())
