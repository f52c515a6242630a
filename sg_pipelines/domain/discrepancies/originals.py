"""Distinct packed originals of one field, held as one column: a million strings of Python would weigh ten times as much."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NULL = -1
Codes = np.ndarray[Any, np.dtype[np.int64]]


class Originals:
    """Originals by code. A code of -1 is null."""

    def __init__(self, column: pa.Array) -> None:
        self._column = column
        self._added: list[str] = []

    def __getitem__(self, code: int) -> str | None:
        """One original."""
        if code == NULL:
            return None
        if code >= len(self._column):
            return self._added[code - len(self._column)]
        text: str | None = self._column[code].as_py()
        return text

    def many(self, codes: Codes) -> list[str | None]:
        """Originals in the codes' order."""
        if self._added:
            return [self[code] for code in codes.tolist()]
        found: list[str | None] = self._column.take(pa.array(codes, mask=codes == NULL)).to_pylist()
        return found

    def plain(self, codes: Codes) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Where nothing but ASCII is written; null is plain."""
        texts = self._column.take(pa.array(codes, mask=codes == NULL))
        plain: np.ndarray[Any, np.dtype[np.bool_]] = (
            pc.fill_null(pc.string_is_ascii(texts), True).to_numpy(zero_copy_only=False).astype(bool)
        )
        return plain

    def add(self, original: str) -> int:
        """The code of an original that no column holds (a set put together from elements)."""
        self._added.append(original)
        return len(self._column) + len(self._added) - 1
