"""Keys of plain text: white space, letter case, accents and the shape of quotes and dashes do not make a difference; the
words do."""

from __future__ import annotations

import unicodedata

# What printers set for ' " and -, and what keyboards leave in their place.
PRINTED = str.maketrans({**dict.fromkeys("’‘ʼʹ′´`", "'"), **dict.fromkeys("“”„″", '"'), **dict.fromkeys("‐‑‒–—−", "-")})


def text_key(value: str) -> str | None:
    """Comparable form of a text, accents folded; None for blank."""
    if value.isascii():
        return " ".join(value.replace("`", "'").casefold().split()) or None
    folded = fold_accents(fold_accents(value.translate(PRINTED)).casefold())
    return " ".join(folded.casefold().split()) or None


def exact_text_key(value: str) -> str | None:
    """The same with accents and printed marks kept: what a *cosmetic* difference differs in."""
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
