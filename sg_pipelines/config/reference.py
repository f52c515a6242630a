"""What may stand in a client file, told by the models themselves: a JSON Schema for editors and a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sg_pipelines.config.client_file import ClientFile, FieldSettings
from sg_pipelines.config.condition_names import counted, readable
from sg_pipelines.config.semantics import OBJECTS
from sg_pipelines.domain.model.catalogue import KINDS

_INTRODUCTION = """# Client files, line by line
Made from the models by `sg client reference`; every default stated. [clients.md](clients.md) tells how to set one up.

Conditions read what the master shows, letter by letter: `custom_tier == 'gold'` is false of `Gold`, though the two are no difference
between systems. `custom_tier.matches('(?i)^gold$')` is true of both.
"""
_OF_ORDERS = (
    " `orders_count` and `total_spent` are what platforms count, added up; where none does, what the orders we keep say: "
    "the sum when it is of one currency. `last_order_at` is the beginning of the last order's day."
)


def json_schema() -> dict[str, Any]:
    """For editors: `# yaml-language-server: $schema=schema.json` as a file's first line."""
    schema = _any_of(ClientFile.model_json_schema(by_alias=True))
    field = schema["$defs"][FieldSettings.__name__]
    field["properties"].pop("properties")
    field["additionalProperties"] = {"type": "string", "description": "Account → where the field lives there"}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _any_of(part: Any) -> Any:
    """An account that says no platform fits several; which one it is, its name tells."""
    if isinstance(part, list):
        return [_any_of(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        ("anyOf" if name == "oneOf" else name): _any_of(one) for name, one in part.items() if name != "discriminator"
    }


def reference_page() -> str:
    """Markdown: one table per model, then the fields of every kind."""
    parts = [_INTRODUCTION]
    for title, model in _models("", ClientFile, set()):
        rows = "\n".join(_row(name, field) for name, field in model.model_fields.items())
        heading = f"`{title}`" if title else "The file"
        parts.append(f"## {heading}\n{model.__doc__}\n\n| line | meaning | default |\n|---|---|---|\n{rows}\n")
    parts.extend(_kinds())
    return "\n".join(parts)


def _models(at: str, model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[tuple[str, type[BaseModel]]]:
    if model in seen:
        return
    seen.add(model)
    yield at, model
    for name, field in model.model_fields.items():
        here = f"{at}.{name}" if at else name
        for inner, between in _inner(field.annotation):
            yield from _models(here + between, inner, seen)


def _inner(annotation: Any) -> Iterator[tuple[type[BaseModel], str]]:
    """Models inside an annotation, and what stands between: any name, one of several platforms."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        platform = annotation.model_fields.get("platform")
        yield annotation, f" ({platform.default})" if platform is not None else ""
        return
    keyed = ".<name>" if get_origin(annotation) is dict else ""
    for part in get_args(annotation):
        if not isinstance(part, str | int):
            yield from ((inner, keyed + between) for inner, between in _inner(part))


def _row(name: str, field: FieldInfo) -> str:
    word = field.alias or name
    meaning = " ".join(filter(None, (field.description, _choices(field.annotation))))
    return f"| `{word}` | {meaning} | {_default(field)} |"


def _choices(annotation: Any) -> str:
    """The words of a closed list."""
    words: list[str] = []
    for part in (annotation, *get_args(annotation)):
        if get_origin(part) is Literal:
            words += [str(word) for word in get_args(part)]
        elif isinstance(part, type) and issubclass(part, Enum):
            words += [str(one.value) for one in part]
    return f"({', '.join(f'`{word}`' for word in dict.fromkeys(words))})" if len(words) > 1 else ""


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value == () or value == {} or isinstance(value, BaseModel):
        return ""
    if isinstance(value, timedelta):
        return f"`{round(value.total_seconds() / 3600)}h`"
    if isinstance(value, float):
        return f"`{value:.0%}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{one}`" for one in value)
    shown = value.value if isinstance(value, Enum) else value
    return f"`{str(shown).lower() if isinstance(shown, bool) else shown}`"


def _kinds() -> Iterator[str]:
    for kind in KINDS.values():
        objects = "; ".join(f"{platform}: {' or '.join(words)}" for platform, words in OBJECTS[kind.name].items())
        rows = "\n".join(f"| `{one.name}` | {one.description} | {one.dimension} |" for one in kind.fields)
        names = ", ".join(f"`{name}` ({what})" for name, what in readable(kind).items())
        yield (
            f"## Fields of `{kind.name}`\n{kind.description}. Lives on {objects}.\n\n| field | meaning | dimension |\n"
            f"|---|---|---|\n{rows}\n\nConditions read {names}.{_OF_ORDERS if counted(kind) else ''}\n"
        )
