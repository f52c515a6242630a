"""A condition as a tree, so that what it compares, calls and gives names to can be looked at.

Whether it is CEL is the library's word; what is read here was compiled before."""

from __future__ import annotations

from dataclasses import dataclass

from sg_pipelines.config.condition_functions import MACROS
from sg_pipelines.config.condition_tokens import Token, tokens

# From what binds least.
_LEVELS = ("||", "&&", "== != <= >= < > in", "+ -", "* / %")
_LEVEL_OF = {sign: level for level, signs in enumerate(_LEVELS) for sign in signs.split()}
# Of which however many on end are asked as one.
_FLAT = frozenset({"||", "&&"})
_DEEPEST = 100
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_CONSTANTS = frozenset({"true", "false", "null"})


@dataclass(frozen=True, slots=True)
class Node:
    """`does`: an operator, or name, text, number, constant, list, map, part (of a record), element (of a list), call, method.
    `word`: the name or literal as written; `parts`: what it is made of, of a method first what it is asked of."""

    does: str
    source: str
    word: str = ""
    parts: tuple[Node, ...] = ()
    depth: int = 1

    @property
    def gives(self) -> str | None:
        """The name that a macro gives to elements; None of anything else."""
        is_macro = self.does == "method" and self.word in MACROS and len(self.parts) > 2
        return self.parts[1].word if is_macro and self.parts[1].does == "name" else None


def read_tree(source: str) -> Node:
    """ValueError where it is more than a condition may be made of; RecursionError where it nests without end."""
    return _Reader(source).whole()


def free_names(node: Node) -> frozenset[str]:
    """Names read, less those given by macros within these."""
    if node.does == "name":
        return frozenset({node.word})
    if node.gives is None:
        return frozenset().union(*(free_names(part) for part in node.parts))
    over, _, *within = node.parts
    return free_names(over) | (frozenset().union(*(free_names(part) for part in within)) - {node.gives})


class _Reader:
    def __init__(self, source: str) -> None:
        self._source, self._at = source, 0
        self._tokens = list(tokens(source))

    def whole(self) -> Node:
        node = self._choice()
        if self._at < len(self._tokens):
            raise ValueError(f"{self._tokens[self._at].word!r} stands where nothing may follow")
        return node

    def _choice(self) -> Node:
        start = self._at
        asked = self._chain(0)
        if not self._takes("?"):
            return asked
        yes = self._chain(0)
        self._must(":")
        return self._node("?", start, parts=(asked, yes, self._choice()))

    def _chain(self, lowest: int) -> Node:
        start = self._at
        left = self._signed()
        while (level := _LEVEL_OF.get(self._next, -1)) >= lowest:
            sign = self._taken().word
            right = self._chain(level + 1)
            before = left.parts if left.does == sign and sign in _FLAT else (left,)
            left = self._node(sign, start, parts=(*before, right))
        return left

    def _signed(self) -> Node:
        start = self._at
        if self._next in ("!", "-"):
            sign = self._taken().word
            return self._node(sign, start, parts=(self._signed(),))
        node = self._first()
        while self._next in (".", "["):
            node = self._followed(node, start)
        return node

    def _followed(self, node: Node, start: int) -> Node:
        if self._takes("["):
            inner = self._choice()
            self._must("]")
            return self._node("element", start, parts=(node, inner))
        self._must(".")
        name = self._taken("name").word
        if self._next != "(":
            return self._node("part", start, name, (node,))
        return self._node("method", start, name, (node, *self._several()))

    def _first(self) -> Node:
        start = self._at
        if self._next in ("[", "{"):
            does = {"[": "list", "{": "map"}[self._next]
            return self._node(does, start, parts=self._several())
        if self._takes("("):
            inner = self._choice()
            self._must(")")
            return inner
        token = self._taken("name", "text", "number")
        if token.word in _CONSTANTS:
            return self._node("constant", start, token.word)
        if token.kind == "name" and self._next == "(":
            return self._node("call", start, token.word, self._several())
        return self._node(token.kind, start, token.word)

    def _several(self) -> tuple[Node, ...]:
        """What stands between brackets, with commas; the keys and values of a map alike."""
        close = _CLOSED_BY[self._taken().word]
        found = []
        while not self._takes(close):
            found.append(self._choice())
            if self._next != close and not self._takes(":"):
                self._must(",")
        return tuple(found)

    def _node(self, does: str, start: int, word: str = "", parts: tuple[Node, ...] = ()) -> Node:
        source = self._source[self._tokens[start].start : self._tokens[self._at - 1].end]
        depth = 1 + max((part.depth for part in parts), default=0)
        if depth > _DEEPEST:
            raise RecursionError("a condition nests too deeply")
        return Node(does, source, word, parts, depth)

    @property
    def _next(self) -> str:
        """The sign or word that follows; a text is none."""
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        return "" if token is None or token.kind == "text" else token.word

    def _taken(self, *kinds: str) -> Token:
        token = self._tokens[self._at] if self._at < len(self._tokens) else Token("end", "", 0, 0)
        if token.kind not in (kinds or ("sign", "name")):
            raise ValueError(f"{token.word!r} cannot stand there")
        self._at += 1
        return token

    def _takes(self, word: str) -> bool:
        is_next = self._next == word
        self._at += is_next
        return is_next

    def _must(self, word: str) -> None:
        if not self._takes(word):
            raise ValueError(f"a {word!r} is missing")
