"""Originals turned into small integers, shared by all accounts, the base and what was held."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.keys import key
from sg_pipelines.domain.discrepancies.frame import Codes, FieldFrame
from sg_pipelines.domain.discrepancies.originals import NULL, Originals
from sg_pipelines.domain.model.kinds import Field


@dataclass(slots=True)
class Encoded:
    """Codes of every column of a frame, and the keys of the codes that were asked for."""

    field: Field
    region: str
    originals: Originals
    values: dict[str, Codes]
    base: Codes | None
    held: dict[str, Codes]
    _keys: dict[int, str | None] = dataclasses.field(default_factory=dict)

    def key(self, code: int) -> str | None:
        """The comparable key of an original; worked out once."""
        if code == NULL:
            return None
        if code not in self._keys:
            self._keys[code] = key(self.field, self.originals[code], region=self.region)
        return self._keys[code]

    def keys(self, codes: Codes) -> list[str | None]:
        """The keys of many distinct originals."""
        originals = self.originals.many(codes)
        return [key(self.field, original, region=self.region) for original in originals]


def encode(frame: FieldFrame, region: str) -> Encoded:
    """Give every distinct packed original one code."""
    accounts = list(frame.policy.accounts)
    columns = [frame.values[account] for account in accounts]
    if frame.prior is not None:
        columns.append(pa.chunked_array([frame.prior.base]))
        columns += [pa.chunked_array([frame.prior.held[account]]) for account in accounts]
    together = pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.large_string())
    encoded = together.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.unify_dictionaries().combine_chunks()
    codes = pc.fill_null(encoded.indices, NULL).to_numpy(zero_copy_only=False).astype(np.int64)
    parts = np.split(codes, np.cumsum([len(column) for column in columns])[:-1])
    held = dict(zip(accounts, parts[len(accounts) + 1 :], strict=False)) if frame.prior is not None else {}
    return Encoded(
        field=frame.field,
        region=region,
        originals=Originals(encoded.dictionary),
        values=dict(zip(accounts, parts[: len(accounts)], strict=True)),
        base=parts[len(accounts)] if frame.prior is not None else None,
        held=held,
    )
