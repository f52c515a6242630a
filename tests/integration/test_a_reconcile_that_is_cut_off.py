"""A reconcile that ends in the middle, as the power is cut: the next one leaves what an uninterrupted one would have."""

import asyncio
import contextlib

import pytest

from sg_pipelines.domain.matching.types import ACCEPT, REJECT
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.operations import commit
from sg_pipelines.operations.annotations import NOTE, annotate, annotations_of
from sg_pipelines.operations.lookup import entity_called
from sg_pipelines.operations.review import decide
from sg_pipelines.ports.platforms import PullMode
from tests.integration.steps import live


class PowerCut(Exception):
    """Nothing after it is done."""


def held_by(session, *accounts):
    found = session.workspace.store.find("entities", {"kind": "customer", "state": "live"})
    return next(one for one in found if live(one).keys() == {*accounts})


def ref(account, entity):
    return f"{account}/customer/{live(entity)[account]['record_id']}"


@pytest.fixture
def taken_for_one(session):
    """A person of HubSpot and one of Shopify whom somebody takes for one, and their refs; not reconciled yet."""
    crm, shop = held_by(session, "hubspot"), held_by(session, "shopify")
    annotate(session.workspace, crm["_id"], NOTE, "of the CRM", author="Ines")
    annotate(session.workspace, shop["_id"], NOTE, "of the shop", author="Ines")
    decide(session.workspace, ref("hubspot", crm), shop["_id"], ACCEPT, by="Ines")
    return crm, shop, [ref("hubspot", crm), ref("shopify", shop)]


STEPS = ("_write_chunk", "_end", "_redirect")


def cut(monkeypatch, at, steps=STEPS):
    """Cut the next reconcile short before the transaction of that number, from 1, of those that are such steps."""
    written = []

    def count(real):
        def counted(*args, **named):
            written.append(None)
            if len(written) == at:
                raise PowerCut
            return real(*args, **named)

        return counted

    for size in ("CHUNK_ENTITIES", "CHUNK_LINKS"):
        monkeypatch.setattr(commit, size, 1)
    for step in steps:
        monkeypatch.setattr(commit, step, count(getattr(commit, step)))


def ghosts(session):
    """Records that several living entities hold, and living entities that hold records which hang on others."""
    store, held = session.workspace.store, {}
    for one in store.find("entities", {"kind": "customer", "state": "live"}):
        for account, record in live(one).items():
            held.setdefault(f"{account}/{record['record_id']}", set()).add(one["_id"])
    links = store.find("links", {"kind": "customer", "open": True})
    hangs_on = {f"{link['account']}/{link['record_id']}": link["entity"] for link in links}
    return {one: entities for one, entities in held.items() if entities != {hangs_on.get(one)}}


def until_it_is_not_cut(session, monkeypatch, begin):
    """Reconcile again and again, cut off one step later each time, and a second time at once; how often it was."""
    for at in range(1, 100):
        with monkeypatch.context() as patch:
            cut(patch, at)
            try:
                begin()
                session.reconcile(CUSTOMER)
                return at - 1
            except PowerCut:
                pass
        with monkeypatch.context() as patch, contextlib.suppress(PowerCut):
            cut(patch, 1)
            session.reconcile(CUSTOMER)
        session.reconcile(CUSTOMER)
        assert ghosts(session) == {}
    raise AssertionError("it never came to its end")


@pytest.mark.parametrize("at", [1, 2])
def test_two_that_become_one_are_one_wherever_it_was_cut_off(session, monkeypatch, taken_for_one, at):
    crm, shop, refs = taken_for_one
    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        cut(patch, at)
        session.reconcile(CUSTOMER)
    session.reconcile(CUSTOMER)
    first, second = (entity_called(session.workspace, one) for one in refs)
    assert first["_id"] == second["_id"]
    assert ghosts(session) == {}
    (gone,) = {crm["_id"], shop["_id"]} - {first["_id"]}
    assert session.workspace.store.get("entities", gone)["redirect_to"] == first["_id"]
    said = annotations_of(session.workspace, first["_id"])
    assert sorted(one["text"] for one in said) == ["of the CRM", "of the shop"]


def test_taking_for_one_and_telling_apart_leave_no_ghosts_wherever_they_are_cut_off(
    session, monkeypatch, taken_for_one
):
    _, _, refs = taken_for_one
    verdicts = [ACCEPT, REJECT]

    def turn():
        """Together, apart, together, ... so that records move each time."""
        verdict = verdicts.pop()
        verdicts.insert(0, verdict)
        decide(session.workspace, refs[0], entity_called(session.workspace, refs[1])["_id"], verdict, by="Ines")

    assert until_it_is_not_cut(session, monkeypatch, turn) > 1
    session.reconcile(CUSTOMER)
    assert ghosts(session) == {}


@pytest.mark.parametrize("step", STEPS)
def test_who_loses_a_record_to_another_and_one_for_good_is_that_other_wherever_it_was_cut_off(
    session, monkeypatch, step
):
    crm, shop = held_by(session, "hubspot"), held_by(session, "shopify", "netsuite")
    decide(session.workspace, ref("hubspot", crm), shop["_id"], ACCEPT, by="Ines")
    gone = {"account": "netsuite", "kind": "customer", "record_id": live(shop)["netsuite"]["record_id"]}
    session.control.post("records/delete", gone)
    asyncio.run(session.ingest("netsuite", CUSTOMER, mode=PullMode.FULL))
    with monkeypatch.context() as patch, pytest.raises(PowerCut):
        cut(patch, 1, [step])
        session.reconcile(CUSTOMER)
    session.reconcile(CUSTOMER)
    assert session.workspace.store.get("entities", shop["_id"])["redirect_to"] == crm["_id"]
    assert ghosts(session) == {}
    assert not list(session.workspace.store.find("links", {"entity": shop["_id"], "open": True}))
