"""The time decisions are made at."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time decisions are made at. In sandbox mode it follows the sandbox's clock; authentication never does."""

    def now(self) -> datetime:
        """The current instant, aware, UTC, whole milliseconds."""
        ...
