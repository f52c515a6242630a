"""What every store promises about questions: conditions, order, limit, and what cannot be asked."""

import pytest

from sg_pipelines.ports.store import In, Range
from tests.contract.store.things import names, thing


def test_every_element_of_an_array_field_can_be_looked_up(store):
    store.put_many("things", [thing("a", keys=["x", "y", "x"]), thing("b", keys=["y"])])
    assert sorted(names(store.find("things", {"keys": In(["x", "y"])}))) == ["a", "b"]
    changed = store.get("things", "a") | {"keys": ["z"]}
    store.put_many("things", [changed])
    assert names(store.find("things", {"keys": "x"})) == []
    assert names(store.find("things", {"keys": "z"})) == ["a"]
    store.delete("things", ["a"])
    assert names(store.find("things", {"keys": "z"})) == []


def test_one_element_has_to_lie_within_a_range(store):
    store.put_many("things", [thing("a", keys=["a", "z"]), thing("b", keys=["m"])])
    assert names(store.find("things", {"keys": Range(gt="b", lt="y")})) == ["b"]


def test_conditions_sort_and_limit(store):
    store.put_many(
        "things", [thing(n, size=s, colour=c) for n, s, c in (("a", 3, "red"), ("b", 1, "red"), ("c", 2, None))]
    )
    assert names(store.find("things", {"size": Range(ge=2)}, sort=[("size", -1)])) == ["a", "c"]
    assert names(store.find("things", {"size": Range(gt=1, lt=3)})) == ["c"]
    assert names(store.find("things", {"size": Range(le=1)})) == ["b"]
    assert names(store.find("things", {"size": Range()}, sort=[("_id", 1)])) == ["a", "b", "c"]
    assert names(store.find("things", {"colour": None})) == ["c"]
    assert names(store.find("things", {"colour": In([None, "red"])}, sort=[("_id", -1)])) == ["c", "b", "a"]
    assert names(store.find("things", {"_id": In(["a", "c", "zz"])}, sort=[("_id", 1)])) == ["a", "c"]
    assert names(store.find("things", {"_id": Range(gt="a")}, sort=[("_id", 1)])) == ["b", "c"]
    assert names(store.find("things", sort=[("colour", 1), ("size", -1)])) == ["c", "a", "b"]
    assert names(store.find("things", sort=[("size", 1)], limit=2)) == ["b", "c"]
    assert names(store.find("things", limit=0)) == names(store.find("things", {"_id": In([])})) == []
    assert store.count("things", {"colour": "red"}) == 2


def test_a_range_compares_values_of_its_own_type(store):
    store.put_many("things", [thing("a", size="5"), thing("b", size=5), thing("c", size=None), thing("d", size=5.5)])
    assert sorted(names(store.find("things", {"size": Range(ge=1)}))) == ["b", "d"]
    assert names(store.find("things", {"size": Range(ge="1")})) == ["a"]
    assert names(store.find("things", {"size": Range(lt="9")})) == ["a"]


def test_texts_are_sorted_by_their_bytes(store):
    ids = ["B", "a", "Z", "é", "z", "10", "9", "🙂", "�"]
    store.put_many("things", [thing(name) for name in ids])
    assert names(store.find("things", sort=[("_id", 1)])) == sorted(ids, key=str.encode)


def test_more_can_be_asked_for_than_fits_one_question(store):
    store.put_many("things", [thing("a", keys=["k"])])
    many = ["a", "k", *(f"x{number}" for number in range(40_000))]
    assert names(store.get_many("things", many)) == ["a"]
    assert names(store.find("things", {"keys": In(many)})) == ["a"]
    assert names(store.find("things", {"tag": In(many), "open": True})) == ["a"]
    assert store.delete("things", many) == 1


def test_a_text_with_a_zero_byte_is_a_text_like_any_other(store):
    odd, short = thing("a\0b", tag="t\0", keys=["k\0l", "m"]), thing("a", tag="t", keys=["k"])
    store.put_many("things", [odd, short])
    assert store.get("things", "a\0b") == odd | {"version": 1}
    assert sorted(names(store.get_many("things", ["a", "a\0b", "a\0"]))) == ["a", "a\0b"]
    assert names(store.find("things", {"tag": In(["t\0", None, "x"]), "open": True})) == ["a\0b"]
    assert names(store.find("things", {"keys": In(["k\0l", "k\0"])})) == ["a\0b"]
    assert names(store.find("things", {"keys": "k\0l", "_id": Range(gt="a", lt="b")})) == ["a\0b"]
    store.put_many("things", [store.get("things", "a\0b") | {"keys": ["n\0"]}])
    assert names(store.find("things", {"keys": In(["k\0l"])})) == []
    assert names(change.document for change in store.feed())[0] == "a\0b"
    assert store.delete("things", ["a\0b"]) == 1
    assert names(store.find("things", {"keys": "n\0"})) == []


def test_a_reader_may_stop_half_way(store):
    store.put_many("things", [thing(f"n{number:04}") for number in range(1_500)])
    assert next(store.find("things", sort=[("_id", 1)]))["_id"] == "n0000"
    assert store.delete("things", ["n0000"]) == 1


@pytest.mark.parametrize("where", [{"nested": 1}, {"size": {"$gt": 0}}, {"size": [1]}, {"keys": None}])
def test_a_question_no_index_answers_is_refused(store, where):
    with pytest.raises(ValueError, match=next(iter(where))):
        store.count("things", where)
    with pytest.raises(ValueError, match=next(iter(where))):
        store.find("things", where)


def test_an_order_no_index_gives_and_a_negative_limit_are_refused(store):
    for question in ({"sort": [("nested", 1)]}, {"sort": [("keys", 1)]}, {"limit": -1}):
        with pytest.raises(ValueError):
            store.find("things", **question)


def test_a_collection_nobody_declared_is_refused(store):
    with pytest.raises(ValueError, match="'unheard_of' is no collection"):
        store.count("unheard_of")
