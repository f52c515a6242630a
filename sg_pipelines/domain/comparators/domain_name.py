"""Keys of Internet domains."""

from __future__ import annotations


def domain_key(value: str) -> str | None:
    """The host without scheme, path and `www.`; None for blank."""
    host = value.strip().casefold().partition("://")[2] or value.strip().casefold()
    return host.split("/")[0].split(":")[0].removeprefix("www.").rstrip(".") or None
