"""The `query:` argument: `field:operator value` terms with AND, OR, NOT and brackets. Unknown fields are ignored and
named, as the platform does."""

from __future__ import annotations

import re
from collections.abc import Callable

from sg_pipelines.sandbox.instants import parse_ms
from sg_pipelines.sandbox.shelf import Body

Test = Callable[[int, Body], bool]
_TOKEN = re.compile(
    r"""\s*(\(|\)|AND\b|OR\b|NOT\b|-(?=\w)|[A-Za-z_]+:(?:>=|<=|>|<)?(?:'[^']*'|"[^"]*"|[^\s()]+)|[^\s()]+)"""
)
_TERM = re.compile(r"""([A-Za-z_]+):(>=|<=|>|<)?['"]?([^'"]*)['"]?\Z""")
_INSTANTS = {"updated_at": "updated", "created_at": "created", "customer_date": "created"}


def parse(text: str | None) -> tuple[Test, list[str]]:
    """The test, and the field names nobody knows."""
    parser = _Parser(_TOKEN.findall(text or ""))
    return (parser.alternatives() if parser.tokens else _everything), parser.unknown


def _everything(number: int, body: Body) -> bool:
    return True


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.unknown: list[str] = []

    def alternatives(self) -> Test:
        tests = [self._conjunction()]
        while self.tokens and self.tokens[0] == "OR":
            self.tokens.pop(0)
            tests.append(self._conjunction())
        return lambda number, body: any(test(number, body) for test in tests)

    def _conjunction(self) -> Test:
        tests = [self._one()]
        while self.tokens and self.tokens[0] not in ("OR", ")"):
            if self.tokens[0] == "AND":
                self.tokens.pop(0)
            tests.append(self._one())
        return lambda number, body: all(test(number, body) for test in tests)

    def _one(self) -> Test:
        word = self.tokens.pop(0) if self.tokens else ""
        if word in ("NOT", "-"):
            test = self._one()
            return lambda number, body: not test(number, body)
        if word == "(":
            test = self.alternatives()
            if self.tokens and self.tokens[0] == ")":
                self.tokens.pop(0)
            return test
        return self._term(word)

    def _term(self, word: str) -> Test:
        match = _TERM.match(word)
        if match is None:
            word = word.strip("'\"").casefold()
            return lambda number, body: any(word in str(value).casefold() for value in body["said"].values())
        name, sign, value = match[1], match[2] or "=", match[3]
        if name in _INSTANTS:
            return _instant(_INSTANTS[name], sign, value)
        if name == "id":
            wanted = int(value.rpartition("/")[2] or 0)
            return lambda number, body: _holds(number, sign, wanted)
        if name == "tag":
            tag = value.casefold()
            return lambda number, body: tag in [one.casefold() for one in body["said"].get("tags") or []]
        if name in ("email", "first_name", "last_name", "phone"):
            return _text(name, value.casefold())
        self.unknown.append(name)
        return _everything


def _instant(key: str, sign: str, value: str) -> Test:
    """The index knows whole seconds."""
    wanted = (parse_ms(value) or 0) // 1000
    return lambda number, body: _holds(body[key] // 1000, sign, wanted)


def _text(name: str, wanted: str) -> Test:
    if wanted.endswith("*"):
        return lambda number, body: str(body["said"].get(name) or "").casefold().startswith(wanted[:-1])
    return lambda number, body: str(body["said"].get(name) or "").casefold() == wanted


def _holds(value: int, sign: str, wanted: int) -> bool:
    signs = {
        "=": value == wanted,
        ">": value > wanted,
        ">=": value >= wanted,
        "<": value < wanted,
        "<=": value <= wanted,
    }
    return signs[sign]
