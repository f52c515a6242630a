"""A reconciled client with people at work, on every store there is: reconciled once, and copied by each story that goes on."""

import os
import shutil
from contextlib import closing
from types import MappingProxyType

import pytest

from sg_pipelines.runtime.home import Home
from sg_pipelines.runtime.session import open_session
from sg_pipelines.runtime.store_move import move
from sg_pipelines.runtime.stores import SQLITE, VARIABLE, store_at
from tests.conftest import demo_home
from tests.integration.steps import pulse, rewrite


@pytest.fixture(scope="session")
def lived(tmp_path_factory):
    """A function that gives a home, made on SQLite by the first who asks; nobody writes to it."""
    made = {}

    def once(client, people, seed, instead):
        asked = (client, people, seed, *instead.items())
        if asked not in made:
            made[asked] = tmp_path_factory.mktemp("lived") / "home"
            with pytest.MonkeyPatch.context() as patch:
                patch.delenv(VARIABLE, raising=False)
                home = demo_home(made[asked], patch, people=people, seed=seed, client=client)
                rewrite(home.client_file(client), instead)
                with open_session(client) as session:
                    pulse(session)
        return made[asked]

    return once


@pytest.fixture
def copied_home(lived, tmp_path, monkeypatch):
    """A function that makes a copy of such a home the one `sg` finds. `instead`: what the client file says there, in place
    of what it says."""

    def copy(client="demo", people=150, seed=3, instead=MappingProxyType({})):
        base = tmp_path / "home"
        shutil.copytree(lived(client, people, seed, instead), base)
        monkeypatch.setenv("SG_HOME", str(base))
        monkeypatch.setenv("SG_DATA", str(base / "data"))
        return Home(base / "clients", base / "data")

    return copy


@pytest.fixture
def lived_home(copied_home, each_store):
    """The same, with the documents in the store of this test."""

    def make(client="demo", **said):
        home = copied_home(client=client, **said)
        if VARIABLE in os.environ:
            _move_documents(client, home.folder(client))
        return home

    return make


def _move_documents(client, folder):
    with (
        closing(store_at(SQLITE, client, folder, said_in="a test")) as source,
        closing(store_at(os.environ[VARIABLE], client, folder, said_in=VARIABLE)) as target,
    ):
        move(source, target, lambda line: None)


@pytest.fixture
def session(lived_home):
    lived_home()
    with open_session("demo") as found:
        yield found


@pytest.fixture
def local_session(copied_home):
    """On SQLite alone: for stories that are decided before any store is asked."""
    copied_home()
    with open_session("demo") as found:
        yield found
