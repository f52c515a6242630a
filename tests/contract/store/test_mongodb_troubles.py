"""What an operator reads when MongoDB cannot be used, and that no password is ever among it."""

import sqlite3
import traceback

import pytest
from pymongo import MongoClient
from pymongo.errors import BulkWriteError, OperationFailure

from sg_pipelines.errors import (
    ConfigurationError,
    CredentialsRejected,
    FeedLost,
    PermissionMissing,
    StaleDocument,
    StorageFailed,
)
from sg_pipelines.ports.store import Collection, Index
from sg_pipelines.store.mongo import MongoStore
from sg_pipelines.store.mongo_errors import translated
from sg_pipelines.store.mongo_size import oversized_id
from tests.contract.store.things import THINGS, names, open_store, thing
from tests.standin import breaking_off_feeds, free_port

STANDALONE = """
hello = server.Server.cmd_hello
def standalone(self, command, database):
    return {key: said for key, said in hello(self, command, database).items() if key not in ("setName", "hosts", "primary")}
server.Server.cmd_hello = server.Server.cmd_ismaster = server.Server.cmd_isMaster = standalone
"""
REFUSES_LOGINS = """
def refuse(self, command, database):
    raise server.MErr(18, "AuthenticationFailed", "Authentication failed for s3cret.")
server.Server.cmd_saslStart = refuse
"""
FORBIDS_WRITING = """
def refuse(self, command, database):
    raise server.MErr(13, "Unauthorized", "not authorized to execute command with s3cret")
server.Server.cmd_update = refuse
"""
REFUSES_CREATING = """
def refuse(self, command, database):
    raise server.MErr(6789, "Odd", "s3cret of a document")
server.Server.cmd_create = refuse
"""


def refused(uri, error, said, client="demo"):
    with pytest.raises(error, match=said) as raised:
        store = MongoStore(uri, client=client)
        try:
            store.ensure([THINGS])
        finally:
            store.close()
    assert "s3cret" not in "".join(traceback.format_exception(raised.value))
    assert raised.value.where and raised.value.remedy
    return raised.value


@pytest.fixture(scope="module")
def standalone_uri(standins):
    """Of a server that was started without --replSet; its options left out."""
    return standins.start(changed=STANDALONE).partition("?")[0]


@pytest.mark.parametrize("of_a_set", ["", "&replicaSet=rs0"])
@pytest.mark.parametrize("directly", ["", "&directConnection=true", "&directConnection=false"])
def test_a_standalone_server_is_told_what_it_lacks(standalone_uri, of_a_set, directly):
    uri = f"{standalone_uri}?serverSelectionTimeoutMS=500{of_a_set}{directly}"
    told = refused(uri, ConfigurationError, "standalone server")
    assert "--replSet" in told.remedy


def test_a_login_is_not_needed_to_be_told_that_a_server_is_standalone(standalone_uri):
    uri = standalone_uri.replace("//", "//somebody:s3cret@") + "?replicaSet=rs0&serverSelectionTimeoutMS=500"
    refused(uri, ConfigurationError, "standalone server")


def test_a_wrong_password(standins):
    uri = standins.start(changed=REFUSES_LOGINS)
    told = refused(uri.replace("//", "//somebody:s3cret@"), CredentialsRejected, "user name or password")
    assert told.where == uri.partition("?")[0] + "sg_demo"


def test_a_user_without_the_right_to_write(standins):
    uri = standins.start(changed=FORBIDS_WRITING)
    assert "readWrite" in refused(uri, PermissionMissing, "does not let this login").remedy


def test_nobody_answers():
    uri = f"mongodb://somebody:s3cret@127.0.0.1:{free_port()}/?serverSelectionTimeoutMS=100"
    refused(uri, StorageFailed, "does not answer")


@pytest.mark.parametrize("how", ["directConnection=true", "directConnection=false"])
def test_a_server_of_another_replica_set(standins, how):
    uri = standins.start().replace("directConnection=true", f"{how}&replicaSet=other&serverSelectionTimeoutMS=500")
    assert "replicaSet" in refused(uri, ConfigurationError, "no member of the replica set that the URI names").remedy


@pytest.mark.parametrize("database", ["admin", "local", "config"])
def test_the_servers_own_databases_are_no_place_for_a_client(database):
    refused(f"mongodb://somebody:s3cret@host/{database}", ConfigurationError, f"{database} is the server's own")


@pytest.mark.parametrize(
    ("uri", "why"),
    [
        ("http://somebody:s3cret@host/", "begins with neither"),
        ("mongodb://somebody:s3cret@host/a$b", "cannot have that name"),
        ("mongodb://somebody:s3cret@host:99999/", "port is no number"),
        ("mongodb://somebody:s3cret@host:port/", "port is no number"),
        ("mongodb://some@body:s3cret@host/", "must be encoded"),
        ("mongodb://somebody:s3cret@host/?reptilicaSet=rs0", "option that MongoDB does not have"),
        ("mongodb://somebody:s3cret@host/?tls=s3cret", "a value that it cannot have"),
        ("mongodb://somebody:s3cret@host/?replicaSet=", "replicaSet is empty"),
        ("mongodb://somebody:s3cret@host/a.b", "names a collection as well"),
        ("mongodb://", "another form"),
    ],
)
def test_what_is_wrong_with_a_uri_is_told(uri, why):
    refused(uri, ConfigurationError, why)


