"""Rate limits in wall time, as platforms keep them."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

Monotonic = Callable[[], float]


class RollingWindow:
    """At most `limit` requests in any `seconds`."""

    def __init__(self, limit: int, seconds: float, clock: Monotonic = time.monotonic) -> None:
        self.limit, self.seconds = limit, seconds
        self._clock = clock
        self._taken: deque[float] = deque()

    def take(self) -> bool:
        """Use one up; False when none is left."""
        now = self._clock()
        while self._taken and now - self._taken[0] >= self.seconds:
            self._taken.popleft()
        if len(self._taken) >= self.limit:
            return False
        self._taken.append(now)
        return True

    @property
    def remaining(self) -> int:
        """How many are left just now."""
        return self.limit - len(self._taken)


class LeakyBucket:
    """Points that are taken and flow back at a steady rate."""

    def __init__(self, size: float, restore_rate: float, clock: Monotonic = time.monotonic) -> None:
        self.size, self.restore_rate = size, restore_rate
        self._clock = clock
        self._level, self._at = size, clock()

    @property
    def available(self) -> float:
        """Points there now."""
        now = self._clock()
        self._level = min(self.size, self._level + (now - self._at) * self.restore_rate)
        self._at = now
        return self._level

    def take(self, points: float) -> bool:
        """Take points when they are there."""
        if self.available < points:
            return False
        self._level -= points
        return True

    def give_back(self, points: float) -> None:
        """What was asked for and not used."""
        self._level = min(self.size, self._level + points)
