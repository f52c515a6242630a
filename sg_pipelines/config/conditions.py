"""Conditions of client files: `always`, or an expression in CEL over an entity's merged values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cel

from sg_pipelines.config.condition_tree import Node, free_names, read_tree
from sg_pipelines.config.condition_trouble import TOO_DEEP, trouble

ALWAYS = "always"
# What the CEL library raises on null operands, missing members and elements, divisions by nothing and the like.
CANNOT_BE_ANSWERED = (TypeError, ValueError, RuntimeError, ArithmeticError, LookupError)


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition. `evaluate` answers True, False, or None when it cannot be answered (null, error)."""

    source: str
    program: Any
    tree: Node | None

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
        return frozenset() if self.tree is None else free_names(self.tree)


def compile_condition(source: str) -> Condition:
    """Compile; ValueError says in one line what is wrong with the expression."""
    if source.strip() == ALWAYS:
        return Condition(ALWAYS, None, None)
    try:
        return Condition(source, cel.compile(source), read_tree(source))
    except RecursionError as error:
        raise ValueError(TOO_DEEP) from error
    except ValueError as error:
        raise ValueError(trouble(source, str(error))) from error
