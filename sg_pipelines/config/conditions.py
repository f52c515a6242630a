"""Conditions of client files: `always`, or an expression in CEL over an entity's merged values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cel

ALWAYS = "always"
# What the CEL library raises on null operands, missing members and elements, divisions by nothing and the like.
CANNOT_BE_ANSWERED = (TypeError, ValueError, RuntimeError, ArithmeticError, LookupError)

_TROUBLE = re.compile(r"<input>:\d+:(\d+): Syntax error: (.*?)(?: expecting \{.*)?$", re.MULTILINE)
SHOWN = 60
_GIVEN = re.compile(r"\.\s*(?:all|exists|exists_one|filter|map)\s*\(\s*([A-Za-z_]\w*)\s*,")


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition. `evaluate` answers True, False, or None when it cannot be answered (null, error)."""

    source: str
    program: Any

    def evaluate(self, values: Mapping[str, Any]) -> bool | None:
        """Answer for one entity; None is *not expected, and counted*."""
        if self.program is None:
            return True
        try:
            answer = self.program.execute(dict(values))
        except CANNOT_BE_ANSWERED:
            return None
        return answer if isinstance(answer, bool) else None

    @property
    def variables(self) -> frozenset[str]:
        """Names the condition reads, less those it gives to elements itself: `t` of `tags.exists(t, t == 'vip')`."""
        return (
            frozenset()
            if self.program is None
            else frozenset(self.program.variables()) - set(_GIVEN.findall(self.source))
        )


def compile_condition(source: str) -> Condition:
    """Compile; ValueError says in one line what is wrong with the expression."""
    if source.strip() == ALWAYS:
        return Condition(ALWAYS, None)
    try:
        program = cel.compile(source)
    except ValueError as error:
        raise ValueError(_trouble(source, str(error))) from error
    return Condition(source, program)


def _trouble(source: str, said: str) -> str:
    """What the parser says, in short: without what it would have expected, or how it is built inside."""
    found = _TROUBLE.search(said)
    if not source.strip():
        return "it says nothing"
    if found is None:
        return "it cannot be read"
    what = "it is nested too deeply" if "ParseError" in found[2] else found[2]
    shown = source if len(source) <= SHOWN else f"{source[:SHOWN]}..."
    return f"cannot read {shown!r} at character {found[1]}: {what.replace('<EOF>', 'its end')}"
