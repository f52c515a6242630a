"""What is set wrong around us is said in a sentence; no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sg_pipelines.cli.only_one import only_one

ROOT = Path(__file__).resolve().parents[2]


def said(*words, **env):
    command = [sys.executable, "-m", "sg_pipelines.cli", *words]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("env", "says"),
    [
        ({"SG_HOME": "/nowhere"}, "SG_HOME=/nowhere: there is no folder `clients` here"),
        ({"SG_LOG": "bogus"}, "SG_LOG: 'BOGUS' is no level of logging. Known: CRITICAL, DEBUG"),
    ],
)
def test_a_variable_that_is_set_wrong_is_named_with_what_to_do(env, says):
    code, told = said("links", "list", **env)
    assert code == 2
    assert says in " ".join(told.split())
    assert "Traceback" not in told


def test_a_sandbox_that_cannot_keep_its_state_says_where(make_home):
    home = make_home()
    folder = home.folder("demo") / "sandbox"
    (folder / "sandbox.sqlite").mkdir(parents=True)
    code, told = said("reconcile", SG_HOME=str(home.clients.parent), SG_DATA=str(home.data))
    assert code == 1
    assert "sandbox.sqlite: the sandbox's file cannot be used" in " ".join(told.split())
    assert "Traceback" not in told


def test_a_port_that_there_is_not_is_told_apart_from_one_that_is_taken():
    code, told = said("up", SG_PORT="99999")
    assert code == 2
    assert "less than or equal to 65535" in " ".join(told.replace("│", " ").split())


def test_fewer_than_one_pair_is_no_limit():
    code, told = said("links", "list", "--limit", "-3")
    assert code == 2
    assert "greater than or equal to 1" in " ".join(told.replace("│", " ").split())


def test_a_client_that_is_up_is_not_started_a_second_time(make_home):
    home = make_home()
    with only_one(home.folder("demo"), "demo", "up already (process 7, http://127.0.0.1:3911)"):
        code, told = said("up", SG_HOME=str(ROOT), SG_DATA=str(home.data))
    assert code == 2
    assert "demo is up already (process 7, http://127.0.0.1:3911)" in " ".join(told.split())
    with only_one(home.folder("demo"), "demo", "the next one"):
        pass


def test_a_login_is_not_taken_from_the_command_line(make_home):
    home = make_home()
    where = {"SG_HOME": str(home.clients.parent), "SG_DATA": str(home.data)}
    code, told = said("store", "migrate", "--to", "mongodb://joe:s3cret@127.0.0.1:9/", **where)
    assert code == 2
    assert "a login does not belong on a command line" in " ".join(told.split())
    assert "s3cret" not in told
