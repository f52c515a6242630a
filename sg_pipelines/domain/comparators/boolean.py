"""Keys of what is true or false, as checkboxes and people write it."""

from __future__ import annotations

from sg_pipelines.domain.comparators.text import caseless_key, fold_accents

TRUE, FALSE = "true", "false"
_WORDS = {
    **dict.fromkeys(("true", "t", "yes", "y", "si", "1"), TRUE),
    **dict.fromkeys(("false", "f", "no", "n", "0"), FALSE),
}


def boolean_key(value: str) -> str | None:
    """`true` or `false`, by words of English and Spanish too (`T`, `Yes`, `Sí`, `1`); what is neither compares as it stands;
    None for blank, which is not false: nobody said so."""
    said = caseless_key(value)
    return said and _WORDS.get(fold_accents(said), said)


def boolean_of(value: str | None) -> bool | None:
    """None where nothing is said, or neither true nor false."""
    return {TRUE: True, FALSE: False}.get(boolean_key(value or "") or "")
