"""What every store promises about documents: what is kept, what is refused, who wins."""

from decimal import Decimal
from enum import StrEnum

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from sg_pipelines.errors import StaleDocument
from sg_pipelines.ports.store import Collection, Index, Range
from sg_pipelines.store import mongo_forms
from tests.contract.store.things import THINGS, names, thing

# --- what is kept ------------------------------------------------------------------------------------------------


def test_what_was_put_is_there_with_version_one(store):
    store.put_many("things", [thing("a", nested={"deep": [1, None, "x"]})])
    assert store.get("things", "a") == thing("a", nested={"deep": [1, None, "x"]}) | {"version": 1}
    assert store.get("things", "b") is None


class Colour(StrEnum):
    RED = "red"


def test_what_comes_back_is_plain_python(store):
    instant = 1_790_000_000_123
    store.put_many("things", [thing("a", colour=Colour.RED, at=instant, pair=(1, 2), real=1.0, nested={"on": True})])
    found = store.get("things", "a")
    assert [type(found[name]) for name in ("colour", "at", "pair", "real")] == [str, int, list, float]
    assert type(found["version"]) is int
    assert found["nested"] == {"on": True}
    assert found["pair"] == [1, 2]


@pytest.mark.parametrize(
    "key", ["hubspot/customer/5.01", "$set", "a$b", "100%", "%2E", "", "ключ", "zero\0byte", "a..b"]
)
def test_any_text_is_a_key(store, key):
    held = {key: {"at": 1, key: [{key: None}]}, "plain": 2}
    store.put_many("things", [thing("a", held=held, **{key or "empty": "top"})])
    found = store.get("things", "a")
    assert found["held"] == held
    assert found[key or "empty"] == "top"


def test_whole_numbers_are_kept_to_their_last_digit_within_64_bits(store):
    numbers = [2**63 - 1, -(2**63), 2**53 + 1, 0]
    store.put_many("things", [thing("a", numbers=numbers, digits="9" * 40)])
    assert store.get("things", "a")["numbers"] == numbers


@pytest.mark.parametrize(
    "value",
    [2**63, -(2**63) - 1, float("nan"), float("inf"), Decimal("1.5"), np.int64(3), object(), b"x", {1, 2}, "\ud800"],
    ids=lambda value: type(value).__name__,
)
def test_what_no_store_keeps_is_refused_with_its_place(store, value):
    for write in (store.put_many, store.insert_or_ignore):
        with pytest.raises(ValueError, match=r"document a: nested\.list\.1 .*cannot be stored"):
            write("things", [thing("z"), thing("a", nested={"list": [1, value]})])
    assert store.count("things") == 0


def test_a_document_that_contains_itself_is_refused(store):
    round_and_round = {}
    round_and_round["again"] = round_and_round
    with pytest.raises(ValueError, match="nests deeper"):
        store.put_many("things", [thing("a", nested=round_and_round)])


@pytest.mark.parametrize("said", [{"size": [1]}, {"tag": {"x": 1}}, {"keys": "x"}, {"keys": [["x"]]}, {"keys": [None]}])
def test_a_declared_field_holds_what_its_index_can_order(store, said):
    with pytest.raises(ValueError, match="is declared to hold"):
        store.put_many("things", [thing("a", **said)])


def test_a_declared_field_may_be_missing(store):
    store.put_many("things", [{"_id": "a"}])
    assert names(store.find("things", {"colour": None, "size": None})) == ["a"]
    store.put_many("things", [store.get("things", "a") | {"keys": ["x"]}])
    assert names(store.find("things", {"keys": "x"})) == ["a"]
    assert store.delete("things", ["a"]) == 1


def test_a_name_is_text(store):
    with pytest.raises(ValueError, match="must be text"):
        store.put_many("things", [thing(5)])


def test_a_large_batch_is_one_write(store):
    many = [thing(f"n{number:05}", size=number, keys=[f"k{number % 7}", "all"]) for number in range(2_000)]
    store.put_many("things", many)
    store.put_many("things", [one | {"colour": "blue", "version": 1} for one in many])
    assert store.count("things", {"colour": "blue"}) == store.count("things", {"keys": "all"}) == 2_000
    assert len(store.get_many("things", names(many))) == 2_000


