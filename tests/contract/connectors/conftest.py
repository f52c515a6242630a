"""Simulated accounts behind real HTTP that end with the test."""

from contextlib import contextmanager

import pytest

from sg_pipelines.runtime.sandbox_host import SandboxControl
from sg_pipelines.sandbox.server import running
from tests.contract.connectors.accounts import Account
from tests.contract.connectors.pairs import PAIRS


@pytest.fixture
def open_account(tmp_path):
    """A function that opens the simulated account of a pair; a context manager."""

    @contextmanager
    def open_(pair):
        name = pair.platform
        with running(tmp_path, accounts={name: name}, settings={name: dict(pair.settings)}) as sandbox:
            yield Account(pair, SandboxControl(sandbox.base_url))

    return open_


@pytest.fixture(params=PAIRS, ids=str)
def account(request, open_account):
    """Each pair in turn."""
    with open_account(request.param) as opened:
        yield opened
