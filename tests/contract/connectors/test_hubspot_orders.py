"""HubSpot's deals and orders: read with their buyers and line items in full batches, and found again by any of them."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import httpx
import pytest

from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.errors import PermissionMissing, ProtocolViolation
from tests.contract.connectors.accounts import live, states
from tests.contract.connectors.pairs import Pair
from tests.contract.connectors.rows import a_customer, a_product, an_order

V4 = "/crm/v4/associations"
LINES_READ = "/crm/v3/objects/line_items/batch/read"
PRIMARY_COMPANY = {"deals": 5, "orders": 509}


@pytest.fixture(params=["deals", "orders"])
def crm(request, open_account):
    with open_account(Pair("hubspot", "order", request.param, settings={"order_object": request.param})) as account:
        yield account


@pytest.fixture
def wire(crm):
    """A function that speaks HubSpot's own interface to the account, as another app would."""
    headers = {"Authorization": f"Bearer {crm.where.token}"}
    with httpx.Client(base_url=crm.where.base_url, headers=headers, timeout=30) as http:

        def call(method, path, body=None):
            answer = http.request(method, path, json=body)
            assert answer.is_success, answer.text
            return answer.json() if answer.content else {}

        yield call


def lines_of(wire, crm, order):
    told = wire("GET", f"/crm/v4/objects/{crm.pair.object}/{order}/associations/line_items")["results"]
    return [str(one["toObjectId"]) for one in told]


def set_properties(wire, path, **properties):
    wire("PATCH", f"/crm/v3/objects/{path}", {"properties": properties})


def test_associations_and_line_items_are_read_in_full_batches_and_never_record_by_record(crm):
    orders = crm.make_many(1_050)
    crm.forget_requests()
    (records, _), report = crm.full()
    here = crm.pair.object
    assert sorted(live(records)) == sorted(orders)
    assert all(len(record.columns["lines"]) == 1 for record in records)
    assert {record.columns["customer_id"] for record in records} == {crm.around()["customer_id"]}
    assert crm.requests() == {
        f"/crm/v3/objects/{here}": 11 + 1,
        f"{V4}/{here}/contacts/batch/read": 2,
        f"{V4}/{here}/companies/batch/read": 2,
        f"{V4}/{here}/line_items/batch/read": 2,
        LINES_READ: 11,
        f"/crm/v3/objects/{here}/search": 1,
    }
    assert report.calls == report.lower_bound == 30


def test_named_orders_are_read_in_full_batches_too(crm):
    orders = crm.make_many(250)
    crm.forget_requests()
    (records, _), report = crm.fetch(orders)
    assert sorted(live(records)) == sorted(orders)
    asked = crm.requests()
    assert asked[f"{V4}/{crm.pair.object}/line_items/batch/read"] == 1
    assert asked[f"/crm/v3/objects/{crm.pair.object}/batch/read"] == asked[LINES_READ] == 3
    assert report.calls == report.lower_bound == sum(asked.values())


def test_a_quiet_account_is_asked_for_no_associations(crm):
    crm.make_many(3)
    _, report = crm.full()
    crm.advance(7200)
    crm.forget_requests()
    (records, _), report = crm.changes(crm.now())
    assert records == []
    assert not [path for path in crm.requests() if "associations" in path or path == LINES_READ]
    assert report.calls == report.lower_bound == 3


def test_an_order_with_more_lines_than_one_answer_holds_is_read_whole(crm):
    (typed,) = crm.rows(1)
    (line,) = typed["lines"]
    lines = [{**line, "sku": f"LANTERN-{number}"} for number in range(503)]
    (order,) = crm.make(typed | {"lines": lines})
    (records, _), report = crm.full()
    assert [one["sku"] for one in live(records)[order].columns["lines"]] == [one["sku"] for one in lines]
    assert report.calls == report.lower_bound


def test_a_line_changed_alone_brings_its_order_again(crm, wire):
    touched, other = crm.make_many(2)
    _, report = crm.full()
    crm.advance(7200)
    now = crm.now()
    (item,) = lines_of(wire, crm, touched)
    modified = wire("GET", f"/crm/v3/objects/{crm.pair.object}/{touched}")["updatedAt"]
    set_properties(wire, f"line_items/{item}", hs_sku="LANTERN-RED")
    assert wire("GET", f"/crm/v3/objects/{crm.pair.object}/{touched}")["updatedAt"] == modified
    (records, _), report = crm.changes(now)
    assert [one["sku"] for one in live(records)[touched].columns["lines"]] == ["LANTERN-RED"]
    assert other not in live(records)
    assert report.calls == report.lower_bound


