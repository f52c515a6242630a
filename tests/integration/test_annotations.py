"""What people say of an entity stands whatever platforms say, and goes where the entity goes."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from sg_pipelines.cli.main import app
from sg_pipelines.domain.matching.types import ACCEPT, REJECT
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.errors import QueryRejected
from sg_pipelines.operations.annotations import NOTE, TAG, annotate, annotations_of, remove
from sg_pipelines.operations.lookup import entity_called
from sg_pipelines.operations.review import decide
from sg_pipelines.runtime.asking import ask_client
from sg_pipelines.runtime.main_job import main_job
from tests.integration.steps import live


def silent(line):
    """Nobody watches."""


def customers(session, *, at):
    """Living customers with a record at exactly these accounts."""
    found = session.workspace.store.find("entities", {"kind": "customer", "state": "live"})
    live = ((one, {a for a, r in one["representations"].items() if r["state"] == "live"}) for one in found)
    return [one for one, accounts in live if accounts == set(at)]


def standing(session, entity):
    return [(one["type"], one["text"]) for one in annotations_of(session.workspace, entity)]


def test_a_reconcile_changes_no_word_of_it(session):
    somebody = customers(session, at=["hubspot", "shopify", "netsuite"])[0]
    annotate(session.workspace, somebody["_id"], NOTE, " prefers calls \n", author="Ines")
    before = annotations_of(session.workspace, somebody["_id"])
    assert [(one["text"], one["author"]) for one in before] == [("prefers calls", "Ines")]
    edited = {"kind": "customer", "record_id": somebody["representations"]["hubspot"]["record_id"]}
    session.control.post("records/edit", {"account": "hubspot", **edited, "attributes": {"first_name": "Renamed"}})
    main_job(session, full=True, progress=silent)
    assert session.workspace.store.get("entities", somebody["_id"])["version"] > somebody["version"]
    assert annotations_of(session.workspace, somebody["_id"]) == before


def test_a_tag_is_put_once_and_a_note_as_often_as_it_is_said(session):
    entity = customers(session, at=["hubspot", "shopify", "netsuite"])[0]["_id"]
    for _ in range(2):
        annotate(session.workspace, entity, TAG, "vip", author="Ines")
        annotate(session.workspace, entity, NOTE, "called", author="Ines")
    assert sorted(standing(session, entity)) == [("note", "called"), ("note", "called"), ("tag", "vip")]


def test_an_entity_that_becomes_another_one_takes_it_along(session):
    alone, other = customers(session, at=["hubspot"])[0]["_id"], customers(session, at=["shopify"])[0]["_id"]
    for entity in (alone, other):
        annotate(session.workspace, entity, TAG, "vip", author="Ines")
    annotate(session.workspace, alone, TAG, "late payer", author="Ines")
    annotate(session.workspace, other, NOTE, "see contract", author="Ines")
    record = session.workspace.store.get("entities", alone)["representations"]["hubspot"]["record_id"]
    decide(session.workspace, f"hubspot/customer/{record}", other, ACCEPT, by="Ines")
    session.reconcile(CUSTOMER)
    kept = entity_called(session.workspace, alone)["_id"]
    assert kept == entity_called(session.workspace, other)["_id"]
    (gone,) = {alone, other} - {kept}
    assert sorted(standing(session, kept)) == [("note", "see contract"), ("tag", "late payer"), ("tag", "vip")]
    assert standing(session, gone) == []
    annotate(session.workspace, gone, NOTE, "by its old id", author="Ines")
    assert ("note", "by its old id") in standing(session, kept)


SAID = "select entity, type, text, author from annotations where open order by all"


def merged(session):
    """A person of HubSpot and one of Shopify, each a tag `vip` and a note of its own, whom somebody takes for one; who is told
    by refs, as an entity's id may go either way. The instant before, and what was said then."""
    people = {account: customers(session, at=[account])[0] for account in ("hubspot", "shopify")}
    for account, person in people.items():
        annotate(session.workspace, person["_id"], TAG, "vip", author=account)
        annotate(session.workspace, person["_id"], NOTE, f"met at {account}", author=account)
    session.publish(CUSTOMER)
    then, said = session.workspace.clock.now(), ask_client("demo", SAID).to_pylist()
    session.control.post("advance", {"seconds": 3600})
    refs = {a: f"{a}/customer/{p['representations'][a]['record_id']}" for a, p in people.items()}
    decide(session.workspace, refs["hubspot"], people["shopify"]["_id"], ACCEPT, by="Ines")
    session.reconcile(CUSTOMER)
    session.control.post("advance", {"seconds": 3600})
    return refs, then, said


