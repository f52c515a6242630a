"""What is set wrong around us is said in a sentence; no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
