"""Names of people: how their parts are joined or shortened makes no difference, the parts do."""

from __future__ import annotations

import re

from sg_pipelines.domain.comparators.packing import SEPARATOR
from sg_pipelines.domain.comparators.text import PRINTED, exact_text_key, text_key

# Baptismal names that Spanish forms and civil registers shorten. "Ma." is one before another name, and after one at the
# end of the given names (José Ma.); alone it may be a family's.
_MARIA = re.compile(rf"\b[Mm][Aa]\.(?=\s*\w)|(?<=\w )[Mm][Aa]\.(?=\s*(?:{SEPARATOR}|\Z))")
# What folding may bring to light: a wide full stop, an accent on a shortened name.
_AFTER_FOLDING = re.compile(r"[.-]|\b(?:fco|fca|gpe)\b")
_SHORT = {"mª": "María", "fco": "Francisco", "fca": "Francisca", "gpe": "Guadalupe"}


def name_key(value: str) -> str | None:
    """Comparable form of a name, given and family names packed or in one text; None for blank. García-Márquez is García
    Márquez, Mª is María, accents are folded."""
    folded = text_key(_spelled_out(value))
    if folded is None or value.isascii() or not _AFTER_FOLDING.search(folded):
        return folded
    return text_key(_spelled_out(folded))


def exact_name_key(value: str) -> str | None:
    """The same with accents kept."""
    return exact_text_key(_spelled_out(value))


def _spelled_out(value: str) -> str:
    said = value if value.isascii() else value.translate(PRINTED).replace(".ª", "ª")
    said = _MARIA.sub("María ", said) if "." in said else said
    words = said.replace("-", " ").replace(".", " ").split()
    return " ".join([_SHORT.get(word.casefold(), word) for word in words])
