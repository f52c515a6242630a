"""Transactions on a MongoDB connection: blocks that nest by joining, and single writes that may be run again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from pymongo import MongoClient
from pymongo.client_session import ClientSession
from pymongo.errors import PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.write_concern import WriteConcern

COMMIT_SECONDS = 60.0
SNAPSHOT, MAJORITY = ReadConcern("snapshot"), WriteConcern("majority")
T = TypeVar("T")


class Transactions:
    """The transaction that is open, if one is. `session` is what every read and write inside it has to name."""

    def __init__(self, client: MongoClient[Any]) -> None:
        self._client = client
        self.session: ClientSession | None = None
        self._failure: BaseException | None = None

    def run(self, work: Callable[[ClientSession], T]) -> T:
        """Work in the open block, else as a transaction of its own.

        The latter is begun anew when the server says that it can be (another writer was faster, another server took
        over), for up to two minutes: nothing of it was committed.
        """
        if self.session is not None:
            with self._joined():
                return work(self.session)
        with self._client.start_session() as session:
            return session.with_transaction(work, read_concern=SNAPSHOT, write_concern=MAJORITY)

    @contextmanager
    def block(self) -> Iterator[None]:
        """All or nothing. Never run again, because only its caller could; a commit whose answer was lost is sent
        again, MongoDB commits once."""
        if self.session is not None:
            with self._joined():
                yield
            return
        with self._client.start_session() as session:
            session.start_transaction(read_concern=SNAPSHOT, write_concern=MAJORITY)
            self.session, self._failure = session, None
            try:
                yield
                if self._failure is not None:
                    raise self._failure
                _commit(session)
            finally:
                self.session, self._failure = None, None
                if session.in_transaction:
                    session.abort_transaction()

    @contextmanager
    def _joined(self) -> Iterator[None]:
        """What fails inside takes the block back, also when the failure is caught on the way out."""
        try:
            yield
        except BaseException as failure:
            self._failure = failure
            raise


def _commit(session: ClientSession) -> None:
    until = time.monotonic() + COMMIT_SECONDS
    while True:
        try:
            return session.commit_transaction()
        except PyMongoError as error:
            if not error.has_error_label("UnknownTransactionCommitResult") or time.monotonic() > until:
                raise
