"""Whose change is the newest is told by which pulse saw it first, never by which page came last."""

import pytest

from sg_pipelines.runtime.session import open_session
from tests.integration.steps import edit, live, opened, pulse

PHONES = {"hubspot": "+1 312 555 0142", "netsuite": "+1 312 555 0177"}


@pytest.fixture
def session(copied_home):
    """The later of two new telephones counts."""
    copied_home(instead={"phone:             {owner: newest}": "phone: {owner: newest, on_both_changed: newest}"})
    with open_session("demo") as found:
        yield found


@pytest.fixture
def person(session):
    """A customer on all platforms, of whom nothing differs."""
    return next(
        one
        for one in session.workspace.store.find("entities", {"kind": "customer", "state": "live"})
        if live(one).keys() == {"hubspot", "shopify", "netsuite"}
        if one["fields"]["phone"]["has_base"] and not opened(session, "discrepancies", one["_id"])
    )


def differs(session, person):
    (found,) = opened(session, "discrepancies", person["_id"])
    return found["class"], found["owner"], (found["proposed"] or {}).get("source")


def test_of_two_changes_that_one_pulse_sees_none_is_the_newest(session, person):
    for account, phone in PHONES.items():
        edit(session, person, account, phone=phone)
        session.control.post("advance", {"seconds": 60})
    pulse(session)
    assert differs(session, person) == ("hard_conflict", None, None)
    pulse(session)
    assert differs(session, person) == ("hard_conflict", None, None)


@pytest.mark.parametrize("later", PHONES)
def test_the_change_that_a_later_pulse_sees_is_the_newest(session, person, later):
    for account in sorted(PHONES, key=lambda account: account == later):
        edit(session, person, account, phone=PHONES[account])
        pulse(session)
    assert differs(session, person) == ("soft_drift", later, later)