def test_an_order_that_changed_with_its_line_is_brought_once(crm):
    (order,) = crm.make_many(1)
    crm.advance(7200)
    now = crm.now()
    (line,) = crm.rows(1)[0]["lines"]
    crm.edit(order, lines=[{**line, "quantity": "3", "amount": "59.70"}], subtotal_amount="59.70")
    (records, _), _ = crm.changes(now)
    assert [one.record_id for one in records] == [order]
    (said,) = records[0].columns["lines"]
    assert (said["quantity"], Decimal(said["amount"])) == ("3", Decimal("59.70"))


def test_a_line_that_was_taken_away_is_gone_from_its_order(crm, wire):
    (order,) = crm.make_many(1)
    crm.advance(7200)
    now = crm.now()
    (item,) = lines_of(wire, crm, order)
    wire("DELETE", f"/crm/v3/objects/line_items/{item}")
    (records, _), _ = crm.changes(now)
    assert live(records)[order].columns["lines"] == []


def test_an_order_nobody_is_associated_with_has_no_buyer_and_no_lines(crm):
    (order,) = crm.make({"number": "SO-1", "total_amount": "47.00", "currency": "USD"})
    (records, aside), _ = crm.full()
    said = live(records)[order].columns
    assert (said["customer_id"], said["company_id"], said["lines"]) == (None, None, [])
    assert aside == []


def test_the_first_contact_and_the_primary_company_are_who_bought(crm, wire):
    (order,) = crm.make_many(1)
    (second,) = crm.make(a_customer(1), kind="customer")
    (primary,) = crm.make({"name": "Millworks 2"}, kind="company")
    here = f"/crm/v4/objects/{crm.pair.object}/{order}/associations"
    wire("PUT", f"{here}/default/contacts/{second}")
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": PRIMARY_COMPANY[crm.pair.object]}]
    wire("PUT", f"{here}/companies/{primary}", types)
    (records, _), _ = crm.full()
    said = live(records)[order].columns
    assert (said["customer_id"], said["company_id"]) == (crm.around()["customer_id"], primary)


def test_a_lines_amount_is_quantity_times_price_and_unknown_where_either_is_missing(crm, wire):
    (order,) = crm.make_many(1)
    (item,) = lines_of(wire, crm, order)
    for price, amount in (("0.333333", Decimal("0.999999")), ("", None)):
        set_properties(wire, f"line_items/{item}", quantity="3", price=price)
        (records, _), _ = crm.fetch([order])
        (line,) = live(records)[order].columns["lines"]
        assert line["amount"] == (None if amount is None else str(amount))


def test_the_day_it_was_placed_is_a_day_where_the_client_lives(crm, wire):
    (order,) = crm.make_many(1)
    when = {"deals": "closedate", "orders": "hs_external_created_date"}[crm.pair.object]
    set_properties(wire, f"{crm.pair.object}/{order}", **{when: "2026-11-21T03:30:00.000Z"})
    days = []
    for zone in ("UTC", "America/Bogota"):
        crm.where = replace(crm.where, scope=replace(crm.where.scope, time_zone=zone))
        (records, _), _ = crm.full()
        days.append(live(records)[order].columns["placed_on"])
    assert days == ["2026-11-21", "2026-11-20"]


def test_an_archived_order_is_told_with_the_time_it_was_archived(crm):
    kept, gone = crm.make_many(2)
    _, report = crm.full()
    crm.advance(7200)
    now = crm.now()
    crm.deed("archive", record_id=gone)
    (changed, _), _ = crm.changes(now)
    (everything, _), report = crm.full(known={kept, gone})
    assert states(changed) == {gone: RecordState.ARCHIVED}
    assert states(everything) == {kept: RecordState.LIVE, gone: RecordState.ARCHIVED}
    (told,) = [one for one in changed if one.record_id == gone]
    assert now <= told.modified_at <= crm.now()
    assert report.is_complete


