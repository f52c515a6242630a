"""The `query:` argument: `field:operator value` terms with AND, OR, NOT, `-` and brackets.

Unknown fields, and values that mean nothing for their field, are ignored and warned about, as the platform does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sg_pipelines.sandbox.shopify.matching import Asked, Key, Test
from sg_pipelines.sandbox.shopify.nodes import Node
from sg_pipelines.sandbox.shopify.search_keys import KEYS, WITH_METAFIELDS, metafield

_NAME = r"[A-Za-z_][\w.$-]*"
_TOKEN = re.compile(
    rf"""\s*(\(|\)|AND\b|OR\b|NOT\b|-(?=[\w"'(])|{_NAME}:\s*(?:>=|<=|>|<)?(?:'[^']*'|"[^"]*"|[^\s()]+)"""
    r"""|'[^']*'|"[^"]*"|[^\s()]+)"""
)
_TERM = re.compile(rf"""({_NAME}):\s*(>=|<=|>|<)?['"]?([^'"]*)['"]?\Z""")


@dataclass(slots=True)
class Search:
    """What is searched, and what was odd about the words."""

    typename: str
    now_ms: int
    warnings: list[dict[str, str]] = field(default_factory=list)

    def parse(self, words: str | None) -> Test:
        """The test a record must pass."""
        parser = _Parser(_TOKEN.findall(words or ""), self)
        return parser.alternatives() if parser.tokens else _everything

    def term(self, name: str, asked: Asked) -> Test:
        """One field's test."""
        key = self._key(name)
        if key is None:
            self._warn(name, "Invalid search field for this query.", "invalid_field")
            return _everything
        test = key(asked)
        if test is None:
            self._warn(name, f"Input `{asked.value}` is not an accepted value.", "invalid_value")
            return _everything
        return test

    def _key(self, name: str) -> Key | None:
        prefix, _, rest = name.partition(".")
        if prefix == "metafields" and "." in rest and self.typename in WITH_METAFIELDS:
            namespace, _, key = rest.rpartition(".")
            return metafield(namespace, key)
        return KEYS[self.typename].get(name)

    def _warn(self, name: str, message: str, code: str) -> None:
        self.warnings.append({"field": name, "message": message, "code": code})


def _everything(node: Node) -> bool:
    return True


class _Parser:
    def __init__(self, tokens: list[str], search: Search) -> None:
        self.tokens, self._search = tokens, search

    def alternatives(self) -> Test:
        tests = [self._conjunction()]
        while self.tokens and self.tokens[0] == "OR":
            self.tokens.pop(0)
            tests.append(self._conjunction())
        return tests[0] if len(tests) == 1 else lambda node: any(test(node) for test in tests)

    def _conjunction(self) -> Test:
        tests = [self._one()]
        while self.tokens and self.tokens[0] not in ("OR", ")"):
            if self.tokens[0] == "AND":
                self.tokens.pop(0)
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda node: all(test(node) for test in tests)

    def _one(self) -> Test:
        word = self.tokens.pop(0) if self.tokens else ""
        if word in ("NOT", "-"):
            test = self._one()
            return lambda node: not test(node)
        if word == "(":
            test = self.alternatives()
            if self.tokens and self.tokens[0] == ")":
                self.tokens.pop(0)
            return test
        return self._term(word)

    def _term(self, word: str) -> Test:
        match = _TERM.match(word)
        if match is not None:
            asked = Asked(match[2] or "=", match[3], self._search.now_ms)
            return self._search.term(match[1], asked)
        wanted = word.strip("'\"").casefold()
        return lambda node: any(wanted in text for text in _texts(node.said))


def _texts(said: Mapping[str, Any]) -> list[str]:
    """What a word without a field is looked for in."""
    found = [value for value in said.values() if isinstance(value, str)]
    return [text.casefold() for text in (*found, *(said.get("tags") or []))]
