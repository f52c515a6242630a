"""A reconciled client with people at work, on every store there is."""

import pytest

from sg_pipelines.runtime.session import open_session
from tests.integration.steps import pulse


@pytest.fixture
def session(make_home, each_store):
    make_home(people=150, seed=3)
    with open_session("demo") as found:
        pulse(found)
        yield found
