"""A person's word on a link counts, and a later word counts more than an earlier one."""

from dataclasses import replace

import pytest

from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.errors import QueryRejected
from sg_pipelines.operations.reconcile import reconcile
from sg_pipelines.operations.review import ACCEPT, REJECT, decide
from sg_pipelines.runtime.session import mint

EVERYWHERE = {"hubspot", "shopify", "netsuite"}


def people_everywhere(session):
    for one in session.workspace.store.find("entities", {"kind": "customer", "state": "live"}):
        live = {account for account, stored in one["representations"].items() if stored["state"] == "live"}
        if live == EVERYWHERE and not one["duplicates"]:
            yield one


def belonging(session, entity):
    """Refs that hang on an entity, by account."""
    links = session.workspace.store.find("links", {"entity": entity, "open": True})
    return {link["ref"] for link in links}


def say(session, ref, entity, verdict=ACCEPT):
    decide(session.workspace, ref, entity, verdict, by="Ines")
    session.reconcile(CUSTOMER)


def test_a_record_goes_where_it_was_put_last_and_nobody_else_moves(session):
    home, first, second = [one["_id"] for one in list(people_everywhere(session))[:3]]
    before = {entity: belonging(session, entity) for entity in (home, first, second)}
    moved = next(ref for ref in before[home] if ref.startswith("hubspot/"))
    say(session, moved, first)
    assert belonging(session, first) == before[first] | {moved}
    assert belonging(session, home) == before[home] - {moved}
    say(session, moved, second)
    assert belonging(session, second) == before[second] | {moved}
    assert belonging(session, first) == before[first]
    assert belonging(session, home) == before[home] - {moved}
    say(session, moved, home)
    assert {entity: belonging(session, entity) for entity in before} == before


def test_what_was_rejected_and_then_accepted_is_linked(session):
    person = next(people_everywhere(session))["_id"]
    before = belonging(session, person)
    moved = next(ref for ref in before if ref.startswith("shopify/"))
    say(session, moved, person, REJECT)
    assert belonging(session, person) == before - {moved}
    say(session, moved, person, ACCEPT)
    assert belonging(session, person) == before


def test_what_is_decided_while_a_reconcile_runs_counts_at_the_next_one(session):
    person = next(people_everywhere(session))["_id"]
    before = belonging(session, person)
    moved = next(ref for ref in before if ref.startswith("shopify/"))

    def meanwhile(count):
        """Entities are minted once all that was known is linked."""
        decide(session.workspace, moved, person, REJECT, by="Ines")
        return mint(count)

    reconcile(replace(session.workspace, mint=meanwhile), session.workspace.plans["customer"])
    assert belonging(session, person) == before
    session.reconcile(CUSTOMER)
    assert belonging(session, person) == before - {moved}


def test_a_record_is_no_entity_of_another_kind(session):
    ref = next(iter(belonging(session, next(people_everywhere(session))["_id"])))
    company = next(session.workspace.store.find("entities", {"kind": "company", "state": "live"}))
    with pytest.raises(QueryRejected, match="no customer but a company"):
        decide(session.workspace, ref, company["_id"], ACCEPT, by="Ines")
    assert list(session.workspace.store.find("decisions", {"kind": "customer"})) == []
