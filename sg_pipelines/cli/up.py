"""`sg up`: the whole product on one machine: sandbox, Dagster, a baseline, people at work, an incremental pulse."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.text import Text

from sg_pipelines.cli import screen
from sg_pipelines.cli.dagster_home import make_instance, make_workspace
from sg_pipelines.cli.dagster_runs import FINISHED, DagsterRuns
from sg_pipelines.cli.only_one import only_one
from sg_pipelines.cli.options import Client
from sg_pipelines.cli.outcome import print_outcome
from sg_pipelines.cli.supervisor import Supervisor, is_listening, require_free
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.load import load_client_file
from sg_pipelines.errors import ConfigurationError, PlatformRefused
from sg_pipelines.runtime.home import CHECKOUT, Home, find_home
from sg_pipelines.runtime.main_job import is_first_run, let_people_work, report_since
from sg_pipelines.runtime.sandbox_host import URL_FILE, URL_VARIABLE, needs_sandbox, running_sandbox, sandbox_accounts
from sg_pipelines.runtime.session import open_session

START_SECONDS = 120.0
LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Ports:
    """Where each server listens, on loopback."""

    web: int
    code: int
    sandbox: int


def up(
    client: Client = "demo",
    port: Annotated[int, typer.Option(envvar="SG_PORT", min=1, max=LAST_PORT, help="Port of the Dagster UI")] = 3000,
    code_port: Annotated[
        int, typer.Option(envvar="SG_CODE_PORT", min=1, max=LAST_PORT, help="Port of the Dagster code server")
    ] = 4266,
    sandbox_port: Annotated[
        int, typer.Option(envvar="SG_SANDBOX_PORT", min=1, max=LAST_PORT, help="Port of the sandbox")
    ] = 4600,
    once: Annotated[bool, typer.Option("--once", help="End after the pulses instead of staying up")] = False,
) -> None:
    """Start everything, take the pulses, print the summary, stay up until Ctrl-C."""
    home = find_home()
    file = load_client_file(home.client_file(client), os.environ)
    definitions = _definitions(home)
    ports = Ports(port, code_port, sandbox_port)
    with only_one(home.folder(client), client, f"up already (process {os.getpid()}, http://127.0.0.1:{port})"):
        _require_ports(ports, file)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _interrupt)
        _live(home, file, definitions, ports, once=once)


def _definitions(home: Home) -> Path:
    """The file Dagster loads: beside the client files, or of the checkout this code runs from."""
    for folder in (home.clients.parent, CHECKOUT):
        if (folder / "definitions.py").is_file():
            return folder / "definitions.py"
    where = str(home.clients.parent)
    raise ConfigurationError("there is no definitions.py beside the client files", where=where, remedy="Use a checkout")


def _live(home: Home, file: ClientFile, definitions: Path, ports: Ports, *, once: bool) -> None:
    client, supervisor = file.client, Supervisor(home.folder(file.client) / "logs")
    try:
        runs = _start(supervisor, home, file, definitions, ports)
        _pulses(client, runs, supervisor)
        screen.out.print(Text(f"\nDagster UI   http://127.0.0.1:{ports.web}/asset-groups", style="bold green"))
        screen.out.print(Text("Ctrl-C ends everything.", style="dim"))
        if not once:
            _stay(supervisor)
    except KeyboardInterrupt:
        screen.err.print(Text("\nending ...", style="dim"))
    finally:
        supervisor.stop()
        (home.folder(client) / URL_FILE).unlink(missing_ok=True)


def _require_ports(ports: Ports, file: ClientFile) -> None:
    if len({ports.web, ports.code, ports.sandbox}) < len(fields(ports)):
        raise ConfigurationError(
            "two servers cannot listen at one port",
            where="--port, --code-port, --sandbox-port",
            remedy="Tell them apart",
        )
    require_free(ports.web, "--port")
    require_free(ports.code, "--code-port")
    if needs_sandbox(file):
        require_free(ports.sandbox, "--sandbox-port")


def _start(supervisor: Supervisor, home: Home, file: ClientFile, definitions: Path, ports: Ports) -> DagsterRuns:
    """Sandbox, then the instance once, then the code server, then daemon and webserver."""
    folder, root = home.folder(file.client), definitions.parent
    instance = make_instance(folder)
    workspace = make_workspace(folder, file.client, ports.code)
    env = {
        "DAGSTER_HOME": str(instance),
        "SG_HOME": str(home.clients.parent),
        "SG_DATA": str(home.data),
        "PYTHONPATH": str(root),
    }
    if needs_sandbox(file):
        screen.progress("starting the sandbox")
        url = f"http://127.0.0.1:{ports.sandbox}"
        (folder / URL_FILE).write_text(url, encoding="utf-8")
        supervisor.start("sandbox", _sandbox_command(file, folder, ports), env, cwd=root)
        supervisor.wait_until("the sandbox", lambda: running_sandbox(folder) is not None, within_seconds=START_SECONDS)
        env[URL_VARIABLE] = url
    screen.progress("preparing the Dagster instance")
    supervisor.run("instance", _dagster("instance", "info"), env, cwd=root)
    screen.progress("starting the code server, the daemon and the web server")
    supervisor.start("code", _code_command(file, definitions, ports), env, cwd=root)
    supervisor.wait_until("the code server", lambda: is_listening(ports.code), within_seconds=START_SECONDS)
    _start_dagster(supervisor, workspace, env, root, ports)
    runs = DagsterRuns(f"http://127.0.0.1:{ports.web}/graphql", file.client)
    supervisor.wait_until("Dagster", runs.is_ready, within_seconds=START_SECONDS)
    return runs


def _start_dagster(supervisor: Supervisor, workspace: Path, env: Mapping[str, str], root: Path, ports: Ports) -> None:
    python = sys.executable
    supervisor.start("daemon", (python, "-m", "dagster._daemon", "run", "-w", str(workspace)), env, cwd=root)
    web = (python, "-m", "dagster_webserver", "-h", "127.0.0.1", "-p", str(ports.web), "-w", str(workspace))
    supervisor.start("webserver", web, env, cwd=root)


def _sandbox_command(file: ClientFile, folder: Path, ports: Ports) -> tuple[str, ...]:
    accounts = [
        word for name, platform in sandbox_accounts(file).items() for word in ("--account", f"{name}={platform}")
    ]
    module = ("-m", "sg_pipelines.sandbox.server")
    return (sys.executable, *module, "--folder", str(folder / "sandbox"), "--port", str(ports.sandbox), *accounts)


def _code_command(file: ClientFile, definitions: Path, ports: Ports) -> tuple[str, ...]:
    where = (
        "--python-file",
        str(definitions),
        "--attribute",
        file.client,
        "--working-directory",
        str(definitions.parent),
    )
    return _dagster(
        "api", "grpc", *where, "--host", "127.0.0.1", "--port", str(ports.code), "--location-name", file.client
    )


def _dagster(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "dagster", *words)


def _pulses(client: str, runs: DagsterRuns, supervisor: Supervisor) -> None:
    """Baseline once, people at work once, then an incremental pulse: each a run that the UI shows."""
    with open_session(client) as session:
        since = session.workspace.clock.now()
        if is_first_run(session):
            screen.progress("baseline pulse: every record of every account")
            _run(runs, f"{client}_full_pulse", supervisor)
            let_people_work(session, screen.progress)
        screen.progress("incremental pulse: what changed since")
        _run(runs, f"{client}_incremental_pulse", supervisor)
        print_outcome(report_since(session, since))


def _run(runs: DagsterRuns, job: str, supervisor: Supervisor) -> None:
    began = time.monotonic()
    run, status = runs.launch(job, {}), ""
    while status not in FINISHED:
        supervisor.check()
        now = runs.status(run)
        if now != status:
            status = now
            screen.progress(f"{job}: {status.lower()} after {time.monotonic() - began:.1f} s")
        time.sleep(0.3)
    if status != "SUCCESS":
        raise PlatformRefused(f"{job} ended as {status.lower()}", where=f"run {run}", remedy="The Dagster UI shows why")


def _stay(supervisor: Supervisor) -> None:
    """Until Ctrl-C, or until a child ends by itself."""
    pause = threading.Event()
    while True:
        supervisor.check()
        pause.wait(1.0)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
