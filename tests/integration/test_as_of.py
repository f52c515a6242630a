"""Time: what was believed and said at an instant is told later as it was told then."""

from datetime import timedelta

import pytest

from sg_pipelines.runtime.asking import ask_client, read_instant
from sg_pipelines.runtime.main_job import main_job
from sg_pipelines.runtime.session import open_session

QUESTIONS = {
    "customers": "select * exclude (quality, updated_at, last_verified_at) from customers order by entity",
    "companies": "select * exclude (quality, updated_at, last_verified_at) from companies order by entity",
    "orders": "select * exclude (quality, updated_at, last_verified_at) from orders order by entity",
    "products": "select * exclude (quality, updated_at, last_verified_at) from products order by entity",
    "discrepancies": 'select kind, entity, class, subject, rule, "values", open, first_seen_at from discrepancies '
    "order by all",
    "links": "select ref, entity, role, evidence, open, valid_from from links order by all",
    "findings": "select kind, type, entity, ref, open from findings order by all",
    "snapshots": "select kind, account, record_id, state, modified_at, email, total_amount from snapshots order by all",
}


NOW_ONLY = "exclude (quality, updated_at, last_verified_at) "


def answers(as_of=None):
    return {
        name: ask_client("demo", sql.replace(NOW_ONLY, "") if as_of else sql, as_of=as_of).to_pylist()
        for name, sql in QUESTIONS.items()
    }


@pytest.fixture
def history(lived_home):
    """A client reconciled, what it answered then, the instant, and then many changes and another reconcile."""
    lived_home()
    with open_session("demo") as session:
        then, at = answers(), session.workspace.clock.now()
        session.control.post("advance", {"seconds": 3600})
        edit_somebody(session)
        session.control.post("world/edit", {})
        main_job(session, full=False, progress=lambda text: None)
        yield then, at


def edit_somebody(session):
    """One person, one company and one product changed everywhere, an order cancelled in the shop."""
    told = {
        "customer": {"email": "renamed@example.com"},
        "company": {"phone": "312 555 0199"},
        "product": {"sku": "NEW-1"},
    }
    for kind, attributes in told.items():
        one = next(p for p in session.workspace.store.find("entities", {"kind": kind}) if whole(p))
        for account, stored in one["representations"].items():
            change(session, account, kind, stored["record_id"], attributes)
    order = next(o for o in session.workspace.store.find("entities", {"kind": "order"}) if whole(o))
    change(session, "shopify", "order", order["representations"]["shopify"]["record_id"], {"status": "cancelled"})


def whole(document):
    return len(document["representations"]) == 3 and all(
        r["state"] == "live" for r in document["representations"].values()
    )


def change(session, account, kind, record_id, attributes):
    asked = {"account": account, "kind": kind, "record_id": record_id, "attributes": attributes}
    session.control.post("records/edit", asked)


def test_every_table_is_told_as_it_was_told_then(history):
    then, at = history
    now = answers()
    back = answers(as_of=at)
    for name, rows in then.items():
        assert back[name] == rows, name
    assert all(now[name] != then[name] for name in then if name != "findings")


def test_before_anything_was_known_nothing_was_believed(history):
    _, at = history
    assert ask_client("demo", "select * from customers", as_of=at - timedelta(days=400)).to_pylist() == []


OWNED_BY_ERP = {
    f"{name + ':':<11}{{owner: [shopify, netsuite]}}": f"{name + ':':<11}{{owner: [netsuite, shopify]}}"
    for name in ("subtotal", "discount", "tax", "shipping", "total")
}


def test_an_amount_in_another_currency_than_the_one_shown_is_left_out_then_as_it_is_now(copied_home):
    copied_home(instead=OWNED_BY_ERP)
    with open_session("demo") as session:
        order = next(o for o in session.workspace.store.find("entities", {"kind": "order"}) if whole(o))
        erp = order["representations"]["netsuite"]
        session.control.post("advance", {"seconds": 60})
        change(session, "netsuite", "order", erp["record_id"], {"currency": "EUR"})
        main_job(session, full=False, progress=lambda text: None)
        shown = f"select currency, total_amount, lines from orders where entity = '{order['_id']}'"
        now = ask_client("demo", shown).to_pylist()
        assert now[0]["currency"] == "EUR"
        assert {line["amount"] for line in now[0]["lines"]} == {None}
        assert ask_client("demo", shown, as_of=session.workspace.clock.now()).to_pylist() == now


@pytest.mark.parametrize("text", ["2026-11-25", "2026-11-25T14:30", "2026-11-25T14:30:00+01:00"])
def test_instants_are_read_as_people_write_them_and_are_utc_unless_told(text):
    assert read_instant(text).tzinfo is not None
