"""Links and review candidates as documents: what is opened, what is closed, what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from sg_pipelines.domain.matching.types import LinkOutcome
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.cast import Cast
from sg_pipelines.operations.gather import Gathered
from sg_pipelines.ports.store import Document


@dataclass(slots=True)
class LinkWriter:
    """Link documents entity by entity. `opened` counts those that are new; `left` are entities that lost a record to one
    of those that were asked for last."""

    cast: Cast
    gathered: Gathered
    kind: Kind
    now_ms: int
    opened: int = 0
    left: set[str] = field(default_factory=set)
    _order: np.ndarray[Any, np.dtype[np.int64]] = field(init=False)
    _starts: np.ndarray[Any, np.dtype[np.int64]] = field(init=False)

    def __post_init__(self) -> None:
        self._order = np.argsort(self.cast.entity_of_row, kind="stable")
        self._starts = np.searchsorted(self.cast.entity_of_row[self._order], np.arange(len(self.cast.entity_ids) + 1))

    def documents(self, start: int, stop: int) -> Iterator[Document]:
        """The links of entities `start` to `stop` that need writing: none where nothing changed."""
        self.left.clear()
        positions = self._order[self._starts[start] : self._starts[stop]]
        rows = self.cast.rows.select(["account", "record_id", "digest"]).take(pa.array(positions)).to_pylist()
        evidence = self.cast.evidence.take(pa.array(positions)).to_pylist()
        for position, row, because in zip(positions.tolist(), rows, evidence, strict=True):
            yield from self._of_row(position, row, because)

    def _of_row(self, position: int, row: dict[str, Any], because: list[dict[str, Any]] | None) -> Iterator[Document]:
        ref = f"{row['account']}/{self.kind.name}/{row['record_id']}"
        entity = self.cast.entity_ids[int(self.cast.entity_of_row[position])]
        role = "primary" if self.cast.is_primary[position] else "duplicate"
        before = self.gathered.links.get(ref)
        if before is not None and before["entity"] == entity:
            if before["role"] != role or before["digest"] != row["digest"]:
                yield {**before, "role": role, "digest": row["digest"]}
            return
        if before is not None:
            self.left.add(before["entity"])
            yield closed(before, self.now_ms)
        self.opened += 1
        yield {
            "_id": f"{ref}@{self.now_ms}",
            "ref": ref,
            "account": row["account"],
            "record_id": row["record_id"],
            "kind": self.kind.name,
            "entity": entity,
            "role": role,
            "digest": row["digest"],
            "evidence": because or [],
            "confidence": round(float(self.cast.confidence[position]), 4),
            "valid_from": self.now_ms,
            "valid_to": None,
            "decided_by": _decider(because),
            "open": True,
            **({"inherited": self.gathered.inherited[ref]} if ref in self.gathered.inherited else {}),
        }


def _decider(because: list[dict[str, Any]] | None) -> str:
    return "operator" if because and because[0]["type"] == "decision" else "rule"


def closed(link: Document, now_ms: int) -> Document:
    """The same link, ended now."""
    return {**link, "open": False, "valid_to": now_ms}


def candidate_documents(cast: Cast, outcome: LinkOutcome, kind: Kind, now_ms: int) -> list[Document]:
    """Pairs in the review band, from both sides: a record and the entity it may belong to."""
    pairs = outcome.candidates.to_pylist()
    wanted = {(p["account_a"], p["record_a"]) for p in pairs} | {(p["account_b"], p["record_b"]) for p in pairs}
    entity_of = _entities_of(cast, wanted)
    found = []
    for pair in pairs:
        one, two = (pair["account_a"], pair["record_a"]), (pair["account_b"], pair["record_b"])
        for record, other in ((one, two), (two, one)):
            if entity_of[record] != entity_of[other]:
                found.append(_candidate(record, other, entity_of, pair, kind, now_ms))
    return found


def _candidate(
    record: tuple[str, str],
    other: tuple[str, str],
    entity_of: dict[tuple[str, str], str],
    pair: dict[str, Any],
    kind: Kind,
    now_ms: int,
) -> Document:
    ref, other_ref = f"{record[0]}/{kind.name}/{record[1]}", f"{other[0]}/{kind.name}/{other[1]}"
    return {
        "_id": f"{ref}|{entity_of[other]}",
        "ref": ref,
        "account": record[0],
        "other_ref": other_ref,
        "entity": entity_of[other],
        "own_entity": entity_of[record],
        "kind": kind.name,
        "confidence": round(float(pair["confidence"]), 4),
        "evidence": pair["evidence"] or [],
        "status": "open",
        "seen_at": now_ms,
    }


def _entities_of(cast: Cast, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    if not wanted:
        return {}
    accounts, ids = cast.rows.column("account").to_pylist(), cast.rows.column("record_id").to_pylist()
    return {
        record: cast.entity_ids[int(cast.entity_of_row[row])]
        for row, record in enumerate(zip(accounts, ids, strict=True))
        if record in wanted
    }
