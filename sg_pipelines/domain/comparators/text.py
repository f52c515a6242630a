"""Keys of plain text: white space, letter case, accents, the shape of quotes and dashes and what nobody sees do not make a
difference; the words do."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

# Where a word may break, how letters join, the order of bytes: without a width, and copied along unseen.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile(f"[{_UNSEEN}]+")
# What printers set for ' " and -, what keyboards leave in their place, and nothing for what nobody sees.
PRINTED = str.maketrans(
    {
        **dict.fromkeys("’‘ʼʹ′´`", "'"),
        **dict.fromkeys("“”„″", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys(_UNSEEN),
    }
)


def text_key(value: str) -> str | None:
    """Comparable form of a text, accents folded; None for blank."""
    if value.isascii():
        return " ".join(value.replace("`", "'").casefold().split()) or None
    folded = fold_accents(fold_accents(value.translate(PRINTED)).casefold())
    return " ".join(folded.casefold().split()) or None


def exact_text_key(value: str) -> str | None:
    """The same with accents and printed marks kept: what a *cosmetic* difference differs in."""
    return " ".join(unicodedata.normalize("NFC", visible(value)).casefold().split()) or None


def spell_a_word_differently(texts: Sequence[str]) -> bool:
    """Whether a word that several of these texts have is written with other accents in one of them."""
    spelled: dict[str, set[frozenset[str]]] = defaultdict(set)
    for text in texts:
        words: dict[str, set[str]] = defaultdict(set)
        for word in _WORD.findall(exact_text_key(text) or ""):
            words[fold_accents(word)].add(word)
        for folded, ways in words.items():
            spelled[folded].add(frozenset(ways))
    return any(len(ways) > 1 for ways in spelled.values())


def visible(text: str) -> str:
    """The text without marks that have no width."""
    return text if text.isascii() or text.isprintable() else _INVISIBLE.sub("", text)


def fold_accents(text: str) -> str:
    """José → Jose, Ñ → N, ß → ss; letters without an ASCII base stay."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def caseless_key(value: str) -> str | None:
    """Of e-mail addresses and listed values: letter case and surrounding white space make no difference."""
    return visible(value).strip().casefold() or None
