"""Keys of Internet domains."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://")


def domain_key(value: str) -> str | None:
    """The host without scheme, user, port, path and `www.`, in its ASCII form; None for blank."""
    text = _SCHEME.sub("", value.strip().casefold(), count=1)
    host = re.split(r"[/?#]", text, maxsplit=1)[0].rpartition("@")[2].partition(":")[0].strip(".")
    host = host.removeprefix("www.")
    if not host or host.isascii():
        return host or None
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
