"""Which rows need a look: those whose values are not all the same, after spelling is set aside in columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.keys import has_accents
from sg_pipelines.domain.discrepancies.encoding import Encoded
from sg_pipelines.domain.discrepancies.frame import Codes, FieldFrame, Mask


@dataclass(frozen=True, slots=True)
class Suspects:
    """`differing`: rows for the classifier. `alike`: rows that mean the same and may differ in accents."""

    differing: Codes
    alike: Codes


def rows_to_look_at(frame: FieldFrame, encoded: Encoded, voices: Codes, settling: Mapping[str, int]) -> Suspects:
    """Rows with several voices whose keys are not all equal, or where a rule looks at more than equality."""
    special = _special(frame, len(voices), settling)
    unlike = (voices >= 2) & ~_all_equal(frame, encoded.values)
    if frame.keys is not None:
        unlike &= ~_all_equal(frame, _codes(frame.keys))
    rows = np.flatnonzero(unlike & ~special)
    keys = _key_codes(frame, encoded, rows)
    same = _all_equal(frame, keys, rows)
    differing = np.union1d(rows[~same], np.flatnonzero((voices >= 2) & special))
    return Suspects(differing, _accented(frame, encoded, rows[same]))


def _special(frame: FieldFrame, size: int, settling: Mapping[str, int]) -> Mask:
    """An accepted difference, or a change that may still settle."""
    look: Mask = np.zeros(size, bool)
    if frame.prior is None:
        return look
    for account in frame.policy.accounts:
        look |= frame.prior.accepted[account]
        if settling.get(account):
            look |= frame.prior.changed_at[account] > 0
    return look


def _all_equal(frame: FieldFrame, codes: Mapping[str, Codes], rows: Codes | None = None) -> Mask:
    """Where everyone who speaks has the same code; `codes` may be of chosen rows only."""
    size = len(next(iter(codes.values()))) if codes else 0
    highest, lowest = np.full(size, -2, np.int64), np.full(size, np.iinfo(np.int64).max)
    for account in frame.policy.accounts:
        speaks = frame.present[account] if rows is None else frame.present[account][rows]
        np.maximum(highest, codes[account], out=highest, where=speaks)
        np.minimum(lowest, codes[account], out=lowest, where=speaks)
    equal: Mask = highest == lowest
    return equal


def _codes(columns: Mapping[str, pa.ChunkedArray]) -> dict[str, Codes]:
    """Small integers for keys given as columns; -1 for null."""
    chunks = [chunk for column in columns.values() for chunk in column.chunks]
    together = pa.chunked_array(chunks, type=next(iter(columns.values())).type).combine_chunks()
    encoded = together.dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    parts = np.split(codes, np.cumsum([len(column) for column in columns.values()])[:-1])
    return dict(zip(columns, parts, strict=True))


def _key_codes(frame: FieldFrame, encoded: Encoded, rows: Codes) -> dict[str, Codes]:
    """Small integers for the comparators' keys of these rows; each distinct original is looked at once."""
    chosen = {account: encoded.values[account][rows] for account in frame.policy.accounts}
    distinct = np.unique(np.concatenate(list(chosen.values()))) if chosen else np.empty(0, np.int64)
    numbers: dict[str | None, int] = {None: -1}
    number_of = np.array([numbers.setdefault(one, len(numbers)) for one in encoded.keys(distinct)], np.int64)
    return {account: number_of[np.searchsorted(distinct, codes)] for account, codes in chosen.items()}


def _accented(frame: FieldFrame, encoded: Encoded, rows: Codes) -> Codes:
    """Of these rows the ones where anyone writes a letter that may carry an accent."""
    if not has_accents(frame.field):
        return rows[:0]
    marked: Mask = np.zeros(len(rows), bool)
    for account in frame.policy.accounts:
        marked |= ~encoded.originals.plain(encoded.values[account][rows])
    return rows[marked]
