"""Discrepancies and findings as documents with a life: opened, seen again, closed with a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.comparators.keys import elements
from sg_pipelines.domain.comparators.packing import Original, pack, unpack, unpack_row
from sg_pipelines.domain.discrepancies.cell import Outcome, Verdict
from sg_pipelines.domain.discrepancies.frame import FieldResult
from sg_pipelines.domain.discrepancies.representations import missing_reason
from sg_pipelines.domain.model.kinds import Dimension, Field
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.operations.judgement import Judgement
from sg_pipelines.ports.store import Document

_STATED = ("class", "account", "dimension", "rule", "reason", "owner", "moved", "values", "base", "proposed", "detail")


MISSING = "missing_representation"
LEFT_OUT = "left out of the client file"
NOT_COMPARED = "not compared any more"


def cell_discrepancies(judgement: Judgement, plan: KindPlan) -> dict[int, list[Document]]:
    """Every drift and conflict, by the entity's position."""
    found: dict[int, list[Document]] = defaultdict(list)
    for result in judgement.results.values():
        for entity, subject, verdict in result.verdicts:
            if verdict.outcome in (Outcome.SOFT_DRIFT, Outcome.HARD_CONFLICT):
                found[entity].append(_of_cell(judgement, plan, result, entity, subject, verdict))
    return found


def settling_entities(judgement: Judgement) -> list[str]:
    """Entities to look at again although nothing new may be heard of them."""
    positions = {
        entity
        for result in judgement.results.values()
        for entity, _, verdict in result.verdicts
        if verdict.outcome is Outcome.SETTLING
    }
    return [judgement.cast.entity_ids[entity] for entity in sorted(positions)]


def missing_representations(
    judgement: Judgement,
    plan: KindPlan,
    documents: Mapping[int, Document],
    candidates: set[tuple[str, str]],
    unread: Container[str] = (),
) -> dict[int, list[Document]]:
    """Every expected record that is not there, by the entity's position. `candidates`: (entity id, account) pairs
    that wait in the review band. `unread`: accounts of which some records could not be read."""
    found: dict[int, list[Document]] = defaultdict(list)
    for absence in judgement.absences:
        for entity in absence.entities:
            if entity not in documents:
                continue
            document = documents[entity]
            has_candidate = (document["_id"], absence.account) in candidates
            has_unread = absence.account in unread
            found[entity].append(
                missing_representation(
                    document, absence.account, plan, has_candidate=has_candidate, has_unread=has_unread
                )
            )
    return found


def missing_representation(
    document: Document, account: str, plan: KindPlan, *, has_candidate: bool, has_unread: bool
) -> Document:
    """That an account lacks an entity it is expected to have, and why it may."""
    former = document["representations"].get(account)
    state = RecordState(former["state"]) if former else None
    return _blank(document["_id"], f"missing:{account}", plan) | {
        "class": MISSING,
        "account": account,
        "rule": f"expected: {plan.expected_on[account].source}",
        "reason": missing_reason(state, has_candidate=has_candidate, has_unread=has_unread).value,
    }


def _blank(entity: str, subject: str, plan: KindPlan) -> Document:
    return {
        "key": f"{entity}:{subject}",
        "kind": plan.kind.name,
        "entity": entity,
        "class": "",
        "subject": subject,
        "field": None,
        "account": None,
        "dimension": None,
        "rule": "",
        "reason": None,
        "owner": None,
        "moved": [],
        "values": {},
        "base": None,
        "proposed": None,
    }


def _of_cell(
    judgement: Judgement, plan: KindPlan, result: FieldResult, entity: int, subject: str, verdict: Verdict
) -> Document:
    element = subject.removeprefix(f"{result.field.name}=") if result.field.is_rows else None
    values = {
        account: _shown(result, int(result.said[account][entity]), element)
        for account in result.policy.accounts
        if result.present[account][entity]
    }
    before = (judgement.cast.prior[entity] or {}).get("fields", {}).get(result.field.name)
    others = judgement.layout.keeps_other_money
    targets = [account for account in verdict.targets if not others(result.field, account, entity)]
    decided = bool(targets) and (verdict.winner is not None or verdict.from_base)
    # A place that ran out is a row of its owner's, and none of the master's.
    winner = verdict.winner if element is not None else None
    proposed = result.value if winner is None else result.said[winner]
    shown = _shown(result, int(proposed[entity]), element)
    return _blank(judgement.cast.entity_ids[entity], subject, plan) | {
        "class": verdict.outcome.value,
        "field": result.field.name,
        "dimension": _dimension(result.field, values).value,
        "rule": verdict.rule,
        "owner": verdict.owner,
        "moved": list(verdict.moved),
        "values": values,
        "base": _remembered(result.field, before["base"], element) if before and before["has_base"] else None,
        "proposed": {"value": shown, "source": verdict.winner or "base", "targets": targets} if decided else None,
    }


