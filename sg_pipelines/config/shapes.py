"""What does not have the shape of a client file, in sentences: what stands there, what belongs there, how it is written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sg_pipelines.config.accounts import PLATFORMS, HubSpotAccount, NetSuiteAccount, ShopifyAccount
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.problem import Problem, nearest
from sg_pipelines.config.semantics import OBJECTS

Place = tuple[str | int, ...]
# How settings are written, by the word before them.
_WRITTEN = {
    "accounts": "{hubspot: {at: sandbox}}",
    "entities": "{customer: {on: {hubspot: contacts}}}",
    "on": "{hubspot: contacts}",
    "expected_on": "{hubspot: always}",
    "fields": "{email: {owner: newest}}",
    "check_every": "{identity: 24h}",
    "sandbox": "{people: 2000, seed: 7}",
    "approval": "{four_eyes_above: 500}",
    "breakers": "{max_share: 10%}",
    "budgets": "{soft_drift: 5%}",
    "freshness": '{full: "0 3 * * *"}',
    "warehouse": "{bigquery: acme-data.master}",
    "bigquery": "acme-data.master",
    "client": "acme",
    "class": "soft_drift",
    "oauth1": "{consumer_key: $A, consumer_secret: $B, token_id: $C, token_secret: $D}",
    "oauth2": "{client_id: $A, certificate_id: $B, private_key: $C}",
}
# The same for what a file names itself, by the word above it.
_NAMED = {"accounts": "{at: sandbox}", "fields": "{owner: [hubspot]}"}
_PLATFORMS: dict[str, type[BaseModel]] = {
    "hubspot": HubSpotAccount,
    "shopify": ShopifyAccount,
    "netsuite": NetSuiteAccount,
}
# What a single value is not, by what was to be made of it, and how that is written.
_SINGLE = {
    "string": ("no text", 'Put it in quotes: "{shown}"'),
    "bool": ("neither yes nor no", "Write {own}: true or {own}: false"),
    "int": ("no whole number", "Write digits alone: 2000"),
    "decimal": ("no number", "Write digits and a point: 0.01"),
}
_BOUNDS = {"greater_than_equal": ("ge", "more"), "less_than_equal": ("le", "less")}


def misshapen(details: ErrorDetails) -> Problem:
    """One of the validator's complaints as a person would put it."""
    location, kind, given = details["loc"], details["type"], details["input"]
    name = str(location[-1]) if location else "the file"
    if kind == "extra_forbidden":
        return Problem(location, f"{name!r} is not known here", nearest(name, _words(location)))
    if kind == "missing":
        return Problem(location[:-1], f"{name!r} is missing", f"Add `{name}: {_example(location)}` here")
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _no_platform(location, details)
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return _no_settings(location, name, given)
    if kind in ("literal_error", "enum"):
        expected = str(details["ctx"]["expected"])
        said = f"{name} is {expected}, not {_shown(given)}"
        close = difflib.get_close_matches(str(given), re.findall(r"'([^']+)'", expected), n=1)
        return Problem(location, said, f"Did you mean {close[0]!r}?" if close else "Write one of these")
    if kind in _BOUNDS:
        bound, more = _BOUNDS[kind]
        said = f"{name} should be {details['msg'].removeprefix('Input should be ')}"
        return Problem(location, said, f"Write {details['ctx'][bound]} or {more}")
    return _no_value(location, kind, given) or Problem(
        location, f"{name}: {details['msg'].removeprefix('Value error, ')}"
    )


def _no_value(location: Place, kind: str, given: Any) -> Problem | None:
    """Of single values and lists."""
    name, own = str(location[-1]), next(str(part) for part in reversed(location) if isinstance(part, str))
    if given is None and name.isdecimal() and "properties" in location:
        return Problem(location, "a comma ends a number here", f"Write it with a point: tolerance: 0.{name}")
    if given is None:
        remedy = f"Write {own}: {_WRITTEN[own]}" if own in _WRITTEN else "Write what it is, or take the line away"
        return Problem(location, f"{own} says nothing", remedy)
    if kind == "tuple_type":
        return Problem(
            location, f"{own} holds {_kind_of(given)} where a list belongs", f"Write {own}: {_listed(own, given)}"
        )
    if kind == "string_type" and isinstance(given, list | dict):
        return Problem(location, f"{own} holds {_kind_of(given)} where one text belongs", f"Write {own}: and one text")
    what, remedy = _SINGLE.get(kind.partition("_")[0], ("", ""))
    if not what:
        return None
    shown = _shown(given)
    return Problem(location, f"{own}: {shown} is {what}", remedy.format(own=own, shown=shown))


def _listed(own: str, given: Any) -> str:
    if isinstance(given, list | dict):
        return "[{class: soft_drift}]" if own == "auto" else "[one, another]"
    return f"[{given}]"


def _no_settings(location: Place, name: str, given: Any) -> Problem:
    if not location:
        remedy = "Start from clients/demo.yaml: lines of `name: value`"
        return Problem(location, f"the file holds {_kind_of(given)} where lines belong", remedy)
    said = f"{name} says nothing" if given is None else f"{name} holds {_kind_of(given)} where settings belong"
    return Problem(location, said, f"Write {name}: {_example(location)}, or take the line away")


def _no_platform(location: Place, details: ErrorDetails) -> Problem:
    named = details.get("ctx", {}).get("tag")
    if named is not None:
        return Problem((*location, "platform"), f"{named!r} is no platform", nearest(str(named), PLATFORMS))
    name = str(location[-1])
    close = difflib.get_close_matches(name, PLATFORMS, n=1)
    meant = f"Did you mean {close[0]!r}? Otherwise say" if close else "Say"
    return Problem(location, f"{name!r} is no platform", f"{meant} which one it is at: `platform: shopify`")


def _example(location: Place) -> str:
    """How what belongs there is written."""
    above, name = (str(part) for part in ("", *location)[-2:])
    if above == "entities":
        return f"{{on: {{hubspot: {OBJECTS.get(name, OBJECTS['customer'])['hubspot'][0]}}}}}"
    return _NAMED.get(above) or _WRITTEN.get(name, "...")


def _words(location: Place) -> list[str]:
    """What may stand where something else stands."""
    return [field.alias or name for name, field in _model_at(location[:-1]).model_fields.items()]


def _model_at(location: Place) -> type[BaseModel]:
    """What a place of the file is read as; of an account the validator names its platform, too."""
    model: type[BaseModel] = ClientFile
    for part in map(str, location):
        field = model.model_fields.get(part)
        inner = _PLATFORMS.get(part) if field is None else next(_models(field.annotation), None)
        model = inner or model
    return model


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


def _kind_of(given: Any) -> str:
    if isinstance(given, list):
        return "a list"
    if isinstance(given, dict):
        return "settings"
    return "nothing" if given is None else "one word"


def _shown(given: Any) -> str:
    """As the file says it."""
    return str(given).lower() if isinstance(given, bool) else repr(given) if isinstance(given, str) else str(given)
