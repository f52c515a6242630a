import random

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sg_pipelines.domain.matching.blocking import blocking_keys
from sg_pipelines.domain.matching.products import PRODUCTS
from sg_pipelines.sandbox.world.population import Making
from sg_pipelines.sandbox.world.records import baseline_records
from sg_pipelines.sandbox.world.things import KINDS
from tests.unit.matching.linking import are_one, groups, linked, record

MOST_KEYS = 8


def test_the_same_stock_keeping_unit_links_whatever_its_case():
    one = {"sku": "RUG-1042", "name": "Harvest Wool Rug", "price_amount": "80.00"}
    assert are_one(PRODUCTS, one, {"sku": "rug 1042", "name": "Rug, wool, harvest", "price_amount": "95.00"})


def test_the_same_barcode_links_with_or_without_its_leading_zero():
    one = {"barcode": "0036000291452", "name": "Harvest Wool Rug"}
    assert are_one(PRODUCTS, one, {"barcode": "036000291452", "name": "Wool Rug Harvest Edition"})


def test_one_unit_on_two_products_of_an_account_does_not_merge_them():
    crm = record("crm", "1", sku="RUG-1042", name="Harvest Wool Rug - Red")
    red = record("shop", "2", sku="RUG-1042", name="Harvest Wool Rug - Red")
    blue = record("shop", "3", sku="RUG-1042", name="Harvest Wool Rug - Blue")
    outcome = linked(PRODUCTS, [crm, red, blue])
    assert groups(outcome) == [[("crm", "1"), ("shop", "2")], [("shop", "3")]]
    assert outcome.duplicates.num_rows == 0


def test_what_an_account_typed_twice_in_every_word_is_a_duplicate():
    said = {"sku": "RUG-1042", "name": "Harvest Wool Rug", "price_amount": "80.00"}
    outcome = linked(PRODUCTS, [record("shop", "2", **said), record("shop", "3", **said)])
    assert outcome.duplicates.column("record_id").to_pylist() == ["3"]


def test_equal_names_link_without_any_code():
    one = {"name": "Harvest Wool Rug", "price_amount": "80.00"}
    assert are_one(PRODUCTS, one, {"name": "  HARVEST wool rug ", "price_amount": "80.00"})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Orchard Steel Drive 500 GB", "Orchard Steel Drive 250 GB"),
        ("Orchard Steel Kettle 12in", "Orchard Steel Kettle 14in"),
        ("Orchard Steel Desk 120", "Orchard Steel Desk 140"),
        ("Orchard Steel Desk", "Orchard Steel Desk 2"),
        ("Orchard Steel Desk - Black", "Orchard Steel Desk - White"),
        ("Orchard Steel Desk ORC77120", "Orchard Steel Desk ORC77140"),
    ],
)
def test_another_size_number_colour_or_model_in_equal_names_does_not_link(one, two):
    assert not are_one(PRODUCTS, {"name": one, "price_amount": "80.00"}, {"name": two, "price_amount": "80.00"})


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Orchard Record Player - QTLX350H", "Orchard QT-LX350H Belt Drive Turntable"),
        ("Orchard Headphones HR130", "HR 130 cordless headset by Orchard"),
        ("Orchard Receiver - QXV663BK", "Orchard QX-V663 Home Theater Receiver"),
        ("Orchard Suction Cup Mount - 0207793600", "Orchard Mount 020-77936-00"),
    ],
)
def test_model_codes_link_across_their_spelling(one, two):
    assert are_one(PRODUCTS, {"name": one}, {"name": two})


def test_a_model_code_told_in_the_description_counts():
    one = {"name": "Orchard Top Shelf Mount - KKH17B"}
    assert are_one(PRODUCTS, one, {"name": "Orchard Top Shelf Mount", "description": "Steel, KKH17B, black"})


def test_a_device_that_many_accessories_name_ties_none_of_them():
    made = ("Case", "Charger", "Strap", "Cable", "Holder", "Cover", "Battery", "Remote")
    ours = [record("a", str(i), name=f"{word} for QTLX350H") for i, word in enumerate(made)]
    theirs = [record("b", str(i), name=f"QTLX350H Leather {word}") for i, word in enumerate(reversed(made))]
    names = {(row["account"], row["record_id"]): row["name"].split() for row in ours + theirs}
    for group in groups(linked(PRODUCTS, ours + theirs)):
        shared = set.intersection(*(set(names[member]) for member in group))
        assert len(group) == 1 or shared & set(made)


def test_a_price_in_another_currency_says_nothing_against_it():
    one = {"name": "Harvest Wool Rug Mats", "price_amount": "80.00", "price_currency": "EUR"}
    other = {"name": "Rug Harvest Wool", "price_amount": "320000", "price_currency": "COP"}
    assert are_one(PRODUCTS, one, other)
    assert not are_one(PRODUCTS, one, {**other, "price_currency": "EUR"})


def test_a_price_ties_nothing():
    assert not are_one(
        PRODUCTS,
        {"name": "Harvest Wool Rug", "price_amount": "80.00"},
        {"name": "Sierra Oak Wallet", "price_amount": "80.00"},
    )


def test_products_of_equal_words_in_another_order_meet():
    one = {"name": "Oak Desk Red", "price_amount": "80.00"}
    assert are_one(PRODUCTS, one, {"name": "Red Oak Desk", "price_amount": "80.00"})


def world(seed, count=40):
    making = Making(30, seed, kinds=KINDS, products=count)
    return [
        record(account, one.record_id, **{name: one.columns.get(name) for name in PRODUCTS.needs})
        for account in ("hubspot", "shopify", "netsuite")
        for one in baseline_records(30, seed, account, 1_700_000_000_000, "product", making=making)
    ]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1000))
def test_neither_row_order_nor_threads_change_what_is_what(seed):
    rows = world(seed)
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert groups(linked(PRODUCTS, rows, threads=1)) == groups(linked(PRODUCTS, shuffled, threads=2))


def test_different_products_of_the_world_are_not_taken_for_one():
    numbers = [
        {int(record_id) % 10_000_000 for _, record_id in group} for group in groups(linked(PRODUCTS, world(5, 800)))
    ]
    assert all(len(group) == 1 for group in numbers)


def test_a_product_has_few_keys_and_shares_one_with_its_like():
    long = "Orchard Wireless Noise Cancelling Headphones HR130 QTLX350H 0207793600 Charging Bundle Edition"
    rows = [
        record("a", "1", sku="HR-130", barcode="4006381333931", name=long, description="also ABC123 DEF456 GHI789"),
        record("b", "2", sku=None, barcode=None, name="HR 130 by Orchard", description=None),
    ]
    with duckdb.connect() as connection:
        found = blocking_keys(connection, pa.Table.from_pylist(rows), PRODUCTS)
    one, two = ({key for account, _, key in found if account == of and not key.startswith("i:")} for of in "ab")
    assert len(one) <= MOST_KEYS
    assert one & two
