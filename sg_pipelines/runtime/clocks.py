"""The two clocks: the wall's, and the sandbox's."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx

from sg_pipelines.errors import Unavailable


def _whole_milliseconds(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(seconds * 1000) / 1000, UTC)


class WallClock:
    """Real time, in whole milliseconds."""

    def now(self) -> datetime:
        """The current instant."""
        return _whole_milliseconds(datetime.now(UTC).timestamp())


class SandboxClock:
    """The sandbox's time, asked of its control API each time."""

    def __init__(self, sandbox_url: str) -> None:
        self._url = f"{sandbox_url}/control/time"

    def now(self) -> datetime:
        """The sandbox's instant. Unavailable when the sandbox is gone."""
        try:
            answer = httpx.get(self._url, timeout=10)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise Unavailable(
                "the sandbox does not answer", where=self._url, remedy="Start it again with `make run`"
            ) from error
        return _whole_milliseconds(answer.json()["now_ms"] / 1000)
