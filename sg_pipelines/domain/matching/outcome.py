"""Clusters told as tables: assignments with roles and evidence, the review band, duplicates, conflicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sg_pipelines.domain.matching.cluster import Clusters
from sg_pipelines.domain.matching.components import Rows
from sg_pipelines.domain.matching.edges import Edges
from sg_pipelines.domain.matching.explain import confidence, evidence, held_back
from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.domain.matching.stated import PRIOR
from sg_pipelines.domain.matching.types import (
    DUPLICATE,
    EVIDENCE,
    PAIR,
    PRIMARY,
    LinkOutcome,
    MatchSettings,
)

CANDIDATES_PER_RECORD = 3
_WEIGHTS = 10_000


@dataclass(frozen=True, slots=True)
class People:
    """Rows in order: account, record_id, prior_entity, prior_role; and the account as a small integer."""

    table: pa.Table
    account_code: npt.NDArray[np.int64]

    @property
    def has_prior(self) -> bool:
        """True when any record was linked before."""
        return bool(self.table.column("prior_entity").null_count < len(self.table))


def outcome(
    people: People, edges: Edges, clusters: Clusters, common: pa.Table, settings: MatchSettings, likeness: Likeness
) -> LinkOutcome:
    """Tell what was decided."""
    _, dense = np.unique(clusters.label, return_inverse=True)
    is_primary = _primaries(people, edges, dense)
    best = _best_edges(edges, dense, len(dense))
    return LinkOutcome(
        assignments=_assignments(people, edges, dense, is_primary, best, likeness),
        candidates=_candidates(people, edges, dense, settings, likeness),
        duplicates=_duplicates(people, edges, dense, is_primary, best),
        conflicts=_pairs(people, edges, np.array(clusters.conflicts, np.int64)).append_column(
            "reason", pa.array(["stated ids contradict each other"] * len(clusters.conflicts), pa.string())
        ),
        common=common,
    )


def _primaries(people: People, edges: Edges, dense: Rows) -> npt.NDArray[np.bool_]:
    """Of several records of one account in a cluster: the former primary, else the one most often named by
    others, else the oldest id."""
    is_primary = np.ones(len(dense), bool)
    together = dense * (int(people.account_code.max(initial=0)) + 1) + people.account_code
    values, counts = np.unique(together, return_counts=True)
    crowded = set(values[counts > 1].tolist())
    if not crowded:
        return is_primary
    named = Counter(edges.a[edges.weight > PRIOR].tolist()) + Counter(edges.b[edges.weight > PRIOR].tolist())
    rows: dict[int, list[int]] = {}
    for row in np.flatnonzero(np.isin(together, list(crowded))).tolist():
        rows.setdefault(int(together[row]), []).append(row)
    roles, ids = people.table.column("prior_role"), people.table.column("record_id")

    def rank(row: int) -> tuple[bool, int, int, str]:
        record_id = ids[row].as_py()
        return (roles[row].as_py() != PRIMARY, -named[row], len(record_id), record_id)

    for members in rows.values():
        is_primary[members] = False
        is_primary[min(members, key=rank)] = True
    return is_primary


def _best_edges(edges: Edges, dense: Rows, size: int) -> Rows:
    """Per row the position of the strongest edge inside its cluster that is more than a former link; -1: none."""
    best = np.full(size, -1, np.int64)
    inside = np.flatnonzero((dense[edges.a] == dense[edges.b]) & (edges.weight != PRIOR))[::-1]
    best[edges.a[inside]] = inside
    other = np.full(size, -1, np.int64)
    other[edges.b[inside]] = inside
    both = (best >= 0) & (other >= 0)
    return np.where(both, np.minimum(best, other), np.maximum(best, other))


def _assignments(
    people: People, edges: Edges, dense: Rows, is_primary: npt.NDArray[np.bool_], best: Rows, likeness: Likeness
) -> pa.Table:
    return pa.table(
        {
            "account": people.table.column("account"),
            "record_id": people.table.column("record_id"),
            "cluster": dense,
            "prior_entity": _kept_entities(people, dense),
            "role": pa.array(np.where(is_primary, PRIMARY, DUPLICATE), pa.string()),
            "confidence": _confidences(edges, best),
            "evidence": _evidence(edges, best, likeness),
        }
    )


def _confidences(edges: Edges, best: Rows) -> npt.NDArray[np.float64]:
    weights = np.where(best >= 0, edges.weight[best], 0) if len(edges.weight) else np.zeros(len(best), np.int64)
    distinct, where = np.unique(weights, return_inverse=True)
    values = np.array([1.0 if weight == 0 else confidence(int(weight)) for weight in distinct])
    return np.where(best >= 0, values[where], 1.0)


def _evidence(edges: Edges, best: Rows, likeness: Likeness) -> pa.Array:
    """Each distinct piece of evidence is put in words once."""
    codes = np.full(len(best), -1, np.int64)
    has = best >= 0
    chosen = best[has]
    caps = len(likeness.caps) + 1
    codes[has] = (edges.levels[chosen] * caps + edges.held[chosen]) * _WEIGHTS + edges.weight[chosen]
    distinct, where = np.unique(codes, return_inverse=True)
    words = [[] if code < 0 else _words(code, caps, likeness) for code in distinct.tolist()]
    return pa.array(words, EVIDENCE).take(pa.array(where))


def _words(code: int, caps: int, likeness: Likeness) -> list[dict[str, Any]]:
    compared, weight = divmod(code, _WEIGHTS)
    levels, held = divmod(compared, caps)
    said = [evidence(weight, levels, likeness)]
    return [*said, held_back(held, likeness)] if held else said


def _kept_entities(people: People, dense: Rows) -> pa.Array:
    """Per row the entity its cluster keeps: the one most of its members had, and each entity in one cluster only."""
    if not people.has_prior:
        return pa.nulls(len(dense), pa.string())
    claims: Counter[tuple[int, str]] = Counter(
        (cluster, entity)
        for cluster, entity in zip(dense.tolist(), people.table.column("prior_entity").to_pylist(), strict=True)
        if entity is not None
    )
    kept: dict[int, str] = {}
    taken: set[str] = set()
    for (cluster, entity), _ in sorted(claims.items(), key=lambda claim: (-claim[1], claim[0][1], claim[0][0])):
        if cluster not in kept and entity not in taken:
            kept[cluster] = entity
            taken.add(entity)
    return pa.array([kept.get(cluster) for cluster in dense.tolist()], pa.string())


def _candidates(people: People, edges: Edges, dense: Rows, settings: MatchSettings, likeness: Likeness) -> pa.Table:
    """Pairs a person may judge: not linked, and whose clusters could become one without an account speaking twice."""
    accounts_of = np.zeros(int(dense.max(initial=-1)) + 1, np.int64)
    np.bitwise_or.at(accounts_of, dense, np.left_shift(1, people.account_code))
    one, two = dense[edges.a], dense[edges.b]
    open_pairs = (one != two) & ~edges.same_account & (edges.weight >= settings.review) & (edges.weight < PRIOR)
    positions = np.flatnonzero(open_pairs & ((accounts_of[one] & accounts_of[two]) == 0))
    shown: list[int] = []
    seen: Counter[int] = Counter()
    for position in positions.tolist():
        ends = (int(edges.a[position]), int(edges.b[position]))
        if all(seen[end] < CANDIDATES_PER_RECORD for end in ends):
            shown.append(position)
            seen.update(ends)
    chosen = np.array(shown, np.int64)
    return (
        _pairs(people, edges, chosen)
        .append_column("confidence", pa.array(_confidences(edges, chosen)))
        .append_column("evidence", _evidence(edges, chosen, likeness))
    )


def _pairs(people: People, edges: Edges, positions: Rows) -> pa.Table:
    ends = [(edges.a, "account"), (edges.a, "record_id"), (edges.b, "account"), (edges.b, "record_id")]
    columns = [people.table.column(column).take(pa.array(side[positions])) for side, column in ends]
    return pa.table(dict(zip(PAIR, columns, strict=True)))


def _duplicates(people: People, edges: Edges, dense: Rows, is_primary: npt.NDArray[np.bool_], best: Rows) -> pa.Table:
    rows = np.flatnonzero(~is_primary)
    together = dense * (int(people.account_code.max(initial=0)) + 1) + people.account_code
    primary_of = {int(together[row]): int(row) for row in np.flatnonzero(is_primary)} if len(rows) else {}
    ids = people.table.column("record_id")
    return pa.table(
        {
            "account": people.table.column("account").take(pa.array(rows)),
            "record_id": ids.take(pa.array(rows)),
            "primary_record_id": pa.array([ids[primary_of[int(together[row])]].as_py() for row in rows], pa.string()),
            "cluster": dense[rows],
            "confidence": _confidences(edges, best)[rows],
        }
    )