# --- compare-and-set ---------------------------------------------------------------------------------------------


def test_a_write_that_is_looked_up_in_parts_is_one_write(store, monkeypatch):
    monkeypatch.setattr(mongo_forms, "VALUES_A_QUERY", 2)
    store.put_many("things", [thing(name) for name in "abcde"])
    before = [store.get("things", name) for name in "abcde"]
    store.put_many("things", [document | {"size": 2} for document in before])
    with pytest.raises(StaleDocument, match="somebody else changed") as told:
        store.put_many("things", [store.get("things", "a"), store.get("things", "b"), *before[2:]])
    assert told.value.where == "things/c"
    assert store.insert_or_ignore("things", [thing("new1"), thing("new2"), thing("new3", tag="e"), thing("d")]) == [
        "new1",
        "new2",
    ]
    assert {document["version"] for document in store.get_many("things", list("abcde"))} == {2}
    assert store.delete("things", ["a", "b", "c", "none", "e"]) == 4


def test_a_write_over_something_unseen_is_refused(store):
    store.put_many("things", [thing("a")])
    with pytest.raises(StaleDocument, match="things/a"):
        store.put_many("things", [thing("new"), thing("a"), thing("other")])
    assert names(store.find("things")) == ["a"]


def test_a_write_over_something_changed_meanwhile_is_refused_and_nothing_of_it_stays(opened):
    one, two = opened(), opened()
    one.put_many("things", [thing("a"), thing("b")])
    mine, theirs = one.get("things", "a"), two.get("things", "a")
    two.put_many("things", [theirs | {"size": 2}])
    with pytest.raises(StaleDocument, match="things/a"):
        one.put_many("things", [one.get("things", "b") | {"size": 9}, mine | {"size": 3}])
    assert (one.get("things", "a")["size"], one.get("things", "b")["size"]) == (2, 1)


def test_a_write_over_something_deleted_meanwhile_is_refused(store):
    store.put_many("things", [thing("a")])
    read = store.get("things", "a")
    store.delete("things", ["a"])
    with pytest.raises(StaleDocument, match="things/a"):
        store.put_many("things", [read])


def test_the_same_document_twice_in_one_write_is_refused(store):
    with pytest.raises(StaleDocument, match="things/a"):
        store.put_many("things", [thing("a"), thing("a")])
    store.put_many("things", [thing("a")])
    read = store.get("things", "a")
    with pytest.raises(StaleDocument, match="things/a"):
        store.put_many("things", [read, read])
    assert store.get("things", "a") == read


def test_documents_are_adopted_with_their_versions_once(store):
    store.adopt("things", [thing("a", version=7, keys=["x"]), thing("b", version=1)])
    assert store.get("things", "a") == thing("a", version=7, keys=["x"])
    assert names(store.find("things", {"keys": "x"})) == ["a"]
    with pytest.raises(StaleDocument, match="things/b"):
        store.adopt("things", [thing("c", version=2), thing("b", version=9)])
    assert store.count("things") == 2


# --- unique values -----------------------------------------------------------------------------------------------


def test_a_unique_field_is_unique_only_where_it_was_declared_to_be(store):
    store.put_many("things", [thing("a", tag="t"), thing("b", tag="t", open=False), thing("c", tag="t", open=False)])
    with pytest.raises(StaleDocument, match="things/e"):
        store.put_many("things", [thing("d"), thing("e", tag="t")])
    with pytest.raises(StaleDocument, match="things/b"):
        store.put_many("things", [store.get("things", "b") | {"open": True}])
    assert store.count("things", {"tag": "t"}) == 3


def test_nothing_is_never_unique(store):
    store.put_many("things", [thing("a", tag=None), thing("b", tag=None), {"_id": "c", "open": True}])
    assert store.insert_or_ignore("things", [thing("d", tag=None)]) == ["d"]


