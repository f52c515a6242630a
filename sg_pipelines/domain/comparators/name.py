"""Names of people: how their parts are joined or shortened makes no difference, the parts do."""

from __future__ import annotations

import re

from sg_pipelines.domain.comparators.text import PRINTED, exact_text_key, text_key

# Baptismal names that Spanish forms and civil registers shorten.
_MARIA = re.compile(r"\b[Mm][Aa]\.(?=\s*\w)")
_SHORT = {"mª": "María", "fco": "Francisco", "fca": "Francisca", "gpe": "Guadalupe"}


def name_key(value: str) -> str | None:
    """Comparable form of a name; None for blank. García-Márquez is García Márquez, Mª is María, accents are folded."""
    return text_key(_spelled_out(value))


def exact_name_key(value: str) -> str | None:
    """The same with accents kept."""
    return exact_text_key(_spelled_out(value))


def _spelled_out(value: str) -> str:
    said = value if value.isascii() else value.translate(PRINTED).replace(".ª", "ª")
    said = _MARIA.sub("María ", said) if "." in said else said
    words = said.replace("-", " ").replace(".", " ").split()
    return " ".join([_SHORT.get(word.casefold(), word) for word in words])
