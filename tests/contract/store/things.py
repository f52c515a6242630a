"""The documents the contract is told with, and how a store is opened by its address."""

from pathlib import Path

from sg_pipelines.ports.store import Collection, Index
from sg_pipelines.store.mongo import MongoStore
from sg_pipelines.store.sqlite import SqliteStore

THINGS = Collection(
    "things",
    (
        Index(("colour", "size")),
        Index(("tag",), unique=True, where={"open": True}),
        Index(("tag", "open")),
        Index(("keys",), multi=True),
    ),
)


def thing(name, **said):
    return {"_id": name, "colour": "red", "size": 1, "tag": name, "open": True, "keys": [], **said}


def names(documents):
    return [document["_id"] for document in documents]


def bare_store(address):
    """A store at a file or a URI, nothing created yet."""
    return MongoStore(address, client="demo") if address.startswith("mongodb") else SqliteStore(Path(address))


def open_store(address):
    store = bare_store(address)
    store.ensure([THINGS])
    return store
