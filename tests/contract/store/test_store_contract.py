"""What every store promises. MongoDB joins by adding itself to `stores`."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sg_pipelines.errors import ConfigurationError, StaleDocument, StorageFailed
from sg_pipelines.ports import Collection, In, Index, Range
from sg_pipelines.store.sqlite import SqliteStore

THINGS = Collection(
    "things",
    (
        Index(("colour", "size")),
        Index(("tag",), unique=True, where={"open": True}),
        Index(("keys",), multi=True),
    ),
)


@pytest.fixture(params=["sqlite"])
def opened(request, tmp_path):
    stores = []

    def open_store():
        store = SqliteStore(tmp_path / "store.sqlite")
        store.ensure([THINGS])
        stores.append(store)
        return store

    yield open_store
    for store in stores:
        store.close()


@pytest.fixture
def store(opened):
    return opened()


def thing(name, **said):
    return {"_id": name, "colour": "red", "size": 1, "tag": name, "open": True, "keys": [], **said}


def names(documents):
    return [document["_id"] for document in documents]


def test_what_was_put_is_there_with_version_one(store):
    store.put_many("things", [thing("a", nested={"deep": [1, None, "x"]})])
    assert store.get("things", "a") == thing("a", nested={"deep": [1, None, "x"]}) | {"version": 1}
    assert store.get("things", "b") is None


def test_a_write_over_something_unseen_is_refused(store):
    store.put_many("things", [thing("a")])
    with pytest.raises(StaleDocument, match="things/a"):
        store.put_many("things", [thing("a")])


def test_a_write_over_something_changed_meanwhile_is_refused_and_nothing_of_it_stays(opened):
    one, two = opened(), opened()
    one.put_many("things", [thing("a"), thing("b")])
    mine, theirs = one.get("things", "a"), two.get("things", "a")
    two.put_many("things", [theirs | {"size": 2}])
    with pytest.raises(StaleDocument):
        one.put_many("things", [one.get("things", "b") | {"size": 9}, mine | {"size": 3}])
    assert (one.get("things", "a")["size"], one.get("things", "b")["size"]) == (2, 1)


def test_a_unique_field_is_unique_only_where_it_was_declared_to_be(store):
    store.put_many("things", [thing("a", tag="t"), thing("b", tag="t", open=False)])
    with pytest.raises(StaleDocument):
        store.put_many("things", [thing("c", tag="t")])


def test_every_element_of_an_array_field_can_be_looked_up(store):
    store.put_many("things", [thing("a", keys=["x", "y"]), thing("b", keys=["y"])])
    assert sorted(names(store.find("things", {"keys": In(["x", "y"])}))) == ["a", "b"]
    changed = store.get("things", "a") | {"keys": ["z"]}
    store.put_many("things", [changed])
    assert names(store.find("things", {"keys": "x"})) == []
    assert names(store.find("things", {"keys": "z"})) == ["a"]
    store.delete("things", ["a"])
    assert names(store.find("things", {"keys": "z"})) == []


def test_conditions_sort_and_limit(store):
    store.put_many(
        "things", [thing(n, size=s, colour=c) for n, s, c in (("a", 3, "red"), ("b", 1, "red"), ("c", 2, None))]
    )
    assert names(store.find("things", {"size": Range(ge=2)}, sort=[("size", -1)])) == ["a", "c"]
    assert names(store.find("things", {"size": Range(gt=1, lt=3)})) == ["c"]
    assert names(store.find("things", {"colour": None})) == ["c"]
    assert names(store.find("things", {"_id": In(["a", "c", "zz"])}, sort=[("_id", 1)])) == ["a", "c"]
    assert names(store.find("things", sort=[("size", 1)], limit=2)) == ["b", "c"]
    assert store.count("things", {"colour": "red"}) == 2


def test_a_field_without_an_index_cannot_be_asked_for(store):
    with pytest.raises(ValueError, match="nested"):
        store.count("things", {"nested": 1})


def test_a_transaction_is_all_or_nothing_and_inner_ones_join_it(store):
    with pytest.raises(RuntimeError), store.transaction():
        store.put_many("things", [thing("a")])
        with store.transaction():
            store.put_many("things", [thing("b")])
        raise RuntimeError
    assert store.count("things") == 0


def test_insert_or_ignore_says_what_was_new(store):
    store.put_many("things", [thing("a", tag="t")])
    assert store.insert_or_ignore("things", [thing("a"), thing("b"), thing("c", tag="t")]) == ["b"]


def test_the_feed_tells_every_committed_change_once_and_in_order(opened):
    one, two = opened(), opened()
    one.put_many("things", [thing("a")])
    first = one.feed()
    two.put_many("things", [two.get("things", "a") | {"size": 5}])
    two.delete("things", ["a"])
    with pytest.raises(RuntimeError), one.transaction():
        one.put_many("things", [thing("never")])
        raise RuntimeError
    later = opened().feed(after=first[-1].token)
    assert [(c.operation, c.document_id) for c in first + later] == [("insert", "a"), ("replace", "a"), ("delete", "a")]
    assert later[-1].document is None


def test_a_trimmed_feed_keeps_the_newest(store):
    store.put_many("things", [thing("a"), thing("b"), thing("c")])
    assert store.trim_feed(1) == 2
    assert [change.document_id for change in store.feed()] == ["c"]


def test_what_is_no_json_is_refused_with_its_place(store):
    with pytest.raises(ValueError, match=r"nested\.when"):
        store.put_many("things", [thing("a", nested={"when": object()})])


def test_a_store_written_by_a_newer_program_is_left_alone(opened, tmp_path):
    store = opened()
    store._db.execute("update store_schema set version = 99")
    with pytest.raises(ConfigurationError, match="schema 99"):
        opened()


def test_a_file_that_is_no_store_is_a_clear_error(tmp_path):
    (tmp_path / "store.sqlite").write_bytes(b"this is not a database" * 100)
    with pytest.raises(StorageFailed, match="the store cannot be used"):
        SqliteStore(tmp_path / "store.sqlite")


class LikeADictionary(RuleBasedStateMachine):
    """Whatever happens, the store holds what a dictionary would."""

    @initialize()
    def open_store(self):
        self.store = SqliteStore.__new__(SqliteStore)
        from pathlib import Path

        SqliteStore.__init__(self.store, Path(":memory:"))
        self.store.ensure([THINGS])
        self.model = {}

    ids = st.sampled_from("abcd")
    keys = st.lists(st.sampled_from("xyz"), unique=True)

    @rule(name=ids, size=st.integers(0, 3), keys=keys)
    def put(self, name, size, keys):
        version = self.model.get(name, {}).get("version", 0)
        self.store.put_many("things", [thing(name, size=size, keys=keys, version=version)])
        self.model[name] = thing(name, size=size, keys=keys, version=version + 1)

    @rule(name=ids)
    def delete(self, name):
        assert self.store.delete("things", [name]) == (self.model.pop(name, None) is not None)

    @rule(key=st.sampled_from("xyz"))
    def find(self, key):
        expected = {name for name, document in self.model.items() if key in document["keys"]}
        assert set(names(self.store.find("things", {"keys": key}))) == expected

    @invariant()
    def same(self):
        if hasattr(self, "model"):
            assert {d["_id"]: d for d in self.store.find("things")} == self.model

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()


TestLikeADictionary = LikeADictionary.TestCase
TestLikeADictionary.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
