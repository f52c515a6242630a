"""Two contacts become one with an id of its own: it stays the person whose words it kept."""

from sg_pipelines.runtime.main_job import main_job
from tests.integration.steps import edit, live, opened, pulse

EVERYWHERE = {"hubspot", "shopify", "netsuite"}


def quiet_person(session, cross_ids):
    """Somebody known everywhere about whom nothing is open, whose contact names these accounts' ids."""
    return next(
        person
        for person in session.workspace.store.find("entities", {"kind": "customer", "state": "live"})
        if set(live(person)) == EVERYWHERE
        and set(live(person)["hubspot"]["cross_ids"]) == cross_ids
        and not opened(session, "discrepancies", person["_id"])
    )


def merge(session, winner, loser):
    contacts = {"winner": live(winner)["hubspot"]["record_id"], "loser": live(loser)["hubspot"]["record_id"]}
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
