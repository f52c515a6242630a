"""What is wrong with a client file: where, what, and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: the key path it stands at, what is wrong, what to do."""

    location: tuple[str | int, ...]
    message: str
    remedy: str = ""


def nearest(word: str, known: Iterable[str]) -> str:
    """A remedy that names what was probably meant, or everything that is known."""
    options = sorted(known)
    close = difflib.get_close_matches(word, options, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(options)}"
