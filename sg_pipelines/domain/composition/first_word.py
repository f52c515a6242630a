"""What is no statement about the same thing as what the first account says, and is not compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow.compute as pc

Mask = np.ndarray[Any, np.dtype[np.bool_]]


def unlike_the_first(stated: Mapping[str, Any]) -> dict[str, Mask]:
    """Account → where it says something else than the first account that says anything.

    `stated`: account → one value per entity, null where it says none; such a one is taken at its word.
    """
    first = pc.coalesce(*stated.values())
    return {
        account: pc.fill_null(pc.not_equal(said, first), False).to_numpy(zero_copy_only=False).astype(bool)
        for account, said in stated.items()
    }
