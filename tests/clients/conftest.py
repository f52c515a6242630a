"""The sandbox for published clients: a process of the product's own environment, which the clients' one lacks."""

import contextlib
import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv" / "bin" / "python"
ACCOUNTS = ("hubspot", "shopify", "netsuite")
STARTED_WITHIN_SECONDS, ENDED_WITHIN_SECONDS, POLL_SECONDS = 60, 10, 0.05


class Sandbox:
    """A running sandbox: `base_url(account)` for a client, `credentials(account)`, and the control API."""

    def __init__(self, url):
        self.url = url

    def base_url(self, account):
        return f"{self.url}/{account}"

    def credentials(self, account):
        return self.tell("GET", "accounts")[account]["credentials"]

    def tell(self, method, path, body=None):
        """One call of the control API, decoded."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(f"{self.url}/control/{path}", data, headers, method=method)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)

    def make(self, account, kind, *rows):
        """Records as people make them, in the world's words; returns their ids."""
        asked = {"account": account, "kind": kind, "rows": list(rows)}
        return self.tell("POST", "records/create", asked)["record_ids"]

    def fault(self, account, kind, count=1, path_contains=""):
        """The next requests of the account suffer this."""
        asked = {"account": account, "kind": kind, "count": count, "path_contains": path_contains}
        self.tell("POST", "faults", asked)

    def settings(self, account, **told):
        """What the account's simulator can be told."""
        self.tell("POST", "settings", {"account": account, **told})

    def is_up(self):
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            self.tell("GET", "status")
            return True
        return False


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_up(sandbox, process, log):
    """Ask until it answers; fails when the process ended or the time is over."""
    deadline = time.monotonic() + STARTED_WITHIN_SECONDS
    while not sandbox.is_up():
        if has_ended(process, POLL_SECONDS) or time.monotonic() > deadline:
            pytest.fail(f"the sandbox did not start:\n{log.read_text(encoding='utf-8')}")


def has_ended(process, within_seconds):
    try:
        process.wait(within_seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    """One sandbox for the tests of a file, with an account of every platform, named like it."""
    if not PYTHON.exists():
        pytest.fail(f"the sandbox needs the product's environment: {PYTHON.relative_to(ROOT)} (make setup)")
    folder, port = tmp_path_factory.mktemp("sandbox"), free_port()
    log = folder / "log.txt"
    command = [str(PYTHON), "-m", "sg_pipelines.sandbox.server", "--folder", str(folder), "--port", str(port)]
    for account in ACCOUNTS:
        command += ["--account", f"{account}={account}"]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        try:
            running = Sandbox(f"http://127.0.0.1:{port}")
            wait_until_up(running, process, log)
            yield running
        finally:
            process.terminate()
            if not has_ended(process, ENDED_WITHIN_SECONDS):
                process.kill()
                process.wait()
