"""The driver's errors as an operator reads them.

The driver's own text never comes along: it quotes commands, and with them documents and sometimes credentials. That is
also why these errors are raised `from None`; the server's code is kept, its log has the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import ConfigurationError as DriverRefused
from pymongo.errors import (
    ConnectionFailure,
    DocumentTooLarge,
    DuplicateKeyError,
    OperationFailure,
    PyMongoError,
    WaitQueueTimeoutError,
)

from sg_pipelines.errors import ConfigurationError, CredentialsRejected, PermissionMissing, SgError, StorageFailed
from sg_pipelines.store.documents import stale
from sg_pipelines.store.mongo_size import is_too_large, too_large

WRITE_CONFLICT = 112
_UNAUTHENTICATED = {18, 8000}
_UNAUTHORIZED = 13
_NO_TRANSACTIONS = {20, 263, 40573}
_TRANSACTION_ENDED = {251, 225, 290}
_OTHER_INDEX = {85, 86}
_NO_SPACE = 14031


@contextmanager
def translated(where: str) -> Iterator[None]:
    """What the driver raises inside comes out as one of ours; `where` is a location without credentials."""
    try:
        yield
    except (PyMongoError, DocumentTooLarge) as error:  # the latter is none of the former
        raise as_ours(error, where) from None


def as_ours(error: PyMongoError | DocumentTooLarge, where: str) -> SgError:
    """What happened, where, and what to do."""
    if is_too_large(error):
        return too_large(where)
    if isinstance(error, OperationFailure):
        return _refused(error, where)
    if isinstance(error, WaitQueueTimeoutError | ConnectionFailure):
        return StorageFailed(
            "the MongoDB server does not answer; nothing of what was going on is half-written",
            where=where,
            remedy="Check that it runs, the host and port in the store's URI, the network and TLS options; then run again",
        )
    if isinstance(error, DriverRefused):
        return ConfigurationError(
            "the MongoDB driver refuses the server or an option of the URI",
            where=where,
            remedy="Check the options in the store's URI and that the server is MongoDB 5 or newer",
        )
    return StorageFailed(f"the MongoDB driver gave up ({type(error).__name__})", where=where, remedy="Run again")


def standalone(where: str) -> ConfigurationError:
    """A server that has neither transactions nor change streams."""
    return ConfigurationError(
        "this MongoDB is a standalone server; transactions and the change feed need a replica set",
        where=where,
        remedy="Start it with --replSet rs0 and run rs.initiate() once; one node is enough, docs/store.md shows how",
    )


def other_replica_set(where: str) -> ConfigurationError:
    """It answers, and is not a member of the set that the URI names."""
    return ConfigurationError(
        "this MongoDB is no member of the replica set that the URI names",
        where=where,
        remedy="Correct replicaSet in the store's URI; rs.status().set on the server says its name",
    )


def _refused(error: OperationFailure, where: str) -> SgError:
    if isinstance(error, DuplicateKeyError) or error.code == WRITE_CONFLICT:
        return stale(where, None)
    if error.code in _UNAUTHENTICATED:
        return CredentialsRejected(
            "MongoDB does not accept the user name or password",
            where=where,
            remedy="Check the store's URI: percent-encode special characters, and add authSource=admin if the user lives there",
        )
    if error.code == _UNAUTHORIZED:
        return PermissionMissing(
            "MongoDB does not let this login do this",
            where=where,
            remedy="Grant it the role readWrite on this database; put a user into the store's URI when it names none",
        )
    if error.code in _NO_TRANSACTIONS:
        return standalone(where)
    return _failed(error, where)


def _failed(error: OperationFailure, where: str) -> SgError:
    if error.code in _TRANSACTION_ENDED:
        return StorageFailed(
            "MongoDB ended the transaction (open for too long, or another server took over); nothing of it stays",
            where=where,
            remedy="Run again",
        )
    if error.code in _OTHER_INDEX:
        return ConfigurationError(
            "an index has the name of one of ours and another definition",
            where=where,
            remedy="Drop that index; the next run makes it as it has to be",
        )
    if error.code == _NO_SPACE:
        return StorageFailed("MongoDB's disk is full", where=where, remedy="Make room on the server, then run again")
    name = (error.details or {}).get("codeName", "no name")
    return StorageFailed(f"MongoDB refused (code {error.code}, {name})", where=where, remedy="Look in the server's log")
