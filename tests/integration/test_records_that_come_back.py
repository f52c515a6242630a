"""A record that comes back hangs on what it hung on, or on what that became, unless another record has its place."""

import pytest

from sg_pipelines.operations.returned import last_links, resume
from sg_pipelines.store.collections import COLLECTIONS
from sg_pipelines.store.sqlite import SqliteStore


@pytest.fixture
def store(tmp_path):
    opened = SqliteStore(tmp_path / "store.sqlite")
    opened.ensure(COLLECTIONS)
    yield opened
    opened.close()


def entity(name, redirect_to=None, **representations):
    return {
        "_id": name,
        "kind": "customer",
        "state": "retired" if redirect_to else "live",
        "redirect_to": redirect_to,
        "representations": representations,
        "keys": [],
        "neighbours": [],
    }


def link(ref, of, valid_to, role="primary"):
    account, kind, _ = ref.split("/")
    ended = {"open": False, "valid_from": 1, "valid_to": valid_to, "role": role}
    return {"_id": f"{ref}@{valid_to}", "ref": ref, "account": account, "kind": kind, "entity": of, **ended}


def resumed(store, *refs):
    links, entities = resume(store, last_links(store, refs))
    assert {one["entity"] for one in links.values()} == set(entities)
    return {ref: one["entity"] for ref, one in links.items()}


def test_it_hangs_on_what_it_hung_on_last(store):
    store.put_many("entities", [entity("E1"), entity("E2")])
    store.put_many("links", [link("crm/customer/1", "E1", 5), link("crm/customer/1", "E2", 9)])
    assert resumed(store, "crm/customer/1", "crm/customer/2") == {"crm/customer/1": "E2"}


def test_it_hangs_on_what_that_became(store):
    store.put_many("entities", [entity("E1", redirect_to="E2"), entity("E2")])
    store.put_many("links", [link("crm/customer/1", "E1", 5)])
    assert resumed(store, "crm/customer/1") == {"crm/customer/1": "E2"}


def test_of_two_that_come_back_one_takes_the_place(store):
    """The one that hung on this very entity, not on one that went into it; else the last."""
    store.put_many("entities", [entity("E1", redirect_to="E2"), entity("E2"), entity("E3")])
    gone_into, own = link("crm/customer/1", "E1", 9), link("crm/customer/2", "E2", 5)
    earlier, later = link("crm/customer/3", "E3", 5), link("crm/customer/4", "E3", 9)
    store.put_many("links", [gone_into, own, earlier, later])
    assert resumed(store, *(one["ref"] for one in (gone_into, own, earlier, later))) == {
        "crm/customer/2": "E2",
        "crm/customer/4": "E3",
    }


def test_a_duplicate_is_one_again_beside_who_has_the_place(store):
    store.put_many("entities", [entity("E1", crm={"record_id": "7", "state": "live"}), entity("E2", redirect_to="E1")])
    duplicate, of_another = link("crm/customer/1", "E1", 5, "duplicate"), link("crm/customer/2", "E2", 5, "duplicate")
    store.put_many("links", [duplicate, of_another])
    assert resumed(store, "crm/customer/1", "crm/customer/2") == {"crm/customer/1": "E1"}


def test_a_place_that_is_taken_is_not_given_back(store):
    taken, left = {"record_id": "7", "state": "live"}, {"record_id": "1", "state": "archived"}
    store.put_many("entities", [entity("E1", crm=taken), entity("E2", crm=left, erp=taken)])
    store.put_many("links", [link("crm/customer/1", "E1", 5), link("crm/customer/2", "E2", 5)])
    assert resumed(store, "crm/customer/1", "crm/customer/2") == {"crm/customer/2": "E2"}
