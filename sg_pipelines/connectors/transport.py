"""Send requests: paced, judged, retried with growing pauses. The only place that calls a platform again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import httpx

from sg_pipelines.connectors.answers import ANSWER, Answer, documented
from sg_pipelines.connectors.pacing import Pacing, Sleep
from sg_pipelines.connectors.texts import loads
from sg_pipelines.errors import ProtocolViolation, RateLimited, Retry, SgError, Unavailable
from sg_pipelines.ports.platforms import PullReport

ATTEMPTS = 6
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
BROKEN_BODIES = 3
Judge = Callable[[httpx.Response], SgError | None]


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `weight` is what pacing takes it for; `counts` False: no data call (sign-in, probes); `into` takes the
    body of an answer too large to hold."""

    method: str
    url: str
    params: Mapping[str, str] | None = None
    json: Any = None
    data: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    weight: float = 1.0
    timeout_seconds: float = 60.0
    counts: bool = True
    into: BinaryIO | None = None


Sign = Callable[[Call], Mapping[str, str]]


class Transport:
    """The wire of one account. `judge` reads an answer: None is good, a `Retry` is tried again, all else is raised."""

    def __init__(
        self,
        *,
        account: str,
        http: httpx.AsyncClient,
        judge: Judge,
        pacing: Pacing,
        attempts: int = ATTEMPTS,
        sleep: Sleep = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._account, self._http, self._judge, self._pacing = account, http, judge, pacing
        self._attempts, self._sleep, self._jitter = attempts, sleep, jitter

    async def send(
        self, call: Call, report: PullReport, *, sign: Sign | None = None, pacing: Pacing | None = None
    ) -> httpx.Response:
        """The good answer, or the error that ended the attempts. `sign` is asked anew for every attempt."""
        for attempt in range(1, self._attempts + 1):
            outcome = await self._attempt(call, report, sign, pacing or self._pacing)
            if isinstance(outcome, httpx.Response):
                return outcome
            if not isinstance(outcome, Retry) or attempt == self._attempts:
                raise outcome
            report.retries += 1
            pause = self._pause(outcome, attempt)
            report.waited_seconds += pause
            await self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def json(
        self, call: Call, report: PullReport, *, sign: Sign | None = None, pacing: Pacing | None = None
    ) -> Answer:
        """The object in the body. A body that is cut is asked for again, then it is a ProtocolViolation."""
        where = f"{self._account} {call.method} {httpx.URL(call.url).path}"
        for _ in range(BROKEN_BODIES):
            response = await self.send(call, report, sign=sign, pacing=pacing)
            try:
                return documented(ANSWER, loads(response.content), where)
            except ValueError:
                report.retries += 1
        raise ProtocolViolation(
            "the answer is no whole JSON, three times over",
            where=where,
            remedy="A proxy in between may cut answers; run again, and look at the platform's status page",
        )

    async def _attempt(
        self, call: Call, report: PullReport, sign: Sign | None, pacing: Pacing
    ) -> httpx.Response | SgError:
        report.waited_seconds += await pacing.before(call.weight)
        report.calls += call.counts
        response: httpx.Response | None = None
        try:
            response = await self._answer(call, sign)
        except httpx.TransportError as error:
            return self._unreachable(call, error)
        finally:
            pacing.after(response)
        judged = self._judge(response)
        report.throttled += isinstance(judged, RateLimited)
        return response if judged is None else judged

    async def _answer(self, call: Call, sign: Sign | None) -> httpx.Response:
        request = self._http.build_request(
            call.method,
            call.url,
            params=call.params,
            json=call.json,
            data=call.data,
            headers={**call.headers, **(sign(call) if sign else {})},
            timeout=call.timeout_seconds,
        )
        response = await self._http.send(request, stream=call.into is not None)
        if call.into is not None:
            await _poured(response, call.into)
        return response

    def _unreachable(self, call: Call, error: httpx.TransportError) -> Unavailable:
        host = httpx.URL(call.url).host
        said = "no answer in time" if isinstance(error, httpx.TimeoutException) else "the host cannot be reached"
        return Unavailable(
            f"{said} ({host})", where=self._account, remedy="Check the network and the account's address"
        )

    def _pause(self, error: Retry, attempt: int) -> float:
        told = error.wait_seconds if isinstance(error, RateLimited) else None
        grown = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (attempt - 1))
        return (grown if told is None else told) * (1.0 + 0.25 * self._jitter())


async def _poured(response: httpx.Response, into: BinaryIO) -> None:
    """The whole body into a file, in place of what an earlier attempt left there."""
    into.seek(0)
    into.truncate()
    try:
        async for part in response.aiter_bytes():
            into.write(part)
    finally:
        await response.aclose()
