"""Where an entity ought to be by what it ordered, at a client of which no platform counts orders."""

import asyncio

import pytest

from sg_pipelines.operations.show import show
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.asking import frame
from sg_pipelines.runtime.main_job import main_job
from sg_pipelines.runtime.session import open_session
from tests.integration.steps import edit, live, opened, pulse

CLIENT = """
client: demo
sandbox: {{people: 150, seed: 3}}
accounts:
  hubspot:  {{at: sandbox}}
  netsuite: {{at: sandbox}}
entities:
  company:
    on: {{hubspot: companies, netsuite: customer}}
    expected_on: {{netsuite: "{company}"}}
  customer:
    on: {{hubspot: contacts, netsuite: customer}}
    expected_on: {{netsuite: "{customer}"}}
  order:
    on: {{hubspot: deals, netsuite: salesOrder}}
    fields: {{customer: {{owner: [hubspot]}}}}
"""


@pytest.fixture
def open_client(make_home):
    """A function that opens a session of that client under some conditions."""

    def open_it(company="orders_count > 0", customer="orders_count > 0"):
        home = make_home()
        home.client_file("demo").write_text(CLIENT.format(company=company, customer=customer), encoding="utf-8")
        return open_session("demo")

    return open_it


def lose_some_in_the_erp(session, kind="customer", count=40):
    """Before anybody looked."""
    for refs in (known["refs"] for known in session.control.get("truth").values()):
        lost = [ref for ref in refs if ref.startswith(f"netsuite/{kind}/")]
        if lost and len(refs) > 1 and count:
            asked = {"account": "netsuite", "kind": kind, "record_id": lost[0].split("/")[2]}
            session.control.post("records/delete", asked)
            count -= 1


def pulse_without_some_in_the_erp(session, kind="customer"):
    """The first pulse, when the ERP has lost some."""
    lose_some_in_the_erp(session, kind)
    return main_job(session, full=False, progress=lambda line: None)


def missing_from_the_erp(session, kind="customer"):
    found = session.workspace.store.find("discrepancies", {"kind": kind, "open": True})
    return {one["entity"] for one in found if one["subject"] == "missing:netsuite"}


def strangers_to_the_erp(table, where):
    """Those without a record there, of whom the dataset says so."""
    return set(frame("demo", f"select entity from {table} where netsuite_id is null and {where}")["entity"])


@pytest.mark.usefixtures("each_store")
def test_who_ordered_is_expected_where_no_platform_counts_orders(open_client):
    with open_client() as session:
        pulse_without_some_in_the_erp(session)
        people, firms = strangers_to_the_erp("customers", "orders_count > 0"), missing_from_the_erp(session, "company")
        assert missing_from_the_erp(session) == people
        assert firms == strangers_to_the_erp("companies", "orders_count > 0")
        assert people
        deviating = session.workspace.store.find("verifications", {"kind": "customer", "entity": sorted(people)[0]})
        assert "representation" in next(deviating)["deviates"]
        verified = frame("demo", "select entity from verifications where dimension = 'representation'")
        assert people <= set(verified["entity"])


@pytest.mark.parametrize(
    ("condition", "where"),
    [
        ("orders_count == 0", "orders_count = 0"),
        ("total_spent > 300.0", "total_spent not like '%,%' and split_part(total_spent, ' ', 1)::double > 300"),
        ("last_order_at > timestamp('2026-03-01T00:00:00Z')", "last_order_at > date '2026-03-01'"),
        ("quality > 0.45 && orders_count > 0", "quality > 0.45 and orders_count > 0"),
    ],
)
def test_conditions_read_what_the_dataset_shows(open_client, condition, where):
    with open_client(customer=condition) as session:
        pulse_without_some_in_the_erp(session)
        assert missing_from_the_erp(session) == strangers_to_the_erp("customers", where)
        assert 0 < len(missing_from_the_erp(session)) < len(strangers_to_the_erp("customers", "true"))


