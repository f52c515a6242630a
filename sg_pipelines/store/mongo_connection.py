"""From a URI to an open database of one client: where it is, whether it can do what a store needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import ConfigurationError as DriverRefused
from pymongo.errors import ServerSelectionTimeoutError

from sg_pipelines.ports.store import Document
from sg_pipelines.store.mongo_errors import other_replica_set, standalone, translated
from sg_pipelines.store.mongo_hello import is_standalone
from sg_pipelines.store.mongo_uri import parsed

SELECTION_MILLISECONDS = 10_000


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection; `location` names hosts and database and never a user, a password or an option."""

    client: MongoClient[Document]
    database: Database[Document]
    location: str


def connect(uri: str, client: str, said_in: str) -> Connection:
    """The database the URI names, else `sg_<client>`. Majority reads and writes, retryable writes, whatever the URI
    says. ConfigurationError for an unusable URI and a server without a replica set, StorageFailed when none answers."""
    parts = parsed(uri, said_in)
    name = parts["database"] or f"sg_{client}"
    hosts = ",".join(host if port is None else f"{host}:{port}" for host, port in parts["nodelist"])
    location = f"mongodb://{hosts}/{name}"
    options: dict[str, Any] = {}
    if not any(str(option).lower() == "serverselectiontimeoutms" for option in parts["options"]):
        options["serverSelectionTimeoutMS"] = SELECTION_MILLISECONDS
    with translated(location):
        opened: MongoClient[Document] = MongoClient(
            uri,
            appname="sg_pipelines",
            readPreference="primary",
            w="majority",
            readConcernLevel="majority",
            retryWrites=True,
            **options,
        )
        try:
            _check(opened, parts, location)
        except BaseException:
            opened.close()
            raise
    return Connection(opened, opened.get_database(name), location)


def _check(opened: MongoClient[Document], parts: Mapping[str, Any], location: str) -> None:
    try:
        said = opened.admin.command("hello")
    except ServerSelectionTimeoutError:
        servers = opened.topology_description.server_descriptions().values()
        if any(server.server_type_name == "RSGhost" for server in servers):
            raise standalone(location) from None
        # Who is not of the set is struck off the list; one that was asked for directly says so itself.
        if not servers or any(isinstance(server.error, DriverRefused) for server in servers):
            alone = any(is_standalone(host, parts["options"]) for host in parts["nodelist"])
            raise (standalone if alone else other_replica_set)(location) from None
        raise
    if not said.get("setName") and said.get("msg") != "isdbgrid":
        raise standalone(location)
