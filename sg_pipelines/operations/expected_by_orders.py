"""After orders: customers and companies of whom no platform counts orders are asked about anew, as what they ordered changed.

Those of whom a platform counts them are asked about with everything else of their kind (`expectations`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sg_pipelines.config.condition_names import COUNTED, QUALITY
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.kinds import ColumnType, Kind
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.operations.asking_conditions import Answers
from sg_pipelines.operations.chunks import chunks
from sg_pipelines.operations.deviations import deviation_id, deviations
from sg_pipelines.operations.discrepancy_documents import missing_representation, reconciled
from sg_pipelines.operations.heard import expecting_of_heard
from sg_pipelines.operations.master_table import quality_of
from sg_pipelines.operations.own_counts import OwnCounts, accounts_by_orders, keeps_orders, orders_of
from sg_pipelines.operations.put_aside import put_aside
from sg_pipelines.operations.representations import instant
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document, In

CHUNK_ENTITIES = 400


@dataclass(slots=True)
class AskedAgain:
    """What became of the expectations of one kind that hang on its orders."""

    kind: Kind
    opened: int = 0
    closed: int = 0
    unanswered: int = 0

    def numbers(self) -> dict[str, int]:
        """For people."""
        plural = self.kind.plural
        return {
            f"{plural} missing by their orders, opened": self.opened,
            f"{plural} missing by their orders, closed": self.closed,
            f"expectations of {plural} without an answer": self.unanswered,
        }


def ask_again(workspace: Workspace, buyers: Collection[str] | None, now_ms: int) -> list[AskedAgain]:
    """Make open what is missing by what was ordered. `buyers`: entities whose orders may have changed; None for all."""
    asked = []
    for plan in (expecting_of_heard(workspace, one) for one in workspace.plans.values()):
        if accounts_by_orders(plan) and keeps_orders(workspace, plan.kind):
            asker = _Asker(workspace, plan, now_ms)
            wanted = _everybody(workspace, plan) if buyers is None else buyers
            for some in chunks(sorted(wanted), CHUNK_ENTITIES):
                asker.ask(some)
            asked.append(asker.done)
    return asked


def _everybody(workspace: Workspace, plan: KindPlan) -> list[str]:
    living = workspace.store.find("entities", {"kind": plan.kind.name, "state": "live"})
    return [one["_id"] for one in living if any(_open_questions(one, plan))]


def _open_questions(document: Document, plan: KindPlan) -> Iterator[str]:
    """Accounts without a live record of an entity where the answer hangs on our own counts."""
    for account in accounts_by_orders(plan):
        asked = COUNTED.keys() & plan.expected_on[account].variables
        held = document["representations"].get(account)
        if (held is None or held["state"] != RecordState.LIVE) and any(
            document["derived"].get(name) is None for name in asked
        ):
            yield account


class _Asker:
    """Asks about the entities of one kind, some at a time, each time in one transaction."""

    def __init__(self, workspace: Workspace, plan: KindPlan, now_ms: int) -> None:
        self.done = AskedAgain(plan.kind)
        self._workspace, self._plan, self._now_ms = workspace, plan, now_ms
        self._unread = put_aside(workspace, plan)
        self._answers = {name: Answers(plan.expected_on[name], plan.kind) for name in accounts_by_orders(plan)}

    def ask(self, entities: Collection[str]) -> None:
        """Open and close what the answers say, and keep in which dimensions entities deviate."""
        store = self._workspace.store
        asked = {
            one["_id"]: (one, questions)
            for one in store.get_many("entities", sorted(entities))
            if one["kind"] == self._plan.kind.name and one["state"] == "live"
            if (questions := list(_open_questions(one, self._plan)))
        }
        if not asked:
            return
        seen = list(self._missing(asked))
        keys = {f"{entity}:missing:{account}" for entity, (_, accounts) in asked.items() for account in accounts}
        with store.transaction():
            about = {one["key"]: one for one in store.find("discrepancies", {"entity": In(list(asked)), "open": True})}
            before = {key: one for key, one in about.items() if key in keys}
            changed = list(self._changed(seen, before))
            store.put_many("discrepancies", [one for one in changed if not one["open"]])
            store.put_many("discrepancies", [one for one in changed if one["open"]])
            about |= {one["key"]: one for one in changed}
            self._verified({one["entity"] for one in changed}, about.values())

    def _missing(self, asked: Mapping[str, tuple[Document, list[str]]]) -> Iterator[Document]:
        counts = OwnCounts(orders_of(self._workspace, self._plan.kind, asked), are_kept=True)
        waiting = self._workspace.store.find("candidates", {"entity": In(list(asked)), "status": "open"})
        candidates = {(one["entity"], one["account"]) for one in waiting}
        for entity, (document, accounts) in asked.items():
            for account in accounts:
                told = {name: self._told(document, name) for name in self._plan.expected_on[account].variables}
                answer = self._answers[account].to(told, counts.asked(entity))
                self.done.unanswered += answer is None
                if answer:
                    yield missing_representation(
                        document,
                        account,
                        self._plan,
                        has_candidate=(entity, account) in candidates,
                        has_unread=account in self._unread,
                    )

    def _told(self, document: Document, name: str) -> Any:
        """A variable of a condition, read of a stored entity."""
        kind = self._plan.kind
        if name == QUALITY:
            return quality_of(document, kind)
        for column in (one for one in kind.read_only if one.name == name):
            stored = document["derived"].get(name)
            return instant(stored) if column.type is ColumnType.INSTANT else stored
        for field in kind.fields:
            value = (document["fields"].get(field.name) or {}).get("value")
            if name == field.name:
                return value
            if name in field.columns and not field.refers_to:
                return value.get(name) if isinstance(value, dict) else None
        return None

    def _changed(self, seen: Iterable[Document], before: Mapping[str, Document]) -> Iterator[Document]:
        """What is new, over, or stated differently."""
        for one in reconciled(seen, before, self._now_ms, close_reason="resolved"):
            was = before.get(one["key"])
            if was is None:
                self.done.opened += 1
            elif not one["open"]:
                self.done.closed += 1
            elif all(one[name] == was[name] for name in ("rule", "reason")):
                continue
            yield one

    def _verified(self, entities: Collection[str], about: Iterable[Document]) -> None:
        store, kind = self._workspace.store, self._plan.kind
        store.delete("verifications", [deviation_id(kind, entity) for entity in sorted(entities)])
        still = [one for one in about if one["open"] and one["entity"] in entities]
        store.put_many("verifications", deviations(kind, still, self._now_ms))
