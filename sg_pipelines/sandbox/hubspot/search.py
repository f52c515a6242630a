"""Search as documented: filter groups, one sort, pages of 200, nothing beyond 10,000."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from zlib import crc32

from sg_pipelines.sandbox.hubspot.asking import invalid, list_of, type_of
from sg_pipelines.sandbox.hubspot.crm import Crm
from sg_pipelines.sandbox.hubspot.object_types import ObjectType
from sg_pipelines.sandbox.hubspot.values import instant_ms
from sg_pipelines.sandbox.shelf import Body

MAX_GROUPS, MAX_FILTERS, MAX_ALL_FILTERS = 5, 6, 18
ASSOCIATED = "associations."
Test = Callable[[int, Body], bool]


class SearchRules:
    """How records of one type are filtered and sorted."""

    def __init__(self, crm: Crm, kind: ObjectType) -> None:
        self._crm, self._kind = crm, kind

    def matches(self, asked: Mapping[str, Any]) -> Test:
        """The filter of a search body: groups are alternatives, filters of a group all hold. Refused says why not."""
        groups = [_filters(group) for group in list_of(asked.get("filterGroups"), "filterGroups")]
        if len(groups) > MAX_GROUPS:
            raise invalid(f"too many filterGroups: at most {MAX_GROUPS}")
        if any(len(filters) > MAX_FILTERS for filters in groups):
            raise invalid(f"too many filters in a group: at most {MAX_FILTERS}")
        if sum(map(len, groups)) > MAX_ALL_FILTERS:
            raise invalid(f"too many filters: at most {MAX_ALL_FILTERS}")
        compiled = [[self._filter(one) for one in filters] for filters in groups]
        words = str(asked.get("query") or "").casefold().split()

        def holds(number: int, body: Body) -> bool:
            if words and not _says(body, words):
                return False
            return not compiled or any(all(test(number, body) for test in group) for group in compiled)

        return holds

    def ordered(self, found: list[tuple[int, Body]], asked: Mapping[str, Any]) -> list[tuple[int, Body]]:
        """By the one sort rule, what is equal in no order anybody could rely on, as none is documented; by id without one."""
        sorts = list_of(asked.get("sorts"), "sorts")
        if len(sorts) > 1:
            raise invalid("only one sort is allowed")
        if not sorts:
            return sorted(found, key=lambda item: item[0])
        rule = sorts[0] if isinstance(sorts[0], Mapping) else {"propertyName": sorts[0]}
        name = self._known(rule.get("propertyName"))

        def key(item: tuple[int, Body]) -> tuple[bool, Any]:
            value = self._value(*item, name)
            return (False, 0) if value is None else (True, value)

        shuffled = sorted(found, key=lambda item: crc32(str(item[0]).encode()))
        return sorted(shuffled, key=key, reverse=rule.get("direction") == "DESCENDING")

    def _known(self, name: Any) -> str:
        """HubSpot does not search by what it does not know."""
        if not isinstance(name, str) or self._crm.book.find(self._kind, name) is None:
            raise invalid(f"There was a problem with the request: property {name!r} does not exist")
        return name

    def _filter(self, one: Mapping[str, Any]) -> Test:
        name, operator = str(one.get("propertyName", "")), str(one.get("operator", ""))
        if name.startswith(ASSOCIATED):
            return self._association_test(type_of(name.removeprefix(ASSOCIATED)), operator, one)
        self._known(name)
        if operator == "HAS_PROPERTY":
            return lambda number, body: self._value(number, body, name) is not None
        if operator == "NOT_HAS_PROPERTY":
            return lambda number, body: self._value(number, body, name) is None
        test = self._test(name, operator, one)
        negated = operator in ("NEQ", "NOT_IN", "NOT_CONTAINS_TOKEN")

        def holds(number: int, body: Body) -> bool:
            value = self._value(number, body, name)
            return negated if value is None else test(value)

        return holds

    def _association_test(self, other: ObjectType, operator: str, one: Mapping[str, Any]) -> Test:
        wanted = {str(value) for value in list_of(one.get("values"), "values") or [one.get("value")]}
        if operator not in ("EQ", "IN"):
            raise invalid(f"associations are searched with EQ and IN, not {operator!r}")
        associations, start = self._crm.associations, self._kind.name
        return lambda number, body: not wanted.isdisjoint(map(str, associations.targets((start, number), other.name)))

    def _value(self, number: int, body: Body, name: str) -> Any:
        """What a record says, as it is compared; None when it says nothing."""
        match name:
            case "createdate" | "hs_createdate":
                return body["created"]
            case "lastmodifieddate" | "hs_lastmodifieddate":
                return body["updated"]
            case "hs_object_id":
                return float(number)
        text = self._crm.said(self._kind, number, body, name)
        return None if text in (None, "") else self._compared(name, text)

    def _compared(self, name: str, text: str | None) -> Any:
        one = self._crm.book.find(self._kind, name)
        if one is None or text is None:
            return text
        if one.type == "datetime":
            return instant_ms(text) or 0
        if one.type == "number":
            return float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else 0.0
        return text if one.type == "enumeration" else text.casefold()

    def _test(self, name: str, operator: str, one: Mapping[str, Any]) -> Callable[[Any], bool]:
        wanted = self._compared(name, str(one.get("value", "")))
        if operator == "BETWEEN":
            high = self._compared(name, str(one.get("highValue", "")))
            return lambda value: bool(wanted <= value <= high)
        if operator in ("IN", "NOT_IN"):
            values = self._listed(name, list_of(one.get("values"), "values"))
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
            raise invalid(f"unknown operator {operator!r}")
        return simple[operator]

    def _listed(self, name: str, values: list[Any]) -> set[Any]:
        """Texts in a list are not folded: only those written in lower case can be found."""
        one = self._crm.book.find(self._kind, name)
        is_text = one is not None and one.type in ("string", "phone_number")
        return {str(value) if is_text else self._compared(name, str(value)) for value in values}


def _filters(group: Any) -> list[Mapping[str, Any]]:
    filters = group.get("filters", []) if isinstance(group, Mapping) else None
    if not isinstance(filters, list) or not all(isinstance(one, Mapping) for one in filters):
        raise invalid("filterGroups must hold objects with a list of filters")
    return filters


def _says(body: Body, words: list[str]) -> bool:
    said = [(value or "").casefold() for value in body["properties"].values()]
    return all(any(word in text for text in said) for word in words)


def _token_test(wanted: str, *, is_wanted: bool) -> Callable[[Any], bool]:
    pattern = re.compile(".*".join(map(re.escape, wanted.split("*"))))

    def holds(value: Any) -> bool:
        found = any(pattern.fullmatch(token) for token in re.split(r"[\s@.]+", str(value)))
        return found is is_wanted

    return holds
