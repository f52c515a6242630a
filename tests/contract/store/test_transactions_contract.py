"""What every store promises about transactions and about several writers at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from sg_pipelines.errors import StaleDocument
from tests.contract.store.things import names, open_store, thing

WRITERS, ROUNDS = 2, 10


def test_a_transaction_is_all_or_nothing_and_inner_ones_join_it(store):
    with pytest.raises(RuntimeError), store.transaction():
        store.put_many("things", [thing("a")])
        with store.transaction():
            store.put_many("things", [thing("b")])
        raise RuntimeError
    assert store.count("things") == 0
    with store.transaction():
        store.put_many("things", [thing("a")])
        with store.transaction():
            store.put_many("things", [thing("b")])
    assert store.count("things") == 2


def test_a_transaction_reads_what_it_wrote_and_nobody_else_does(opened):
    one, two = opened(), opened()
    with one.transaction():
        one.put_many("things", [thing("a", keys=["x"])])
        assert one.get("things", "a")["version"] == 1
        assert names(one.find("things", {"keys": "x"})) == ["a"]
        assert one.count("things") == 1
        assert two.count("things") == 0
        one.put_many("things", [one.get("things", "a") | {"size": 2}])
        assert one.insert_or_ignore("things", [thing("a"), thing("b")]) == ["b"]
        assert one.delete("things", ["b"]) == 1
    assert two.get("things", "a")["version"] == 2


def test_a_failed_write_takes_its_transaction_back_even_when_it_is_caught(store):
    store.put_many("things", [thing("there")])
    with pytest.raises(StaleDocument, match="things/there"), store.transaction():
        store.put_many("things", [thing("a")])
        with pytest.raises(StaleDocument):
            store.put_many("things", [thing("b"), thing("there")])
    assert names(store.find("things")) == ["there"]
    store.put_many("things", [thing("a")])
    assert store.count("things") == 2


def test_a_unique_value_passes_on_between_the_writes_of_a_transaction(store):
    store.put_many("things", [thing("a", tag="t")])
    with store.transaction():
        store.put_many("things", [store.get("things", "a") | {"open": False}])
        store.put_many("things", [thing("b", tag="t")])
    assert names(store.find("things", {"tag": "t", "open": True})) == ["b"]


def test_two_writers_never_lose_an_update(address):
    open_store(address).close()

    def add_one_many_times(_):
        store, retries = open_store(address), 0
        store.insert_or_ignore("things", [thing("counter", size=0)])
        done = 0
        while done < ROUNDS:
            read = store.get("things", "counter")
            try:
                store.put_many("things", [read | {"size": read["size"] + 1}])
                done += 1
            except StaleDocument:
                retries += 1
        store.close()
        return retries

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(add_one_many_times, range(WRITERS)))
    store = open_store(address)
    counter = store.get("things", "counter")
    store.close()
    assert counter["size"] == counter["version"] - 1 == WRITERS * ROUNDS


def test_of_two_writers_who_read_the_same_one_wins_and_the_other_is_told(address):
    prepared = open_store(address)
    prepared.put_many("things", [thing("a")])
    prepared.close()
    both_have_read = threading.Barrier(WRITERS)

    def write(name):
        store = open_store(address)
        read = store.get("things", "a")
        both_have_read.wait(30)
        try:
            store.put_many("things", [read | {"colour": name}])
            return "won"
        except StaleDocument as told:
            return told.where
        finally:
            store.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sorted(pool.map(write, ["mine", "theirs"])) == ["things/a", "won"]


def test_of_two_who_offer_the_same_exactly_one_inserts_it(address):
    open_store(address).close()
    both_are_there = threading.Barrier(WRITERS)

    def offer(_):
        store = open_store(address)
        both_are_there.wait(30)
        inserted = [store.insert_or_ignore("things", [thing(f"n{number}")]) for number in range(ROUNDS)]
        store.close()
        return sum(map(len, inserted))

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sum(pool.map(offer, range(WRITERS))) == ROUNDS
