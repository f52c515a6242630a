"""Who may come in: OAuth 1.0a tokens with HMAC-SHA256, and OAuth 2.0 client credentials with a signed JWT."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
import sqlite3
import time
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, unquote

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.requests import Request

ALGORITHMS = ("PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
SKEW_SECONDS, TOKEN_SECONDS, LONGEST_JWT_SECONDS = 300, 3600, 3600
MIN_NONCE = 6


class Gatekeeper:
    """The integration of one account. Time is wall time here, whatever the sandbox's clock says."""

    def __init__(self, connection: sqlite3.Connection, account: str) -> None:
        self.account_id = f"{account.upper()}_SB1"
        self._keys = {
            word: f"{word}-{account}" for word in ("consumer_key", "consumer_secret", "token_id", "token_secret")
        }
        self._client_id, self._certificate_id = f"client-{account}", f"certificate-{account}"
        self._private_key = _private_key(connection, account)
        self._nonces: set[tuple[str, str]] = set()
        self._tokens: dict[str, float] = {}

    def credentials(self) -> Mapping[str, str]:
        """What lets a connector in, by either way."""
        return {
            "account_id": self.account_id,
            **self._keys,
            "client_id": self._client_id,
            "certificate_id": self._certificate_id,
            "private_key": self._private_key,
        }

    def admits(self, request: Request) -> bool:
        """True for a request that carries a live bearer token or a right signature."""
        header = request.headers.get("authorization", "")
        if header.lower().startswith("bearer "):
            return self._tokens.get(header[7:], 0.0) > time.time()
        return header.startswith("OAuth ") and self._is_signed(request, header)

    def _is_signed(self, request: Request, header: str) -> bool:
        given = {key: unquote(value) for key, value in re.findall(r'(\w+)="([^"]*)"', header)}
        stamp, nonce = given.get("oauth_timestamp", ""), given.get("oauth_nonce", "")
        if given.get("oauth_signature_method") != "HMAC-SHA256" or given.get("realm") != self.account_id:
            return False
        known = (self._keys["consumer_key"], self._keys["token_id"])
        if (given.get("oauth_consumer_key"), given.get("oauth_token")) != known:
            return False
        if not stamp.isdigit() or abs(time.time() - int(stamp)) > SKEW_SECONDS:
            return False
        if len(nonce) < MIN_NONCE or (stamp, nonce) in self._nonces:
            return False
        if not hmac.compare_digest(self._signature(request, given), given.get("oauth_signature", "")):
            return False
        self._nonces.add((stamp, nonce))
        return True

    def _signature(self, request: Request, given: Mapping[str, str]) -> str:
        pairs = [(key, value) for key, value in given.items() if key not in ("realm", "oauth_signature")]
        pairs += parse_qsl(request.url.query, keep_blank_values=True)
        encoded = sorted((_encode(key), _encode(value)) for key, value in pairs)
        parameters = "&".join(f"{key}={value}" for key, value in encoded)
        url = str(request.url.replace(query="", fragment=""))
        base = "&".join((request.method.upper(), _encode(url), _encode(parameters)))
        key = f"{_encode(self._keys['consumer_secret'])}&{_encode(self._keys['token_secret'])}"
        return base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha256).digest()).decode()

    def issue(self, assertion: str, audience: str) -> str | None:
        """A bearer token for a right JWT, else None."""
        public = serialization.load_pem_private_key(self._private_key.encode(), None).public_key()
        try:
            head = jwt.get_unverified_header(assertion)
            if head.get("kid") != self._certificate_id or head.get("alg") not in ALGORITHMS:
                return None
            claims = jwt.decode(
                assertion,
                public,  # type: ignore[arg-type]  # the key is an EC one
                algorithms=["ES256"],
                audience=audience,
                issuer=self._client_id,
                options={"require": ["iss", "aud", "iat", "exp"]},
            )
        except jwt.PyJWTError:
            return None
        if claims["exp"] - claims["iat"] > LONGEST_JWT_SECONDS:
            return None
        token = secrets.token_urlsafe(32)
        self._tokens[token] = time.time() + TOKEN_SECONDS
        return token


def _encode(text: str) -> str:
    return quote(text, safe="-._~")


def _private_key(connection: sqlite3.Connection, account: str) -> str:
    """Made once, kept with the account."""
    connection.execute(f'create table if not exists "{account}_certificate" (pem text)')
    found = connection.execute(f'select pem from "{account}_certificate"').fetchone()
    if found is not None:
        return str(found[0])
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    connection.execute(f'insert into "{account}_certificate" values (?)', (pem.decode(),))
    return pem.decode()
