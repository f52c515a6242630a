"""Who is who: the matcher's clusters turned into entities that keep their ids, with one primary record per account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.matching.types import LinkOutcome
from sg_pipelines.operations.gather import Gathered
from sg_pipelines.ports.store import Document

Indexes = npt.NDArray[np.int64]
PRIMARY = "primary"


@dataclass(slots=True)
class Cast:
    """N entities over the gathered rows.

    `primary[account][n]` is the row of entity n's primary record there, -1 when it has none. `entity_of_row` is n
    per row. `prior[n]` is the stored document or None for a new entity. `redirected` maps an entity id that lost
    all its records to the id that has them now. Entities past `clusters` have no live record left.
    """

    rows: pa.Table
    entity_ids: list[str]
    prior: list[Document | None]
    primary: dict[str, Indexes]
    entity_of_row: Indexes
    is_primary: npt.NDArray[np.bool_]
    confidence: npt.NDArray[np.float64]
    evidence: pa.ChunkedArray
    redirected: dict[str, str]
    clusters: int
    minted: int


def cast(gathered: Gathered, outcome: LinkOutcome, accounts: tuple[str, ...], mint: Callable[[int], list[str]]) -> Cast:
    """Give every cluster its entity id: the one it keeps, or a new one. Rows and assignments are in the same order."""
    rows = gathered.rows
    assigned = outcome.assignments
    cluster = assigned.column("cluster").to_numpy().astype(np.int64)
    clusters = int(cluster.max()) + 1 if len(cluster) else 0
    is_primary = pc.equal(assigned.column("role"), PRIMARY).to_numpy().astype(bool)
    entity_ids, minted = _ids(assigned.column("prior_entity"), cluster, clusters, mint)
    kept = set(entity_ids)
    redirected = _redirects(rows.column("prior_entity"), cluster, entity_ids, kept)
    orphans = sorted(gathered.entities.keys() - kept - redirected.keys())
    entity_ids += orphans
    return Cast(
        rows=rows,
        entity_ids=entity_ids,
        prior=[gathered.entities.get(entity_id) for entity_id in entity_ids],
        primary=_primaries(rows, accounts, cluster, is_primary, len(entity_ids)),
        entity_of_row=cluster,
        is_primary=is_primary,
        confidence=assigned.column("confidence").to_numpy().astype(np.float64),
        evidence=assigned.column("evidence"),
        redirected=redirected,
        clusters=clusters,
        minted=minted,
    )


def _ids(
    prior: pa.ChunkedArray, cluster: Indexes, clusters: int, mint: Callable[[int], list[str]]
) -> tuple[list[str], int]:
    kept = np.full(clusters, None, dtype=object)
    if prior.null_count < len(prior):
        values = prior.to_numpy(zero_copy_only=False)
        has = np.array([value is not None for value in values], dtype=bool)
        kept[cluster[has]] = values[has]
    missing = [index for index, value in enumerate(kept) if value is None]
    for index, minted in zip(missing, mint(len(missing)), strict=True):
        kept[index] = minted
    return list(kept), len(missing)


def _redirects(prior: pa.ChunkedArray, cluster: Indexes, entity_ids: list[str], kept: set[str]) -> dict[str, str]:
    """Entities that no cluster keeps although their records live on elsewhere."""
    if prior.null_count == len(prior):
        return {}
    return {
        before: entity_ids[index]
        for before, index in zip(prior.to_pylist(), cluster.tolist(), strict=True)
        if before is not None and before not in kept
    }


def _primaries(
    rows: pa.Table, accounts: tuple[str, ...], cluster: Indexes, is_primary: npt.NDArray[np.bool_], count: int
) -> dict[str, Indexes]:
    account_of = rows.column("account")
    primary = {}
    for account in accounts:
        here = np.flatnonzero(pc.equal(account_of, account).to_numpy().astype(bool) & is_primary)
        index = np.full(count, -1, dtype=np.int64)
        index[cluster[here]] = here
        primary[account] = index
    return primary
