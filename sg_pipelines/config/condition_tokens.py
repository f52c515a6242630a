"""The words, numbers, texts and signs a condition is written in."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<skipped>\s+|//[^\n]*)"
    r"|(?P<text>[bB]?[rR]('''[\s\S]*?'''|\"\"\"[\s\S]*?\"\"\"|'[^'\n]*'|\"[^\"\n]*\")"
    r"|[bB]?('''(\\.|[^\\])*?'''|\"\"\"(\\.|[^\\])*?\"\"\"|'(\\.|[^'\\\n])*'|\"(\\.|[^\"\\\n])*\"))"
    r"|(?P<number>0x[0-9A-Fa-f]+u?|(\d+\.\d+|\.\d+|\d+)([eE][+-]?\d+)?[uU]?)"
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<sign>==|!=|<=|>=|&&|\|\||[-+*/%!<>?:.,()\[\]{}])"
)


class Token(NamedTuple):
    """`kind`: text, number, name or sign; where it stands in the condition."""

    kind: str
    word: str
    start: int
    end: int


def tokens(source: str) -> list[Token]:
    """In their order, without spaces and comments; ValueError at what is none of them."""
    found, at = [], 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise ValueError(f"{source[at]!r} cannot stand there")
        at = match.end()
        if match.lastgroup != "skipped":
            found.append(Token(match.lastgroup or "", match[0], match.start(), at))
    return found
