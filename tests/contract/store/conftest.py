"""Every test of the contract runs on every store."""

import pytest

from tests.contract.store.things import open_store


@pytest.fixture(params=["sqlite", "mongodb"])
def address(request, tmp_path):
    """Where a store of this test's own is: a file, or a URI."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite")
    return request.getfixturevalue("mongodb_uri")


@pytest.fixture
def opened(address):
    """A function that opens the store once more, as another process would."""
    stores = []

    def once_more():
        stores.append(open_store(address))
        return stores[-1]

    yield once_more
    for store in stores:
        store.close()


@pytest.fixture
def store(opened):
    return opened()
