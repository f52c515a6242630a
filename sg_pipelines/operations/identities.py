"""Which thing of the sandbox's world each of our entities is, and which we may have put together differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sg_pipelines.operations.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Identities:
    """`things_of`: entity → names of the things whose records hang on it. `loose`: things without strong evidence whose
    records are not exactly one entity of ours, and whatever those drew in."""

    things_of: Mapping[str, set[str]]
    loose: frozenset[str]

    @classmethod
    def of(cls, workspace: Workspace, truth: Mapping[str, Any]) -> Identities:
        """From today's open links and the world's truth (thing → {refs, strong})."""
        things_of = _things_of(workspace, truth)
        return cls(things_of, frozenset(_loose(truth, things_of)))

    def subjects(self, subject: str) -> list[str]:
        """A subject in the world's words: where an element of it is an entity, by each thing that this is."""
        name, equals, element = subject.partition("=")
        things = sorted(self.things_of.get(element, ())) if equals else []
        return [f"{name}={thing}" for thing in things] or [subject]

    def explain(self, things: Iterable[str], subject: str) -> bool:
        """Whether a difference may come from a loose link: of the entity, or of the entity its subject names."""
        named = self.things_of.get(subject.partition("=")[2], set())
        return any(one and self.loose.issuperset(one) for one in (set(things), named))


def _things_of(workspace: Workspace, truth: Mapping[str, Any]) -> dict[str, set[str]]:
    thing_of = {ref: thing for thing, known in truth.items() for ref in known["refs"]}
    things_of: dict[str, set[str]] = defaultdict(set)
    for kind in workspace.plans:
        for link in workspace.store.find("links", {"kind": kind, "open": True}):
            if link["ref"] in thing_of:
                things_of[link["entity"]].add(thing_of[link["ref"]])
    return dict(things_of)


def _loose(truth: Mapping[str, Any], things_of: Mapping[str, set[str]]) -> set[str]:
    entities_of: dict[str, set[str]] = defaultdict(set)
    for entity, things in things_of.items():
        for thing in things:
            entities_of[thing].add(entity)
    whole = {
        thing
        for thing, entities in entities_of.items()
        if len(entities) == 1 and things_of[next(iter(entities))] == {thing}
    }
    loose = {thing for thing in entities_of if thing not in whole and not truth[thing]["strong"]}
    drawn_in = {thing for entity, things in things_of.items() if things & loose and len(things) > 1 for thing in things}
    return loose | drawn_in
