"""Edges between records: what links them, how strongly, and why, in columns."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from sg_pipelines.domain.matching.components import Rows
from sg_pipelines.domain.matching.likeness import Likeness


@dataclass(frozen=True, slots=True)
class Edges:
    """`a` < `b` are rows; `levels` packs the comparisons' outcomes (0 for what was stated outright); `held`: the cap that
    keeps a pair from being linked, counted from one, 0: none."""

    a: Rows
    b: Rows
    weight: npt.NDArray[np.int64]
    levels: npt.NDArray[np.int64]
    same_account: npt.NDArray[np.bool_]
    held: npt.NDArray[np.int64]

    def where(self, chosen: npt.NDArray[np.bool_]) -> Edges:
        """Only these."""
        return Edges(
            self.a[chosen],
            self.b[chosen],
            self.weight[chosen],
            self.levels[chosen],
            self.same_account[chosen],
            self.held[chosen],
        )


def read_edges(connection: duckdb.DuckDBPyConnection, likeness: Likeness) -> Edges:
    """Stated and weighed edges, strongest first; a stated pair does not count a second time as a weighed one.
    Both tables are given back."""
    rows = connection.execute(
        f"""
        select a, b, weight, 0 as levels, x.account = y.account as same_account, 0 as held
          from stated join prepared x on x.rid = a join prepared y on y.rid = b
        union all
        select a, b, least(weight, 900), {likeness.packed()}, same_account, held from weighed
         where (a, b) not in (select (a, b) from stated)
        order by weight desc, a, b
        """
    ).fetchnumpy()
    connection.execute("drop table weighed; drop table stated")
    return Edges(
        a=np.asarray(rows["a"], np.int64),
        b=np.asarray(rows["b"], np.int64),
        weight=np.asarray(rows["weight"], np.int64),
        levels=np.asarray(rows["levels"], np.int64),
        same_account=np.asarray(rows["same_account"], bool),
        held=np.asarray(rows["held"], np.int64),
    )
