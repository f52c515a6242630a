"""What a database of a client holds beside the documents: collections and indexes made by name, and `sg_meta`.

sg_meta   {_id: "schema", version, client}    which program's documents these are, and whose
          {_id: "feed", start}                where the change feed begins (a resume token)
          {_id: "fence", mark}                see mongo_feed
"""

from __future__ import annotations

from collections.abc import Sequence

from pymongo import IndexModel
from pymongo.database import Database
from pymongo.errors import CollectionInvalid, DuplicateKeyError, OperationFailure

from sg_pipelines.errors import ConfigurationError
from sg_pipelines.ports.store import Collection, Document, Index
from sg_pipelines.store.collections import SCHEMA_VERSION
from sg_pipelines.store.declared import check_schema, index_name
from sg_pipelines.store.mongo_forms import escaped, partial_filter

META = "sg_meta"
_SCHEMA = {"_id": "schema"}
_EXISTS_ALREADY = 48
_NO_SUCH_INDEX = 27


def claim(database: Database[Document], client: str, location: str) -> None:
    """Write down schema and client the first time, before anything else is made; ConfigurationError when the database is
    another client's, was written under another schema, or holds documents of something else."""
    ours: Document = {"version": SCHEMA_VERSION, "client": client}
    if database[META].find_one(_SCHEMA) is None:
        _require_unused(database, location)
        database[META].update_one(_SCHEMA, {"$setOnInsert": ours}, upsert=True)
    found = database[META].find_one(_SCHEMA) or ours
    check_schema(found.get("version"), SCHEMA_VERSION, location)
    if found["client"] != client:
        raise ConfigurationError(
            f"this database belongs to client {found['client']!r}, not {client!r}",
            where=location,
            remedy=f"Leave the database out of the store's URI and it will be sg_{client}, or name one of its own",
        )


def _require_unused(database: Database[Document], location: str) -> None:
    """Empty collections are no use: tools make one with a new database."""
    for name in sorted(database.list_collection_names()):
        if name == META or name.startswith("system.") or database[name].find_one({}, {"_id": 1}) is None:
            continue
        if database[META].find_one(_SCHEMA) is not None:
            return  # another process of ours claimed it in between, and has begun to write
        raise ConfigurationError(
            f"this database is somebody else's: there are documents in {name!r}, and no note of ours",
            where=location,
            remedy="Leave the database out of the store's URI, or name one that nothing else writes to",
        )


def create(database: Database[Document], collections: Sequence[Collection], location: str) -> None:
    """Make the collections and indexes that are missing; an index made here that nothing declares any more goes."""
    there = set(database.list_collection_names())
    made = (database[META].find_one({"_id": "indexes"}) or {}).get("made", {})
    for collection in collections:
        if collection.name not in there:
            _create_collection(database, collection.name)
        names = sorted(index_name(index) for index in collection.indexes)
        for name in set(made.get(collection.name, ())) - set(names):
            _drop_index(database, collection.name, name)
        _create_indexes(database, collection, location)
        if made.get(collection.name) != names:
            database[META].update_one({"_id": "indexes"}, {"$set": {f"made.{collection.name}": names}}, upsert=True)


def stored_schema(database: Database[Document]) -> int:
    """The schema the documents were written under."""
    found = database[META].find_one(_SCHEMA) or {}
    return int(found.get("version", SCHEMA_VERSION))


def _create_collection(database: Database[Document], name: str) -> None:
    try:
        database.create_collection(name)
    except CollectionInvalid:
        return
    except OperationFailure as error:
        if error.code != _EXISTS_ALREADY:  # another process made it in between
            raise


def _create_indexes(database: Database[Document], collection: Collection, location: str) -> None:
    if not collection.indexes:
        return
    try:
        database[collection.name].create_indexes([_index(index) for index in collection.indexes])
    except DuplicateKeyError:
        raise ConfigurationError(
            "documents contradict a unique index that has to be made",
            where=f"{location}/{collection.name}",
            remedy="Find the documents that share the value in Compass and settle which one stays",
        ) from None


def _drop_index(database: Database[Document], collection: str, name: str) -> None:
    try:
        database[collection].drop_index(name)
    except OperationFailure as error:
        if error.code != _NO_SUCH_INDEX:  # somebody dropped it by hand
            raise


def _index(index: Index) -> IndexModel:
    keys = [(escaped(field), 1) for field in index.fields]
    covered = partial_filter(index)
    partial = {"partialFilterExpression": covered} if covered else {}
    return IndexModel(keys, name=index_name(index), unique=index.unique, **partial)
