"""From edges to clusters: at most one primary record per account, the strongest evidence first.

Components in which every account occurs once are taken as they are, in columns. The others go edge by edge.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sg_pipelines.domain.matching.components import Rows, components
from sg_pipelines.domain.matching.edges import Edges
from sg_pipelines.domain.matching.stated import CROSS_ID, DECISION, EXTERNAL_ID
from sg_pipelines.domain.matching.types import MatchSettings


@dataclass(slots=True)
class Clusters:
    """`label` per row; `refused` are positions of edges that would have joined what must stay apart;
    `conflicts` those among them that were stated outright."""

    label: Rows
    refused: list[int] = field(default_factory=list)
    conflicts: list[int] = field(default_factory=list)


def cluster(
    account: npt.NDArray[np.int64],
    edges: Edges,
    forbidden: set[tuple[int, int]],
    may_repeat: set[tuple[int, int]],
    settings: MatchSettings,
) -> Clusters:
    """Group rows. `account` is a small integer per row; `may_repeat` are pairs of one account known to be the same
    thing twice, beside those whose weight says so."""
    size = len(account)
    usable = np.where(edges.same_account, edges.weight >= settings.duplicate, edges.weight >= settings.automatic)
    chosen = np.flatnonzero(usable)
    label = components(size, edges.a[chosen], edges.b[chosen])
    suspicious = _suspicious(label, account, forbidden)
    result = Clusters(label)
    if suspicious.any():
        inside = chosen[suspicious[label[edges.a[chosen]]]]
        _one_by_one(result, account, edges, inside, forbidden, may_repeat, suspicious)
    return result


def _suspicious(label: Rows, account: npt.NDArray[np.int64], forbidden: set[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """Per label: an account occurs twice, or two rows must not meet."""
    size = len(label)
    marked = np.zeros(size, bool)
    together = label * (int(account.max(initial=0)) + 1) + account
    values, counts = np.unique(together, return_counts=True)
    marked[values[counts > 1] // (int(account.max(initial=0)) + 1)] = True
    for a, b in forbidden:
        if label[a] == label[b]:
            marked[label[a]] = True
    return marked


class _Groups:
    """Union-find over rows that knows the members of every group."""

    def __init__(self, rows: Iterable[int]) -> None:
        self._group = {row: row for row in rows}
        self.members = {row: [row] for row in self._group}

    def of(self, row: int) -> int:
        return self._group[row]

    def join(self, one: int, two: int) -> None:
        keep, lose = min(one, two), max(one, two)
        for row in self.members[lose]:
            self._group[row] = keep
        self.members[keep] += self.members.pop(lose)


def _one_by_one(
    result: Clusters,
    account: npt.NDArray[np.int64],
    edges: Edges,
    chosen: Rows,
    forbidden: set[tuple[int, int]],
    may_repeat: set[tuple[int, int]],
    suspicious: npt.NDArray[np.bool_],
) -> None:
    rows = np.flatnonzero(suspicious[result.label]).tolist()
    groups = _Groups(rows)
    repeats = may_repeat | {
        (int(edges.a[index]), int(edges.b[index])) for index in chosen.tolist() if edges.same_account[index]
    }
    for index in chosen.tolist():
        one, two = groups.of(int(edges.a[index])), groups.of(int(edges.b[index]))
        if one == two:
            continue
        if _may_join(groups.members[one], groups.members[two], account, forbidden, repeats):
            groups.join(one, two)
            continue
        result.refused.append(index)
        if edges.weight[index] in (DECISION, CROSS_ID, EXTERNAL_ID):
            result.conflicts.append(index)
    for row in rows:
        result.label[row] = groups.of(row)


def _may_join(
    ones: list[int],
    twos: list[int],
    account: npt.NDArray[np.int64],
    forbidden: set[tuple[int, int]],
    repeats: set[tuple[int, int]],
) -> bool:
    """Two groups may become one unless a pair is forbidden, or an account would speak twice without being known to
    hold the same thing twice."""
    accounts_in_doubt = {int(account[row]) for row in ones} & {int(account[row]) for row in twos}
    for one in ones:
        for two in twos:
            pair = (min(one, two), max(one, two))
            if pair in forbidden:
                return False
            if pair in repeats:
                accounts_in_doubt.discard(int(account[one]))
    return not accounts_in_doubt
