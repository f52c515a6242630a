"""Whose certificates count."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that httpx trusts (SSL_CERT_FILE and SSL_CERT_DIR are heeded), read from the disk once."""
    return httpx.create_ssl_context()
