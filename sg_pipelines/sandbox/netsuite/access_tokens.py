"""OAuth 2.0 client credentials: a signed JWT is exchanged for a bearer token that expires. Time is wall time.

The account's key pair is made once and kept in its tables, so that a client set up yesterday is let in today; tokens
are kept there too. RS256 is refused, as NetSuite refuses it.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

ALGORITHMS = {"ec": ["ES256"], "rsa": ["PS256", "PS384", "PS512"]}
LONGEST_JWT_SECONDS = 3600
SCOPE = "rest_webservices"
RSA_BITS = 3072


class TokenDesk:
    """One integration. `key_type`: `ec` (ES256) or `rsa` (PS256, PS384, PS512); it holds for a key not yet made."""

    def __init__(self, connection: sqlite3.Connection, account: str, *, key_type: str = "ec") -> None:
        self._connection, self._account = connection, account
        self.client_id, self.certificate_id = f"client-{account}", f"certificate-{account}"
        self._tokens = f'"{account}_token"'
        connection.execute(f"create table if not exists {self._tokens} (digest text primary key, until real not null)")
        self.private_key = self._kept_key(key_type)

    def issue(self, assertion: str, audience: str, *, lifetime_seconds: float) -> str | None:
        """A bearer token for a right JWT, else None."""
        claims = self._claims(assertion, audience)
        if claims is None or not _is_short_and_scoped(claims):
            return None
        token, now = secrets.token_urlsafe(32), time.time()
        self._connection.execute(f"delete from {self._tokens} where until < ?", (now,))
        self._connection.execute(f"insert into {self._tokens} values (?, ?)", (_digest(token), now + lifetime_seconds))
        return token

    def knows(self, token: str) -> bool:
        """True for a token that has not expired."""
        sql = f"select until from {self._tokens} where digest = ?"
        found = self._connection.execute(sql, (_digest(token),)).fetchone()
        return found is not None and float(found[0]) > time.time()

    def _claims(self, assertion: str, audience: str) -> dict[str, Any] | None:
        private = serialization.load_pem_private_key(self.private_key.encode(), None)
        if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            return None
        key_type = "ec" if isinstance(private, ec.EllipticCurvePrivateKey) else "rsa"
        try:
            if jwt.get_unverified_header(assertion).get("kid") != self.certificate_id:
                return None
            return jwt.decode(
                assertion,
                private.public_key(),
                algorithms=ALGORITHMS[key_type],
                audience=audience,
                issuer=self.client_id,
                options={"require": ["iss", "aud", "iat", "exp"]},
            )
        except jwt.PyJWTError:
            return None

    def _kept_key(self, key_type: str) -> str:
        """Made once, kept with the account."""
        table = f'"{self._account}_certificate"'
        self._connection.execute(f"create table if not exists {table} (pem text)")
        found = self._connection.execute(f"select pem from {table}").fetchone()
        if found is not None:
            return str(found[0])
        pem = _new_key(key_type)
        self._connection.execute(f"insert into {table} values (?)", (pem,))
        return pem


def _is_short_and_scoped(claims: dict[str, Any]) -> bool:
    issued, expires, scope = claims["iat"], claims["exp"], claims.get("scope", [])
    scopes = scope.replace(",", " ").split() if isinstance(scope, str) else scope
    if not isinstance(issued, int) or not isinstance(expires, int) or not isinstance(scopes, list):
        return False
    return SCOPE in scopes and 0 < expires - issued < LONGEST_JWT_SECONDS


def _new_key(key_type: str) -> str:
    made: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    if key_type == "rsa":
        made = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    else:
        made = ec.generate_private_key(ec.SECP256R1())
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
