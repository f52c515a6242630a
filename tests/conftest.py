"""What several rooms' tests need: a home of one's own with a small simulated client, where shared data lies, MongoDB."""

import os
import re
import socket
from pathlib import Path
from uuid import uuid4

import pytest
from gcp_storage_emulator.server import create_server
from google.auth.credentials import AnonymousCredentials
from google.cloud.storage import Client as StorageClient
from pymongo import MongoClient

from sg_pipelines.runtime.home import Home
from tests.standin import Standins

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True, scope="session")
def no_store_of_ones_own():
    """Whoever works on a MongoDB of their own keeps it: no test is to find it."""
    os.environ.pop("SG_STORE", None)


@pytest.fixture(scope="session")
def shared():
    """A function that finds a file of the shared data, or skips the test with the reason."""

    def find(path):
        found = SHARED / path
        if not found.exists():
            pytest.skip(f"../shared/{path} is not at hand")
        return found

    return find


@pytest.fixture
def make_home(tmp_path, monkeypatch):
    """A function that makes a home with a client that ships at some size, and makes it the one `sg` finds."""

    def make(name="home", **said):
        return demo_home(tmp_path / name, monkeypatch, **said)

    return make


def demo_home(base, patch, people=120, seed=7, client="demo", start=None):
    """A home with a client that ships at some size, made the one `sg` finds."""
    (base / "clients").mkdir(parents=True)
    text = (ROOT / "clients" / f"{client}.yaml").read_text(encoding="utf-8")
    world = f"people: {people}, seed: {seed}" + (f", start: {start}" if start else "")
    told = re.sub(r"people: \d+, seed: \d+", world, text)
    (base / "clients" / f"{client}.yaml").write_text(told, encoding="utf-8")
    patch.setenv("SG_HOME", str(base))
    patch.setenv("SG_DATA", str(base / "data"))
    return Home(base / "clients", base / "data")


@pytest.fixture(params=["SQLite", "MongoDB"])
def each_store(request, monkeypatch):
    """Clients' documents are kept in SQLite, then in MongoDB."""
    if request.param == "MongoDB":
        monkeypatch.setenv("SG_STORE", request.getfixturevalue("mongodb_uri"))
    return request.param


@pytest.fixture
def storage(monkeypatch):
    """A storage client, and an emulator with an empty bucket `lakes` behind it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with create_server("127.0.0.1", port, in_memory=True, default_bucket="lakes"):
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"http://127.0.0.1:{port}")
        client = StorageClient(project="test", credentials=AnonymousCredentials())
        yield client
        client.close()


@pytest.fixture(scope="session")
def standins(tmp_path_factory):
    """Starts stand-ins for a MongoDB server; all end with the session."""
    started = Standins(lambda: tmp_path_factory.mktemp("mongodb"))
    yield started
    started.end_all()


@pytest.fixture(scope="session")
def mongodb_server(standins):
    """The URI of a MongoDB replica set: SG_TEST_MONGODB_URI (without a database), else a stand-in, else skipped."""
    return os.environ.get("SG_TEST_MONGODB_URI") or standins.start()


@pytest.fixture
def mongodb_uri(mongodb_server):
    """The same with a database of this test's own, dropped afterwards."""
    name = f"sg_test_{uuid4().hex[:12]}"
    base, mark, options = mongodb_server.partition("?")
    yield f"{base.rstrip('/')}/{name}{mark}{options}"
    with MongoClient(mongodb_server) as client:
        client.drop_database(name)
