"""Prices with tax inside and prices without: what they state of one order are no statements about the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sg_pipelines.domain.composition.first_word import Mask, unlike_the_first


def told_otherwise(tax_included: Mapping[str, Any]) -> dict[str, Mask]:
    """Account → where its amounts contain tax and those of the first account that says so do not, or the other way round.

    `tax_included`: account → one boolean per entity, the account whose word counts most first; null where it does not say, and
    such a one is taken at its word.
    """
    return unlike_the_first(tax_included)
