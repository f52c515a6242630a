"""Keys of plain text: white space, letter case and accents do not make a difference; the words do."""

from __future__ import annotations

import unicodedata


def text_key(value: str) -> str | None:
    """Comparable form of a text, accents folded; None for blank."""
    if value.isascii():
        return " ".join(value.casefold().split()) or None
    folded = fold_accents(fold_accents(value).casefold())
    return " ".join(folded.casefold().split()) or None


def exact_text_key(value: str) -> str | None:
    """The same with accents kept: what a *cosmetic* difference differs in."""
    return " ".join(unicodedata.normalize("NFC", value).casefold().split()) or None


def fold_accents(text: str) -> str:
    """José → Jose, Ñ → N, ß → ss; letters without an ASCII base stay."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def email_key(value: str) -> str | None:
    """E-mail addresses compare without letter case and surrounding white space."""
    return value.strip().casefold() or None


def enum_key(value: str) -> str | None:
    """A listed value, letter case aside."""
    return value.strip().casefold() or None
