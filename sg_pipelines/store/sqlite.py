"""The embedded store: one SQLite file per client, shared by several processes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sg_pipelines.errors import StorageFailed
from sg_pipelines.ports.store import Change, Collection, Document, StoreState, Where
from sg_pipelines.store import sqlite_feed
from sg_pipelines.store.changes import with_documents
from sg_pipelines.store.collections import SCHEMA_VERSION
from sg_pipelines.store.conditions import one_of, order_sql, stored, where_sql
from sg_pipelines.store.declared import Declared, check_limit, check_schema
from sg_pipelines.store.documents import fresh_and_seen, json_text, stale
from sg_pipelines.store.tables import create, create_fixed

BUSY_SECONDS = 30.0
READ_ROWS = 500


class SqliteStore:
    """`DocumentStore` on SQLite: WAL, one writer at a time (`begin immediate`), JSON documents beside the declared
    fields as columns. One object belongs to one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._collections: dict[str, Declared] = {}
        self._depth = 0
        self._failure: BaseException | None = None
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = normal")
            self._db.execute("pragma cache_size = -65536")

    def ensure(self, collections: Sequence[Collection]) -> None:
        """Create what is missing. ConfigurationError when the file was written under another schema."""
        declared = {collection.name: Declared(collection) for collection in collections}
        self._collections |= declared
        with self.transaction():
            create_fixed(self._db)
            found = self._db.execute("select version from store_schema").fetchone()
            if found is None:
                self._db.execute("insert into store_schema values (?)", (SCHEMA_VERSION,))
            else:
                check_schema(found[0], SCHEMA_VERSION, str(self._path))
            for one in declared.values():
                create(self._db, one)

    # --- reading -------------------------------------------------------------------------------------------

    def get(self, collection: str, document_id: str) -> Document | None:
        """The document or None."""
        return next(iter(self.get_many(collection, [document_id])), None)

    def get_many(self, collection: str, document_ids: Sequence[str]) -> list[Document]:
        """Those that exist."""
        if not document_ids:
            return []
        self._known(collection)
        condition, values = one_of("id", document_ids)
        with self._translated():
            rows = self._db.execute(f'select version, body from "c_{collection}" where {condition}', values).fetchall()
        return [_document(*row) for row in rows]

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
        condition, values = where_sql(known, where)
        sql = f'select version, body from "c_{collection}"{condition}{order_sql(known, sort)}'
        if limit is not None:
            sql += f" limit {int(limit)}"
        return self._stream(sql, values)

    def _stream(self, sql: str, values: Sequence[Any]) -> Iterator[Document]:
        with self._translated():
            cursor = self._db.execute(sql, values)
            while rows := cursor.fetchmany(READ_ROWS):
                for row in rows:
                    yield _document(*row)

    def count(self, collection: str, where: Where | None = None) -> int:
        """How many `find` would yield."""
        condition, values = where_sql(self._known(collection), where)
        with self._translated():
            return int(self._db.execute(f'select count(*) from "c_{collection}"{condition}', values).fetchone()[0])

    # --- writing -------------------------------------------------------------------------------------------

    def put_many(self, collection: str, documents: Sequence[Document]) -> None:
        """Replace, then insert, by compare-and-set on `version`; all or nothing."""
        if not documents:
            return
        known = self._known(collection)
        fresh, seen = fresh_and_seen(documents)
        with self.transaction():
            self._replace(known, seen)
            self._insert(known, fresh, [1] * len(fresh))

    def adopt(self, collection: str, documents: Sequence[Document]) -> None:
        """Insert documents as another store kept them, versions included."""
        with self.transaction():
            self._insert(self._known(collection), documents, [document["version"] for document in documents])

    def _insert(self, known: Declared, documents: Sequence[Document], versions: Sequence[int]) -> None:
        if not documents:
            return
        rows = [_row(known, document, version) for document, version in zip(documents, versions, strict=True)]
        before = self._db.total_changes
        try:
            self._db.executemany(f"insert into {_values(known)}", rows)
        except sqlite3.IntegrityError as error:
            raise stale(known.name, rows[self._db.total_changes - before][0]) from error
        self._add_all_elements(known, documents)
        sqlite_feed.announce(self._db, known.name, "insert", documents)

    def _replace(self, known: Declared, documents: Sequence[Document]) -> None:
        if not documents:
            return
        multi = known.multi
        before = {d["_id"]: d for d in self.get_many(known.name, [d["_id"] for d in documents])} if multi else {}
        for document in documents:
            try:
                changed = self._put(known, document)
            except sqlite3.IntegrityError as error:
                raise stale(known.name, document["_id"]) from error
            if not changed:
                raise stale(known.name, document["_id"])
            for field in multi:
                self._exchange_elements(known.name, field, before[document["_id"]], document)
        sqlite_feed.announce(self._db, known.name, "replace", documents)

    def _put(self, known: Declared, document: Document) -> bool:
        """Whether there was such a version to replace. Naming a column rewrites every index on it, even to the same
        value: columns are named only where one of them says something new."""
        document_id, _, body, *said = _row(known, document, 0)
        here, at = f'update "c_{known.name}" set version = version + 1, body = ?', "where id = ? and version = ?"
        same = "".join(f' and "f_{field}" is ?' for field in known.columns)
        version = document["version"]
        if self._db.execute(f"{here} {at}{same}", (body, document_id, version, *said)).rowcount:
            return True
        assigned = "".join(f', "f_{field}" = ?' for field in known.columns)
        return bool(self._db.execute(f"{here}{assigned} {at}", (body, *said, document_id, version)).rowcount)

    def insert_or_ignore(self, collection: str, documents: Sequence[Document]) -> list[str]:
        """Insert those whose `_id` and unique fields are new; returns the ids inserted."""
        known = self._known(collection)
        sql = f"insert or ignore into {_values(known)}"
        with self.transaction():
            inserted = [one for one in documents if self._db.execute(sql, _row(known, one, 1)).rowcount]
            self._add_all_elements(known, inserted)
            sqlite_feed.announce(self._db, collection, "insert", inserted)
        return [document["_id"] for document in inserted]

    def delete(self, collection: str, document_ids: Sequence[str]) -> int:
        """Remove; returns how many existed."""
        known = self._known(collection)
        with self.transaction():
            found = self.get_many(collection, document_ids)
            for document in found:
                self._db.execute(f'delete from "c_{collection}" where id = ?', (document["_id"],))
                for field in known.multi:
                    self._exchange_elements(collection, field, document, {"_id": document["_id"]})
            sqlite_feed.announce(self._db, collection, "delete", found)
        return len(found)

    def _add_all_elements(self, known: Declared, documents: Sequence[Document]) -> None:
        for field in known.multi:
            self._add_elements(known.name, field, ((d["_id"], one) for d in documents for one in d.get(field) or ()))

    def _add_elements(self, collection: str, field: str, pairs: Iterable[tuple[str, Any]]) -> None:
        sql = f'insert or ignore into "m_{collection}_{field}" (id, value) values (?, ?)'
        self._db.executemany(sql, pairs)

    def _exchange_elements(self, collection: str, field: str, before: Document, after: Document) -> None:
        had, has = set(before.get(field) or ()), set(after.get(field) or ())
        gone = ((after["_id"], value) for value in had - has)
        self._db.executemany(f'delete from "m_{collection}_{field}" where id = ? and value = ?', gone)
        self._add_elements(collection, field, ((after["_id"], value) for value in has - had))

    # --- the rest ------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another one it joins that one, and failing it takes the outer one back too."""
        if self._depth:
            try:
                yield
            except BaseException as failure:
                self._failure = failure
                raise
            return
        with self._translated():
            self._db.execute("begin immediate")
        self._depth, self._failure = 1, None
        try:
            yield
            if self._failure is not None:
                raise self._failure
            with self._translated():
                self._db.execute("commit")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("rollback")
            raise
        finally:
            self._depth, self._failure = 0, None

    def feed(self, *, after: str | None = None, limit: int = 1000) -> list[Change]:
        """Committed changes after a token, oldest first, each with the document as it is now."""
        if self._depth:
            raise ValueError("the feed tells what is committed: read it outside transactions")
        check_limit(limit)
        with self._translated():
            bare = sqlite_feed.read(self._db, list(self._collections), after, limit, str(self._path))
        return with_documents(bare, self.get_many)

    def position(self) -> str:
        """The token after which nothing has happened yet."""
        with self._translated():
            return str(sqlite_feed.newest(self._db))

    def trim_feed(self, keep: int) -> int:
        """Forget all but the newest `keep` changes; returns how many went."""
        with self.transaction():
            return sqlite_feed.trim(self._db, keep)

    def state(self) -> StoreState:
        """Which file, and the schema of what is in it."""
        with self._translated():
            (schema,) = self._db.execute("select version from store_schema").fetchone()
        return StoreState("SQLite", str(self._path), schema)

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def _known(self, collection: str) -> Declared:
        try:
            return self._collections[collection]
        except KeyError:
            raise ValueError(f"{collection!r} is no collection of this store") from None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
            if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise
            raise StorageFailed(
                f"the store cannot be used ({error})",
                where=str(self._path),
                remedy="Check free space and permissions, and that no other program holds the file",
            ) from error
        except OSError as error:
            raise StorageFailed(
                f"the store cannot be opened ({error.strerror})", where=str(self._path), remedy="Check the folder"
            ) from error


def _document(version: int, body: str) -> Document:
    document: Document = json.loads(body)
    document["version"] = version
    return document


def _values(known: Declared) -> str:
    columns = "".join(f', "f_{field}"' for field in known.columns)
    return f'"c_{known.name}" (id, version, body{columns}) values (?, ?, ?{", ?" * len(known.columns)})'


def _row(known: Declared, document: Document, version: int) -> tuple[Any, ...]:
    """What `_values` takes: id, version, JSON, and the declared fields."""
    text = json_text(document)
    return (document["_id"], version, text, *map(stored, known.values(document)))