@pytest.mark.parametrize(
    "uri",
    [
        "mongodb://somebody:s3c/ret@host/",
        "mongodb://somebody:s3cret@@host/",
        "mongodb://somebody:s3cret@",
        "mongodb://somebody:s3cret@host:port/",
        "mongodb://somebody:s3cret@host/a.b",
        "mongodb://somebody:s3cret@host/?authMechanism=s3cret",
        "mongodb",
    ],
)
def test_a_uri_that_cannot_be_read_is_not_repeated(uri):
    told = refused(uri, ConfigurationError, "cannot be read|refuses")
    assert "s3c" not in str(told)


def test_any_other_refusal_is_told_by_its_code_and_never_by_its_text(standins):
    refused(standins.start(changed=REFUSES_CREATING), StorageFailed, r"refused \(code 6789, Odd\)")


def test_the_server_goes_away_while_it_is_used(standins):
    uri = standins.start()
    store = open_store(f"{uri}&serverSelectionTimeoutMS=300")
    store.put_many("things", [thing("a")])
    standins.end(uri)
    with pytest.raises(StorageFailed, match="does not answer"):
        store.get("things", "a")
    with pytest.raises(StorageFailed, match="does not answer"), store.transaction():
        store.put_many("things", [thing("b")])
    store.close()