def test_a_unique_value_passes_on_in_one_write(store):
    store.put_many("things", [thing("a", tag="t")])
    store.put_many("things", [thing("b", tag="t"), store.get("things", "a") | {"open": False}])
    assert names(store.find("things", {"tag": "t", "open": True})) == ["b"]


def test_insert_or_ignore_says_what_was_new(store):
    store.put_many("things", [thing("a", tag="t")])
    offered = [
        thing("a"),
        thing("b"),
        thing("c", tag="t"),
        thing("d", tag="t", open=False),
        thing("b"),
        thing("e", tag="b"),
    ]
    assert store.insert_or_ignore("things", offered) == ["b", "d"]
    assert store.get("things", "a")["version"] == store.get("things", "b")["version"] == 1
    assert store.insert_or_ignore("things", []) == []


# --- what is declared later, and everything together --------------------------------------------------------------


def test_collections_and_indexes_added_later_cover_what_is_there(opened):
    first = opened()
    first.put_many("things", [thing("a", weight=5, done=True, marks=["m", "n"]), thing("b"), thing("c", weight=7)])
    more = (Index(("weight", "done")), Index(("marks",), multi=True))
    second = opened()
    second.ensure([Collection("things", (*more, *THINGS.indexes)), Collection("others")])
    assert names(second.find("things", {"weight": Range(ge=1)}, sort=[("weight", -1)])) == ["c", "a"]
    assert names(second.find("things", {"done": True})) == names(second.find("things", {"marks": "n"})) == ["a"]
    second.put_many("things", [second.get("things", "a") | {"weight": 6, "marks": ["o"], "size": 4}])
    assert names(second.find("things", {"weight": 6, "size": 4, "marks": "o"})) == ["a"]
    first.put_many("things", [thing("d")])
    second.put_many("others", [{"_id": "o"}])
    assert (second.count("others"), second.count("things")) == (1, 4)


class LikeADictionary(RuleBasedStateMachine):
    """Whatever happens, the store holds what a dictionary would."""

    store = None

    @initialize()
    def begin_empty(self):
        self.store.delete("things", names(self.store.find("things")))
        self.model = {}

    ids = st.sampled_from("abcd")
    keys = st.lists(st.sampled_from("xyz"), unique=True)

    @rule(name=ids, size=st.integers(0, 3), keys=keys)
    def put(self, name, size, keys):
        version = self.model.get(name, {}).get("version", 0)
        self.store.put_many("things", [thing(name, size=size, keys=keys, version=version)])
        self.model[name] = thing(name, size=size, keys=keys, version=version + 1)

    @rule(name=ids, size=st.integers(0, 3), keys=keys)
    def offer(self, name, size, keys):
        is_new = self.store.insert_or_ignore("things", [thing(name, size=size, keys=keys)]) == [name]
        assert is_new == (name not in self.model)
        if is_new:
            self.model[name] = thing(name, size=size, keys=keys, version=1)

    @rule(name=ids, other=ids)
    def take_back(self, name, other):
        with pytest.raises(RuntimeError), self.store.transaction():
            self.store.delete("things", [name])
            self.store.insert_or_ignore("things", [thing(other)])
            raise RuntimeError

    @rule(name=ids)
    def delete(self, name):
        assert self.store.delete("things", [name]) == (self.model.pop(name, None) is not None)

    @rule(key=st.sampled_from("xyz"), size=st.integers(0, 3))
    def find(self, key, size):
        expected = {n for n, document in self.model.items() if key in document["keys"] and document["size"] >= size}
        assert set(names(self.store.find("things", {"keys": key, "size": Range(ge=size)}))) == expected

    @invariant()
    def same(self):
        if hasattr(self, "model"):
            assert {d["_id"]: d for d in self.store.find("things")} == self.model


def test_whatever_happens_the_store_holds_what_a_dictionary_would(store):
    machine = type("Machine", (LikeADictionary,), {"store": store})
    run_state_machine_as_test(machine, settings=settings(max_examples=15, stateful_step_count=15, deadline=None))
