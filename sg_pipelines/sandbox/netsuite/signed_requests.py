"""Token-based authentication: OAuth 1.0a (RFC 5849) with HMAC-SHA256. Nothing else is accepted, HMAC-SHA1 least.

Timestamps follow wall time, whatever the sandbox's clock says.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, unquote

from starlette.requests import Request

SKEW_SECONDS, MIN_NONCE = 300, 6
SCHEME = "OAuth "


class SignatureCheck:
    """The consumer and token of one account, and the nonces they used up."""

    def __init__(self, realm: str, keys: Mapping[str, str]) -> None:
        self._realm, self._keys = realm, keys
        self._nonces: dict[tuple[int, str], None] = {}

    def accepts(self, request: Request) -> bool:
        """True for a right signature by the known consumer and token, in time, with a nonce of its own."""
        header = request.headers.get("authorization", "").removeprefix(SCHEME)
        given = {key: unquote(value) for key, value in re.findall(r'(\w+)="([^"]*)"', header)}
        if not self._is_known(given) or not _is_in_time(given.get("oauth_timestamp", "")):
            return False
        used = (int(given["oauth_timestamp"]), given.get("oauth_nonce", ""))
        if len(used[1]) < MIN_NONCE or used in self._nonces:
            return False
        wanted = self._signature(request, given).encode()
        if not hmac.compare_digest(wanted, given.get("oauth_signature", "").encode()):
            return False
        self._use_up(used)
        return True

    def _is_known(self, given: Mapping[str, str]) -> bool:
        named = (given.get("oauth_consumer_key"), given.get("oauth_token"), given.get("realm"))
        is_ours = named == (self._keys["consumer_key"], self._keys["token_id"], self._realm)
        return is_ours and given.get("oauth_signature_method") == "HMAC-SHA256"

    def _use_up(self, used: tuple[int, str]) -> None:
        """Older than the skew a nonce need not be remembered: its timestamp is refused anyway."""
        oldest = time.time() - SKEW_SECONDS
        while self._nonces and next(iter(self._nonces))[0] < oldest:
            del self._nonces[next(iter(self._nonces))]
        self._nonces[used] = None

    def _signature(self, request: Request, given: Mapping[str, str]) -> str:
        pairs = [(key, value) for key, value in given.items() if key not in ("realm", "oauth_signature")]
        pairs += parse_qsl(request.url.query, keep_blank_values=True)
        encoded = sorted((_encode(key), _encode(value)) for key, value in pairs)
        parameters = "&".join(f"{key}={value}" for key, value in encoded)
        url = str(request.url.replace(query="", fragment=""))
        base = "&".join((request.method.upper(), _encode(url), _encode(parameters)))
        key = f"{_encode(self._keys['consumer_secret'])}&{_encode(self._keys['token_secret'])}"
        return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha256).digest()).decode()


def _is_in_time(stamp: str) -> bool:
    return stamp.isascii() and stamp.isdecimal() and abs(time.time() - int(stamp)) <= SKEW_SECONDS


def _encode(text: str) -> str:
    return quote(text, safe="-._~")
