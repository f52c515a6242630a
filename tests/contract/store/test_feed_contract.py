"""What every store promises about its change feed."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sg_pipelines.errors import FeedLost, StorageFailed
from sg_pipelines.ports.store import Collection
from tests.contract.store.things import bare_store, names, open_store, thing

ROOT = Path(__file__).resolve().parents[3]
ANOTHER_PROCESS = """
import sys
from tests.contract.store.things import open_store, thing
store = open_store(sys.argv[1])
store.put_many("things", [thing("there")])
store.put_many("things", [store.get("things", "a") | {"size": 9}])
store.close()
"""


def told(changes):
    return [(change.operation, change.document_id) for change in changes]


def test_the_feed_tells_every_committed_change_once_and_in_order(opened):
    one, two = opened(), opened()
    one.put_many("things", [thing("a")])
    first = one.feed()
    two.put_many("things", [two.get("things", "a") | {"size": 5}])
    two.delete("things", ["a", "never there"])
    two.insert_or_ignore("things", [thing("b"), thing("b")])
    with pytest.raises(RuntimeError), one.transaction():
        one.put_many("things", [thing("never")])
        raise RuntimeError
    later = opened().feed(after=first[-1].token)
    assert told(first + later) == [("insert", "a"), ("replace", "a"), ("delete", "a"), ("insert", "b")]
    assert told(one.feed()) == told(first + later)
    assert one.feed(after=later[-1].token) == []


def test_a_change_comes_with_the_document_as_it_is_now(store):
    store.put_many("things", [thing("a"), thing("b", held={"x.y": 1})])
    store.put_many("things", [store.get("things", "b") | {"size": 2}])
    store.delete("things", ["a"])
    b = store.get("things", "b")
    assert b["held"] == {"x.y": 1}
    assert [change.document for change in store.feed()] == [None, b, b, None]
    assert {change.collection for change in store.feed()} == {"things"}


def test_a_transaction_is_told_in_the_order_of_its_writes_and_only_once_committed(opened):
    one, two = opened(), opened()
    with one.transaction():
        one.put_many("things", [thing("b"), thing("a")])
        one.put_many("things", [one.get("things", "b") | {"size": 2}, thing("c")])
        one.delete("things", ["a"])
        assert two.count("things") == 0
    assert told(two.feed()) == [
        ("insert", "b"),
        ("insert", "a"),
        ("replace", "b"),
        ("insert", "c"),
        ("delete", "a"),
    ]


def is_sqlite(store):
    return store.state().system == "SQLite"


def test_a_feed_read_in_pages_is_the_feed(store):
    store.put_many("things", [thing(f"n{number:03}") for number in range(250)])
    whole, pages, token = store.feed(limit=1_000), [], None
    while page := store.feed(after=token, limit=99):
        pages += page
        token = page[-1].token
    assert pages == whole
    assert names(change.document for change in whole) == [f"n{number:03}" for number in range(250)]
    assert store.feed(limit=0) == []


def test_a_reader_goes_on_where_it_was_after_everything_was_closed(address):
    store = open_store(address)
    store.put_many("things", [thing("a"), thing("b")])
    token = store.feed(limit=1)[-1].token
    store.close()
    again = open_store(address)
    again.put_many("things", [thing("c")])
    assert told(again.feed(after=token)) == [("insert", "b"), ("insert", "c")]
    again.close()


def test_changes_made_in_another_process_are_told(address, store):
    store.put_many("things", [thing("a")])
    token = store.position()
    subprocess.run([sys.executable, "-c", ANOTHER_PROCESS, address], cwd=ROOT, check=True, timeout=60)
    assert told(store.feed(after=token)) == [("insert", "there"), ("replace", "a")]


def test_a_position_stands_after_everything_committed_and_before_everything_else(store):
    assert store.feed(after=store.position()) == []
    store.put_many("things", [thing("a")])
    position = store.position()
    assert store.feed(after=position) == []
    store.put_many("things", [thing("b")])
    assert told(store.feed(after=position)) == [("insert", "b")]


def test_only_collections_that_were_declared_are_told_of(address):
    other = bare_store(address)
    other.ensure([Collection("others")])
    other.put_many("others", [{"_id": "o"}])
    store = open_store(address)
    store.put_many("things", [thing("a")])
    assert told(store.feed()) == [("insert", "a")]
    store.close()
    other.close()


def test_the_feed_is_not_read_inside_a_transaction(store):
    with pytest.raises(ValueError, match="outside transactions"), store.transaction():
        store.feed()


def test_trimming_forgets_the_oldest_only_and_says_how_many(store):
    store.put_many("things", [thing("a"), thing("b"), thing("c")])
    gone = store.trim_feed(1)
    assert told(store.feed()) == [("insert", "a"), ("insert", "b"), ("insert", "c")][gone:]
    assert gone == (2 if is_sqlite(store) else 0)
    assert store.trim_feed(1) == 0


def test_a_token_of_what_was_trimmed_away_is_told_apart_from_a_store_that_cannot_be_read(tmp_path):
    store = open_store(str(tmp_path / "store.sqlite"))
    store.put_many("things", [thing("a"), thing("b"), thing("c")])
    first = store.feed(limit=1)[0].token
    store.trim_feed(1)
    with pytest.raises(FeedLost, match="does not reach back"):
        store.feed(after=first)
    damage = sqlite3.connect(tmp_path / "store.sqlite")
    damage.execute("alter table feed rename column id to name")
    damage.close()
    with pytest.raises(StorageFailed, match="cannot be used") as told:
        store.feed(after=store.position())
    assert not isinstance(told.value, FeedLost)
    store.close()


@pytest.mark.parametrize("token", ["", "not a token", "-1", "9" * 30])
def test_what_is_no_token_of_this_feed_is_a_clear_error(store, token):
    store.put_many("things", [thing("a")])
    with pytest.raises(FeedLost, match="is no token of this store's change feed"):
        store.feed(after=token)
