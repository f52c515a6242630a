"""E-mail addresses that were asked to be forgotten: nobody can be made with them again."""

from __future__ import annotations

import hashlib
import sqlite3


class Erasures:
    """Only digests are kept, so that the list itself names nobody."""

    def __init__(self, connection: sqlite3.Connection, account: str) -> None:
        self._connection, self._table = connection, f'"{account}_erased_emails"'
        connection.execute(f"create table if not exists {self._table} (digest text primary key)")

    def add(self, email: str) -> None:
        """Put an address on the list."""
        self._connection.execute(f"insert or ignore into {self._table} values (?)", (_digest(email),))

    def __contains__(self, email: str) -> bool:
        found = self._connection.execute(f"select 1 from {self._table} where digest = ?", (_digest(email),))
        return found.fetchone() is not None


def _digest(email: str) -> str:
    return hashlib.blake2b(email.strip().casefold().encode(), digest_size=16).hexdigest()
