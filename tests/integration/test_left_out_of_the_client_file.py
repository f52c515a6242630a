"""A client file that leaves an account or a kind out ends what was believed of it; who is kept again is who it was."""

import contextlib
import copy
import json

import pytest

from sg_pipelines.cli.main import app
from sg_pipelines.config.yaml_lines import read_lined
from sg_pipelines.domain.matching.types import REJECT
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.errors import QueryRejected
from sg_pipelines.operations import commit
from sg_pipelines.operations.annotations import NOTE, annotate, annotations_of
from sg_pipelines.operations.as_of import tables_as_of
from sg_pipelines.operations.discrepancy_documents import LEFT_OUT
from sg_pipelines.operations.memory import last_reconcile
from sg_pipelines.operations.representations import instant
from sg_pipelines.operations.review import decide
from sg_pipelines.operations.show import show
from sg_pipelines.runtime.main_job import main_job
from sg_pipelines.runtime.session import open_session


class PowerCut(Exception):
    """Nothing after it is done."""


@pytest.fixture
def client(lived_home):
    """A reconciled client with people at work; `client(change)` changes the entities of its file and pulses once more.
    `tell` is given what an operator reads meanwhile."""
    path = lived_home().client_file("demo")
    entities = read_lined(path).data["entities"]

    @contextlib.contextmanager
    def reconciled(change=lambda entities: None, tell=lambda line: None):
        said = copy.deepcopy(entities)
        change(said)
        path.write_text(json.dumps({**read_lined(path).data, "entities": said}), encoding="utf-8")  # all JSON is YAML
        with open_session("demo") as session:
            main_job(session, full=False, progress=tell)
            yield session

    return reconciled


def test_an_account_of_a_kind_ends_with_all_that_hung_on_it_until_it_is_kept_again(client):
    with client() as session:
        before = entity_of_ref(session, "customer")
        others = {ref: entity for ref, entity in before.items() if not ref.startswith("hubspot/")}
        alone = set(before.values()) - set(others.values())
        about = open_about(session, "customer", "hubspot")
        assert alone
        assert about
    with client(lambda entities: leave_out(entities["customer"], "hubspot")) as session:
        assert entity_of_ref(session, "customer") == others
        assert states(session, alone) == {"retired"}
        assert not any("hubspot" in one["representations"] for one in live(session, "customer"))
        assert open_about(session, "customer", "hubspot") == {}
        reasons = {session.workspace.store.get("discrepancies", one)["close_reason"] for one in about.values()}
        assert LEFT_OUT in reasons
        assert "resolved" not in reasons
        assert "hubspot_id" not in session.datasets.read("customers").column_names
        assert open_about(session, "order", "hubspot")
    with client() as session:
        assert entity_of_ref(session, "customer") == before
        assert states(session, alone) == {"live"}


def test_an_account_ends_as_a_whole_however_often_the_reconcile_is_cut_off(client, monkeypatch):
    with client() as session:
        others = {ref: one for ref, one in entity_of_ref(session, "customer").items() if not ref.startswith("hubspot/")}
    end, at_most = commit._end, 40
    monkeypatch.setattr(commit, "CHUNK_LINKS", at_most)

    def once(links, *rest):
        assert len(links) <= at_most
        monkeypatch.setattr(commit, "_end", the_power_goes_out)
        end(links, *rest)

    def the_power_goes_out(*all_of_it):
        raise PowerCut

    monkeypatch.setattr(commit, "_end", once)
    with pytest.raises(PowerCut), client(lambda entities: leave_out(entities["customer"], "hubspot")):
        pass
    cuts = 1
    with open_session("demo") as session:
        while still := len(entity_of_ref(session, "customer")) - len(others):
            monkeypatch.setattr(commit, "_end", once)
            with pytest.raises(PowerCut) if still > at_most else contextlib.nullcontext():
                session.reconcile(CUSTOMER)
            cuts += 1
        assert entity_of_ref(session, "customer") == others
        assert not any("hubspot" in one["representations"] for one in live(session, "customer"))
        assert open_about(session, "customer", "hubspot") == {}
        assert last_reconcile(session.workspace.store, "customer")["marks"].keys() == {"shopify", "netsuite"}
    assert cuts > 2


