"""What a condition may call, and what each answers."""

from __future__ import annotations

from sg_pipelines.config.condition_names import Behind

_OF_INSTANTS = (
    "getDate",
    "getDayOfMonth",
    "getDayOfWeek",
    "getDayOfYear",
    "getFullYear",
    "getHours",
    "getMilliseconds",
    "getMinutes",
    "getMonth",
    "getSeconds",
)
# None: what it answers hangs on what it is given, or is nothing that a field can be.
FUNCTIONS: dict[str, Behind | None] = {
    **dict.fromkeys(("contains", "startsWith", "endsWith", "matches"), Behind.YES_OR_NO),
    **dict.fromkeys(("size", "int", "uint", "double", *_OF_INSTANTS), Behind.NUMBER),
    "string": Behind.TEXT,
    "timestamp": Behind.INSTANT,
    **dict.fromkeys(("duration", "bytes", "type", "dyn")),
}
# What asks about elements of a list; `has` asks about a part of a record.
MACROS: dict[str, Behind | None] = {
    **dict.fromkeys(("all", "exists", "exists_one", "existsOne"), Behind.YES_OR_NO),
    **dict.fromkeys(("map", "filter")),
}
HAS = "has"
