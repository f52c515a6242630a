"""Search as documented: filter groups, one sort, pages of 200, nothing beyond 10,000."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sg_pipelines.sandbox.hubspot.properties import DATES, ENUMERATIONS, NUMBERS
from sg_pipelines.sandbox.instants import parse_ms

MAX_GROUPS, MAX_FILTERS, MAX_ALL_FILTERS, MAX_RESULTS, MAX_PAGE, MAX_BODY = 5, 6, 18, 10_000, 200, 3_000
Properties = Mapping[str, str | None]


class BadSearch(Exception):
    """A request HubSpot would refuse; the text is its message."""


def matches(body: Mapping[str, Any]) -> Callable[[Properties], bool]:
    """The filter of a search body: groups are alternatives, filters of a group all hold. BadSearch says why not."""
    groups = body.get("filterGroups") or []
    if len(groups) > MAX_GROUPS:
        raise BadSearch(f"too many filterGroups: at most {MAX_GROUPS}")
    if any(len(group.get("filters", ())) > MAX_FILTERS for group in groups):
        raise BadSearch(f"too many filters in a group: at most {MAX_FILTERS}")
    if sum(len(group.get("filters", ())) for group in groups) > MAX_ALL_FILTERS:
        raise BadSearch(f"too many filters: at most {MAX_ALL_FILTERS}")
    compiled = [[_filter(one) for one in group.get("filters", ())] for group in groups]
    words = str(body.get("query") or "").casefold().split()

    def holds(properties: Properties) -> bool:
        if words and not all(any(word in (v or "").casefold() for v in properties.values()) for word in words):
            return False
        return not compiled or any(all(test(properties) for test in group) for group in compiled)

    return holds


def ordered(
    found: Iterable[tuple[int, Properties]], sorts: list[Mapping[str, str] | str]
) -> list[tuple[int, Properties]]:
    """By the one sort rule, ids as tie-break; by id without one."""
    if len(sorts) > 1:
        raise BadSearch("only one sort is allowed")
    results = sorted(found, key=lambda item: item[0])
    if not sorts:
        return results
    rule = sorts[0] if isinstance(sorts[0], Mapping) else {"propertyName": sorts[0]}
    name = rule["propertyName"]
    return sorted(
        results,
        key=lambda item: (item[1].get(name) is not None, _value(name, item[1].get(name) or "")),
        reverse=rule.get("direction") == "DESCENDING",
    )


def _value(name: str, text: str) -> Any:
    if name in DATES:
        return parse_ms(text) or 0
    if name in NUMBERS:
        return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else 0.0
    return text if name in ENUMERATIONS else text.casefold()


def _filter(one: Mapping[str, Any]) -> Callable[[Properties], bool]:
    name, operator = one.get("propertyName", ""), one.get("operator", "")
    if operator == "HAS_PROPERTY":
        return lambda properties: bool(properties.get(name))
    if operator == "NOT_HAS_PROPERTY":
        return lambda properties: not properties.get(name)
    test = _test(name, operator, one)
    negated = operator in ("NEQ", "NOT_IN", "NOT_CONTAINS_TOKEN")

    def holds(properties: Properties) -> bool:
        text = properties.get(name)
        return negated if text in (None, "") else test(_value(name, str(text)))

    return holds


def _test(name: str, operator: str, one: Mapping[str, Any]) -> Callable[[Any], bool]:
    wanted = _value(name, str(one.get("value", "")))
    if operator == "BETWEEN":
        high = _value(name, str(one.get("highValue", "")))
        return lambda value: bool(wanted <= value <= high)
    if operator in ("IN", "NOT_IN"):
        values = {_value(name, str(value)) for value in one.get("values", ())}
        return (lambda value: value in values) if operator == "IN" else (lambda value: value not in values)
    if operator in ("CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"):
        return _token_test(str(wanted), is_wanted=operator == "CONTAINS_TOKEN")
    simple: dict[str, Callable[[Any], bool]] = {
        "EQ": lambda value: bool(value == wanted),
        "NEQ": lambda value: bool(value != wanted),
        "LT": lambda value: bool(value < wanted),
        "LTE": lambda value: bool(value <= wanted),
        "GT": lambda value: bool(value > wanted),
        "GTE": lambda value: bool(value >= wanted),
    }
    if operator not in simple:
        raise BadSearch(f"unknown operator {operator!r}")
    return simple[operator]


def _token_test(wanted: str, *, is_wanted: bool) -> Callable[[Any], bool]:
    pattern = re.compile(".*".join(map(re.escape, wanted.split("*"))))

    def holds(value: Any) -> bool:
        found = any(pattern.fullmatch(token) for token in re.split(r"[\s@.]+", str(value)))
        return found is is_wanted

    return holds
