"""A record that cannot be read is told, is not taken for one that is not there, and is read as soon as it can be."""

import json

from sg_pipelines.operations.pulse import pulse
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.main_job import describe
from sg_pipelines.runtime.session import open_session
from tests.e2e.command import sg

LISTS = "/objects/contacts"


def take(session, mode):
    said = []
    pulse(session.workspace, session.connectors, mode=mode, progress=said.append)
    return said


def spoil(session, count, path):
    fault = {"account": "hubspot", "kind": "malformed_record", "count": count, "path_contains": path}
    session.control.post("faults", fault)


def reasons(session):
    found = session.workspace.store.find("discrepancies", {"kind": "customer", "open": True})
    return {one["entity"]: one["reason"] for one in found if one["subject"] == "missing:hubspot"}


def quarantined(session):
    found = session.workspace.store.find("findings", {"kind": "customer", "type": "quarantined"})
    return {one["ref"]: (one["open"], one["detail"], one["close_reason"]) for one in found}


def test_it_is_told_and_missed_with_a_doubt_and_read_by_the_next_pulse(make_home, each_store):
    make_home(people=150, seed=3)
    with open_session("demo") as session:
        spoil(session, 1, LISTS)
        said = take(session, PullMode.FULL)
        assert any("1 put aside that could not be read" in line for line in said)
        assert describe(session).as_json()["quarantined"] == {"hubspot": 1}
        ((ref, (is_open, detail, _)),) = quarantined(session).items()
        assert is_open
        assert detail == "cannot be read: properties: dict type"
        assert "perhaps_quarantined" in reasons(session).values()
        assert "never_created" not in reasons(session).values()
        missed = set(reasons(session))
        session.control.post("advance", {"seconds": 7200})
        take(session, PullMode.INCREMENTAL)
        assert describe(session).as_json()["quarantined"] == {}
        assert quarantined(session) == {ref: (False, detail, "read")}
        assert any(session.workspace.store.find("links", {"ref": ref, "open": True}))
        assert len(missed - set(reasons(session))) == 1


def test_why_it_cannot_be_read_can_be_asked(make_home):
    make_home(people=60, seed=3)
    with open_session("demo") as session:
        spoil(session, 1, LISTS)
        take(session, PullMode.FULL)
        session.publish(session.workspace.plans["customer"].kind)
        ((ref, (_, detail, _)),) = quarantined(session).items()
        question = "select ref, detail from findings where type = 'quarantined' and open"
        assert json.loads(sg("query", question, "-o", "json")) == [{"ref": ref, "detail": detail}]
