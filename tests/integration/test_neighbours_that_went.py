"""What becomes of orders when a customer or a product they name is put away, merged or lost, or is kept nowhere."""

import asyncio
from datetime import timedelta

import pytest

from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.domain.model.product import PRODUCT
from sg_pipelines.domain.model.record import Record, RecordState
from sg_pipelines.ports.platforms import PullMode, PullReport
from sg_pipelines.runtime.main_job import main_job
from sg_pipelines.runtime.session import open_session
from tests.integration.steps import edit, live, opened, pulse

EVERYWHERE = {"hubspot", "shopify", "netsuite"}


def deed(session, name, account, kind, record_id):
    session.control.post(f"records/{name}", {"account": account, "kind": kind, "record_id": record_id})


def say(session, account, kind, record_id, state, **more):
    """A snapshot of one record that is live no more."""
    clock, lake = session.workspace.clock, session.workspace.lake
    now = clock.now() + timedelta(minutes=5)
    with lake.ingest(account, kind, mode=PullMode.BY_IDS, started_at=now, mapping_version="") as writer:
        writer.write([Record(record_id, state, now, {}, **more)])
        writer.commit(PullReport())


def quiet_orders(session, accounts):
    """Orders at exactly these accounts about which nothing is open."""
    for order in session.workspace.store.find("entities", {"kind": "order", "state": "live"}):
        if set(live(order)) == set(accounts) and not opened(session, "discrepancies", order["_id"]):
            yield order


def named(order, account, column):
    return live(order)[account]["columns"].get(column)


def products_of(order):
    return {account: {line["product_id"] for line in named(order, account, "lines")} for account in live(order)}


@pytest.mark.parametrize("account", ["hubspot", "shopify"])
def test_an_order_keeps_naming_a_product_that_was_put_away(session, account):
    order = next(quiet_orders(session, EVERYWHERE))
    for product in products_of(order)[account]:
        deed(session, "archive", account, "product", product)
    pulse(session)
    refs = [f"{account}/product/{product}" for product in products_of(order)[account]]
    assert not any(list(session.workspace.store.find("links", {"ref": ref, "open": True})) for ref in refs)
    assert opened(session, "discrepancies", order["_id"]) == []
    assert opened(session, "findings", order["_id"]) == []
    main_job(session, full=True, progress=lambda text: None)
    assert opened(session, "discrepancies", order["_id"]) == []


def test_an_order_keeps_its_customer_when_the_erp_makes_it_inactive(session):
    order = next(one for one in quiet_orders(session, EVERYWHERE) if named(one, "netsuite", "customer_id"))
    deed(session, "archive", "netsuite", "customer", named(order, "netsuite", "customer_id"))
    pulse(session)
    assert opened(session, "discrepancies", order["_id"]) == []
    assert opened(session, "findings", order["_id"]) == []


def test_an_order_whose_customer_is_lost_to_one_system_differs_there(session):
    order = next(one for one in quiet_orders(session, EVERYWHERE) if named(one, "netsuite", "customer_id"))
    lost = named(order, "netsuite", "customer_id")
    say(session, "netsuite", CUSTOMER, lost, RecordState.DELETED)
    for kind in (CUSTOMER, ORDER):
        session.reconcile(kind)
    (found,) = opened(session, "discrepancies", order["_id"])
    assert (found["subject"], found["dimension"], found["moved"]) == ("customer", "association", ["netsuite"])
    (finding,) = opened(session, "findings", order["_id"])
    assert finding["type"] == "gone_neighbour"
    assert finding["ref"] == f"netsuite/order/{order['representations']['netsuite']['record_id']}"
    assert finding["detail"] == f"its customer is netsuite/customer/{lost}, which is not there any more"


def test_a_lost_customer_is_found_though_a_single_system_knows_the_order(session):
    orders = session.workspace.store.find("entities", {"kind": "order", "state": "live"})
    order = next(one for one in orders if set(live(one)) == {"shopify"} and named(one, "shopify", "customer_id"))
    assert opened(session, "findings", order["_id"]) == []
    say(session, "shopify", CUSTOMER, named(order, "shopify", "customer_id"), RecordState.DELETED)
    for kind in (CUSTOMER, ORDER):
        session.reconcile(kind)
    assert [one["type"] for one in opened(session, "findings", order["_id"])] == ["gone_neighbour"]


