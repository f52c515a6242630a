"""Edges between records: what links them, how strongly, and why, in columns."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt

from sg_pipelines.domain.matching.components import Rows

COMPARISONS = ("email", "phone", "first", "last", "street", "zip", "city", "company", "birth")
LEVELS = 5


@dataclass(frozen=True, slots=True)
class Edges:
    """`a` < `b` are rows; `levels` packs the comparisons' outcomes (0 for what was stated outright)."""

    a: Rows
    b: Rows
    weight: npt.NDArray[np.int64]
    levels: npt.NDArray[np.int64]
    same_account: npt.NDArray[np.bool_]

    def where(self, chosen: npt.NDArray[np.bool_]) -> Edges:
        """Only these."""
        return Edges(
            self.a[chosen], self.b[chosen], self.weight[chosen], self.levels[chosen], self.same_account[chosen]
        )


def read_edges(connection: duckdb.DuckDBPyConnection) -> Edges:
    """Stated and weighed edges, strongest first; a stated pair does not count a second time as a weighed one.
    Both tables are given back."""
    packed = " + ".join(f"({name} + 1) * {LEVELS**index}" for index, name in enumerate(COMPARISONS))
    rows = connection.execute(
        f"""
        select a, b, weight, 0 as levels, x.account = y.account as same_account
          from stated join people x on x.rid = a join people y on y.rid = b
        union all
        select a, b, least(weight, 900), {packed}, same_account from weighed
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
    )


def unpack_levels(packed: int) -> dict[str, int]:
    """Comparison → level: 3 equal, 2 nearly, 1 weakly, 0 nothing to compare, -1 different."""
    return {name: packed // LEVELS**index % LEVELS - 1 for index, name in enumerate(COMPARISONS)}
