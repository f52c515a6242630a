"""Canonical records written straight: the same things, of sizes one chooses, naming each other across kinds."""

from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from sg_pipelines.domain.model.catalogue import KINDS as CATALOGUE
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.sandbox.world.population import Making
from sg_pipelines.sandbox.world.records import baseline_records
from sg_pipelines.sandbox.world.things import KINDS

NOW_MS = 1_760_000_000_000
SIZED = Making(400, 3, kinds=KINDS, companies=60, products=90, orders=700)
TWO_SHOPS = {"hubspot": "hubspot", "shop_a": "shopify", "shop_b": "shopify", "netsuite": "netsuite"}
ACCOUNTS = {"hubspot": "hubspot", "shopify": "shopify", "netsuite": "netsuite"}


def written(making=SIZED, accounts=ACCOUNTS):
    return {
        (account, kind): list(
            baseline_records(making.people, making.seed, account, NOW_MS, kind, making=making, accounts=accounts)
        )
        for account in accounts
        for kind in KINDS
    }


@pytest.fixture(scope="module")
def world():
    return written()


def test_sizes_are_chosen_kind_by_kind(world):
    things = defaultdict(set)
    for (_, kind), records in world.items():
        things[kind] |= {int(record.record_id) % 10_000_000 for record in records}
    assert (len(things["customer"]), len(things["company"]), len(things["product"])) == (400, 60, 90)
    assert 0.85 * 700 <= len(things["order"]) <= 700


@pytest.mark.parametrize("accounts", [ACCOUNTS, TWO_SHOPS])
def test_every_reference_names_a_record_of_the_same_account(accounts):
    world = written(accounts=accounts)
    ids = {key: {record.record_id for record in records} for key, records in world.items()}
    named = Counter()
    for (account, _), records in world.items():
        for record in records:
            columns = record.columns
            for kind in ("customer", "company"):
                if columns.get(f"{kind}_id"):
                    assert columns[f"{kind}_id"] in ids[account, kind]
                    named[kind] += 1
            for line in columns.get("lines", ()):
                assert line["product_id"] in ids[account, "product"]
                named["product"] += 1
    assert all(named[kind] > 100 for kind in ("customer", "company", "product"))


def test_cross_ids_name_records_of_the_other_accounts(world):
    ids = {key: {record.record_id for record in records} for key, records in world.items()}
    for (_, kind), records in world.items():
        for record in records:
            assert all(other in ids[account, kind] for account, other in record.cross_ids.items())


def test_ids_ascend_and_are_given_once(world):
    for records in world.values():
        numbers = [int(record.record_id) for record in records]
        assert numbers == sorted(set(numbers))
        assert {record.state for record in records} == {RecordState.LIVE}


def test_columns_are_those_of_the_kind(world):
    for (_, kind), records in world.items():
        columns = {column.name: column for column in CATALOGUE[kind].columns()}
        for record in records[:20]:
            assert record.columns.keys() - {"custom_loyalty_tier"} <= columns.keys()
            for name, value in record.columns.items():
                if name in columns and columns[name].parts:
                    assert all(tuple(row) == columns[name].parts for row in value)


def test_a_shop_counts_the_orders_that_are_there(world):
    count, spent = Counter(), defaultdict(Decimal)
    for order in world["shopify", "order"]:
        count[order.columns["customer_id"]] += 1
        if order.columns["status"] != "cancelled":
            spent[order.columns["customer_id"]] += Decimal(order.columns["shop_total"])
    for customer in world["shopify", "customer"]:
        assert customer.columns["orders_count"] == count[customer.record_id]
        assert Decimal(customer.columns["total_spent"]) == spent[customer.record_id]


def test_a_shop_states_telephones_with_their_country(world):
    for kind in ("customer", "company"):
        phones = [record.columns["phone"] for record in world["shopify", kind] if record.columns["phone"]]
        assert phones
        assert all(phone.startswith("+1") and phone[1:].isdigit() and len(phone) == 12 for phone in phones)


def test_people_alone_are_written_as_ever():
    records = list(baseline_records(50, 7, "shopify", NOW_MS))
    assert "company_id" not in records[0].columns
    assert list(baseline_records(50, 7, "shopify", NOW_MS)) == records


def test_every_kind_can_be_asked_for_by_name_alone():
    for kind in KINDS:
        assert next(baseline_records(40, 7, "netsuite", NOW_MS, kind)).columns
