"""Long lists in pieces that a store can be asked about, or can write at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

CHUNK = 5_000
# What one transaction writes at most, as far as it can be told: MongoDB ends one that is open for a minute.
WRITTEN = 2_000
T = TypeVar("T")


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Lists of at most `size`."""
    sequence = values if isinstance(values, list) else list(values)
    for start in range(0, len(sequence), size):
        yield sequence[start : start + size]
