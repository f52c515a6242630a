"""The small notations of client files: durations (`24h`), shares (`10%`), environment references (`$NAME`)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from phonenumbers import SUPPORTED_REGIONS
from pydantic import BeforeValidator, WithJsonSchema

from sg_pipelines.config.cron import cron
from sg_pipelines.domain.model.money import CURRENCIES

OLDEST_VERSION = "2026-07"
LONGEST = timedelta(days=366)
_SLUG = r"^[a-z][a-z0-9_]{1,30}$"
_SHOP = r"^[a-z0-9][a-z0-9-]*\.myshopify\.com$"
_DATASET = r"^[a-z][a-z0-9-]{4,28}[a-z0-9]\.[A-Za-z0-9_]+$"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    match = re.fullmatch(r"(\d{1,9})\s*([smhd])", str(value).strip())
    duration = None if match is None else timedelta(**{_UNITS[match[2]]: int(match[1])})
    if duration is None or duration > LONGEST:
        raise ValueError("a duration reads like 30s, 15m, 24h or 7d, and is a year at most (366d)")
    return duration


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
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # a folder of zones, such as Europe, is an OSError
        raise ValueError("a time zone reads like Europe/Madrid, America/Bogota or UTC") from error
    return value


def _currency(value: Any) -> Any:
    if value is not None and (not isinstance(value, str) or value not in CURRENCIES):
        raise ValueError("a currency is a code of ISO 4217: USD, EUR, COP")
    return value


def _like(pattern: str, says: str) -> BeforeValidator:
    """A text of a pattern, refused in words."""

    def check(value: Any) -> Any:
        if not isinstance(value, str) or re.search(pattern, value) is None:
            raise ValueError(says)
        return value

    return BeforeValidator(check)


def _owner(value: Any) -> Any:
    """One word or a list of words."""
    words = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(word, str) for word in words):
        raise ValueError("accounts in order belong here, or newest or any: owner: [hubspot, shopify]")
    return value


def _place(value: Any) -> Any:
    """`sandbox`, or where an http server is."""
    if value is None or value == "sandbox":
        return value
    try:
        parts = urlsplit(value) if isinstance(value, str) else None
        is_url = parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_url = False
    if not is_url or re.search(r"\s", value):
        raise ValueError("an account is at `sandbox`, or at a URL such as https://api.example.com")
    return value


def _whole(value: Any) -> Any:
    """Yes and no are no numbers."""
    if isinstance(value, bool):
        raise ValueError("a whole number is written in digits alone: 2000")
    return value


def _version(value: Any) -> Any:
    if not isinstance(value, str) or re.fullmatch(r"20\d\d-(01|04|07|10)", value) is None or value < OLDEST_VERSION:
        raise ValueError(
            f"a version of the Admin API reads like {OLDEST_VERSION}, which is the oldest that is read here"
        )
    return value


def _region(value: Any) -> Any:
    if not isinstance(value, str) or value not in SUPPORTED_REGIONS:
        hint = "; Norway is written in quotes: 'NO'" if value is False else ""
        raise ValueError(f"a region is a code of ISO 3166: US, ES, CO{hint}")
    return value


Place = Annotated[
    str, BeforeValidator(_place), WithJsonSchema({"type": "string", "pattern": "^(sandbox|https?://.+)$"})
]
"""`sandbox` or `https://api.example.com`."""

Whole = Annotated[int, BeforeValidator(_whole)]
"""`2000`."""

Owner = Annotated[Literal["newest", "any"] | str | tuple[str, ...], BeforeValidator(_owner)]
"""`newest`, `any`, `hubspot` or `[hubspot, shopify]`."""

Cron = Annotated[str, BeforeValidator(cron), WithJsonSchema({"type": "string"})]
"""`*/15 * * * *`."""

Currency = Annotated[str, BeforeValidator(_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]
"""`EUR`."""

Region = Annotated[str, BeforeValidator(_region), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{2}$"})]
"""`ES`."""

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

ApiVersion = Annotated[str, BeforeValidator(_version), WithJsonSchema({"type": "string"})]
"""`2026-07`: of Shopify's Admin API."""

Slug = Annotated[
    str,
    _like(_SLUG, "a slug is 2 to 31 small letters, digits and underscores, a letter first"),
    WithJsonSchema({"type": "string", "pattern": _SLUG}),
]
"""`acme`."""

ShopDomain = Annotated[
    str, _like(_SHOP, "a shop reads like acme.myshopify.com"), WithJsonSchema({"type": "string", "pattern": _SHOP})
]
"""`acme.myshopify.com`."""

DatasetName = Annotated[
    str,
    _like(_DATASET, "a dataset of BigQuery reads like acme-data.master: its project, a point, its name"),
    WithJsonSchema({"type": "string", "pattern": _DATASET}),
]
"""`acme-data.master`."""
