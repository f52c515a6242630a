"""Two shops' catalogues of the same goods, and which product is which: `a.csv`, `b.csv`, `truth.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.world.ledger import Ledger
from sg_pipelines.sandbox.world.places import SHOPIFY
from sg_pipelines.sandbox.world.things import PRODUCT

COLUMNS = ("id", "name", "description", "price")
SIDES = ("a", "b")
CURRENCY = "USD"


def looks_like_catalogues(folder: Path) -> bool:
    """All three files, and the columns of products: lists of people come under the same names."""
    if not all((folder / f"{name}.csv").is_file() for name in (*SIDES, "truth")):
        return False
    with (folder / "a.csv").open(encoding="utf-8", newline="") as lines:
        return next(csv.reader(lines), []) == list(COLUMNS)


def fill_catalogues(folder: Path, simulators: Mapping[str, Simulator], ledger: Ledger) -> dict[str, int]:
    """Each catalogue goes into a shop of its own. ValueError when there are not two."""
    shops = [account for account, simulator in simulators.items() if simulator.platform == SHOPIFY]
    if len(shops) < len(SIDES):
        raise ValueError(
            f"two catalogues need two simulated shops, and there are {len(shops)}: give the client two accounts with "
            "`platform: shopify` and `at: sandbox`"
        )
    refs: dict[tuple[str, str], str] = {}
    made: dict[str, int] = {}
    for side, account in zip(SIDES, shops, strict=False):
        rows = _rows(folder / f"{side}.csv")
        ids = simulators[account].create_many(PRODUCT, [_product(row) for row in rows])
        refs |= {(side, row["id"]): f"{account}/{PRODUCT}/{one}" for row, one in zip(rows, ids, strict=True)}
        made[account] = len(ids)
    pairs = [(("a", row["id_a"]), ("b", row["id_b"])) for row in _rows(folder / "truth.csv")]
    for number, group in enumerate(_groups(sorted(refs), pairs)):
        ledger.know(f"{PRODUCT}-{number}", [refs[one] for one in group], strong=False)
    return made


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _product(row: Mapping[str, str]) -> dict[str, str | None]:
    price = row["price"].strip().lstrip("$").replace(",", "") or None
    return {
        "name": row["name"],
        "description": row["description"] or None,
        "price_amount": price,
        "price_currency": CURRENCY if price else None,
    }


Key = tuple[str, str]


def _groups(everything: Iterable[Key], pairs: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """What hangs together by pairs, each group sorted; what is in no pair is alone."""
    leader = {one: one for one in everything}

    def first(one: Key) -> Key:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for one, other in pairs:
        low, high = sorted((first(one), first(other)))
        leader[high] = low
    groups: dict[Key, list[Key]] = {}
    for one in leader:
        groups.setdefault(first(one), []).append(one)
    return list(groups.values())
