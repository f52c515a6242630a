"""Fill the simulated accounts from files instead of the generated world. A folder is recognised by the files in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sg_pipelines.sandbox.filling_catalogues import fill_catalogues, looks_like_catalogues
from sg_pipelines.sandbox.filling_people import fill_people, looks_like_people
from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.warehouse.fill import fill_accounts, looks_like_accounts
from sg_pipelines.sandbox.world.ledger import Ledger

Fill = Callable[[Path, Mapping[str, Simulator], Ledger], dict[str, int]]
FOLDERS: tuple[tuple[Callable[[Path], bool], Fill], ...] = (
    (looks_like_people, fill_people),
    (looks_like_catalogues, fill_catalogues),
    (looks_like_accounts, fill_accounts),
)
KNOWN = (
    "hubspot.parquet, shopify.parquet, netsuite.parquet and truth.parquet (people whose identity is known); a.csv, b.csv "
    "and truth.csv with the columns id, name, description, price (two shops' catalogues); or folders dbt_hubspot, "
    "dbt_shopify, dbt_netsuite (rows of real accounts)"
)


def fill_from(folder: Path, simulators: Mapping[str, Simulator], ledger: Ledger) -> dict[str, int]:
    """Make one record per row; who is who goes into the truth where the files say so. Returns records per account, and
    what was left out under a name of its own. ValueError says what a folder must hold."""
    if not folder.is_dir():
        raise ValueError(f"there is no folder {folder}")
    for looks_like, fill in FOLDERS:
        if looks_like(folder):
            return fill(folder, simulators, ledger)
    raise ValueError(f"nothing in {folder} can be read: it should hold {KNOWN}")
