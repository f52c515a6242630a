"""Keys of Internet domains."""

from __future__ import annotations

import re
import unicodedata

from sg_pipelines.domain.comparators.text import visible

_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//")
_REST = re.compile(r"[/?#\\]")
_WORLD_WIDE_WEB = re.compile(r"(?:www\.)+(?=.)")


def domain_key(value: str) -> str | None:
    """The host without scheme, user, port, path and `www.`, in its ASCII form; None for blank."""
    text = unicodedata.normalize("NFKC", visible(value)).strip().casefold()
    scheme = _SCHEME.match(text)
    named = _REST.split(text[scheme.end() :] if scheme else text, maxsplit=1)[0]
    host = _ascii(named.rpartition("@")[2].partition(":")[0].strip(" .")).strip(".")
    web = _WORLD_WIDE_WEB.match(host)
    return (host[web.end() :] if web else host) or None


def _ascii(host: str) -> str:
    """A host of letters beyond ASCII as the name system holds it; one that cannot be a host stays as it is."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