def test_merged_companies_leave_their_traces_and_their_orders_name_the_survivor(crm):
    winner = crm.around()["company_id"]
    (loser,) = crm.make({"name": "Millworks Ltd"}, kind="company")
    (order,) = crm.make(an_order(1, company_id=loser, product_id=crm.around()["product_id"]))
    crm.full()
    crm.advance(7200)
    now = crm.now()
    survivor = crm.deed("merge", kind="company", winner=winner, loser=loser)["record_id"]
    (orders, _), _ = crm.changes(now)
    assert live(orders)[order].columns["company_id"] == survivor
    crm.kind = KINDS["company"]
    (companies, _), _ = crm.changes(now)
    assert states(companies) == {
        survivor: RecordState.LIVE,
        winner: RecordState.MERGED,
        loser: RecordState.MERGED,
    }
    assert {one.merged_into for one in companies if one.state is RecordState.MERGED} == {survivor}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (LINES_READ, "a line item: "),
        ("line_items/batch/read", "its line_items: "),
        ("contacts/batch", "its contacts: "),
    ],
)
def test_an_order_with_a_line_or_an_association_that_cannot_be_used_is_put_aside_whole(crm, path, reason):
    orders = crm.make_many(3)
    crm.fault("malformed_record", path_contains=path)
    (records, aside), report = crm.full()
    assert report.quarantined == len(aside) == 1
    assert sorted([*live(records), aside[0].record_id]) == sorted(orders)
    assert aside[0].reason.startswith(reason)


def test_an_archived_order_that_cannot_be_used_is_not_called_deleted(crm):
    (order,) = crm.make_many(1)
    crm.deed("archive", record_id=order)
    crm.fault("malformed_record", count=2, path_contains=f"objects/{crm.pair.object}/batch/read")
    (records, aside), report = crm.fetch([order])
    assert records == []
    assert [one.record_id for one in aside] == [order]
    assert report.quarantined == 1


def test_a_changed_line_without_its_shape_still_brings_its_order(crm, wire):
    (order,) = crm.make_many(1)
    crm.advance(7200)
    now = crm.now()
    set_properties(wire, f"line_items/{lines_of(wire, crm, order)[0]}", hs_sku="LANTERN-RED")
    crm.fault("malformed_record", path_contains="line_items/search")
    (records, aside), _ = crm.changes(now)
    assert [one["sku"] for one in live(records)[order].columns["lines"]] == ["LANTERN-RED"]
    assert aside == []


def test_changed_lines_that_do_not_say_whose_they_are_stop_the_pull(crm):
    crm.make_many(1)
    crm.fault("malformed_record", path_contains=f"line_items/{crm.pair.object}/batch")
    with pytest.raises(ProtocolViolation, match="whose it is"):
        crm.changes(crm.now())


@pytest.mark.parametrize(
    ("path", "scopes"),
    [
        ("{}/contacts/batch", "the scopes crm.objects.{}.read and crm.objects.contacts.read"),
        ("{}/line_items/batch", "the scopes crm.objects.{}.read and crm.objects.line_items.read"),
        ("objects/{}", "the scope crm.objects.{}.read"),
        ("objects/line_items", "the scope crm.objects.line_items.read"),
    ],
)
def test_a_missing_scope_is_named_by_the_objects_it_is_for(crm, path, scopes):
    crm.make_many(1)
    crm.fault("forbidden", path_contains=path.format(crm.pair.object))
    with pytest.raises(PermissionMissing) as refused:
        crm.full()
    assert refused.value.remedy == f"Give the private app {scopes.format(crm.pair.object)}"


def test_an_amount_is_read_as_it_is_spelled(crm):
    (order,) = crm.make_many(1)
    (records, _), _ = crm.full()
    said = live(records)[order].columns
    amounts = [said[f"{name}_amount"] for name in ("subtotal", "discount", "tax", "shipping", "total")]
    assert amounts == ["39.80", "4.80", "7.00", "5.00", "47.00"]
    assert (said["currency"], said["tax_included"]) == ("USD", False)
    assert isinstance(said["created_at"], datetime)


def test_an_order_that_names_no_currency_is_in_the_account_s(crm):
    crm.where = replace(crm.where, scope=replace(crm.where.scope, currency="COP"))
    (order,) = crm.make({"number": "SO-1", "total_amount": "47.00"})
    (records, _), _ = crm.full()
    assert live(records)[order].columns["currency"] == "COP"


def test_a_product_without_a_price_has_no_currency_either(open_account):
    with open_account(Pair("hubspot", "product", "products")) as account:
        account.where = replace(account.where, scope=replace(account.where.scope, currency="COP"))
        priced, bare = account.make(a_product(1), {"name": "Lantern"})
        (records, _), _ = account.full()
        found = live(records)
        money = ("price_amount", "price_currency", "cost_amount", "cost_currency")
        assert [found[priced].columns[name] for name in money] == ["19.90", "COP", "8.50", "COP"]
        assert [found[bare].columns[name] for name in money] == [None] * 4
