"""Entities as documents: what each account says, what is agreed, what each one held when it agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.operations.attributes import stored_attribute
from sg_pipelines.operations.cell_documents import Cells
from sg_pipelines.operations.entity_keys import EntityKeys
from sg_pipelines.operations.gather import Gathered
from sg_pipelines.operations.judgement import Judgement
from sg_pipelines.operations.neighbourhood import named_refs
from sg_pipelines.operations.representations import representation
from sg_pipelines.ports.store import Document


@dataclass(frozen=True, slots=True)
class Chunk:
    """Entities `start` to `stop` of a judgement as documents, with the rows of their live records."""

    start: int
    stop: int
    documents: list[Document]


def entity_documents(
    judgement: Judgement,
    gathered: Gathered,
    plan: KindPlan,
    keys: EntityKeys,
    now_ms: int,
    size: int,
) -> Iterator[Chunk]:
    """Documents in chunks. Lazy: only one chunk is held at a time."""
    gone = {(row["account"], row["record_id"]): row for row in gathered.gone}
    extras = _duplicates(judgement)
    columns = [name for name in judgement.cast.rows.column_names if name != "account"]
    for start in range(0, len(judgement.cast.entity_ids), size):
        stop = min(start + size, len(judgement.cast.entity_ids))
        said = {
            account: judgement.layout.said(account, columns, start, stop).to_pylist()
            for account in judgement.cast.primary
        }
        cells = {name: Cells(result, start, stop) for name, result in judgement.results.items()}
        derived = {name: column.slice(start, stop - start).to_pylist() for name, column in judgement.derived.items()}
        keyed = keys.between(start, stop)
        documents = []
        for place, entity in enumerate(range(start, stop)):
            rows = {account: rows[place] for account, rows in said.items()}
            document = _head(judgement, plan, entity, rows, gone, now_ms)
            document["derived"] = {name: stored_attribute(values[place]) for name, values in derived.items()}
            document["duplicates"] = [
                {"account": row["account"], **representation(row, plan.kind)} for row in extras.get(entity, ())
            ]
            refs = _refs(document, plan.kind.name)
            before = (judgement.cast.prior[entity] or {}).get("fields", {})
            # Fields that are left out by now stay as they were, for when they are kept again.
            document["fields"] = before | {
                name: cell.document(place, refs, before.get(name), now_ms) for name, cell in cells.items()
            }
            document["keys"] = keyed.get(entity, [])
            documents.append(document)
        yield Chunk(start, stop, documents)


def retired(document: Document, now_ms: int, redirect_to: str | None = None) -> Document:
    """The same entity without any record; for ever the one it was merged into, where it was."""
    return {
        **document,
        "state": "retired",
        "redirect_to": redirect_to,
        "representations": {},
        "duplicates": [],
        "keys": [],
        "neighbours": [],
        "updated_at": now_ms,
    }


def _head(
    judgement: Judgement,
    plan: KindPlan,
    entity: int,
    rows: Mapping[str, Mapping[str, Any]],
    gone: Mapping[tuple[str, str], Mapping[str, Any]],
    now_ms: int,
) -> Document:
    before = judgement.cast.prior[entity] or {}
    live = {account: representation(row, plan.kind) for account, row in rows.items() if row["record_id"] is not None}
    representations = live | _former(live, before.get("representations", {}), gone, plan)
    return {
        **({"version": before["version"]} if before else {}),
        "_id": judgement.cast.entity_ids[entity],
        "kind": plan.kind.name,
        "state": "live" if live else "retired",
        "redirect_to": None,
        "representations": representations,
        "neighbours": _named(representations, plan),
        "derived": {},
        "created_at": before.get("created_at", now_ms),
        "updated_at": now_ms,
    }


def _named(representations: Mapping[str, Document], plan: KindPlan) -> list[str]:
    """The neighbours that live records name, so that a change there is noticed here."""
    live = ((account, one) for account, one in representations.items() if one["state"] == RecordState.LIVE)
    return sorted({ref for account, one in live for ref in named_refs(plan.kind, account, one)})


def _former(
    live: Mapping[str, Document],
    before: Mapping[str, Document],
    gone: Mapping[tuple[str, str], Mapping[str, Any]],
    plan: KindPlan,
) -> dict[str, Document]:
    """Records that are not live any more explain why an account is missing: those we held, and those that a live
    record still names."""
    former: dict[str, Document] = {}
    named = {account: other for stored in live.values() for account, other in stored["cross_ids"].items()}
    for account in plan.policy.accounts:
        if account in live:
            continue
        held = before.get(account)
        if held is not None and held["state"] == RecordState.LIVE:
            row = gone.get((account, held["record_id"]))
            held = {**held, "state": row["state"]} if row else None
        if held is None and account in named and (account, named[account]) in gone:
            held = representation(gone[account, named[account]], plan.kind)
        if held is not None:
            former[account] = held
    return former


def _refs(document: Document, kind: str) -> dict[str, str]:
    """Account → ref of the records whose memory is kept: archived ones too, unlinked ones not."""
    return {
        account: f"{account}/{kind}/{stored['record_id']}" for account, stored in document["representations"].items()
    }


def _duplicates(judgement: Judgement) -> dict[int, list[dict[str, Any]]]:
    positions = np.flatnonzero(~judgement.cast.is_primary)
    rows = judgement.cast.rows.take(pa.array(positions)).to_pylist()
    found: dict[int, list[dict[str, Any]]] = {}
    for position, row in zip(positions.tolist(), rows, strict=True):
        found.setdefault(int(judgement.cast.entity_of_row[position]), []).append(row)
    return found
