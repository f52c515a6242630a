"""`sg up`: sandbox, Dagster and both pulses as one tree of processes that ends as one."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from sg_pipelines.cli.dagster_home import INSTANCE

ROOT = Path(__file__).resolve().parents[2]


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def started(data, *words, home=ROOT):
    command = [sys.executable, "-m", "sg_pipelines.cli", "up", *words]
    env = {**os.environ, "SG_DATA": str(data), "SG_HOME": str(home)}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.xdist_group("large")
def test_one_command_starts_everything_takes_both_pulses_and_leaves_nothing_behind(make_home):
    home, said = make_home(people=300), []
    web, code, sandbox = free_ports(3)
    ports = ("--port", str(web), "--code-port", str(code), "--sandbox-port", str(sandbox))
    with started(home.data, *ports, home=home.clients.parent) as process:
        try:
            for line in process.stdout:
                said.append(line)
                if "Ctrl-C ends everything" in line:
                    process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0
        finally:
            process.terminate()
    text = "".join(said)
    assert "demo_full_pulse: success" in text
    assert "demo_incremental_pulse: success" in text
    assert re.search(r"discrepancies\s+soft drift \d+\s+hard conflict \d+\s+missing representation \d+", text)
    assert f"http://127.0.0.1:{web}" in text
    assert not any(listens(port) for port in (web, code, sandbox))
    folder = home.folder("demo")
    assert "Traceback" not in (folder / "logs" / "sandbox.log").read_text(encoding="utf-8")
    assert yaml.safe_load((folder / "dagster" / "dagster.yaml").read_text()) == INSTANCE


def test_ports_that_are_the_same_are_a_clear_error(tmp_path):
    process = started(tmp_path, "--port", "4801", "--code-port", "4801")
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "two servers cannot listen at one port" in said


def test_a_taken_port_is_a_clear_error_and_nothing_is_started(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = started(tmp_path, "--port", str(port))
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 2
    assert f"port {port} is taken" in said
    assert "Traceback" not in said
    assert not (tmp_path / "demo" / "logs").exists()
