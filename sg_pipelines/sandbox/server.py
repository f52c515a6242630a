"""All simulated accounts of a client in one process: each under its own path, the control API under `/control`."""

from __future__ import annotations

import argparse
import asyncio
import socket
import sqlite3
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from sg_pipelines.errors import StorageFailed
from sg_pipelines.sandbox.clock import SandboxClock
from sg_pipelines.sandbox.control import Control
from sg_pipelines.sandbox.faults import Faults
from sg_pipelines.sandbox.registry import SIMULATORS
from sg_pipelines.sandbox.requests import RequestLedger
from sg_pipelines.sandbox.simulator import Surroundings
from sg_pipelines.sandbox.world.world import World

FILE = "sandbox.sqlite"
HOST = "127.0.0.1"
Settings = Mapping[str, Mapping[str, Any]]


def create_app(folder: Path, accounts: Mapping[str, str], settings: Settings | None = None) -> Starlette:
    """`accounts`: account → platform; `settings`: account → what its simulator can be told. State is in `folder`;
    StorageFailed when nothing can be kept there."""
    try:
        return _app(_opened(folder), accounts, settings or {})
    except sqlite3.OperationalError as error:
        raise StorageFailed(
            f"the sandbox's file cannot be used ({error})",
            where=str(folder / FILE),
            remedy="Free space or fix permissions",
        ) from error


def _opened(folder: Path) -> sqlite3.Connection:
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = off")
    return connection


def _app(connection: sqlite3.Connection, accounts: Mapping[str, str], settings: Settings) -> Starlette:
    clock, faults, requests = SandboxClock(connection), Faults(), RequestLedger()
    told = {account: dict(settings.get(account, {})) for account in accounts}
    simulators = {
        account: SIMULATORS[platform](Surroundings(account, connection, clock, faults, told[account]))
        for account, platform in accounts.items()
    }
    world = World(connection, clock, simulators)
    control = Control(simulators, world, clock, faults, requests, told)
    mounts = [Mount(f"/{account}", requests.watching(account, one.app)) for account, one in simulators.items()]
    return Starlette(routes=[Mount("/control", routes=control.routes()), *mounts])


class _Server(uvicorn.Server):
    """One that ends when it is told to: not at its next tick, and not a tenth of a second later."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._ended: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def end(self) -> None:
        """From any thread."""
        self.should_exit = True
        if self._loop is not None and self._ended is not None:
            self._loop.call_soon_threadsafe(self._ended.set)

    async def main_loop(self) -> None:
        """Ticks until somebody ends it."""
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        ticks = 0
        while not await self.on_tick(ticks):
            ticks += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), 0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Waits for nothing where nobody is being answered."""
        if self.server_state.tasks:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that listens."""

    base_url: str
    app: Starlette


@contextmanager
def running(
    folder: Path, *, accounts: Mapping[str, str], port: int = 0, settings: Settings | None = None
) -> Iterator[Running]:
    """Serve in a thread of this process until the block ends."""
    app = create_app(folder, accounts, settings)
    listener = _listen(port)
    server = _Server(_config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield Running(f"http://{HOST}:{listener.getsockname()[1]}", app)
    finally:
        server.end()
        thread.join()
        listener.close()


def _listen(port: int) -> socket.socket:
    """Bound and listening before anybody is told the address, so that nobody has to wait for it."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen(128)
    return listener


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2)


def main() -> None:
    """`python -m sg_pipelines.sandbox.server --folder F --port P --account hubspot=hubspot ...`"""
    parser = argparse.ArgumentParser(description="Simulated HubSpot, Shopify and NetSuite accounts")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--account", action="append", default=[], metavar="NAME=PLATFORM", required=True)
    given = parser.parse_args()
    accounts = dict(one.split("=", 1) for one in given.account)
    try:
        listener = _listen(given.port)
    except OSError as error:
        sys.exit(f"port {given.port} is taken ({error.strerror}); choose another with --port")
    try:
        app = create_app(given.folder, accounts)
    except StorageFailed as error:
        sys.exit(str(error))
    with suppress(KeyboardInterrupt):  # somebody ended it
        uvicorn.Server(_config(app)).run(sockets=[listener])


if __name__ == "__main__":
    main()
