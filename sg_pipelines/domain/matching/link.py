"""Identity resolution from records to entities: stated ids, then weighed pairs, then clusters. Deterministic: the order
of rows and the number of threads change nothing."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sg_pipelines.domain.matching.cluster import cluster
from sg_pipelines.domain.matching.commonness import count, counted, crowded
from sg_pipelines.domain.matching.edges import read_edges
from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.domain.matching.outcome import People, outcome
from sg_pipelines.domain.matching.prepare import prepare
from sg_pipelines.domain.matching.stated import state
from sg_pipelines.domain.matching.types import DECISIONS, DUPLICATE, LinkOutcome, MatchSettings
from sg_pipelines.domain.matching.weigh import weigh

DEFAULT = MatchSettings()


def link(
    connection: duckdb.DuckDBPyConnection,
    records: pa.Table,
    likeness: Likeness,
    *,
    decisions: pa.Table | None = None,
    platforms: Mapping[str, str] | None = None,
    known: pa.Table | None = None,
    settings: MatchSettings = DEFAULT,
) -> LinkOutcome:
    """Say of every live record which cluster it belongs to.

    `records` has account, record_id and any of: external_id, cross_ids, prior_entity, prior_role, and what the likeness
    needs. Rows with one `prior_entity` stay together unless a decision or a stated id says otherwise. `platforms`:
    account → platform, where several accounts are of one. `known`: COMMONNESS as counted over all records, when these are
    a few of them.
    """
    prepare(connection, records, likeness, platforms)
    state(connection, DECISIONS.empty_table() if decisions is None else decisions)
    count(connection, likeness, settings, known)
    common = counted(connection) if known is None else known
    weigh(connection, settings, likeness, are_some_crowded=bool(crowded(known)))
    connection.execute("drop table common")
    people = _people(connection)
    edges = read_edges(connection, likeness)
    clusters = cluster(people.account_code, edges, _forbidden(connection), _former_duplicates(people), settings)
    return outcome(people, edges, clusters, common, settings, likeness)


def _people(connection: duckdb.DuckDBPyConnection) -> People:
    table = connection.sql(
        "select account, record_id, prior_entity, prior_role from prepared order by rid"
    ).to_arrow_table()
    encoded = table.column("account").combine_chunks().dictionary_encode()
    codes: npt.NDArray[np.int64] = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return People(table, codes)


def _forbidden(connection: duckdb.DuckDBPyConnection) -> set[tuple[int, int]]:
    return {(int(a), int(b)) for a, b in connection.execute("select a, b from forbidden").fetchall()}


def _former_duplicates(people: People) -> set[tuple[int, int]]:
    """Pairs of one account that already hang on one entity, one of them as its duplicate."""
    roles = people.table.column("prior_role").to_pylist() if people.has_prior else []
    if DUPLICATE not in roles:
        return set()
    entities = people.table.column("prior_entity").to_pylist()
    members: dict[tuple[str, int], list[int]] = {}
    for row, entity in enumerate(entities):
        if entity is not None:
            members.setdefault((entity, int(people.account_code[row])), []).append(row)
    return {(one, two) for rows in members.values() for one in rows for two in rows if one < two}
