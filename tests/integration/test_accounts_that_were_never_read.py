"""What nobody asked an account for is unknown, not missing there."""

import asyncio

import pytest

from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.session import open_session


@pytest.fixture
def session(make_home):
    """A client whose accounts agree, and of which nothing was ever read."""
    make_home(people=60)
    with open_session("demo") as found:
        yield found


def read(session, account):
    """What a job of one account does: its snapshots, then every kind."""
    plans = session.workspace.plans.values()
    for plan in plans:
        asyncio.run(session.ingest(account, plan.kind, mode=PullMode.INCREMENTAL))
    return {plan.kind.name: session.reconcile(plan.kind) for plan in plans}


def test_accounts_that_are_read_one_after_the_other_never_miss_anything(session):
    first = read(session, "hubspot")
    assert first["customer"].not_heard == ["netsuite", "shopify"]
    assert first["customer"].numbers()["never read whole, so nothing is missing there"] == "netsuite, shopify"
    read(session, "netsuite")
    last = read(session, "shopify")
    assert {kind: report.not_heard for kind, report in last.items()} == {kind: [] for kind in last}
    assert list(session.workspace.store.find("discrepancies")) == []


def test_what_is_missing_opens_once_the_account_is_read(session):
    asked = {"account": "hubspot", "kind": "customer", "attributes": {"first_name": "Ines", "lifecycle": "customer"}}
    (record_id,) = session.control.post("records/create", asked)["record_ids"]
    read(session, "hubspot")
    assert list(session.workspace.store.find("discrepancies")) == []
    read(session, "shopify")
    (link,) = session.workspace.store.find("links", {"ref": f"hubspot/customer/{record_id}"})
    (missing,) = session.workspace.store.find("discrepancies", {"open": True})
    assert (missing["entity"], missing["subject"]) == (link["entity"], "missing:shopify")
