"""Records that name several neighbours where one counts (a deal's contacts): the one that counts takes the place of the
platform's first, before anything is compared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.neighbours import Neighbours, mask
from sg_pipelines.domain.comparators.one_of_several import Candidate, counting
from sg_pipelines.domain.model.kinds import Field, Kind
from sg_pipelines.operations.cast import Cast


def settled(cast: Cast, kind: Kind, neighbours: Neighbours) -> tuple[Cast, int]:
    """The cast with rows that name who counts, and how many primary records name others beside."""
    rows, beside = cast.rows, 0
    for of in kind.fields:
        if of.several is None or rows.column(of.several).null_count == len(rows):
            continue
        chosen = _chosen(cast, of, of.several, neighbours)
        beside += len(chosen)
        place = rows.column_names.index(of.column_names[0])
        ids = rows.column(place).to_pylist()
        for row, record_id in chosen.items():
            ids[row] = record_id
        rows = rows.set_column(place, rows.schema.field(place), pa.chunked_array([pa.array(ids, pa.string())]))
    return replace(cast, rows=rows), beside


def _chosen(cast: Cast, of: Field, several: str, neighbours: Neighbours) -> dict[int, str]:
    """Row → the record that counts, of primary records that name several."""
    table = cast.rows.select([of.column_names[0], several])
    is_several = pc.fill_null(pc.greater(pc.list_value_length(table.column(several)), 1), False)
    entities = np.unique(cast.entity_of_row[np.flatnonzero(is_several.to_numpy() & cast.is_primary)])
    rows = {account: index[entities] for account, index in cast.primary.items()}
    named = {
        account: _named(table.take(pa.array(index, mask=index < 0)), of, account, neighbours)
        for account, index in rows.items()
    }
    found: dict[int, str] = {}
    for place in range(len(entities)):
        counted = counting({account: some[place] for account, some in named.items()})
        found |= {int(rows[account][place]): record_id for account, record_id in counted.items()}
    return found


def _named(table: pa.Table, of: Field, account: str, neighbours: Neighbours) -> list[list[Candidate]]:
    """Row by row whom an account names: all of several, else the one."""
    one, several = (column.to_pylist() for column in table.columns)
    ids = [some or ([first] if first else []) for first, some in zip(one, several, strict=True)]
    kind = of.refers_to or ""
    known, keeps = neighbours.at(kind, account), neighbours.keeps(kind, account)
    each = pa.array(sorted({record_id for some in ids for record_id in some}), pa.string())
    positions = known.positions(each)
    entities = known.entities.take(positions).to_pylist()
    is_unheard = (mask(pc.is_null(positions)) & keeps).tolist()
    told = zip(each.to_pylist(), entities, is_unheard, strict=True)
    candidates = {record_id: Candidate(record_id, entity, unheard) for record_id, entity, unheard in told}
    return [[candidates[record_id] for record_id in some] for some in ids]
