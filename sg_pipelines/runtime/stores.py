"""Which store a client has: a file in its folder, or the MongoDB that `SG_STORE` names."""

from __future__ import annotations

import os
from pathlib import Path

from sg_pipelines.errors import ConfigurationError
from sg_pipelines.ports.store import Collection, DocumentStore
from sg_pipelines.store.collections import COLLECTIONS
from sg_pipelines.store.mongo import MongoStore
from sg_pipelines.store.sqlite import SqliteStore

VARIABLE = "SG_STORE"
SQLITE = "sqlite"
MOVES = Collection("moves")
MOVE = "move"
_SCHEMES = ("mongodb://", "mongodb+srv://")


def open_store(client: str, folder: Path) -> DocumentStore:
    """The client's store, ready to use; the caller closes it. ConfigurationError when `SG_STORE` is neither empty,
    `sqlite` nor a MongoDB URI, and for a store that somebody began to move documents into and did not finish."""
    store = store_at(os.environ.get(VARIABLE, "").strip() or SQLITE, client, folder, said_in=VARIABLE)
    try:
        move = store.get(MOVES.name, MOVE)
        if move and not move["done"]:
            raise ConfigurationError(
                "only a part of the documents has been moved into this store",
                where=store.state().location,
                remedy="Run the same `sg store migrate` again with SG_STORE as it was then; it goes on where it stopped",
            )
    except BaseException:
        store.close()
        raise
    return store


def store_at(place: str, client: str, folder: Path, *, said_in: str) -> DocumentStore:
    """The store at `sqlite`, at a URI, or at the one an environment variable `$NAME` holds. The value is never shown."""
    if place.startswith("$"):
        place = _from_environment(place.removeprefix("$"), said_in)
    store: DocumentStore
    if place == SQLITE:
        store = SqliteStore(folder / "store.sqlite")
    elif place.startswith(_SCHEMES):
        store = MongoStore(place, client=client, said_in=said_in)
    else:
        raise ConfigurationError(
            "this is no place for a store", where=said_in, remedy=f"Say {SQLITE}, or a URI that begins with mongodb://"
        )
    try:
        store.ensure([*COLLECTIONS, MOVES])
    except BaseException:
        store.close()
        raise
    return store


def _from_environment(name: str, said_in: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ConfigurationError(
            f"the environment variable {name} is not set", where=said_in, remedy=f"export {name}=... before starting"
        )
    return value
