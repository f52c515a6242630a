"""Child processes as one tree: started in order, watched, and ended together."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sg_pipelines.errors import ConfigurationError, Unavailable

STOP_SECONDS = 10.0
POLL_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Child:
    """A process of ours and where it writes."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


@dataclass(slots=True)
class Supervisor:
    """Starts children in process groups of their own and ends every one of them, last started first."""

    logs: Path
    children: list[Child] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str], env: Mapping[str, str], *, cwd: Path) -> Child:
        """Start one; its output goes to `<logs>/<name>.log`."""
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                command,
                env={**os.environ, **env},
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_hear_interrupts,
            )
        child = Child(name, process, log)
        self.children.append(child)
        return child

    def run(self, name: str, command: Sequence[str], env: Mapping[str, str], *, cwd: Path) -> None:
        """Start one and wait until it is done; Unavailable when it fails."""
        child = self.start(name, command, env, cwd=cwd)
        while child.process.poll() is None:
            time.sleep(POLL_SECONDS)
        self.children.remove(child)
        if child.process.returncode:
            raise _died(child)

    def wait_until(self, what: str, ready: Callable[[], bool], *, within_seconds: float) -> None:
        """Wait for a condition; Unavailable when a child dies first or it takes too long."""
        deadline = time.monotonic() + within_seconds
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise Unavailable(f"{what} is not up after {within_seconds:.0f} s", where=str(self.logs))
            time.sleep(POLL_SECONDS)

    def check(self) -> None:
        """Unavailable when a child ended by itself."""
        for child in self.children:
            if child.process.poll() is not None:
                raise _died(child)

    def stop(self) -> None:
        """End every child and wait for it; whoever does not go in time is killed."""
        for child in reversed(self.children):
            _signal(child, signal.SIGINT)
            try:
                child.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                _signal(child, signal.SIGKILL)
                child.process.wait()
            _signal(child, signal.SIGKILL)
        self.children.clear()


def _hear_interrupts() -> None:
    """A child started with SIGINT ignored would be deaf to the one signal that ends Dagster cleanly."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _signal(child: Child, number: signal.Signals) -> None:
    """To the whole group: a child may have children."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.process.pid, number)


def _died(child: Child) -> Unavailable:
    tail = child.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-5:]
    said = " | ".join(line.strip() for line in tail) or "it said nothing"
    return Unavailable(f"{child.name} ended with code {child.process.returncode}: {said}", where=str(child.log))


def is_listening(port: int) -> bool:
    """True when somebody accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def require_free(port: int, option: str) -> None:
    """ConfigurationError when somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ConfigurationError(
                f"port {port} is taken ({error.strerror})",
                where=option,
                remedy=f"Choose another: {option} PORT, or SG_{option.strip('-').replace('-', '_').upper()}=PORT make run",
            ) from error
