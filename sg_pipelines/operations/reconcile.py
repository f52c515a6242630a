"""Reconcile one kind of one client: gather, link, compare, classify, commit, and count what is common when all was seen.

The first time everything is looked at. Afterwards only what changed and what it touches; a changed client file or a
changed mapping makes everything look new. What the last reconcile covered is remembered in `memory`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.matching.by_kind import likeness_of
from sg_pipelines.domain.matching.link import link
from sg_pipelines.domain.matching.types import DECISIONS
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.domain.model.ref import Ref
from sg_pipelines.errors import StaleDocument
from sg_pipelines.operations.buyers import forget_buyers, remember_buyers
from sg_pipelines.operations.cast import cast
from sg_pipelines.operations.commit import Written, commit, redirect
from sg_pipelines.operations.commonness import count_all
from sg_pipelines.operations.contacts_agree import sync_company_contacts
from sg_pipelines.operations.covered import remember, since_last, was_full
from sg_pipelines.operations.discrepancy_documents import LEFT_OUT
from sg_pipelines.operations.engine import engine
from sg_pipelines.operations.entity_keys import EntityKeys
from sg_pipelines.operations.expected_by_orders import AskedAgain, ask_again
from sg_pipelines.operations.gather import Gathered, gather
from sg_pipelines.operations.heard import expecting_of_heard
from sg_pipelines.operations.judgement import Judgement, judge
from sg_pipelines.operations.left_out import end_kinds_left_out
from sg_pipelines.operations.lookup import current
from sg_pipelines.operations.memory import last_reconcile, memory_id
from sg_pipelines.operations.merges import own_words
from sg_pipelines.operations.moving import finish_redirects
from sg_pipelines.operations.neighbourhood import neighbours, renamed
from sg_pipelines.operations.own_counts import own_counts
from sg_pipelines.operations.representations import milliseconds
from sg_pipelines.operations.review import decisions
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.telemetry.events import Event, log

FILES_WORTH_FOLDING = 50
NOT_HEARD = "never read whole, so nothing is missing there"


@dataclass(slots=True)
class ReconcileReport:
    """What one reconcile looked at and changed; `seconds` per stage (wall)."""

    kind: str
    touched: int = 0
    entities_looked_at: int = 0
    entities: int = 0
    minted: int = 0
    links: int = 0
    candidates: int = 0
    duplicates: int = 0
    contradictions: int = 0
    unanswered: int = 0
    not_heard: list[str] = field(default_factory=list)
    by_orders: list[AskedAgain] = field(default_factory=list)
    undecided: int = 0
    in_other_currencies: int = 0
    several: int = 0
    left_out: int = 0
    kinds_left_out: dict[str, int] = field(default_factory=dict)
    explained: dict[str, int] = field(default_factory=dict)
    unreadable: int = 0
    opened: int = 0
    closed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def ended(self) -> dict[str, int]:
        """For people: what ended because the client file leaves it out."""
        kinds = {
            f"{plural} retired, left out of the client file": count for plural, count in self.kinds_left_out.items()
        }
        return {"records of accounts left out of the client file": self.left_out, **kinds}

    def numbers(self) -> dict[str, Any]:
        """For people: what happened, in words and counts."""
        return {
            "dagster/row_count": self.entities,
            "records changed": self.touched,
            "entities compared": self.entities_looked_at,
            "new entities": self.minted,
            "links made": self.links,
            "pairs sent to review": self.candidates,
            "duplicates inside an account": self.duplicates,
            "contradicting ids": self.contradictions,
            "expectations without an answer": self.unanswered,
            **({NOT_HEARD: ", ".join(self.not_heard)} if self.not_heard else {}),
            "neighbours nobody knows yet": self.undecided,
            "prices in another currency, not compared": self.in_other_currencies,
            "records that name several neighbours where one counts": self.several,
            "amounts that could not be added up": self.unreadable,
            **{f"gaps explained by {rule.replace('_', ' ')}": count for rule, count in self.explained.items()},
            **self.ended,
            "discrepancies opened": self.opened,
            "discrepancies closed": self.closed,
            **{name: count for one in self.by_orders for name, count in one.numbers().items()},
            **{f"seconds: {stage}": round(seconds, 3) for stage, seconds in self.seconds.items()},
        }


def reconcile(workspace: Workspace, plan: KindPlan) -> ReconcileReport:
    """Bring the master up to date with the lake. StaleDocument when somebody else wrote at the same time; then
    everything already written stands, and a repeat does the rest."""
    report, wanted = ReconcileReport(plan.kind.name), plan.expected_on
    plan = expecting_of_heard(workspace, plan)
    report.not_heard = sorted(wanted.keys() - plan.expected_on.keys())
    now_ms = milliseconds(workspace.clock.now()) or 0
    memory = last_reconcile(workspace.store, plan.kind.name) or {"_id": memory_id(plan.kind.name)}
    with engine() as connection:
        with _stage(report, "gather"):
            with _told(workspace, plan):
                report.kinds_left_out = end_kinds_left_out(workspace, now_ms)
                finish_redirects(workspace.store, plan.kind.name, lambda to: redirect(workspace.store, to, now_ms))
            since = since_last(workspace, plan, memory)
            known = None if since.covers_all else workspace.lake.commonness(plan.kind)
            gathered = gather(workspace, plan, connection, since=since, known=known)
        with _stage(report, "link"):
            decided = _decisions(workspace, plan)
            likeness = likeness_of(plan.kind.name, plan.keys)
            spoken = own_words(gathered.rows, gathered.inherited, plan.kind)
            outcome = link(connection, spoken, likeness, decisions=decided, platforms=workspace.platforms, known=known)
            who = cast(gathered, outcome, plan.policy.accounts, workspace.mint)
        with _stage(report, "classify"):
            around = neighbours(workspace, plan, gathered.rows)
            counts = own_counts(workspace, plan, who)
            judgement = judge(who, plan, around, renamed(workspace, plan.kind, who.prior), counts, now_ms)
        with _stage(report, "commit"):
            keys = EntityKeys(connection, who, likeness)
            is_full = was_full(workspace, plan, memory)
            with _told(workspace, plan):
                are_orders = plan.kind.name == ORDER.name
                buyers = remember_buyers(workspace.store, gathered, judgement) if are_orders else None
                written = commit(workspace, plan, gathered, judgement, outcome, keys, now_ms)
                if plan.kind.name == CUSTOMER.name:
                    why = LEFT_OUT if gathered.left_out else "resolved"
                    sync_company_contacts(workspace, now_ms, close_reason=why)
                if are_orders:
                    report.by_orders = ask_again(workspace, buyers if "marks" in memory else None, now_ms)
                    forget_buyers(workspace.store)
                remember(workspace, plan, memory, since, gathered, judgement, now_ms, is_full=is_full)
        if since.covers_all or is_full:
            with _stage(report, "count"):
                common = outcome.common if since.covers_all else count_all(workspace, plan, connection)
                workspace.lake.keep_commonness(plan.kind, common)
    for account in plan.policy.accounts:
        workspace.lake.compact(account, plan.kind, at_least=FILES_WORTH_FOLDING)
    _fill(report, workspace, gathered, judgement, written)
    report.duplicates, report.contradictions = len(outcome.duplicates), len(outcome.conflicts)
    log(
        Event.RECONCILE_COMMITTED,
        client=workspace.client,
        kind=plan.kind.name,
        touched=report.touched,
        opened=report.opened,
        closed=report.closed,
    )
    return report


@contextmanager
def _told(workspace: Workspace, plan: KindPlan) -> Iterator[None]:
    """Which document somebody else wrote first is our business; that somebody did is the operator's."""
    try:
        yield
    except StaleDocument as error:
        raise StaleDocument(
            f"somebody else wrote about {plan.kind.plural} while they were reconciled",
            where=workspace.client,
            remedy="Nothing is lost: run again when the other one is done",
        ) from error


