"""The sandbox's clock: wall time, plus what it was advanced by. The offset survives restarts."""

from __future__ import annotations

import sqlite3
import time


class SandboxClock:
    """`SandboxTime` kept in the sandbox's file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("create table if not exists sandbox_clock (offset_ms integer not null)")
        found = connection.execute("select offset_ms from sandbox_clock").fetchone()
        if found is None:
            connection.execute("insert into sandbox_clock values (0)")
        self._offset_ms = int(found[0]) if found else 0

    def now_ms(self) -> int:
        """Milliseconds since the epoch."""
        return round(time.time() * 1000) + self._offset_ms

    def advance(self, seconds: float) -> int:
        """Move on; returns the new now."""
        self._offset_ms += round(seconds * 1000)
        self._connection.execute("update sandbox_clock set offset_ms = ?", (self._offset_ms,))
        return self.now_ms()
