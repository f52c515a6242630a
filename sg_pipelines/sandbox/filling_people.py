"""Files of people whose identity is known: `hubspot.parquet`, `shopify.parquet`, `netsuite.parquet`, `truth.parquet`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pyarrow.parquet as pq

from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.world.ledger import Ledger
from sg_pipelines.sandbox.world.things import CUSTOMER

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


def looks_like_people(folder: Path) -> bool:
    """The truth and at least one platform's people."""
    return (folder / "truth.parquet").is_file() and len(list(folder.glob("*.parquet"))) > 1


def fill_people(folder: Path, simulators: Mapping[str, Simulator], ledger: Ledger) -> dict[str, int]:
    """One record per row at the first account of each platform there is a file of."""
    identity = {
        (row["platform"], row["id"]): row["entity"] for row in pq.read_table(folder / "truth.parquet").to_pylist()
    }
    refs: dict[str, list[str]] = defaultdict(list)
    made: dict[str, int] = {}
    for platform, (account, simulator) in first_of_each(simulators).items():
        path = folder / f"{platform}.parquet"
        rows = pq.read_table(path).to_pylist() if path.is_file() else []
        ids = simulator.create_many(CUSTOMER, [{new: row[old] for old, new in COLUMNS.items()} for row in rows])
        for row, record_id in zip(rows, ids, strict=True):
            refs[f"person-{identity[platform, row['id']]}"].append(f"{account}/{CUSTOMER}/{record_id}")
        made[account] = len(ids)
    for person, known in sorted(refs.items()):
        ledger.know(person, known, strong=False)
    return made


def first_of_each(simulators: Mapping[str, Simulator]) -> dict[str, tuple[str, Simulator]]:
    """Platform → its first account."""
    first: dict[str, tuple[str, Simulator]] = {}
    for account, simulator in simulators.items():
        first.setdefault(simulator.platform, (account, simulator))
    return first
