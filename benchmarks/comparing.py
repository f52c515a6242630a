"""Cell by cell comparison of one e-mail field on three accounts, ours beside a pandas merge in the same run."""

import time

import numpy as np
import pandas as pd
import pyarrow as pa

from benchmarks.report import Line, show
from sg_pipelines.domain.discrepancies.compare import compare
from sg_pipelines.domain.discrepancies.frame import FieldFrame
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.survivorship.policy import FieldPolicy

ROWS, DIFFERING = 1_000_000, 0.05
ACCOUNTS = ("hubspot", "shopify", "netsuite")


def columns():
    dice = np.random.default_rng(7)
    base = pd.Series([f"person{number}@example.com" for number in range(ROWS)])
    found = {}
    for account in ACCOUNTS:
        said = base.copy()
        where = dice.random(ROWS) < DIFFERING / 3
        said[where] = "other." + said[where]
        found[account] = said
    return found


def main():
    said = columns()
    field = CUSTOMER.field("email")
    frame = FieldFrame(
        field,
        FieldPolicy("email", ACCOUNTS, owners=("shopify",)),
        {a: pa.chunked_array([pa.array(said[a], pa.large_string())]) for a in ACCOUNTS},
        {a: np.ones(ROWS, bool) for a in ACCOUNTS},
    )
    began = time.perf_counter()
    result = compare(frame, now=0, region="US", settling={})
    ours = time.perf_counter() - began
    tables = [pd.DataFrame({"id": range(ROWS), a: said[a].str.casefold()}) for a in ACCOUNTS]
    began = time.perf_counter()
    merged = tables[0].merge(tables[1], on="id").merge(tables[2], on="id")
    differs = (merged.hubspot != merged.shopify) | (merged.shopify != merged.netsuite)
    peer = time.perf_counter() - began
    show(
        f"comparing one field of {ROWS:,} entities on three platforms, {DIFFERING:.0%} differing",
        [
            Line("ours, differing cells classified", f"{ours:.2f} s", f"{len(result.verdicts):,} differ"),
            Line("pandas merge, differing rows only found", f"{peer:.2f} s", f"peer; {int(differs.sum()):,} differ"),
        ],
    )


if __name__ == "__main__":
    main()
