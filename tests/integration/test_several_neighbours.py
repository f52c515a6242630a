"""A deal has as many contacts as people were at the table; the one who bought is the one whom the other systems name."""

import asyncio

import httpx
import pytest

from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.main_job import main_job
from tests.integration.steps import edit, live, opened, pulse

EVERYWHERE = {"hubspot", "shopify", "netsuite"}


@pytest.fixture
def session(local_session):
    return local_session


@pytest.fixture
def wire(session):
    """A function that speaks HubSpot's own interface, as another app would."""
    told = session.control.get("accounts")["hubspot"]
    headers = {"Authorization": f"Bearer {told['credentials']['token']}"}
    with httpx.Client(base_url=session.control.url + told["base_url_path"], headers=headers) as http:

        def call(method, path):
            assert http.request(method, path).is_success

        yield call


@pytest.fixture
def deal(session):
    """An order known everywhere, about which nothing is open, bought by a person whom all systems name and who is not the
    CRM's oldest contact."""
    oldest = min(contacts(session))
    return next(
        order
        for order in session.workspace.store.find("entities", {"kind": "order", "state": "live"})
        if set(live(order)) == EVERYWHERE
        and all(one["columns"].get("customer_id") for one in live(order).values())
        and int(live(order)["hubspot"]["columns"]["customer_id"]) > oldest
        and not opened(session, "discrepancies", order["_id"])
    )


def contacts(session):
    links = session.workspace.store.find("links", {"kind": "customer", "open": True})
    return {int(one["record_id"]) for one in links if one["account"] == "hubspot"}


def between(deal, contact):
    return f"/crm/v4/objects/deals/{live(deal)['hubspot']['record_id']}/associations/{contact}"


def other_contacts(session, deal):
    """The oldest and the newest contact who are somebody else."""
    others = contacts(session) - {int(live(deal)["hubspot"]["columns"]["customer_id"])}
    return min(others), max(others)


def test_contacts_beside_the_buyer_are_no_difference_and_counted(session, wire, deal):
    for contact in other_contacts(session, deal):
        wire("PUT", between(deal, f"default/contacts/{contact}"))
    asyncio.run(session.ingest("hubspot", ORDER, mode=PullMode.FULL))
    assert session.reconcile(ORDER).several == 1
    stored = session.workspace.store.get("entities", deal["_id"])
    own = live(deal)["hubspot"]["columns"]["customer_id"]
    said = live(stored)["hubspot"]["columns"]
    assert said["customer_id"] == own
    assert len(said["customer_ids"]) == 3
    assert said["customer_ids"][0] != own
    assert opened(session, "discrepancies", deal["_id"]) == []
    assert stored["fields"]["customer"] == deal["fields"]["customer"]


def test_a_deal_without_the_buyer_among_its_contacts_differs(session, wire, deal):
    for contact in other_contacts(session, deal):
        wire("PUT", between(deal, f"default/contacts/{contact}"))
    wire("DELETE", between(deal, f"contacts/{live(deal)['hubspot']['columns']['customer_id']}"))
    pulse(session)
    main_job(session, full=True, progress=lambda text: None)
    (found,) = opened(session, "discrepancies", deal["_id"])
    assert (found["subject"], found["moved"]) == ("customer", ["hubspot"])


@pytest.fixture
def sale(session):
    """An order that only the CRM and a shop know, about which nothing is open, whose buyer is not the CRM's oldest contact."""
    oldest = min(contacts(session))
    return next(
        order
        for order in session.workspace.store.find("entities", {"kind": "order", "state": "live"})
        if set(live(order)) == {"hubspot", "shopify"}
        and all(one["columns"].get("customer_id") for one in live(order).values())
        and int(live(order)["hubspot"]["columns"]["customer_id"]) > oldest
        and not opened(session, "discrepancies", order["_id"])
    )


def somebody_else(session, order):
    """A shop's customer who is neither the order's buyer nor one of the CRM's contacts of it."""
    links = list(session.workspace.store.find("links", {"kind": "customer", "open": True}))
    named = {f"hubspot/customer/{one}" for one in live(order)["hubspot"]["columns"]["customer_ids"]}
    entities = {one["entity"] for one in links if one["ref"] in named}
    return next(one["record_id"] for one in links if one["account"] == "shopify" and one["entity"] not in entities)


def told(session, order):
    """Which records' customers changed, as the history tells it."""
    changes = session.workspace.store.find("history", {"entity": order["_id"]})
    return [one["ref"].partition("/")[0] for one in changes if one["field"] == "customer" and one["ref"] != "master"]


def differing(session, order):
    return [
        (one["class"], one["subject"], one["moved"], one["proposed"] and one["proposed"]["targets"])
        for one in opened(session, "discrepancies", order["_id"])
    ]


def test_a_deal_that_nobody_edited_has_not_moved_when_the_shop_names_somebody_else(session, wire, sale):
    wire("PUT", between(sale, f"default/contacts/{min(contacts(session))}"))
    pulse(session)
    assert opened(session, "discrepancies", sale["_id"]) == []
    agreed = session.workspace.store.get("entities", sale["_id"])
    edit(session, agreed, "shopify", customer_id=somebody_else(session, agreed))
    pulse(session)
    moved = [("soft_drift", "customer", ["shopify"], ["hubspot"])]
    assert (differing(session, sale), told(session, sale)) == (moved, ["shopify"])
    main_job(session, full=True, progress=lambda text: None)
    assert (differing(session, sale), told(session, sale)) == (moved, ["shopify"])
