"""Who may come in: requests with a live bearer token or a right OAuth 1.0a signature.

How each is checked belongs to `access_tokens` and `signed_requests`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from starlette.requests import Request

from sg_pipelines.sandbox.netsuite.access_tokens import TokenDesk
from sg_pipelines.sandbox.netsuite.signed_requests import SCHEME, SignatureCheck

BEARER = "bearer "


class Gatekeeper:
    """The integration of one account."""

    def __init__(self, connection: sqlite3.Connection, account: str, *, key_type: str = "ec") -> None:
        self._account_id = f"{account.upper().replace('-', '_')}_SB1"
        words = ("consumer_key", "consumer_secret", "token_id", "token_secret")
        self._keys = {word: f"{word}-{account}" for word in words}
        self._signatures = SignatureCheck(self._account_id, self._keys)
        self.desk = TokenDesk(connection, account, key_type=key_type)

    def credentials(self) -> Mapping[str, str]:
        """What lets a connector in, by either way."""
        return {
            "account_id": self._account_id,
            **self._keys,
            "client_id": self.desk.client_id,
            "certificate_id": self.desk.certificate_id,
            "private_key": self.desk.private_key,
        }

    def admits(self, request: Request) -> bool:
        """True for a request that carries a live bearer token or a right signature."""
        header = request.headers.get("authorization", "")
        if header.lower().startswith(BEARER):
            return self.desk.knows(header[len(BEARER) :])
        return header.startswith(SCHEME) and self._signatures.accepts(request)
