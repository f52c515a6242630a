"""The small notations of client files: durations (`24h`), shares (`10%`), environment references (`$NAME`)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BeforeValidator, WithJsonSchema

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(r"(\d+)\s*([smhd])", str(value).strip())
    if match is None:
        raise ValueError("a duration reads like 30s, 15m, 24h or 7d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _share(value: Any) -> Any:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*%", str(value).strip())
    if match is None or float(match[1]) > 100:
        raise ValueError("a share reads like 10% and is at most 100%")
    return float(match[1]) / 100


def _environment_name(value: Any) -> Any:
    if not isinstance(value, str) or re.fullmatch(r"\$[A-Za-z_][A-Za-z0-9_]*", value) is None:
        raise ValueError("a secret never stands in the file: write $NAME and set that environment variable")
    return value


def _time_zone(value: Any) -> Any:
    try:
        ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("a time zone reads like Europe/Madrid, America/Bogota or UTC") from error
    return value


Duration = Annotated[
    timedelta, BeforeValidator(_duration), WithJsonSchema({"type": "string", "pattern": "^[0-9]+ *[smhd]$"})
]
"""`30s`, `15m`, `24h`, `7d`."""

Share = Annotated[
    float, BeforeValidator(_share), WithJsonSchema({"type": "string", "pattern": "^[0-9]+(\\.[0-9]+)? *%$"})
]
"""`10%` as a fraction 0..1."""

EnvironmentName = Annotated[
    str,
    BeforeValidator(_environment_name),
    WithJsonSchema({"type": "string", "pattern": "^\\$[A-Za-z_][A-Za-z0-9_]*$"}),
]
"""`$NAME`: the name of an environment variable, never its value."""

TimeZone = Annotated[str, BeforeValidator(_time_zone), WithJsonSchema({"type": "string"})]
"""`Europe/Madrid`: an IANA name."""
