"""The store for production: one MongoDB database per client, on a replica set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar, cast

from pymongo import ReplaceOne
from pymongo.client_session import ClientSession
from pymongo.collection import Collection as Stored
from pymongo.errors import DocumentTooLarge, OperationFailure

from sg_pipelines.errors import StaleDocument
from sg_pipelines.ports.store import Change, Collection, Document, StoreState, Where
from sg_pipelines.store.changes import with_documents
from sg_pipelines.store.declared import Declared, check_limit
from sg_pipelines.store.documents import fresh_and_seen, stale
from sg_pipelines.store.mongo_connection import connect
from sg_pipelines.store.mongo_errors import WRITE_CONFLICT, translated
from sg_pipelines.store.mongo_feed import ChangeFeed
from sg_pipelines.store.mongo_forms import as_read, as_stored, filter_of, in_parts, sort_of
from sg_pipelines.store.mongo_schema import claim, create, stored_schema
from sg_pipelines.store.mongo_size import oversized_id, too_large
from sg_pipelines.store.mongo_transactions import Transactions
from sg_pipelines.store.mongo_unique import refused_id, still_free

INSERT_ATTEMPTS = 5
T = TypeVar("T")


class MongoStore:
    """`DocumentStore` on MongoDB: snapshot transactions, majority concerns, the change stream as the feed.

    A single write is a transaction of its own and may be run again inside `put_many`; its versions are then compared
    anew. A block of `transaction()` is not: when another writer was faster it ends in StaleDocument.
    """

    def __init__(self, uri: str, *, client: str, said_in: str = "the URI") -> None:
        opened = connect(uri, client, said_in)
        self._client, self._database, self._location = opened.client, opened.database, opened.location
        self._owner = client
        self._collections: dict[str, Declared] = {}
        self._transactions = Transactions(self._client)
        self._feed = ChangeFeed(self._database, self._location)

    def ensure(self, collections: Sequence[Collection]) -> None:
        """Create what is missing. ConfigurationError when the database is another client's, or of another schema."""
        with self._translated():
            claim(self._database, self._owner, self._location)
            self._feed.begin()
            create(self._database, collections, self._location)
        self._collections |= {collection.name: Declared(collection) for collection in collections}

    # --- reading -------------------------------------------------------------------------------------------

    def get(self, collection: str, document_id: str) -> Document | None:
        """The document or None."""
        return next(iter(self.get_many(collection, [document_id])), None)

    def get_many(self, collection: str, document_ids: Sequence[str]) -> list[Document]:
        """Those that exist."""
        known = self._known(collection)
        return [found for part in in_parts(document_ids) for found in self._stream(known, {"_id": {"$in": part}})]

    def find(
        self,
        collection: str,
        where: Where | None = None,
        *,
        sort: Sequence[tuple[str, int]] = (),
        limit: int | None = None,
    ) -> Iterator[Document]:
        """Documents matching every condition, streamed."""
        check_limit(limit)
        known = self._known(collection)
        conditions, order = filter_of(known, where), sort_of(known, sort)
        return iter(()) if limit == 0 else self._stream(known, conditions, order, limit or 0)

    def _stream(
        self, known: Declared, conditions: Document, order: Sequence[tuple[str, int]] = (), limit: int = 0
    ) -> Iterator[Document]:
        stored, session = self._stored(known), self._transactions.session
        with (
            self._translated(known.name),
            stored.find_raw_batches(conditions, sort=order or None, limit=limit, session=session) as batches,
        ):
            for batch in cast("Iterable[bytes]", batches):
                yield from as_read(batch)

    def count(self, collection: str, where: Where | None = None) -> int:
        """How many `find` would yield."""
        known = self._known(collection)
        conditions = filter_of(known, where)
        with self._translated(collection):
            return self._stored(known).count_documents(conditions, session=self._transactions.session)

    # --- writing -------------------------------------------------------------------------------------------

    def put_many(self, collection: str, documents: Sequence[Document]) -> None:
        """Replace, then insert, by compare-and-set on `version`; all or nothing."""
        if not documents:
            return
        known = self._known(collection)
        fresh, seen = fresh_and_seen(documents)
        replacements = [as_stored(known, document, document["version"] + 1) for document in seen]
        inserts = [as_stored(known, document, 1) for document in fresh]

        def put(session: ClientSession) -> None:
            with self._lost_race_named(known, seen):
                self._replace(known, seen, replacements, session)
                self._insert(known, inserts, session)

        self._run(collection, put)

    def adopt(self, collection: str, documents: Sequence[Document]) -> None:
        """Insert documents as another store kept them, versions included."""
        known = self._known(collection)
        inserts = [as_stored(known, document, document["version"]) for document in documents]
        self._run(collection, lambda session: self._insert(known, inserts, session))

    def _replace(
        self, known: Declared, seen: list[Document], replacements: list[Document], session: ClientSession
    ) -> None:
        """Versions are compared first, so that the first stale one can be named; the snapshot holds what was read."""
        if not seen:
            return
        versions = self._versions(known, seen, session)
        for document in seen:
            # Taken out, because a document put twice in one call is stale the second time.
            if versions.pop(document["_id"], None) != document["version"]:
                raise stale(known.name, document["_id"])
        writes = [ReplaceOne({"_id": one["_id"]}, one) for one in replacements]
        with self._refusal_named(known, replacements):
            self._stored(known).bulk_write(writes, session=session)

    def _insert(self, known: Declared, inserts: list[Document], session: ClientSession) -> None:
        if inserts:
            with self._refusal_named(known, inserts):
                self._stored(known).insert_many(inserts, session=session)

    def insert_or_ignore(self, collection: str, documents: Sequence[Document]) -> list[str]:
        """Insert those whose `_id` and unique fields are new; returns the ids inserted."""
        known = self._known(collection)
        wanted = [as_stored(known, document, 1) for document in documents]

        def insert(session: ClientSession) -> list[str]:
            free = still_free(self._stored(known), known, wanted, session)
            self._insert(known, free, session)
            return [document["_id"] for document in free]

        attempts = INSERT_ATTEMPTS if self._transactions.session is None else 1
        for _ in range(attempts - 1):
            try:
                return self._run(collection, insert)
            except StaleDocument:
                continue  # somebody took a value between our look and our insert: look again
        return self._run(collection, insert)

    def delete(self, collection: str, document_ids: Sequence[str]) -> int:
        """Remove; returns how many existed."""
        stored, parts = self._stored(self._known(collection)), in_parts(document_ids)

        def remove(session: ClientSession) -> int:
            return sum(stored.delete_many({"_id": {"$in": part}}, session=session).deleted_count for part in parts)

        return self._run(collection, remove) if parts else 0

    def _run(self, collection: str, work: Callable[[ClientSession], T]) -> T:
        with self._translated(collection):
            return self._transactions.run(work)

    @contextmanager
    def _refusal_named(self, known: Declared, written: list[Document]) -> Iterator[None]:
        """The document of those written that cannot be: it wants a value that is taken, or is too large."""
        try:
            yield
        except (OperationFailure, DocumentTooLarge) as error:
            oversized = oversized_id(error, written)
            if oversized is not None:
                raise too_large(f"{self._location}/{known.name}/{oversized}") from None
            found = refused_id(error, written)
            if found is None:
                raise
            raise stale(known.name, found) from None

    @contextmanager
    def _lost_race_named(self, known: Declared, seen: list[Document]) -> Iterator[None]:
        """Inside a block, where nothing is run again: the first document that another writer has committed by now."""
        try:
            yield
        except OperationFailure as error:
            if error.code != WRITE_CONFLICT or self._transactions.session is None:
                raise
            now = self._versions(known, seen, None)
            moved = (one["_id"] for one in seen if now.get(one["_id"], one["version"] + 1) > one["version"])
            raise stale(known.name, next(moved, None)) from None

    def _versions(
        self, known: Declared, documents: Sequence[Document], session: ClientSession | None
    ) -> dict[str, int]:
        stored, parts = self._stored(known), in_parts([document["_id"] for document in documents])
        found = (stored.find({"_id": {"$in": part}}, {"version": 1}, session=session) for part in parts)
        return {document["_id"]: document["version"] for some in found for document in some}

    # --- the rest ------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another one it joins that one, and failing it takes the outer one back too."""
        with self._translated(), self._transactions.block():
            yield

    def feed(self, *, after: str | None = None, limit: int = 1000) -> list[Change]:
        """Committed changes after a token, oldest first, each with the document as it is now."""
        if self._transactions.session is not None:
            raise ValueError("the feed tells what is committed: read it outside transactions")
        check_limit(limit)
        with self._translated():
            bare = self._feed.read(list(self._collections), after, limit)
        return with_documents(bare, self.get_many)

    def position(self) -> str:
        """The token after which nothing has happened yet."""
        with self._translated():
            return self._feed.position()

    def trim_feed(self, keep: int) -> int:
        """Nothing: the server keeps what its oplog has room for, and forgets by itself."""
        return 0

    def state(self) -> StoreState:
        """Which hosts and database, and the schema of what is in it."""
        with self._translated():
            return StoreState("MongoDB", self._location, stored_schema(self._database))

    def close(self) -> None:
        """Give back the connections."""
        self._client.close()

    def _stored(self, known: Declared) -> Stored[Document]:
        return self._database[known.name]

    def _known(self, collection: str) -> Declared:
        try:
            return self._collections[collection]
        except KeyError:
            raise ValueError(f"{collection!r} is no collection of this store") from None

    def _translated(self, collection: str = "") -> AbstractContextManager[None]:
        return translated(f"{self._location}/{collection}" if collection else self._location)