@pytest.mark.parametrize("mega_bytes", [17, 49])
def test_a_document_that_mongodb_cannot_hold_is_named_and_leaves_nothing(mongodb_uri, mega_bytes):
    store, large = open_store(mongodb_uri), "s3cret" * (mega_bytes * 1_000_000 // 6)
    store.put_many("things", [thing("a"), thing("b")])
    for write in (
        lambda: store.put_many("things", [thing("c"), thing("new", said=large)]),
        lambda: store.put_many("things", [store.get("things", "a"), store.get("things", "b") | {"said": large}]),
        lambda: store.insert_or_ignore("things", [thing("d"), thing("new", said=large)]),
        lambda: store.adopt("things", [thing("new", said=large, version=3)]),
    ):
        with pytest.raises(StorageFailed, match="larger than MongoDB's 16 MB") as told:
            write()
        assert told.value.where.partition("/things/")[2] in {"new", "b"}
        assert "s3cret" not in "".join(traceback.format_exception(told.value))
    assert [found["version"] for found in store.find("things")] == [1, 1]
    store.close()


@pytest.mark.parametrize("code", [10334, 17419, 17420])
def test_every_code_for_a_document_that_is_too_large_is_understood(code):
    for refusal in (
        OperationFailure("s3cret", code, {"code": code}),
        BulkWriteError({"writeErrors": [{"index": 0, "code": code, "errmsg": "s3cret"}]}),
    ):
        with pytest.raises(StorageFailed, match="larger than MongoDB's 16 MB"), translated("here"):
            raise refusal


def test_an_insert_of_which_the_server_says_no_more_than_bad_value_is_looked_at():
    refusal = BulkWriteError({"writeErrors": [{"index": 1, "code": 2, "errmsg": "s3cret"}]})
    assert oversized_id(refusal, [thing("a"), thing("b", said="x" * 17_000_000)]) == "b"
    assert oversized_id(refusal, [thing("a"), thing("b")]) is None


def test_a_database_belongs_to_one_client(mongodb_uri):
    open_store(mongodb_uri).close()
    refused(mongodb_uri, ConfigurationError, "belongs to client 'demo', not 'acme'", client="acme")


def test_a_database_of_something_else_is_left_as_it_is(mongodb_uri):
    with MongoClient(mongodb_uri) as driver:
        database = driver.get_default_database()
        database["empty"].create_index("field")
        database["things"].insert_one({"of": "a shop", "secret": "s3cret"})
        told = refused(mongodb_uri, ConfigurationError, "somebody else's: there are documents in 'things'")
        assert "nothing else writes to" in told.remedy
        assert sorted(database.list_collection_names()) == ["empty", "things"]
        assert list(database["things"].index_information()) == ["_id_"]


def test_a_new_database_with_the_empty_collection_a_tool_made_is_taken(mongodb_uri):
    with MongoClient(mongodb_uri) as driver:
        driver.get_default_database().create_collection("first")
    open_store(mongodb_uri).close()


def test_a_database_is_claimed_before_anything_is_made_so_that_a_first_start_that_was_cut_short_goes_on(standins):
    uri = f"{standins.start(changed=REFUSES_CREATING).replace('/?', '/sg_cut?')}"
    refused(uri, StorageFailed, "code 6789")
    with MongoClient(uri) as driver:
        assert driver.get_default_database().list_collection_names() == ["sg_meta"]
        driver.get_default_database()["things"].insert_one(thing("a"))
    store = open_store(uri)
    assert names(store.find("things")) == ["a"]
    store.close()


def test_every_client_has_a_database_of_its_own(standins):
    uri = standins.start()
    for client in ("acme", "demo"):
        store = MongoStore(uri, client=client)
        store.ensure([THINGS])
        assert store.count("things") == 0
        store.put_many("things", [thing("a")])
        store.close()
    with MongoClient(uri) as driver:
        assert {"sg_acme", "sg_demo"} <= set(driver.list_database_names())


def test_documents_that_contradict_a_new_unique_index(mongodb_uri):
    store = open_store(mongodb_uri)
    store.put_many("things", [thing("a", colour="red"), thing("b", colour="red")])
    with pytest.raises(ConfigurationError, match="contradict a unique index"):
        store.ensure([Collection("things", (Index(("colour",), unique=True),))])
    store.close()


def test_an_index_of_the_same_name_and_another_meaning(mongodb_uri):
    with MongoClient(mongodb_uri) as driver:
        driver.get_default_database()["things"].create_index([("size", 1)], name="colour_size")
    refused(mongodb_uri, ConfigurationError, "another definition")


def test_a_block_that_loses_a_race_ends_in_the_first_stale_document_and_leaves_nothing(mongodb_uri):
    one, two = open_store(mongodb_uri), open_store(mongodb_uri)
    one.put_many("things", [thing("a"), thing("b")])
    with pytest.raises(StaleDocument, match="things/b"), one.transaction():
        a, b = one.get("things", "a"), one.get("things", "b")
        two.put_many("things", [two.get("things", "b") | {"size": 5}])
        one.put_many("things", [a | {"size": 9}, b | {"size": 9}])
    assert [found["size"] for found in one.find("things", sort=[("_id", 1)])] == [1, 5]
    one.close()
    two.close()


def test_the_documents_are_plain_for_who_looks_with_another_tool(mongodb_uri):
    store = open_store(mongodb_uri)
    held = {"hubspot/customer/501": "x", "hubspot/customer/5.1": "y", "$odd": 1, "100%": 2}
    store.put_many("things", [thing("a", held=held, at=1_790_000_000_123, keys=["k"])])
    with MongoClient(mongodb_uri) as driver:
        database = driver.get_default_database()
        database["things"].create_index([("nested", 1)], name="of_somebody_else")
        open_store(mongodb_uri).close()
        found = database["things"].find_one({"held.hubspot/customer/501": "x"})
        indexes = database["things"].index_information()
    assert found == thing("a", at=1_790_000_000_123, keys=["k"], version=1) | {
        "held": {"hubspot/customer/501": "x", "hubspot/customer/5%2E1": "y", "%24odd": 1, "100%25": 2}
    }
    assert set(indexes) == {"_id_", "colour_size", "tag_unique_where_open", "tag_open", "keys", "of_somebody_else"}
    assert indexes["tag_unique_where_open"]["unique"]
    store.close()


def test_what_the_oplog_has_forgotten_is_a_clear_error_and_the_feed_begins_anew(standins, tmp_path):
    store = open_store(standins.start(folder=tmp_path))
    store.put_many("things", [thing(f"n{number}") for number in range(10)])
    old, position = store.feed(limit=1)[-1].token, store.position()
    oplog = sqlite3.connect(tmp_path / "standin.db")
    with oplog:
        oplog.execute("delete from oplog where seq < (select max(seq) from oplog)")
    oplog.close()
    with pytest.raises(FeedLost, match="does not reach back") as told:
        store.feed(after=old)
    assert "position()" in told.value.remedy
    assert store.feed() == []
    store.put_many("things", [thing("new")])
    for after in (None, position):
        assert names(change.document for change in store.feed(after=after)) == ["new"]
    store.close()


def test_a_feed_that_is_broken_off_is_not_lost(standins, tmp_path):
    flag = tmp_path / "flag"
    store = open_store(standins.start(changed=breaking_off_feeds(flag)))
    token = store.position()
    store.put_many("things", [thing("a")])
    flag.touch()
    with pytest.raises(StorageFailed, match=r"code 11601, Interrupted") as told:
        store.feed(after=token)
    assert not isinstance(told.value, FeedLost)
    flag.unlink()
    assert names(change.document for change in store.feed(after=token)) == ["a"]
    store.close()


def test_a_dropped_collection_is_no_silent_gap_in_the_feed(mongodb_uri):
    store = open_store(mongodb_uri)
    position = store.position()
    with MongoClient(mongodb_uri) as driver:
        driver.get_default_database()["elsewhere"].insert_one({})
        driver.get_default_database()["elsewhere"].drop()
        assert store.feed(after=position) == []
        driver.get_default_database()["things"].drop()
    with pytest.raises(FeedLost, match="was dropped or renamed"):
        store.feed(after=position)
    store.close()
