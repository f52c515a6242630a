"""Staying under a platform's limits before it has to say so."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

import httpx

Sleep = Callable[[float], Awaitable[None]]
Monotonic = Callable[[], float]


class Pacing(Protocol):
    """Asked before and told after every request."""

    async def before(self, weight: float) -> float:
        """Wait until a request of this weight may go; returns the seconds waited."""
        ...

    def after(self, response: httpx.Response | None) -> None:
        """Learn from the answer; None when there was none."""
        ...


@dataclass(slots=True)
class Window:
    """When requests were sent of late, and how many the platform says may be."""

    sent: deque[float] = field(default_factory=deque)
    limit: int | None = None


@cache
def shared_window(base_url: str, account: str, name: str) -> Window:
    """The window of one limit of an account in this process, whichever session sends: a platform forgets nothing when
    we open another."""
    return Window()


class WindowPacing:
    """At most `limit` requests in any `seconds`, or as many as the platform's headers say: how many may be sent, and how
    many are left."""

    def __init__(
        self,
        limit: int,
        seconds: float,
        *,
        window: Window | None = None,
        limit_header: str = "",
        remaining_header: str = "",
        sleep: Sleep = asyncio.sleep,
        clock: Monotonic = time.monotonic,
    ) -> None:
        self._limit, self._seconds, self._window = limit, seconds, window or Window()
        self._limit_header, self._remaining_header = limit_header, remaining_header
        self._sleep, self._clock = sleep, clock
        self._lock = asyncio.Lock()

    async def before(self, weight: float) -> float:
        """Wait for room in the window."""
        waited = 0.0
        async with self._lock:
            while (pause := self._pause()) > 0:
                await self._sleep(pause)
                waited += pause
            self._window.sent.append(self._clock())
        return waited

    def after(self, response: httpx.Response | None) -> None:
        """Others use the same limit: when fewer are left than we think, count theirs as ours."""
        limit, left = _number(response, self._limit_header), _number(response, self._remaining_header)
        if limit is not None:
            self._window.limit = limit
        if left is not None:
            sent = self._window.sent
            missing = self._most() - left - len(sent)
            sent.extend([self._clock()] * max(0, min(missing, self._most() - len(sent))))

    def _most(self) -> int:
        return self._window.limit or self._limit

    def _pause(self) -> float:
        now, sent = self._clock(), self._window.sent
        while sent and now - sent[0] >= self._seconds:
            sent.popleft()
        return sent[-self._most()] + self._seconds - now if len(sent) >= self._most() else 0.0


def _number(response: httpx.Response | None, header: str) -> int | None:
    told = response.headers.get(header, "") if response is not None and header else ""
    return int(told) if told.isdigit() else None


class ConcurrencyPacing:
    """At most `limit` requests at a time."""

    def __init__(self, limit: int) -> None:
        self._slots = asyncio.Semaphore(limit)

    async def before(self, weight: float) -> float:
        """Wait for a slot."""
        began = time.monotonic()
        await self._slots.acquire()
        return time.monotonic() - began

    def after(self, response: httpx.Response | None) -> None:
        """The slot is free again."""
        self._slots.release()


class BucketPacing:
    """Points that flow back at a steady rate; every answer tells how many there are."""

    def __init__(
        self,
        size: float = 1000.0,
        restore_rate: float = 50.0,
        *,
        sleep: Sleep = asyncio.sleep,
        clock: Monotonic = time.monotonic,
    ) -> None:
        self._available, self._restore_rate, self._at = size, restore_rate, clock()
        self._sleep, self._clock = sleep, clock

    async def before(self, weight: float) -> float:
        """Wait until the bucket holds what the request asks for."""
        self._flow()
        pause = max(0.0, (weight - self._available) / self._restore_rate)
        if pause:
            await self._sleep(pause)
            self._flow()
        self._available -= weight
        return pause

    def after(self, response: httpx.Response | None) -> None:
        """The answer's word counts more than our own sum; `learn` is told by the judge of answers."""

    def learn(self, available: float, restore_rate: float) -> None:
        """What an answer said of the bucket."""
        self._available, self._restore_rate, self._at = available, restore_rate, self._clock()

    def _flow(self) -> None:
        now = self._clock()
        self._available += (now - self._at) * self._restore_rate
        self._at = now
