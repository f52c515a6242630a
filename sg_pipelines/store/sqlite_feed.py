"""The list of changes of a store file: written in the transaction of the change, numbered without gaps."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from sg_pipelines.ports.store import Document
from sg_pipelines.store.changes import BareChange, no_longer_kept, no_token


def announce(connection: sqlite3.Connection, collection: str, operation: str, documents: Sequence[Document]) -> None:
    """Write down that these documents changed."""
    rows = ((collection, document["_id"], operation) for document in documents)
    connection.executemany("insert into feed (collection, id, operation) values (?, ?, ?)", rows)


def newest(connection: sqlite3.Connection) -> int:
    """The number of the last change there ever was; 0 when there was none."""
    found = connection.execute("select seq from sqlite_sequence where name = 'feed'").fetchone()
    return int(found[0]) if found else 0


def read(
    connection: sqlite3.Connection, collections: Sequence[str], after: str | None, limit: int, where: str
) -> list[BareChange]:
    """Changes of these collections after a token. FeedLost for a token that was trimmed away, or never given."""
    start = 0 if after is None else _checked(connection, after, where)
    marks = ", ".join("?" * len(collections))
    sql = (
        f"select token, collection, id, operation from feed where token > ? and collection in ({marks}) "
        "order by token limit ?"
    )
    return [BareChange(str(token), *rest) for token, *rest in connection.execute(sql, (start, *collections, limit))]


def trim(connection: sqlite3.Connection, keep: int) -> int:
    """Forget all but the newest `keep` changes; returns how many went."""
    return connection.execute("delete from feed where token <= ?", (newest(connection) - keep,)).rowcount


def _checked(connection: sqlite3.Connection, after: str, where: str) -> int:
    last = newest(connection)
    if not (after.isascii() and after.isdigit()) or int(after) > last:
        raise no_token(after, where)
    (oldest,) = connection.execute("select min(token) from feed").fetchone()
    if int(after) < (last + 1 if oldest is None else oldest) - 1:
        raise no_longer_kept(where)
    return int(after)
