"""Keys of codes people quote: stock keeping units, order numbers, barcodes."""

from __future__ import annotations

import unicodedata

from sg_pipelines.domain.comparators.text import visible


def code_key(value: str) -> str | None:
    """Letter case, white space and a leading number sign aside; None for blank."""
    return "".join(unicodedata.normalize("NFC", visible(value)).casefold().split()).lstrip("#") or None
