"""Why a condition cannot be read: what the parser of CEL says, in words of our own."""

from __future__ import annotations

import re

SHOWN = 60
TOO_DEEP = "it is nested too deeply"
_TROUBLE = re.compile(r"<input>:(\d+):(\d+): (?:Syntax error: )?(?!Incomplete)(.*?)(?: expecting .*)?$", re.MULTILINE)
_END = "<EOF>"
# What other languages write → what CEL does.
_INSTEAD = {
    "and": "&&",
    "&": "&&",
    "or": "||",
    "|": "||",
    "=": "==",
    "is": "==",
    "<>": "!=",
    "not": "!",
    "“": "'",
    "”": "'",
    "‘": "'",
    "’": "'",
}
# What the parser says (a pattern; its group is what it says it of) → what that means.
_MEANINGS = (
    (r".*Recursion limit", TOO_DEEP),
    (r"token recognition error at: '([rRbB]?['\"].*)'", "a quote has no end, or a text contains what none can"),
    (rf"(?:mismatched|extraneous) input '{_END}'", "something is missing at its end"),
    (rf"missing '(.*)' at '{_END}'", "{!r} is missing at its end"),
    (r"missing '(.*)' at '.*'", "{!r} is missing"),
    (r"no viable alternative at input '\.'", "the name of a part must follow the dot"),
    (r"invalid (?:int|uint|double) literal", "no number is as large"),
    (r"invalid argument to has\(\) macro", "has asks about a part of a record, like has(company.entity)"),
    (r"argument must be a simple name", "a name for each element stands here, like t in tags.exists(t, t == 'vip')"),
    (r"reserved identifier: (\w+)", "{!r} is a word of CEL itself"),
    (r"unsupported syntax '(.*)'", "{!r} cannot stand here"),
    (r".*?(?:input|at:?) '(.*)'", "{!r} cannot stand here"),
)


def trouble(source: str, said: str) -> str:
    """In short, with the place: without what the parser would have expected, or how it is built inside."""
    if not source.strip():
        return "it says nothing"
    found = _TROUBLE.search(said)
    if found is None:
        return "it cannot be read"
    shown = source if len(source) <= SHOWN else f"{source[:SHOWN]}..."
    line = f"line {found[1]}, " if "\n" in source.strip() else ""
    return f"cannot read {shown!r} at {line}character {found[2]}: {_meaning(found[3])}"


def _meaning(said: str) -> str:
    for pattern, meaning in _MEANINGS:
        match = re.match(pattern, said)
        if match is None:
            continue
        word = (match[1] if match.groups() else "").strip()
        instead = _INSTEAD.get(word.lower())
        return meaning.format(word) + (f"; CEL writes {instead}" if instead else "")
    return "it cannot be read from here"
