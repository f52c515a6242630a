"""Stand-ins for a MongoDB server, started for tests and ended by their own handles."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "tools" / "mongo_standin"
START_SECONDS = 30


def breaking_off_feeds(flag):
    """What makes a server break off each change stream for as long as there is a file `flag`."""
    return f"""
import pathlib
aggregate = server.Server.cmd_aggregate
def break_off(self, command, database):
    if "$changeStream" in command["pipeline"][0] and pathlib.Path({str(flag)!r}).exists():
        raise server.MErr(11601, "Interrupted", "s3cret")
    return aggregate(self, command, database)
server.Server.cmd_aggregate = break_off
"""


def free_port():
    """A loopback port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Standins:
    """All that were started; each has a folder and a port of its own."""

    def __init__(self, new_folder):
        self._new_folder = new_folder
        self._processes = {}

    def start(self, *, changed="", folder=None):
        """Start one and give its URI. `changed` is Python that may change `server.Server` before it serves."""
        if not FOLDER.is_dir():
            pytest.skip("neither is SG_TEST_MONGODB_URI set nor is ../shared/tools/mongo_standin at hand")
        port = free_port()
        program = (
            f"import sys; sys.path.insert(0, {str(FOLDER)!r}); import server\n{changed}\n"
            f"S = server.Server({str((folder or self._new_folder()) / 'standin.db')!r}, 'NORMAL')\n"
            f"S.addr = '127.0.0.1:{port}'; S.st.mk = set()\n"
            f"t = server.T(('127.0.0.1', {port}), server.H); t.S = S; t.serve_forever()"
        )
        process = subprocess.Popen([sys.executable, "-B", "-c", program])
        uri = f"mongodb://127.0.0.1:{port}/?directConnection=true"
        self._processes[uri] = process
        _wait_until_it_listens(process, port)
        return uri

    def end(self, uri):
        """End this one."""
        process = self._processes.pop(uri)
        process.terminate()
        process.wait(10)

    def end_all(self):
        """End those that still run."""
        for uri in list(self._processes):
            self.end(uri)


def _wait_until_it_listens(process, port):
    """Connect until it works; the pause between two attempts is a wait for the process to end."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail("the stand-in for MongoDB ended at once")
    pytest.fail(f"the stand-in for MongoDB did not listen within {START_SECONDS} seconds")