def said_of(session, ref):
    return sorted((kind, text) for kind, text in standing(session, entity_called(session.workspace, ref)["_id"]))


def tell_apart(session, refs):
    entity = entity_called(session.workspace, refs["hubspot"])["_id"]
    assert entity == entity_called(session.workspace, refs["shopify"])["_id"]
    decide(session.workspace, refs["hubspot"], entity, REJECT, by="Ines")
    session.reconcile(CUSTOMER)
    assert len({entity_called(session.workspace, ref)["_id"] for ref in refs.values()}) == 2


def test_what_was_said_before_a_merge_is_told_as_it_was_said(session):
    refs, then, said = merged(session)
    assert said_of(session, refs["hubspot"]) == [("note", "met at hubspot"), ("note", "met at shopify"), ("tag", "vip")]
    assert ask_client("demo", SAID, as_of=then).to_pylist() == said
    tell_apart(session, refs)
    assert ask_client("demo", SAID, as_of=then).to_pylist() == said


def test_who_are_told_apart_again_have_what_was_said_of_each(session):
    refs, _, _ = merged(session)
    together = session.workspace.clock.now()
    tell_apart(session, refs)
    for account, ref in refs.items():
        assert said_of(session, ref) == [("note", f"met at {account}"), ("tag", "vip")]
    as_one = ask_client("demo", SAID, as_of=together).to_pylist()
    assert len({row["entity"] for row in as_one}) == 1
    assert [row["text"] for row in as_one if row["type"] == "tag"] == ["vip"]


def test_what_was_said_of_both_together_stays_where_it_is(session):
    refs, _, _ = merged(session)
    entity = entity_called(session.workspace, refs["shopify"])["_id"]
    annotate(session.workspace, entity, NOTE, "one and the same", author="Ines")
    tell_apart(session, refs)
    assert ("note", "one and the same") in standing(session, entity)


def test_a_tag_that_was_taken_back_while_they_were_one_comes_back_with_nobody(session):
    refs, _, _ = merged(session)
    entity = entity_called(session.workspace, refs["shopify"])["_id"]
    (tag,) = [one for one in annotations_of(session.workspace, entity) if one["type"] == TAG]
    remove(session.workspace, tag["_id"], by="Omar")
    tell_apart(session, refs)
    assert [said_of(session, ref) for ref in refs.values()] == [[("note", f"met at {account}")] for account in refs]


def test_tags_of_one_text_may_change_places(session):
    """An older one goes where a younger one leaves."""
    asked = {"account": "netsuite", "kind": "customer", "attributes": {"first_name": "Wanda", "last_name": "Oddly"}}
    session.control.post("records/create", asked)
    main_job(session, full=False, progress=silent)
    erp, crm, shop = (customers(session, at=[account])[0] for account in ("netsuite", "hubspot", "shopify"))
    ref = {one["_id"]: next(f"{a}/customer/{r['record_id']}" for a, r in live(one).items()) for one in (erp, crm, shop)}
    for one in (erp, crm):
        annotate(session.workspace, one["_id"], TAG, "vip", author="Ines")
    decide(session.workspace, ref[shop["_id"]], crm["_id"], ACCEPT, by="Ines")
    session.reconcile(CUSTOMER)
    entity = entity_called(session.workspace, ref[shop["_id"]])["_id"]
    decide(session.workspace, ref[erp["_id"]], entity, ACCEPT, by="Ines")
    decide(session.workspace, ref[crm["_id"]], entity, REJECT, by="Ines")
    session.reconcile(CUSTOMER)
    assert said_of(session, ref[erp["_id"]]) == said_of(session, ref[crm["_id"]]) == [("tag", "vip")]


