"""Prices with tax inside and prices without: what they state of one order are no statements about the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow.compute as pc

Mask = np.ndarray[Any, np.dtype[np.bool_]]


def told_otherwise(tax_included: Mapping[str, Any]) -> dict[str, Mask]:
    """Account → where its amounts contain tax and those of the first account that says so do not, or the other way round.

    `tax_included`: account → one boolean per entity, null where it does not say; such a one is taken at its word.
    """
    first = pc.coalesce(*tax_included.values())
    return {
        account: pc.fill_null(pc.not_equal(said, first), False).to_numpy(zero_copy_only=False).astype(bool)
        for account, said in tax_included.items()
    }
