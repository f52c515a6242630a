"""OAuth 1.0a with HMAC-SHA256 (RFC 5849) as NetSuite's token-based authentication wants it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from sg_pipelines.connectors.connections import OAuth1Credentials


def authorization(
    method: str, url: str, credentials: OAuth1Credentials, realm: str, *, nonce: str, timestamp: int
) -> str:
    """The value of the Authorization header for one request; the body is not signed."""
    said = {
        "oauth_consumer_key": credentials.consumer_key,
        "oauth_token": credentials.token_id,
        "oauth_nonce": nonce,
        "oauth_timestamp": str(timestamp),
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_version": "1.0",
    }
    signed = {**said, "oauth_signature": signature(method, url, said, credentials)}
    pairs = ", ".join(f'{name}="{encoded(value)}"' for name, value in signed.items())
    return f'OAuth realm="{realm}", {pairs}'


def signature(method: str, url: str, said: Mapping[str, str], credentials: OAuth1Credentials) -> str:
    """Base64 of the HMAC over method, address without query, and all parameters in order."""
    parts = urlsplit(url)
    pairs = [*said.items(), *parse_qsl(parts.query, keep_blank_values=True)]
    parameters = "&".join(f"{name}={value}" for name, value in sorted((encoded(n), encoded(v)) for n, v in pairs))
    address = urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, "", ""))
    base = "&".join((method.upper(), encoded(address), encoded(parameters)))
    key = f"{encoded(credentials.consumer_secret)}&{encoded(credentials.token_secret)}"
    return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha256).digest()).decode()


def encoded(text: str) -> str:
    """Percent-encoding of RFC 5849: everything but letters, digits, and - . _ ~"""
    return quote(text, safe="-._~")
