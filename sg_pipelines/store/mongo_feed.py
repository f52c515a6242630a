"""The change feed of a MongoDB database: a change stream, read from a token up to the present and closed again.

A stream does not say "there is nothing more": an empty answer may only mean that the server is still searching its
oplog. So each reading first writes a *fence*, one small document of `sg_meta`, and reads until that comes by: all that
was committed before the call has then been seen. What is kept is what the oplog keeps.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from typing import Any

from bson import ObjectId
from pymongo.change_stream import DatabaseChangeStream
from pymongo.database import Database
from pymongo.errors import OperationFailure

from sg_pipelines.errors import FeedLost, StorageFailed
from sg_pipelines.ports.store import Document
from sg_pipelines.store.changes import BareChange, no_longer_kept, no_token
from sg_pipelines.store.mongo_schema import META

CATCH_UP_SECONDS = 120.0
AWAIT_MILLISECONDS = 200
BATCH = 1_000
_HISTORY_LOST = 286
_OPERATIONS = {"insert": "insert", "replace": "replace", "update": "replace", "delete": "delete"}
_ENDINGS = {"drop": "one", "rename": "one", "dropDatabase": "all", "invalidate": "all"}
_NO_RIGHT_OR_NO_SET = {13, 18, 20, 50, 8000, 40573}
# After these a stream may be opened again with the same token, by the drivers' specification of change streams.
_PASSING = {
    6, 7, 43, 63, 89, 91, 133, 150, 189, 202, 216, 234, 262, 9001, 10107, 11600, 11601, 11602, 13388, 13435, 13436,
}  # fmt: skip
_NOT_THE_TOKEN = _NO_RIGHT_OR_NO_SET | _PASSING
_is_token = re.compile("[0-9A-Fa-f]+").fullmatch


class ChangeFeed:
    """The feed of some collections of a database."""

    def __init__(self, database: Database[Document], location: str) -> None:
        self._database, self._location = database, location
        self._meta = database[META]

    def begin(self) -> None:
        """Write down where the feed starts, the first time."""
        if self._meta.find_one({"_id": "feed"}) is None:
            self._meta.update_one({"_id": "feed"}, {"$setOnInsert": {"start": self.position()}}, upsert=True)

    def position(self) -> str:
        """The token after everything committed so far."""
        *_, fence = self._up_to_now([], None)
        return str(fence["_id"]["_data"])

    def read(self, collections: Sequence[str], after: str | None, limit: int) -> list[BareChange]:
        """Changes after a token. FeedLost when the oplog does not reach back to it."""
        if after is not None:
            return self._read(collections, after, limit)
        started = (self._meta.find_one({"_id": "feed"}) or {})["start"]
        try:
            return self._read(collections, started, limit)
        except _Lost:
            # The oplog has moved past the first day of this database. What is kept begins now.
            self._meta.update_one({"_id": "feed"}, {"$set": {"start": self.position()}})
            return []

    def _read(self, collections: Sequence[str], token: str, limit: int) -> list[BareChange]:
        with closing(self._up_to_now(collections, token)) as events:
            return list(islice((self._change(event) for event in events if event["ns"]["coll"] != META), limit))

    def _up_to_now(self, collections: Sequence[str], token: str | None) -> Generator[dict[str, Any], None, None]:
        """Every event after the token; the last one is the fence of this call."""
        until = time.monotonic() + CATCH_UP_SECONDS
        with self._readable(token), self._stream(collections, token) as stream:
            mark = self._fence()
            while time.monotonic() < until:
                event = stream.try_next()
                if event is None and stream.alive:
                    continue
                if event is None or self._is_an_end(event, collections):
                    raise self._dropped()
                if event["operationType"] in _OPERATIONS:
                    yield event
                if event.get("mark") == mark:
                    return
        raise self._too_slow()

    def _stream(self, collections: Sequence[str], token: str | None) -> DatabaseChangeStream[Document]:
        """Only what matters leaves the server: which document, and of a fence its mark."""
        ours = {"ns.coll": {"$in": [META, *collections]}, "operationType": {"$in": list(_OPERATIONS)}}
        shown = {"operationType": 1, "ns": 1, "documentKey": 1, "mark": "$fullDocument.mark"}
        pipeline: list[Document] = [
            {"$match": {"$or": [ours, {"operationType": {"$in": list(_ENDINGS)}}]}},
            {"$project": shown},
        ]
        return self._database.watch(
            pipeline,
            resume_after=None if token is None else {"_data": token},
            max_await_time_ms=AWAIT_MILLISECONDS,
            batch_size=BATCH,
        )

    @contextmanager
    def _readable(self, token: str | None) -> Iterator[None]:
        """What the server says of a token, at the opening or later, as what it means."""
        if token is not None and not _is_token(token):
            raise no_token(token, self._location)
        try:
            yield
        except OperationFailure as error:
            if error.code == _HISTORY_LOST:
                raise _Lost(no_longer_kept(self._location)) from None
            # Servers have many codes for a token they cannot read, and few for what else can happen here.
            if token is None or error.code in _NOT_THE_TOKEN or error.has_error_label("TransientTransactionError"):
                raise
            raise no_token(token, self._location) from None

    def _is_an_end(self, event: dict[str, Any], collections: Sequence[str]) -> bool:
        ends = _ENDINGS.get(event["operationType"])
        return ends == "all" or (ends == "one" and event["ns"]["coll"] in (META, *collections))

    def _fence(self) -> str:
        mark = str(ObjectId())
        self._meta.replace_one({"_id": "fence"}, {"mark": mark}, upsert=True)
        return mark

    def _change(self, event: dict[str, Any]) -> BareChange:
        operation = _OPERATIONS[event["operationType"]]
        return BareChange(event["_id"]["_data"], event["ns"]["coll"], event["documentKey"]["_id"], operation)

    def _dropped(self) -> FeedLost:
        return FeedLost(
            "a collection or the database was dropped or renamed; the change feed cannot tell what went with it",
            where=self._location,
            remedy="Ask for `position()`, read every document once, then follow the feed from that position",
        )

    def _too_slow(self) -> StorageFailed:
        return StorageFailed(
            f"the change feed did not come to the present in {CATCH_UP_SECONDS:.0f} seconds",
            where=self._location,
            remedy="Run again; if it happens again, look at the load of the server and at its secondaries",
        )


class _Lost(FeedLost):
    """The oplog does not reach back to the token."""

    def __init__(self, told: FeedLost) -> None:
        super().__init__(told.message, where=told.where, remedy=told.remedy)
