"""What every store promises about what it was written under, and says about itself."""

import sqlite3

import pytest
from pymongo import MongoClient

from sg_pipelines.errors import ConfigurationError, StorageFailed
from sg_pipelines.ports.store import Collection, Index
from sg_pipelines.store.collections import COLLECTIONS, SCHEMA_VERSION
from sg_pipelines.store.declared import index_name
from sg_pipelines.store.sqlite import SqliteStore
from tests.contract.store.things import THINGS, bare_store, open_store, thing


def write_schema(address, version):
    """As another release of the program would have."""
    if address.startswith("mongodb"):
        with MongoClient(address) as client:
            client.get_default_database()["sg_meta"].update_one({"_id": "schema"}, {"$set": {"version": version}})
        return
    connection = sqlite3.connect(address)
    with connection:
        connection.execute("update store_schema set version = ?", (version,))
    connection.close()


@pytest.mark.parametrize(
    ("version", "said"), [(SCHEMA_VERSION + 98, "schema 99"), (0, "old schema 0"), ("new", "does not say")]
)
def test_a_store_written_under_another_schema_is_left_alone(address, version, said):
    open_store(address).close()
    write_schema(address, version)
    store = bare_store(address)
    with pytest.raises(ConfigurationError, match=said):
        store.ensure([THINGS, Collection("never")])
    store.close()
    write_schema(address, SCHEMA_VERSION)
    open_store(address).close()


def test_a_store_says_which_it_is(address, store):
    state = store.state()
    assert state.schema == SCHEMA_VERSION
    assert state.system == ("MongoDB" if address.startswith("mongodb") else "SQLite")
    assert state.location == address.partition("?")[0]


def test_no_two_indexes_of_a_collection_share_a_name():
    for collection in (*COLLECTIONS, THINGS):
        assert len({index_name(index) for index in collection.indexes}) == len(collection.indexes)


def test_a_file_that_is_no_store_is_a_clear_error(tmp_path):
    (tmp_path / "store.sqlite").write_bytes(b"this is not a database" * 100)
    with pytest.raises(StorageFailed, match="the store cannot be used"):
        SqliteStore(tmp_path / "store.sqlite")


def test_an_index_nothing_declares_any_more_goes(address):
    store = bare_store(address)
    store.ensure([Collection("things", (Index(("tag",), unique=True), Index(("size",))))])
    store.put_many("things", [thing("a", tag="t")])
    store.ensure([Collection("things", (Index(("tag",)), Index(("size",))))])
    store.put_many("things", [thing("b", tag="t")])
    assert store.count("things", {"tag": "t"}) == 2
    store.close()


def test_a_question_about_a_record_uses_an_index(tmp_path):
    store = SqliteStore(tmp_path / "store.sqlite")
    store.ensure(COLLECTIONS)
    plan = store._db.execute('explain query plan select body from "c_links" where "f_ref" = ?', ("r",)).fetchall()
    assert "USING INDEX x_links_ref_open" in plan[0][-1]
    store.close()