def test_what_was_said_of_a_record_is_said_of_the_one_it_went_into(session):
    one, other = customers(session, at=["hubspot"])[:2]
    stranger = customers(session, at=["shopify"])[0]
    annotate(session.workspace, one["_id"], NOTE, "about the first", author="Ines")
    winner, loser = (live(each)["hubspot"]["record_id"] for each in (one, other))
    asked = {"account": "hubspot", "kind": "customer", "winner": winner, "loser": loser}
    kept = f"hubspot/customer/{session.control.post('records/merge', asked)['record_id']}"
    main_job(session, full=False, progress=silent)
    shop = f"shopify/customer/{live(stranger)['shopify']['record_id']}"
    assert said_of(session, kept) == [("note", "about the first")]
    decide(session.workspace, kept, stranger["_id"], ACCEPT, by="Ines")
    session.reconcile(CUSTOMER)
    tell_apart(session, {"hubspot": kept, "shopify": shop})
    assert (said_of(session, kept), said_of(session, shop)) == ([("note", "about the first")], [])


def test_what_was_taken_back_is_found_in_the_past(session):
    entity = customers(session, at=["hubspot", "shopify", "netsuite"])[0]["_id"]
    said = annotate(session.workspace, entity, NOTE, "do not ship", author="Ines")
    session.publish(CUSTOMER)
    then = session.workspace.clock.now()
    session.control.post("advance", {"seconds": 3600})
    remove(session.workspace, said["_id"], by="Omar")
    session.publish(CUSTOMER)
    asked = "select entity, text, author, removed_by, open from annotations"
    row = {"entity": entity, "text": "do not ship", "author": "Ines"}
    assert ask_client("demo", asked).to_pylist() == [row | {"removed_by": "Omar", "open": False}]
    as_then = ask_client("demo", asked, as_of=then + timedelta(seconds=1)).to_pylist()
    assert as_then == [row | {"removed_by": None, "open": True}]
    with pytest.raises(QueryRejected, match="no such note or tag"):
        remove(session.workspace, said["_id"], by="Omar")


def test_nothing_is_said_of_nobody_and_nothing_is_not_said(session):
    entity = customers(session, at=["hubspot", "shopify", "netsuite"])[0]["_id"]
    with pytest.raises(QueryRejected, match="no such entity"):
        annotate(session.workspace, "hubspot/customer/1", NOTE, "who?", author="Ines")
    with pytest.raises(QueryRejected, match="an empty note says nothing"):
        annotate(session.workspace, entity, NOTE, "  ", author="Ines")


def sg(*words):
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_an_operator_says_it_on_the_command_line_and_sees_it_with_the_entity(make_home):
    make_home(people=40, seed=3)
    sg("reconcile", "--json")
    (ref,) = json.loads(sg("query", "select ref from links where open and kind = 'customer' limit 1", "-o", "json"))
    sg("notes", "tag", ref["ref"], "vip")
    sg("notes", "add", ref["ref"], "prefers calls")
    shown = json.loads(sg("show", ref["ref"], "--json"))
    assert [(one["type"], one["text"]) for one in shown["annotations"]] == [("tag", "vip"), ("note", "prefers calls")]
    assert "prefers calls" in sg("show", ref["ref"])
    sg("notes", "remove", shown["annotations"][0]["_id"])
    assert [one["text"] for one in json.loads(sg("notes", "list", "--json"))] == ["prefers calls"]
    assert "1 stand" in sg("notes", "list")
