"""References to neighbours: the record ids on one account's records turned into the entities those records hang on.

A reference is *resolved* when its record hangs on an entity, *gone* when the record is known not to be there any more,
and *unknown* while nobody can say: the neighbour's snapshot may be older than the record that names it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.packing import SEPARATOR
from sg_pipelines.domain.model.kinds import Field

Mask = np.ndarray[Any, np.dtype[np.bool_]]
GONE = "gone:"


@dataclass(frozen=True, slots=True)
class Known:
    """Records of one kind at one account: `ids` (each once), beside them `entities`, null where they hang on none now, and
    `former`: the entity that such a one last hung on, null where it never did; `gone`: it is not there any more."""

    ids: pa.Array
    entities: pa.Array
    former: pa.Array
    gone: pa.Array

    @classmethod
    def of(
        cls,
        entities: Mapping[str, str | None],
        former: Mapping[str, str] | None = None,
        put_away: Collection[str] = (),
    ) -> Known:
        """From record id → entity, None for gone; record id → former entity; and the ids of those without an entity that
        are there but were put away before anybody could tell who they are."""
        last = former or {}
        return cls(
            pa.array(entities, pa.string()),
            pa.array(entities.values(), pa.string()),
            pa.array(map(last.get, entities), pa.string()),
            pa.array([it is None and one not in put_away for one, it in entities.items()], pa.bool_()),
        )

    def positions(self, ids: Any) -> Any:
        """Per id its position, null where it is not known."""
        return pc.index_in(ids, value_set=self.ids)


NOBODY = Known.of({})


@dataclass(frozen=True, slots=True)
class Neighbours:
    """By (kind, account) what is known of the records there; an account that does not keep a kind is not named."""

    known: dict[tuple[str, str], Known] = field(default_factory=dict)

    def at(self, kind: str, account: str) -> Known:
        """Nothing is known of an account that was not asked."""
        return self.known.get((kind, account), NOBODY)

    def keeps(self, kind: str, account: str) -> bool:
        """Somebody will be able to say, sooner or later, who a record of this kind is."""
        return (kind, account) in self.known


@dataclass(frozen=True, slots=True)
class Referred:
    """A column of references: `packed`; where they can be compared (`can_tell`), where nobody can say yet who is meant
    (`undecided`), and where the record that is named is `gone`."""

    packed: pa.ChunkedArray
    can_tell: Mask
    undecided: Mask
    gone: Mask


def pack_references(of: Field, account: str, ids: pa.ChunkedArray, neighbours: Neighbours) -> Referred:
    """Packed references of a whole column. What an account does not keep can never be told, and is no open question."""
    whole, kind = ids.combine_chunks(), of.refers_to or ""
    known = neighbours.at(kind, account)
    positions = known.positions(whole)
    entity, gone = known.entities.take(positions), mask(pc.fill_null(known.gone.take(positions), False))
    parts = [pa.repeat(pa.scalar(account), len(whole)), whole, pc.fill_null(entity, "")]
    packed = pc.binary_join_element_wise(*parts, SEPARATOR).cast(pa.large_string())
    names_nobody = mask(pc.is_null(whole))
    can_tell = names_nobody | mask(pc.is_valid(entity)) | gone
    undecided = mask(pc.is_null(positions)) & ~names_nobody & neighbours.keeps(kind, account)
    return Referred(pa.chunked_array([packed]), can_tell, undecided, gone)


def mask(column: Any) -> Mask:
    """A boolean column without nulls, writable."""
    return np.array(column.to_numpy(zero_copy_only=False), bool)


def reference_key(packed: str) -> str:
    """The entity, or which record is gone."""
    account, record_id, entity = packed.split(SEPARATOR)
    return entity or f"{GONE}{account}/{record_id}"
