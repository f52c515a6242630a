"""A contact whom one system takes out of its company is a finding on that company, with who says what."""

from tests.integration.steps import edit, live, opened, pulse

EVERYWHERE = {"hubspot", "shopify", "netsuite"}


def employee(session):
    """Somebody whom every system puts in the same company, about which nothing is open."""
    for person in session.workspace.store.find("entities", {"kind": "customer", "state": "live"}):
        company = person["fields"]["company"]["value"]
        if live(person).keys() == EVERYWHERE and company and not opened(session, "discrepancies", person["_id"]):
            if not opened(session, "findings", company["entity"]):
                return person, company["entity"]
    raise AssertionError("the world has no such person")


def test_a_contact_in_no_company_at_one_system_is_in_dispute(session):
    person, company = employee(session)
    edit(session, person, "hubspot", company_id=None)
    pulse(session)
    (finding,) = opened(session, "findings", company)
    assert finding["type"] == "company_contacts"
    assert f"{person['_id']} (here by netsuite and shopify, in no company by hubspot)" in finding["detail"]


def test_a_dispute_ends_when_the_contact_is_put_back(session):
    person, company = employee(session)
    edit(session, person, "hubspot", company_id=None)
    pulse(session)
    edit(session, person, "hubspot", company_id=live(person)["hubspot"]["columns"]["company_id"])
    pulse(session)
    assert opened(session, "findings", company) == []