def _dimension(field: Field, values: Mapping[str, Original]) -> Dimension:
    """A row that names a neighbour and is not everywhere is a link that is not everywhere."""
    return Dimension.ASSOCIATION if field.rows_refer_to and None in values.values() else field.dimension


def _shown(result: FieldResult, code: int, element: str | None) -> Original:
    """A value as the document keeps it: of a set of rows only the row that differs."""
    packed = result.original(code)
    return unpack(result.field, packed) if element is None else _row(result.field, packed, element)


def _remembered(field: Field, value: Original, element: str | None) -> Original:
    return value if element is None else _row(field, pack(field, value), element)


def _row(field: Field, packed: str | None, element: str) -> Original:
    found = elements(field, packed or "").get(element)
    return unpack_row(field, found[1]) if found else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a client file keeps no longer: `accounts`, and fields other than the `kept` ones (None: nobody asked)."""

    accounts: Collection[str] = ()
    kept: Collection[str] | None = None

    def ends(self, document: Document) -> bool:
        """Whether a discrepancy or a finding is about any of it."""
        of_ref = (document.get("ref") or "").partition("/")[0]
        accounts = {document.get("account"), of_ref, *(document.get("values") or ())}
        field = document.get("field")
        is_field_gone = field is not None and self.kept is not None and field not in self.kept
        return is_field_gone or not accounts.isdisjoint(self.accounts)


def reconciled(
    seen: Iterable[Document],
    open_before: Mapping[str, Document],
    now_ms: int,
    *,
    close_reason: str,
    left_out: LeftOut = LeftOut(),
    is_apart: Callable[[Document], bool] = lambda document: False,
) -> Iterator[Document]:
    """The documents to write so that what is open is exactly what was seen.

    `seen` and `open_before` are compared by `key`. A discrepancy whose class changed is closed and opened anew. What is
    about something that is `left_out` is closed for that reason, and so is one that nobody can tell any more, as what it was
    about `is_apart`.
    """
    keys = set()
    for document in seen:
        keys.add(document["key"])
        before = open_before.get(document["key"])
        if before is not None and before.get("class") == document.get("class"):
            yield _seen_again(before, document, now_ms)
            continue
        if before is not None:
            yield ended(before, now_ms, "reclassified")
        yield opened(document, now_ms)
    for key, before in open_before.items():
        if key not in keys:
            reason = LEFT_OUT if left_out.ends(before) else NOT_COMPARED if is_apart(before) else close_reason
            yield ended(before, now_ms, reason)


def apart_now(judgement: Judgement) -> Callable[[Document], bool]:
    """Whether an account that a difference was about is still there and is not held against the others any more."""
    positions = {entity: position for position, entity in enumerate(judgement.cast.entity_ids)}

    def is_apart(document: Document) -> bool:
        result = judgement.results.get(document.get("field") or "")
        position = positions.get(document["entity"])
        if result is None or position is None:
            return False
        return any(
            judgement.cast.primary[account][position] >= 0
            and not result.present[account][position]
            and not (account in result.agreeing and result.agreeing[account][position])
            for account in document["values"]
            if account in result.present
        )

    return is_apart


def _seen_again(before: Document, document: Document, now_ms: int) -> Document:
    """The same, as it is stated now; what was stated until now is kept under `earlier`."""
    stated = {name: document[name] for name in _STATED if name in document}
    former = {name: before.get(name) for name in stated if before.get(name) != stated[name]}
    earlier = {"earlier": [*before.get("earlier", ()), {"until": now_ms, **former}]} if former else {}
    return {**before, **stated, **earlier, "last_seen_at": now_ms}


def opened(document: Mapping[str, Any], now_ms: int) -> Document:
    """A first sight."""
    return {
        **document,
        "_id": f"{document['key']}@{now_ms}",
        "first_seen_at": now_ms,
        "last_seen_at": now_ms,
        "closed_at": None,
        "close_reason": None,
        "open": True,
    }


def ended(document: Document, now_ms: int, reason: str) -> Document:
    """The same, closed now."""
    return {**document, "open": False, "closed_at": now_ms, "close_reason": reason}