def test_an_order_that_goes_to_somebody_else_takes_the_expectation_with_it(open_client):
    with open_client() as session:
        pulse_without_some_in_the_erp(session)
        store = session.workspace.store
        former = sorted(missing_from_the_erp(session))
        idle = sorted(strangers_to_the_erp("customers", "orders_count = 0"))
        (buyer,) = store.get_many("entities", former[:1])
        (heir,) = store.get_many("entities", idle[:1])
        order_of = {"account": "hubspot", "kind": "order"}
        for order in orders_of(store, buyer):
            asked = {**order_of, "record_id": live(order)["hubspot"]["record_id"]}
            to = live(heir)["hubspot"]["record_id"]
            session.control.post("records/edit", {**asked, "attributes": {"customer_id": to}})
        pulse(session)
        still = missing_from_the_erp(session)
        assert buyer["_id"] not in still
        assert heir["_id"] in still
        assert still == strangers_to_the_erp("customers", "orders_count > 0")


def orders_of(store, buyer):
    for account, one in live(buyer).items():
        found = store.find("entities", {"neighbours": f"{account}/customer/{one['record_id']}"})
        yield from [one for one in found if one["kind"] == "order"]


def test_what_cannot_be_counted_is_counted_as_unanswered(open_client):
    with open_client(customer="100 / orders_count > 0") as session:
        report = pulse_without_some_in_the_erp(session)
        nothing = strangers_to_the_erp("customers", "orders_count = 0")
        assert report.unanswered["customer"] >= len(nothing) > 0
        assert missing_from_the_erp(session) == strangers_to_the_erp("customers", "orders_count > 0")


def test_show_tells_what_the_dataset_tells(open_client):
    with open_client() as session:
        pulse(session)
        rows = frame("demo", "select entity, orders_count, total_spent, quality from customers limit 20")
        for entity, count, spent, quality in rows.itertuples(index=False):
            seen = show(session.workspace, entity)
            told = seen["ordered"]
            assert (told["orders_count"], told["total_spent"], seen["quality"]) == (count, spent, quality)


def test_buyers_left_by_an_interruption_are_asked_about_next_time(open_client):
    with open_client() as session:
        pulse_without_some_in_the_erp(session)
        store = session.workspace.store
        whole = missing_from_the_erp(session)
        lost = sorted(whole)[0]
        found = opened(session, "discrepancies", lost)
        store.delete("discrepancies", [one["_id"] for one in found if one["subject"] == "missing:netsuite"])
        store.put_many("memory", [{"_id": "buyers", "entities": [lost]}])
        assert missing_from_the_erp(session) == whole - {lost}
        pulse(session)
        assert missing_from_the_erp(session) == whole
        assert store.get("memory", "buyers") is None


def test_what_stays_missing_is_not_written_again(open_client):
    with open_client() as session:
        pulse_without_some_in_the_erp(session)
        (buyer,) = session.workspace.store.get_many("entities", sorted(missing_from_the_erp(session))[:1])
        (before,) = [
            one for one in opened(session, "discrepancies", buyer["_id"]) if one["class"] == "missing_representation"
        ]
        order = next(iter(orders_of(session.workspace.store, buyer)))
        edit(session, order, "hubspot", number="another number")
        pulse(session)
        after = [
            one for one in opened(session, "discrepancies", buyer["_id"]) if one["class"] == "missing_representation"
        ]
        assert after == [before]


def test_accounts_that_are_read_one_after_the_other_come_to_miss_what_a_full_pulse_misses(open_client):
    with open_client() as session:
        lose_some_in_the_erp(session)
        plans = session.workspace.plans.values()
        for account in ("hubspot", "netsuite"):
            for plan in plans:
                asyncio.run(session.ingest(account, plan.kind, mode=PullMode.INCREMENTAL))
            if account == "netsuite":
                assert missing_from_the_erp(session) == set()
            for plan in plans:
                session.reconcile(plan.kind)
        missed = {kind: missing_from_the_erp(session, kind) for kind in ("company", "customer")}
        assert missed["customer"]
        main_job(session, full=True, progress=lambda line: None)
        assert {kind: missing_from_the_erp(session, kind) for kind in missed} == missed
