"""The two clocks: the wall's, and the sandbox's."""

from __future__ import annotations

from datetime import UTC, datetime

from sg_pipelines.runtime.sandbox_host import SandboxControl


def _whole_milliseconds(seconds: float) -> datetime:
    return datetime.fromtimestamp(round(seconds * 1000) / 1000, UTC)


class WallClock:
    """Real time, in whole milliseconds."""

    def now(self) -> datetime:
        """The current instant."""
        return _whole_milliseconds(datetime.now(UTC).timestamp())


class SandboxClock:
    """The sandbox's time, asked of its control API each time."""

    def __init__(self, sandbox: SandboxControl) -> None:
        self._sandbox = sandbox

    def now(self) -> datetime:
        """The sandbox's instant. Unavailable when the sandbox is gone."""
        return _whole_milliseconds(self._sandbox.get("time")["now_ms"] / 1000)
