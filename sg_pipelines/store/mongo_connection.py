"""From a URI to an open database of one client: where it is, whether it can do what a store needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import PyMongoError, ServerSelectionTimeoutError
from pymongo.uri_parser import parse_uri

from sg_pipelines.errors import ConfigurationError
from sg_pipelines.ports.store import Document
from sg_pipelines.store.mongo_errors import standalone, translated

SELECTION_MILLISECONDS = 10_000


@dataclass(frozen=True, slots=True)
class Connection:
    """An open connection; `location` names hosts and database and never a user, a password or an option."""

    client: MongoClient[Document]
    database: Database[Document]
    location: str


def connect(uri: str, client: str) -> Connection:
    """The database the URI names, else `sg_<client>`. Majority reads and writes, retryable writes, whatever the URI
    says. ConfigurationError for an unusable URI and a server without a replica set, StorageFailed when none answers."""
    parsed = _parsed(uri)
    name = parsed["database"] or f"sg_{client}"
    hosts = ",".join(host if port is None else f"{host}:{port}" for host, port in parsed["nodelist"])
    location = f"mongodb://{hosts}/{name}"
    options: dict[str, Any] = {}
    if not any(str(option).lower() == "serverselectiontimeoutms" for option in parsed["options"]):
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
            _check(opened, location)
        except BaseException:
            opened.close()
            raise
    return Connection(opened, opened.get_database(name), location)


def _parsed(uri: str) -> dict[str, Any]:
    try:
        parsed = dict(parse_uri(uri))
    except (PyMongoError, ValueError, TypeError):
        # The driver's text may quote the URI, and with it the password: it must not be chained.
        raise _unreadable() from None
    if parsed["collection"]:
        raise _unreadable()
    return parsed


def _unreadable() -> ConfigurationError:
    return ConfigurationError(
        "the MongoDB URI cannot be read",
        where="SG_STORE",
        remedy=(
            "It looks like mongodb://user:password@host:27017/?replicaSet=rs0, special characters percent-encoded; "
            "the host of a mongodb+srv URI must be found in DNS"
        ),
    )


def _check(opened: MongoClient[Document], location: str) -> None:
    try:
        said = opened.admin.command("hello")
    except ServerSelectionTimeoutError:
        kinds = {server.server_type_name for server in opened.topology_description.server_descriptions().values()}
        if "RSGhost" in kinds:
            raise standalone(location) from None
        raise
    if not said.get("setName") and said.get("msg") != "isdbgrid":
        raise standalone(location)