def test_a_kind_ends_with_everything_of_it_until_it_is_kept_again(client):
    with client() as session:
        before = entity_of_ref(session, "company")
        noted = min(before.values())
        annotate(session.workspace, noted, NOTE, "asked for new terms", author="ann")
        lines = {one["key"] for one in opened(session, "discrepancies", "order") if one["field"] == "lines"}
        employers = [one["_id"] for one in opened(session, "discrepancies", "customer") if one["field"] == "company"]
        with_company = companies_of_customers(session)
        past = before_changes_of(session, "customer", "company")
        emails = known_emails(session, past)
        assert lines
        assert employers
    told = []
    with client(without_companies_and_products, told.append) as session:
        for plural in ("companies", "products"):
            assert any(f"{plural} retired, left out of the client file" in line for line in told)
        store = session.workspace.store
        for kind in ("company", "product"):
            assert live(session, kind) == []
            assert [opened(session, name, kind) for name in ("links", "discrepancies", "findings")] == [[], [], []]
            assert not list(store.find("verifications", {"kind": kind}))
            assert not list(store.find("candidates", {"kind": kind, "status": "open"}))
            assert last_reconcile(store, kind) is None
            ended = store.find("discrepancies", {"kind": kind, "open": False})
            assert LEFT_OUT in {one["close_reason"] for one in ended}
        assert {"companies", "products"}.isdisjoint(session.datasets.names())
        tables = (session.datasets.read(name) for name in ("links", "snapshots", "ingests", "discrepancies"))
        assert {kind for table in tables for kind in table.column("kind").to_pylist()} == {"customer", "order"}
        assert {store.get("discrepancies", one)["close_reason"] for one in employers} == {LEFT_OUT}
        is_refused(session, noted)
        assert lines.isdisjoint(one["key"] for one in opened(session, "discrepancies", "order"))
        assert known_emails(session, past) == emails
        session.control.post("advance", {"seconds": 3600})
        main_job(session, full=True, progress=lambda line: None)
    with client() as session:
        assert entity_of_ref(session, "company") == before
        assert [one["text"] for one in annotations_of(session.workspace, noted)] == ["asked for new terms"]
        assert {"companies", "products"} <= set(session.datasets.names())
        assert with_company.keys() == companies_of_customers(session).keys()
        session.control.post("advance", {"seconds": 3600})
        main_job(session, full=True, progress=lambda line: None)
        assert companies_of_customers(session) == with_company
        assert lines <= {one["key"] for one in opened(session, "discrepancies", "order")}


def leave_out(kind, account):
    """Take an account out of a kind, wherever the file names it; a field that it alone owned has no owner then."""
    del kind["on"][account]
    kind["expected_on"].pop(account, None)
    for field in kind["fields"].values():
        field.pop(account, None)
        for names in (field["owner"], field.get("on", ())):
            if account in names and isinstance(names, list):
                names.remove(account)
        field["owner"] = field["owner"] or "any"


def without_companies_and_products(entities):
    del entities["company"], entities["product"]
    del entities["customer"]["fields"]["company"], entities["order"]["fields"]["company"]


def entity_of_ref(session, kind):
    return {link["ref"]: link["entity"] for link in opened(session, "links", kind)}


def live(session, kind):
    return list(session.workspace.store.find("entities", {"kind": kind, "state": "live"}))


def states(session, entities):
    return {session.workspace.store.get("entities", entity)["state"] for entity in entities}


def opened(session, collection, kind):
    return list(session.workspace.store.find(collection, {"kind": kind, "open": True}))


def open_about(session, kind, account):
    """Key → id of open differences in which an account has a word."""
    found = opened(session, "discrepancies", kind)
    return {one["key"]: one["_id"] for one in found if account in (*one["values"], one["account"])}


def companies_of_customers(session):
    values = {one["_id"]: one["fields"]["company"]["value"] for one in live(session, "customer")}
    return {entity: value["entity"] for entity, value in values.items() if value}


def before_changes_of(session, kind, field):
    """The instant before the first change of a field."""
    changes = session.workspace.store.find("history", {"kind": kind})
    return instant(min(one["seen_at"] for one in changes if one["field"] == field) - 1)


def known_emails(session, at):
    customers = tables_as_of(session.workspace, at)["customers"]
    return sorted(customers.column("email").to_pylist(), key=str)


def is_refused(session, entity):
    """Nobody is shown, noted about or decided, of a kind that is left out."""
    ref = next(session.workspace.store.find("links", {"entity": entity}))["ref"]
    for ask in (
        lambda: show(session.workspace, entity),
        lambda: show(session.workspace, ref),
        lambda: annotate(session.workspace, ref, NOTE, "x", author="ann"),
        lambda: decide(session.workspace, ref, entity, REJECT, by="ann"),
    ):
        with pytest.raises(QueryRejected, match="keeps no entities of kind company any more"):
            ask()
    assert not list(session.workspace.store.find("decisions", {"kind": "company"}))


def test_an_entity_is_shown_before_the_pulse_that_ends_an_account_of_it(client, capsys):
    with client() as session:
        found = live(session, "customer")
        one = next(each for each in found if {"hubspot", "netsuite"} <= each["representations"].keys())["_id"]
        path = session.home.client_file("demo")
    said = read_lined(path).data
    for entity in said["entities"].values():
        leave_out(entity, "netsuite")
    del said["accounts"]["netsuite"]
    path.write_text(json.dumps(said), encoding="utf-8")
    app(["show", one, "--json"], standalone_mode=False)
    shown = json.loads(capsys.readouterr().out)
    assert "netsuite" in shown["representations"]
    assert "netsuite" not in shown["admin_urls"]
