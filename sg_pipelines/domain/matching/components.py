"""Connected components over integer pairs, in columns."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]


def components(size: int, a: Rows, b: Rows) -> Rows:
    """For each of `size` rows the lowest row it is connected with."""
    label = np.arange(size, dtype=np.int64)
    while True:
        lowest = np.minimum(label[a], label[b])
        before = label.copy()
        np.minimum.at(label, label[a], lowest)
        np.minimum.at(label, label[b], lowest)
        np.minimum.at(label, a, lowest)
        np.minimum.at(label, b, lowest)
        label = label[label]
        if np.array_equal(label, before):
            return label
