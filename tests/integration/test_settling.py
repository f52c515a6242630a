"""A change may settle for as long as the client file says before it counts; then it counts although nothing new is heard."""

import pytest

from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.session import open_session
from tests.integration.steps import pulse


@pytest.fixture
def session(lived_home):
    """A reconciled client whose ERP's changes settle for an hour, and nobody at work."""
    lived_home(people=60, seed=6, instead={"netsuite: {at: sandbox}": "netsuite: {at: sandbox, settling: 1h}"})
    with open_session("demo") as opened:
        yield opened


def edited(session):
    """A customer that three systems agree on, whose e-mail address the ERP then changes."""
    busy = {one["entity"] for one in session.workspace.store.find("discrepancies") if one["open"]}
    person = next(
        one
        for one in session.workspace.store.find("entities", {"kind": "customer", "state": "live"})
        if one["_id"] not in busy and set(one["representations"]) == {"hubspot", "shopify", "netsuite"}
        if all(stored["state"] == "live" for stored in one["representations"].values())
    )
    record_id = person["representations"]["netsuite"]["record_id"]
    asked = {"account": "netsuite", "kind": "customer", "record_id": record_id}
    session.control.post("records/edit", {**asked, "attributes": {"email": "new.address@example.com"}})
    return person["_id"]


def open_on(session, entity):
    found = session.workspace.store.find("discrepancies", {"entity": entity, "open": True})
    return [(one["subject"], one["class"]) for one in found]


def test_a_young_change_is_not_counted_and_an_old_one_is(session):
    entity = edited(session)
    session.control.post("advance", {"seconds": 60})
    pulse(session)
    assert open_on(session, entity) == []
    base = session.workspace.store.get("entities", entity)["fields"]["email"]["base"]
    assert base != "new.address@example.com"
    session.control.post("advance", {"seconds": 3700})
    pulse(session)
    assert open_on(session, entity) == [("email", "hard_conflict")]
    assert session.workspace.store.get("entities", entity)["fields"]["email"]["base"] == base


def test_a_change_that_is_taken_back_while_it_settles_never_counts(session):
    entity = edited(session)
    pulse(session)
    stored = session.workspace.store.get("entities", entity)
    asked = {"account": "netsuite", "kind": "customer", "record_id": stored["representations"]["netsuite"]["record_id"]}
    session.control.post("records/edit", {**asked, "attributes": {"email": stored["fields"]["email"]["base"]}})
    session.control.post("advance", {"seconds": 7200})
    pulse(session)
    assert open_on(session, entity) == []
    manifests = session.workspace.lake.manifests("netsuite", session.workspace.plans["customer"].kind)
    assert manifests[-1].mode is PullMode.INCREMENTAL
