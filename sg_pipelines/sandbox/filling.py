"""Fill the simulated accounts from files of people whose identity is known (`hubspot.parquet`, ..., `truth.parquet`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq

from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.world.baseline import KIND
from sg_pipelines.sandbox.world.ledger import Ledger

COLUMNS = {
    "first_name": "first_name",
    "last_name": "last_name",
    "email": "email",
    "phone": "phone",
    "company": "company_name",
    "street": "address_street",
    "city": "address_city",
    "zip": "address_postal_code",
}


def fill_from(folder: Path, simulators: Mapping[str, tuple[str, Simulator]], ledger: Ledger) -> dict[str, int]:
    """Make one record per row; who is who goes into the truth. Returns records per account."""
    identity = {
        (row["platform"], row["id"]): row["entity"] for row in pq.read_table(folder / "truth.parquet").to_pylist()
    }
    refs: dict[str, list[str]] = defaultdict(list)
    made = {}
    for platform, (account, simulator) in simulators.items():
        rows = pq.read_table(folder / f"{platform}.parquet").to_pylist()
        ids = simulator.create_many(KIND, [{new: row[old] for old, new in COLUMNS.items()} for row in rows])
        for row, record_id in zip(rows, ids, strict=True):
            refs[f"person-{identity[platform, row['id']]}"].append(f"{account}/{KIND}/{record_id}")
        made[account] = len(ids)
    for person, known in sorted(refs.items()):
        ledger.know(person, known, strong=False)
    return made
