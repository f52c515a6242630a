"""How a term of a search is held against a record: times, numbers, texts and choices, as the platform compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sg_pipelines.sandbox.instants import parse_ms
from sg_pipelines.sandbox.shopify.nodes import Node

Test = Callable[[Node], bool]
Value = Callable[[Node], Any]
Values = Callable[[Node], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One term: a comparison sign, the value asked for, and what time it is."""

    sign: str
    value: str
    now_ms: int


Key = Callable[[Asked], "Test | None"]  # None: the value means nothing for this key


def compare(value: Any, sign: str, wanted: Any) -> bool:
    """value sign wanted"""
    if sign == "=":
        return bool(value == wanted)
    if sign[0] == ">":
        return bool(value > wanted) or (sign == ">=" and bool(value == wanted))
    return bool(value < wanted) or (sign == "<=" and bool(value == wanted))


def when(key: Value) -> Key:
    """A time, in whole seconds as the index knows it."""

    def test(asked: Asked) -> Test | None:
        wanted = _moment(asked.value, asked.now_ms)
        return None if wanted is None else lambda node: compare(key(node) // 1000, asked.sign, wanted // 1000)

    return test


def _moment(text: str, now_ms: int) -> int | None:
    if text == "now":
        return now_ms
    if text.isdigit():
        return parse_ms(datetime(int(text), 1, 1, tzinfo=UTC).isoformat()) if 1 <= int(text) <= 9999 else None
    return parse_ms(text)


def number(key: Value) -> Key:
    """A number, or the tail of a global id."""

    def test(asked: Asked) -> Test | None:
        try:
            wanted = Decimal(asked.value.rpartition("/")[2])
        except InvalidOperation:
            return None
        return lambda node: (found := key(node)) is not None and compare(found, asked.sign, wanted)

    return test


def numbers(key: Values) -> Key:
    """Any of a record's numbers is among those asked for, comma-separated."""

    def test(asked: Asked) -> Test | None:
        wanted = {one.strip().rpartition("/")[2] for one in asked.value.split(",")}
        return lambda node: bool(wanted & {str(one) for one in key(node)})

    return test


def text(key: Value) -> Key:
    """A text whatever its case; `*` at the end asks for a beginning, alone for anything."""
    return texts(lambda node: [key(node)])


def texts(key: Values) -> Key:
    """The same where any of several will do."""

    def test(asked: Asked) -> Test | None:
        wanted = asked.value.casefold()
        if wanted.endswith("*"):
            head = wanted[:-1]
            return lambda node: any(one.startswith(head) for one in _folded(key(node)))
        return lambda node: wanted in _folded(key(node))

    return test


def choice(key: Values) -> Key:
    """One of the values asked for, comma-separated."""

    def test(asked: Asked) -> Test | None:
        wanted = {one.strip().casefold() for one in asked.value.split(",")}
        return lambda node: bool(wanted & set(_folded(key(node))))

    return test


def without(key: Key) -> Key:
    """Those the other key does not find."""

    def test(asked: Asked) -> Test | None:
        found = key(asked)
        return None if found is None else lambda node: not found(node)

    return test


def _folded(values: Iterable[Any]) -> list[str]:
    return [str(value).casefold() for value in values if value not in (None, "")]