def _decisions(workspace: Workspace, plan: KindPlan) -> pa.Table:
    rows = []
    for decision in decisions(workspace, plan.kind.name):
        ref = Ref.parse(decision["ref"])
        entity = current(workspace.store, decision["entity"])
        rows.append(
            {"account": ref.account, "record_id": ref.record_id, "entity": entity, "verdict": decision["verdict"]}
        )
    return pa.Table.from_pylist(rows, schema=DECISIONS)


def _fill(
    report: ReconcileReport, workspace: Workspace, gathered: Gathered, judgement: Judgement, written: Written
) -> None:
    report.touched = gathered.touched
    report.entities_looked_at = len(judgement.cast.entity_ids)
    report.entities = workspace.store.count("entities", {"kind": report.kind, "state": "live"})
    report.minted = judgement.cast.minted
    report.left_out = sum(1 for link in gathered.links.values() if link["account"] in gathered.left_out)
    report.links, report.candidates = written.links, written.candidates
    report.unanswered = sum(absence.unanswered for absence in judgement.absences)
    report.opened, report.closed = written.opened, written.closed
    report.undecided = len(judgement.layout.undecided)
    report.in_other_currencies = judgement.layout.in_other_currencies
    report.several = judgement.beside
    report.explained = dict(sorted(judgement.composition.explained.items()))
    report.unreadable = judgement.composition.unreadable


@contextmanager
def _stage(report: ReconcileReport, name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    report.seconds[name] = time.perf_counter() - began
