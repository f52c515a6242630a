"""Two contacts become one with an id of its own: it stays the person whose words it kept."""

from sg_pipelines.operations.link_documents import closed
from sg_pipelines.runtime.main_job import main_job
from tests.integration.steps import edit, live, opened, pulse

EVERYWHERE = {"hubspot", "shopify", "netsuite"}


def quiet_person(session, cross_ids, *others):
    """Somebody known everywhere about whom nothing is open, whose contact names these accounts' ids."""
    return next(
        person
        for person in session.workspace.store.find("entities", {"kind": "customer", "state": "live"})
        if person not in others
        and set(live(person)) == EVERYWHERE
        and set(live(person)["hubspot"]["cross_ids"]) == cross_ids
        and not opened(session, "discrepancies", person["_id"])
    )


def merge(session, winner, loser):
    return merge_contacts(session, live(winner)["hubspot"]["record_id"], live(loser)["hubspot"]["record_id"])


def merge_contacts(session, winner, loser):
    contacts = {"winner": winner, "loser": loser}
    return session.control.post("records/merge", {"account": "hubspot", "kind": "customer", **contacts})["record_id"]


def change(session, contact, **attributes):
    """Somebody changes a contact; what it says then."""
    asked = {"account": "hubspot", "kind": "customer", "record_id": contact, "attributes": attributes}
    return session.control.post("records/edit", asked)["record"]


def records(session, person):
    links = session.workspace.store.find("links", {"entity": person["_id"], "open": True})
    return {link["account"]: link["record_id"] for link in links}


def missing(session, person):
    return [(one["subject"], one["reason"]) for one in opened(session, "discrepancies", person["_id"]) if one["reason"]]


def test_a_survivor_stays_who_it_was_though_it_takes_over_another_ones_ids_elsewhere(session):
    winner, loser = quiet_person(session, set()), quiet_person(session, {"shopify", "netsuite"})
    kept, left = records(session, winner), records(session, loser)
    survivor = merge(session, winner, loser)
    assert change(session, survivor)["cross_ids"] == live(loser)["hubspot"]["cross_ids"]

    def holds():
        assert records(session, winner) == {**kept, "hubspot": survivor}
        assert records(session, loser) == {account: one for account, one in left.items() if account != "hubspot"}
        assert missing(session, loser) == [("missing:hubspot", "merged_away")]

    pulse(session)
    holds()
    change(session, survivor, custom_loyalty_tier="gold")
    edit(session, loser, "netsuite", phone="+13125550177")
    pulse(session)
    holds()
    main_job(session, full=True, progress=lambda text: None)
    holds()


def test_a_survivor_that_names_its_own_ids_stays_who_it_was(session):
    winner, loser = quiet_person(session, {"shopify", "netsuite"}), quiet_person(session, set())
    kept = records(session, winner)
    survivor = merge(session, winner, loser)
    pulse(session)
    assert records(session, winner) == {**kept, "hubspot": survivor}
    assert missing(session, loser) == [("missing:hubspot", "merged_away")]


def test_a_survivor_that_is_merged_again_stays_who_it_was(session):
    winner, loser = quiet_person(session, set()), quiet_person(session, {"shopify", "netsuite"})
    another = quiet_person(session, set(), winner)
    kept, left = records(session, winner), records(session, loser)
    first = merge(session, winner, loser)
    pulse(session)
    survivor = merge_contacts(session, first, live(another)["hubspot"]["record_id"])
    assert change(session, survivor)["cross_ids"] == live(loser)["hubspot"]["cross_ids"]

    def holds():
        assert records(session, winner) == {**kept, "hubspot": survivor}
        assert records(session, loser) == {account: one for account, one in left.items() if account != "hubspot"}
        for one in (loser, another):
            assert missing(session, one) == [("missing:hubspot", "merged_away")]

    pulse(session)
    holds()
    main_job(session, full=True, progress=lambda text: None)
    holds()


def test_a_survivor_whose_link_ended_comes_back_as_who_it_was(session):
    winner, loser = quiet_person(session, set()), quiet_person(session, {"shopify", "netsuite"})
    kept = records(session, winner)
    survivor = merge(session, winner, loser)
    pulse(session)
    store = session.workspace.store
    (link,) = store.find("links", {"ref": f"hubspot/customer/{survivor}", "open": True})
    store.put_many("links", [closed(link, link["valid_from"] + 1)])
    change(session, survivor, custom_loyalty_tier="gold")
    pulse(session)
    assert records(session, winner) == {**kept, "hubspot": survivor}
