"""`sg store`: moving a client's documents between stores, and what is said about a store."""

import json
from contextlib import closing

import pytest
from pymongo import MongoClient
from typer.testing import CliRunner

from sg_pipelines.cli.main import app
from sg_pipelines.cli.only_one import only_one
from sg_pipelines.errors import ConfigurationError, StorageFailed
from sg_pipelines.runtime.stores import open_store, store_at
from sg_pipelines.store.collections import NAMES
from tests.standin import breaking_off_feeds

MANY = 2_500


def sg(*words):
    result = CliRunner().invoke(app, ["store", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def home(make_home, monkeypatch):
    made = make_home()
    monkeypatch.delenv("SG_TARGET", raising=False)
    return made


@pytest.fixture
def now(home, monkeypatch):
    """A function that opens the store that is in use."""

    def open_now():
        return open_store("demo", home.folder("demo"))

    return open_now


def fill(store):
    links = [{"_id": f"hubspot/customer/{n}@1", "ref": f"hubspot/customer/{n}", "open": True} for n in range(MANY)]
    entities = [{"_id": f"E{n}", "keys": [f"email:{n}"], "held": {"hubspot/customer/1.5": 2**60}} for n in range(10)]
    store.put_many("links", links)
    store.put_many("entities", entities)
    store.put_many("entities", [store.get("entities", "E7") | {"kind": "customer"}])


def everything(store):
    with_ids = {name: {document["_id"]: document for document in store.find(name)} for name in NAMES}
    store.close()
    return with_ids


def test_there_and_back_again_nothing_is_lost_and_versions_stay(home, now, monkeypatch, mongodb_uri):
    store = now()
    fill(store)
    before = everything(store)
    moved = json.loads(sg("migrate", "--to", mongodb_uri, "--json"))
    assert {name: one["documents"] for name, one in moved.items() if one["documents"]} == {
        "links": MANY,
        "entities": 10,
    }
    monkeypatch.setenv("SG_STORE", mongodb_uri)
    assert everything(now()) == before
    assert before["entities"]["E7"]["version"] == 2
    home.folder("demo").joinpath("store.sqlite").rename(home.data / "put_away")
    back = json.loads(sg("migrate", "--to", "sqlite", "--json"))
    assert {name: one["checksum"] for name, one in back.items()} == {
        name: one["checksum"] for name, one in moved.items()
    }
    monkeypatch.delenv("SG_STORE")
    assert everything(now()) == before


def test_what_names_a_store_does_not_move(now, monkeypatch, mongodb_uri):
    store = now()
    store.put_many("identity", [{"_id": "name", "name": "the first"}])
    store.close()
    sg("migrate", "--to", mongodb_uri)
    monkeypatch.setenv("SG_STORE", mongodb_uri)
    with closing(now()) as there:
        assert there.get("identity", "name") is None


def test_moving_what_has_been_moved_brings_nothing_and_compares_again(now, monkeypatch, mongodb_uri):
    fill(store := now())
    monkeypatch.setenv("SG_TARGET", mongodb_uri)
    assert "Set SG_STORE" in sg("migrate", "--to", "$SG_TARGET")
    again = json.loads(sg("migrate", "--to", "$SG_TARGET", "--json"))
    assert sum(one["brought"] for one in again.values()) == 0
    store.delete("entities", ["E1"])
    store.close()
    with pytest.raises(StorageFailed, match="entities differs between the two stores: 9 documents"):
        sg("migrate", "--to", mongodb_uri)


def cut_short(store, after):
    """The store, whose power goes out after so many batches."""
    adopt, done = store.adopt, []

    def until_the_power_goes_out(collection, documents):
        if len(done) == after:
            raise ConnectionError("the power went out")
        done.append(collection)
        adopt(collection, documents)

    store.adopt = until_the_power_goes_out
    return store


def interrupted(monkeypatch, target):
    with monkeypatch.context() as patched:
        patched.setattr("sg_pipelines.cli.store.store_at", lambda *said, **more: cut_short(store_at(*said, **more), 2))
        with pytest.raises(ConnectionError):
            sg("migrate", "--to", target)


def test_a_move_that_was_cut_short_goes_on_where_it_stopped(home, now, monkeypatch, mongodb_uri):
    store = now()
    fill(store)
    before = everything(store)
    interrupted(monkeypatch, mongodb_uri)
    monkeypatch.setenv("SG_STORE", mongodb_uri)
    with pytest.raises(ConfigurationError, match="only a part of the documents"):
        sg("status")
    monkeypatch.delenv("SG_STORE")
    moved = json.loads(sg("migrate", "--to", mongodb_uri, "--json"))
    assert (moved["entities"]["brought"], moved["links"]["brought"]) == (0, MANY - 1_000)
    monkeypatch.setenv("SG_STORE", mongodb_uri)
    assert everything(now()) == before


def test_a_move_that_was_cut_short_begins_anew_when_the_source_has_changed(now, monkeypatch, mongodb_uri):
    fill(store := now())
    interrupted(monkeypatch, mongodb_uri)
    store.delete("entities", ["E1"])
    store.put_many("entities", [store.get("entities", "E2") | {"kind": "company"}])
    moved = json.loads(sg("migrate", "--to", mongodb_uri, "--json"))
    assert (moved["entities"]["brought"], moved["links"]["brought"]) == (9, MANY)
    expected = everything(store)
    monkeypatch.setenv("SG_STORE", mongodb_uri)
    assert everything(now()) == expected


def test_a_fault_of_the_source_begins_nothing_anew(home, now, monkeypatch, standins, tmp_path):
    flag = tmp_path / "flag"
    monkeypatch.setenv("SG_STORE", standins.start(changed=breaking_off_feeds(flag)))
    fill(store := now())
    before = everything(store)
    interrupted(monkeypatch, "sqlite")
    flag.touch()
    with pytest.raises(StorageFailed, match="Interrupted"):
        sg("migrate", "--to", "sqlite")
    flag.unlink()
    moved = json.loads(sg("migrate", "--to", "sqlite", "--json"))
    assert (moved["entities"]["brought"], moved["links"]["brought"]) == (0, MANY - 1_000)
    monkeypatch.delenv("SG_STORE")
    assert everything(now()) == before


def goes_on(target):
    moved = json.loads(sg("migrate", "--to", target, "--json"))
    return (moved["entities"]["brought"], moved["links"]["brought"]) == (0, MANY - 1_000)


def test_a_move_goes_on_from_a_file_that_is_named_by_another_path(home, now, monkeypatch, mongodb_uri, tmp_path):
    fill(store := now())
    store.close()
    interrupted(monkeypatch, mongodb_uri)
    (tmp_path / "link").symlink_to(home.data)
    monkeypatch.setenv("SG_DATA", str(tmp_path / "link"))
    assert goes_on(mongodb_uri)


def test_a_move_goes_on_from_a_file_that_lies_elsewhere_by_now_when_it_has_a_name(
    home, now, monkeypatch, mongodb_uri, tmp_path
):
    fill(store := now())
    store.put_many("identity", [{"_id": "name", "name": "the first"}])
    store.close()
    interrupted(monkeypatch, mongodb_uri)
    home.data.rename(tmp_path / "elsewhere")
    monkeypatch.setenv("SG_DATA", str(tmp_path / "elsewhere"))
    assert goes_on(mongodb_uri)


@pytest.mark.parametrize("named", [True, False])
def test_a_move_does_not_go_on_from_another_store(home, now, monkeypatch, mongodb_uri, tmp_path, named):
    fill(store := now())
    if named:
        store.put_many("identity", [{"_id": "name", "name": "the first"}])
    store.close()
    interrupted(monkeypatch, mongodb_uri)
    if named:
        home.folder("demo").joinpath("store.sqlite").rename(tmp_path / "put_away")
        fill(other := now())
        other.put_many("identity", [{"_id": "name", "name": "the second"}])
        other.close()
    else:
        home.data.rename(tmp_path / "elsewhere")
        monkeypatch.setenv("SG_DATA", str(tmp_path / "elsewhere"))
    with pytest.raises(ConfigurationError, match="it was filled from another store, at"):
        sg("migrate", "--to", mongodb_uri)


def test_moving_again_what_has_been_moved_needs_no_feed_of_then(now, mongodb_uri):
    fill(store := now())
    sg("migrate", "--to", mongodb_uri)
    store.trim_feed(0)
    store.close()
    again = json.loads(sg("migrate", "--to", mongodb_uri, "--json"))
    assert sum(one["brought"] for one in again.values()) == 0


def test_a_source_that_is_written_to_meanwhile_is_noticed(home, now, monkeypatch, mongodb_uri):
    fill(store := now())

    def target_while_somebody_works(*said, **more):
        target = store_at(*said, **more)
        adopt = target.adopt

        def and_then_somebody_works(collection, documents):
            adopt(collection, documents)
            if collection == "links" and not store.count("memory"):
                store.put_many("memory", [{"_id": "worked"}])
                store.delete("memory", ["worked"])

        target.adopt = and_then_somebody_works
        return target

    with monkeypatch.context() as patched:
        patched.setattr("sg_pipelines.cli.store.store_at", target_while_somebody_works)
        with pytest.raises(StorageFailed, match="were written to the source"):
            sg("migrate", "--to", mongodb_uri)
    store.close()
    sg("migrate", "--to", mongodb_uri)


def test_a_client_that_is_up_is_not_moved(home, now, mongodb_uri):
    fill(store := now())
    store.close()
    up = only_one(home.folder("demo"), "demo", "up already (process 7, http://127.0.0.1:3911)")
    with up, pytest.raises(ConfigurationError, match="demo is up already") as told:
        sg("migrate", "--to", mongodb_uri)
    assert "let it end first" in told.value.remedy
    with MongoClient(mongodb_uri) as driver:
        assert driver.get_default_database().list_collection_names() == []
    sg("migrate", "--to", mongodb_uri)


def test_a_store_in_use_is_no_target(home, now, monkeypatch, mongodb_uri):
    other = store_at(mongodb_uri, "demo", home.folder("demo"), said_in="here")
    other.put_many("links", [{"_id": "l", "ref": "r", "open": True}])
    other.close()
    with pytest.raises(ConfigurationError, match="in use: there are documents in links"):
        sg("migrate", "--to", mongodb_uri)
    with pytest.raises(ConfigurationError, match="source and target are the same store"):
        sg("migrate", "--to", "sqlite")


def test_a_database_of_something_else_is_no_target_and_left_as_it_is(home, mongodb_uri):
    with MongoClient(mongodb_uri) as driver:
        database = driver.get_default_database()
        database["users"].insert_one({"name": "of a shop"})
        with pytest.raises(ConfigurationError, match="somebody else's: there are documents in 'users'"):
            sg("migrate", "--to", mongodb_uri)
        assert database.list_collection_names() == ["users"]


@pytest.mark.parametrize("place", ["postgres://u:s3cret@host/", "store.sqlite", "$NOT_SET_ANYWHERE"])
def test_what_is_no_place_for_a_store_is_refused_and_not_repeated(home, monkeypatch, place):
    with pytest.raises(ConfigurationError) as told:
        sg("migrate", "--to", place)
    assert "s3cret" not in str(told.value)
    monkeypatch.setenv("SG_STORE", place)
    with pytest.raises(ConfigurationError, match="SG_STORE"):
        sg("status")


@pytest.mark.parametrize("kind", ["sqlite", "mongodb"])
def test_the_status_says_which_store_it_is_and_what_is_in_it(now, monkeypatch, request, kind):
    if kind == "mongodb":
        monkeypatch.setenv("SG_STORE", request.getfixturevalue("mongodb_uri"))
    fill(store := now())
    said = json.loads(sg("status", "--json"))
    assert said["documents"] == {name: {"links": MANY, "entities": 10}.get(name, 0) for name in NAMES}
    assert (said["store"], said["schema"]) == ({"sqlite": "SQLite", "mongodb": "MongoDB"}[kind], 1)
    assert store.feed(after=said["feed_position"]) == []
    assert said["location"] in sg("status")
    store.close()


def test_old_changes_can_be_forgotten(now):
    fill(store := now())
    assert sg("trim", "--keep", "5") == f"{MANY + 11 - 5:,} changes forgotten\n"
    assert len(store.feed()) == 5
    store.close()
