"""What a mutation's input says about options: of a new product, and the values its variants are given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.product_options import BETWEEN_VALUES, MOST_OPTIONS
from sg_pipelines.sandbox.shopify.refusals import Refusal, not_simulated

Option = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Codes:
    """What one mutation calls the same mistakes."""

    unknown_option: str
    unknown_value: str
    taken: str


def made_options(given: Sequence[Args]) -> list[dict[str, Any]]:
    """The options of a new product, as a record keeps them."""
    for one in given:
        _writable(_given_values(one), len(given))
    return [{"name": one.get("name"), "values": _given_values(one)} for one in given]


def option_problems(options: Sequence[Option]) -> Iterator[Refusal]:
    """Why a product cannot be made with these."""
    if len(options) > MOST_OPTIONS:
        yield Refusal(("productOptions",), f"Can only specify a maximum of {MOST_OPTIONS} options")
    for place, option in enumerate(options):
        path = ("productOptions", str(place))
        if not option["name"]:
            yield Refusal((*path, "name"), "Name can't be blank")
        if option["name"] in [one["name"] for one in options[:place]]:
            yield Refusal((*path, "name"), f"Option '{option['name']}' already exists")
        if not option["values"]:
            yield Refusal((*path, "values"), "Values can't be blank")
        if len(set(option["values"])) < len(option["values"]):
            yield Refusal((*path, "values"), "Values must be unique")


def chosen_values(
    options: Sequence[Option], given: Sequence[Args], was: Sequence[str | None], path: tuple[str, ...], codes: Codes
) -> list[str] | Refusal:
    """A value for each option of the product: the given, else what it was; or why not."""
    values = list(was)
    for place, one in enumerate(given):
        here = (*path, "optionValues", str(place))
        at = next((at for at, option in enumerate(options) if _is_named(option, one)), None)
        if at is None:
            return Refusal(here, "Option does not exist", codes.unknown_option)
        value = _value(options[at], one)
        if value is None:
            return Refusal(here, "Option value does not exist", codes.unknown_value)
        values[at] = value
    lacking = next((option["name"] for option, value in zip(options, values, strict=True) if not value), None)
    if lacking is not None:
        return Refusal(path, f"You need to add option values for {lacking}", "NEED_TO_ADD_OPTION_VALUES")
    found = [value for value in values if value]
    _writable(found, len(options))
    return found


def _given_values(option: Args) -> list[str]:
    return [value["name"] for value in option.get("values") or () if value.get("name")]


def _is_named(option: Option, given: Args) -> bool:
    if given.get("optionId") is not None:
        return bool(option["id"] == given["optionId"])
    if given.get("optionName") is not None:
        return bool(option["name"] == given["optionName"])
    return given.get("id") in [value["id"] for value in option["optionValues"]]


def _value(option: Option, given: Args) -> str | None:
    """By name, or by the id of a value the option has."""
    if given.get("id") is None:
        return str(given.get("name") or "")
    return next((value["name"] for value in option["optionValues"] if value["id"] == given["id"]), None)


def _writable(values: Sequence[str], options: int) -> None:
    if options > 1 and any(BETWEEN_VALUES in value for value in values):
        raise not_simulated(f"A value with '{BETWEEN_VALUES}' in it beside other options")
