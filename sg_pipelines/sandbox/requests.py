"""The ledger of every request a simulated account received."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NUMBERS = re.compile(r"/\d+")


class RequestLedger:
    """Counts by account, method, path (numbers left out) and status."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str, int]] = Counter()

    def watching(self, account: str, app: ASGIApp) -> ASGIApp:
        """The same app, with its answers counted."""

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            async def counted(message: Message) -> None:
                if message["type"] == "http.response.start":
                    path = _NUMBERS.sub("/{n}", scope["path"].removeprefix(f"/{account}"))
                    self._counts[account, scope["method"], path, message["status"]] += 1
                await send(message)

            await app(scope, receive, counted)

        return watched

    def told(self) -> dict[str, Any]:
        """Per account: how many in all, how many by status, and each path."""
        accounts: dict[str, Any] = {}
        for (account, method, path, status), count in sorted(self._counts.items()):
            entry = accounts.setdefault(account, {"total": 0, "by_status": Counter(), "paths": []})
            entry["total"] += count
            entry["by_status"][str(status)] += count
            entry["paths"].append({"method": method, "path": path, "status": status, "count": count})
        return accounts

    def clear(self) -> dict[str, Any]:
        """Begin anew; returns what was counted until now."""
        told = self.told()
        self._counts.clear()
        return told
