"""The parts of the world there are, by the name a client's sandbox is told."""

from __future__ import annotations

from sg_pipelines.sandbox.world.american import AMERICAN
from sg_pipelines.sandbox.world.locale import Locale
from sg_pipelines.sandbox.world.spanish import SPANISH

LOCALES: dict[str, Locale] = {one.name: one for one in (AMERICAN, SPANISH)}


def locale_named(name: str) -> Locale:
    """That part of the world; ValueError names those there are."""
    if name not in LOCALES:
        raise ValueError(f"no locale {name!r}: {', '.join(LOCALES)}")
    return LOCALES[name]