def test_a_customer_that_was_merged_away_is_the_one_it_became(session):
    order = next(one for one in quiet_orders(session, EVERYWHERE) if named(one, "netsuite", "customer_id"))
    lost = named(order, "netsuite", "customer_id")
    other = next(
        live(one)["netsuite"]["record_id"]
        for one in session.workspace.store.find("entities", {"kind": "customer", "state": "live"})
        if "netsuite" in live(one) and live(one)["netsuite"]["record_id"] != lost
    )
    say(session, "netsuite", CUSTOMER, lost, RecordState.MERGED, merged_into="between")
    say(session, "netsuite", CUSTOMER, "between", RecordState.MERGED, merged_into=other)
    for kind in (CUSTOMER, ORDER):
        session.reconcile(kind)
    (found,) = opened(session, "discrepancies", order["_id"])
    (link,) = session.workspace.store.find("links", {"ref": f"netsuite/customer/{other}", "open": True})
    assert found["values"]["netsuite"]["entity"] == link["entity"]
    assert opened(session, "findings", order["_id"]) == []


def test_a_customer_merged_into_one_that_nobody_read_yet_is_an_open_question(session):
    order = next(one for one in quiet_orders(session, EVERYWHERE) if named(one, "netsuite", "customer_id"))
    lost = named(order, "netsuite", "customer_id")
    say(session, "netsuite", CUSTOMER, lost, RecordState.MERGED, merged_into="newer")
    session.reconcile(CUSTOMER)
    assert session.reconcile(ORDER).undecided > 0
    assert opened(session, "discrepancies", order["_id"]) == []
    assert opened(session, "findings", order["_id"]) == []


def found_about(session, order):
    """Open discrepancies, and what findings say."""
    told = [(one["type"], one["ref"], one["detail"]) for one in opened(session, "findings", order["_id"])]
    return opened(session, "discrepancies", order["_id"]), told


def test_a_line_that_names_a_product_that_never_was_is_a_finding_and_no_difference(session):
    order = next(quiet_orders(session, EVERYWHERE))
    lines = named(order, "hubspot", "lines")
    edit(session, order, "hubspot", lines=[*lines[:-1], {**lines[-1], "product_id": "999"}])
    pulse(session)
    ref = f"hubspot/order/{live(order)['hubspot']['record_id']}"
    detail = f"its lines name hubspot/product/999, which is not there: number {len(lines)} (sku {lines[-1]['sku']})"
    for _ in range(2):
        assert found_about(session, order) == ([], [("gone_neighbour", ref, detail)])
        main_job(session, full=True, progress=lambda text: None)
    edit(session, order, "hubspot", lines=lines)
    pulse(session)
    assert found_about(session, order) == ([], [])


def test_a_line_that_names_a_product_removed_for_good_is_a_finding_once_everything_was_read(session):
    order = next(quiet_orders(session, EVERYWHERE))
    line = named(order, "hubspot", "lines")[0]
    deed(session, "delete", "hubspot", "product", line["product_id"])
    main_job(session, full=True, progress=lambda text: None)
    differing, told = found_about(session, order)
    assert differing == []
    (only,) = told
    assert only[2].startswith(f"its lines name hubspot/product/{line['product_id']}, which is not there: number ")


def test_a_neighbour_newer_than_the_snapshot_of_its_kind_is_asked_for_at_once(session):
    order = next(quiet_orders(session, EVERYWHERE))
    lines = named(order, "hubspot", "lines")
    product = {"name": "Brand new", "sku": "NEW-1", "price_amount": "5.00"}
    asked = {"account": "hubspot", "kind": "product", "rows": [product]}
    (made,) = session.control.post("records/create", asked)["record_ids"]
    edit(
        session,
        order,
        "hubspot",
        lines=[*lines, {"product_id": made, "sku": "NEW-1", "quantity": "1", "amount": "5.00"}],
    )
    asyncio.run(session.ingest("hubspot", ORDER, mode=PullMode.INCREMENTAL))
    known = session.workspace.lake.latest("hubspot", PRODUCT, columns=["state"], record_ids=[made])
    assert known.column("state").to_pylist() == ["live"]
    session.reconcile(PRODUCT)
    session.reconcile(ORDER)
    differing, told = found_about(session, order)
    assert [of_type for of_type, _, _ in told] == ["lines_gap"]
    assert [one["subject"].partition("=")[0] for one in differing] == ["lines"]


def test_products_that_an_account_does_not_keep_are_compared_by_their_units(make_home):
    home = make_home(people=150, seed=3)
    path = home.client_file("demo")
    text = path.read_text(encoding="utf-8")
    for was, now in (
        ("on: {hubspot: products, shopify: productVariants", "on: {shopify: productVariants"),
        ("description: {owner: [shopify], on: [hubspot, shopify]}", "description: {owner: [shopify], on: [shopify]}"),
    ):
        assert was in text
        text = text.replace(was, now)
    path.write_text(text, encoding="utf-8")
    with open_session("demo") as session:
        pulse(session)
        report = session.reconcile(ORDER)
        assert (report.undecided, report.entities_looked_at) == (0, 0)
        planted = [one for one in session.control.get("ledger") if one["subject"].startswith("lines=")]
        found = session.workspace.store.find("discrepancies", {"kind": "order", "open": True})
        assert sum(one["field"] == "lines" for one in found) == len(planted) > 0
