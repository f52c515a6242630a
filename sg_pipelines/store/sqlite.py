"""The embedded store: one SQLite file per client, shared by several processes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sg_pipelines.errors import ConfigurationError, StaleDocument, StorageFailed
from sg_pipelines.ports import Change, Collection, Document, Where
from sg_pipelines.store.collections import SCHEMA_VERSION
from sg_pipelines.store.conditions import column_fields, multi_fields, order_sql, stored, where_sql
from sg_pipelines.store.tables import create, create_fixed

BUSY_SECONDS = 30.0
READ_ROWS = 500
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class SqliteStore:
    """`DocumentStore` on SQLite: WAL, one writer at a time (`begin immediate`), JSON documents beside the declared
    fields as columns. Each document's `version` starts at 1."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._collections: dict[str, Collection] = {}
        self._depth = 0
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma synchronous = normal")
            self._db.execute("pragma cache_size = -65536")

    def ensure(self, collections: Sequence[Collection]) -> None:
        """Create what is missing. ConfigurationError when the file was written by a newer schema."""
        self._collections |= {collection.name: collection for collection in collections}
        with self.transaction():
            create_fixed(self._db)
            found = self._db.execute("select version from store_schema").fetchone()
            if found is None:
                self._db.execute("insert into store_schema values (?)", (SCHEMA_VERSION,))
            elif found[0] > SCHEMA_VERSION:
                raise ConfigurationError(
                    f"the store has schema {found[0]}, this program knows {SCHEMA_VERSION}",
                    where=str(self._path),
                    remedy="Use the program that wrote it, or a newer one",
                )
            for collection in collections:
                create(self._db, collection)

    # --- reading -------------------------------------------------------------------------------------------

    def get(self, collection: str, document_id: str) -> Document | None:
        """The document or None."""
        return next(iter(self.get_many(collection, [document_id])), None)

    def get_many(self, collection: str, document_ids: Sequence[str]) -> list[Document]:
        """Those that exist."""
        if not document_ids:
            return []
        self._known(collection)
        sql = f'select version, body from "c_{collection}" where id in (select value from json_each(?))'
        with self._translated():
            rows = self._db.execute(sql, (_encode(list(document_ids)),)).fetchall()
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
        fresh = [document for document in documents if not document.get("version")]
        seen = [document for document in documents if document.get("version")]
        with self.transaction():
            self._replace(known, seen)
            self._insert(known, fresh)

    def _insert(self, collection: Collection, documents: Sequence[Document]) -> None:
        if not documents:
            return
        fields = column_fields(collection)
        sql = f'insert into "c_{collection.name}" values (?, 1, ?{", ?" * len(fields)})'
        rows = [(document["_id"], _body(document), *_columns(document, fields)) for document in documents]
        try:
            self._db.executemany(sql, rows)
        except sqlite3.IntegrityError as error:
            taken = {found["_id"] for found in self.get_many(collection.name, [row[0] for row in rows])}
            first = next((row[0] for row in rows if row[0] in taken), "a unique field")
            raise _stale(collection.name, first) from error
        for field in multi_fields(collection):
            self._add_elements(collection.name, field, ((d["_id"], value) for d in documents for value in d[field]))
        self._announce(collection.name, "insert", documents)

    def _replace(self, collection: Collection, documents: Sequence[Document]) -> None:
        if not documents:
            return
        fields, multi = column_fields(collection), multi_fields(collection)
        before = {d["_id"]: d for d in self.get_many(collection.name, [d["_id"] for d in documents])} if multi else {}
        assigned = "".join(f', "f_{field}" = ?' for field in fields)
        sql = f'update "c_{collection.name}" set version = version + 1, body = ?{assigned} where id = ? and version = ?'
        for document in documents:
            row = (_body(document), *_columns(document, fields), document["_id"], document["version"])
            try:
                changed = self._db.execute(sql, row).rowcount
            except sqlite3.IntegrityError as error:
                raise _stale(collection.name, document["_id"]) from error
            if not changed:
                raise _stale(collection.name, document["_id"])
            for field in multi:
                self._exchange_elements(collection.name, field, before[document["_id"]], document)
        self._announce(collection.name, "replace", documents)

    def insert_or_ignore(self, collection: str, documents: Sequence[Document]) -> list[str]:
        """Insert those whose `_id` and unique fields are new; returns the ids inserted."""
        known = self._known(collection)
        fields = column_fields(known)
        sql = f'insert or ignore into "c_{collection}" values (?, 1, ?{", ?" * len(fields)})'
        inserted = []
        with self.transaction():
            for document in documents:
                row = (document["_id"], _body(document), *_columns(document, fields))
                if self._db.execute(sql, row).rowcount:
                    inserted.append(document)
            for field in multi_fields(known):
                self._add_elements(collection, field, ((d["_id"], value) for d in inserted for value in d[field]))
            self._announce(collection, "insert", inserted)
        return [document["_id"] for document in inserted]

    def delete(self, collection: str, document_ids: Sequence[str]) -> int:
        """Remove; returns how many existed."""
        known = self._known(collection)
        with self.transaction():
            found = self.get_many(collection, document_ids)
            for document in found:
                self._db.execute(f'delete from "c_{collection}" where id = ?', (document["_id"],))
                for field in multi_fields(known):
                    self._exchange_elements(collection, field, document, {"_id": document["_id"], field: []})
            self._announce(collection, "delete", found)
        return len(found)

    def _add_elements(self, collection: str, field: str, pairs: Iterator[tuple[str, Any]]) -> None:
        sql = f'insert or ignore into "m_{collection}_{field}" (id, value) values (?, ?)'
        self._db.executemany(sql, pairs)

    def _exchange_elements(self, collection: str, field: str, before: Document, after: Document) -> None:
        had, has = set(before[field]), set(after[field])
        gone = ((after["_id"], value) for value in had - has)
        self._db.executemany(f'delete from "m_{collection}_{field}" where id = ? and value = ?', gone)
        self._add_elements(collection, field, ((after["_id"], value) for value in has - had))

    def _announce(self, collection: str, operation: str, documents: Sequence[Document]) -> None:
        rows = ((collection, document["_id"], operation) for document in documents)
        self._db.executemany("insert into feed (collection, id, operation) values (?, ?, ?)", rows)

    # --- the rest ------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another one it joins that one."""
        if self._depth:
            yield
            return
        with self._translated():
            self._db.execute("begin immediate")
            self._depth = 1
            try:
                yield
            except BaseException:
                self._db.execute("rollback")
                raise
            else:
                self._db.execute("commit")
            finally:
                self._depth = 0

    def feed(self, *, after: str | None = None, limit: int = 1000) -> list[Change]:
        """Committed changes after a token, oldest first, each with the document as it is now."""
        sql = "select token, collection, id, operation from feed where token > ? order by token limit ?"
        with self._translated():
            rows = self._db.execute(sql, (int(after or 0), limit)).fetchall()
        return [
            Change(str(token), collection, document_id, operation, self.get(collection, document_id))
            for token, collection, document_id, operation in rows
        ]

    def trim_feed(self, keep: int) -> int:
        """Forget all but the newest `keep` changes; returns how many went."""
        with self.transaction():
            return self._db.execute(
                "delete from feed where token <= (select max(token) from feed) - ?", (keep,)
            ).rowcount

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def _known(self, collection: str) -> Collection:
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


def _body(document: Document) -> str:
    try:
        return _encode(document)
    except (TypeError, ValueError) as error:
        raise ValueError(f"document {document['_id']}: {_first_unfit(document, '')} cannot be stored") from error


def _first_unfit(value: Any, path: str) -> str:
    """Where in a document the value is that is no JSON."""
    children: Iterable[tuple[Any, Any]]
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list | tuple):
        children = enumerate(value)
    else:
        return f"{path} ({type(value).__name__})"
    for key, child in children:
        try:
            _encode(child)
        except (TypeError, ValueError):
            return _first_unfit(child, f"{path}.{key}" if path else str(key))
    return path


def _columns(document: Document, fields: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(stored(document.get(field)) for field in fields)


def _stale(collection: str, document_id: str) -> StaleDocument:
    return StaleDocument(
        "somebody else changed this document in between", where=f"{collection}/{document_id}", remedy="Run again"
    )
