"""Records that name several neighbours where one counts (a deal's contacts): the one that counts takes the place of the
platform's first, before anything is compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.neighbours import Neighbours, mask
from sg_pipelines.domain.comparators.one_of_several import Candidate, counting
from sg_pipelines.domain.model.kinds import Field, Kind
from sg_pipelines.operations.cast import Cast
from sg_pipelines.ports.store import Document


def settled(cast: Cast, kind: Kind, neighbours: Neighbours, renamed: Mapping[str, str]) -> tuple[Cast, int]:
    """The cast with rows that name who counts, and how many primary records name others beside. `renamed`: neighbours
    remembered by an id they no longer have."""
    rows, beside = cast.rows, 0
    for of in kind.fields:
        if of.several is None or rows.column(of.several).null_count == len(rows):
            continue
        chosen = _chosen(cast, kind, of, of.several, neighbours, renamed)
        beside += len(chosen)
        place = rows.column_names.index(of.column_names[0])
        ids = rows.column(place).to_pylist()
        for row, record_id in chosen.items():
            ids[row] = record_id
        rows = rows.set_column(place, rows.schema.field(place), pa.chunked_array([pa.array(ids, pa.string())]))
    return replace(cast, rows=rows), beside


def _chosen(
    cast: Cast, kind: Kind, of: Field, several: str, neighbours: Neighbours, renamed: Mapping[str, str]
) -> dict[int, str]:
    """Row → the record that counts, of primary records that name several."""
    table = cast.rows.select(["record_id", of.column_names[0], several])
    is_several = pc.fill_null(pc.greater(pc.list_value_length(table.column(several)), 1), False)
    entities = np.unique(cast.entity_of_row[np.flatnonzero(is_several.to_numpy() & cast.is_primary)])
    rows = {account: index[entities] for account, index in cast.primary.items()}
    prior = [cast.prior[entity] or {} for entity in entities.tolist()]
    named = {}
    for account, index in rows.items():
        records = table.take(pa.array(index, mask=index < 0))
        memories = zip(_named(records, of, account, neighbours), prior, records.column(0).to_pylist(), strict=True)
        named[account] = [_remembered(*one, kind, of, account, renamed) for one in memories]
    found: dict[int, str] = {}
    for place in range(len(entities)):
        counted = counting({account: some[place] for account, some in named.items()})
        found |= {int(rows[account][place]): record_id for account, record_id in counted.items()}
    return found


def _named(table: pa.Table, of: Field, account: str, neighbours: Neighbours) -> list[list[Candidate]]:
    """Row by row whom an account names: all of several, else the one."""
    _, one, several = (column.to_pylist() for column in table.columns)
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


def _remembered(
    some: list[Candidate],
    prior: Document,
    record_id: str | None,
    kind: Kind,
    of: Field,
    account: str,
    renamed: Mapping[str, str],
) -> list[Candidate]:
    """Those whom a record names, with what the stored document remembers of them. Whoever names others since, or the same
    in another order (another primary one), was edited: who counted is forgotten then, who was agreed is not."""
    if not prior or not some:
        return some
    cell = prior["fields"].get(of.name) or {"held": {}}
    held = (cell["held"].get(f"{account}/{kind.name}/{record_id}") or {}).get("entity", "")
    stored = prior["representations"].get(account)
    counted = None
    if stored is not None and stored["record_id"] == record_id:
        columns = stored["columns"]
        is_unedited = columns.get(of.several) == [one.record_id for one in some]
        counted = columns.get(of.column_names[0]) if is_unedited else None
    return [
        replace(
            one,
            is_held=one.entity == renamed.get(held, held),
            has_counted=one.record_id == counted,
        )
        for one in some
    ]
