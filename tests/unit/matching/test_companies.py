import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sg_pipelines.domain.matching.companies import COMPANIES
from sg_pipelines.sandbox.world.population import Making
from sg_pipelines.sandbox.world.records import baseline_records
from sg_pipelines.sandbox.world.things import KINDS
from tests.unit.matching.linking import are_one, groups, linked, record, waits

AT_HOME = {"address_street": "12 Mill Lane", "address_city": "Leeds", "address_postal_code": "02139"}


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Northwind Paper, Inc.", "NORTHWIND PAPER"),
        ("Tejidos Andinos S.A.S.", "Tejidos Andinos Ltda"),
        ("Café Sürmann GmbH", "Cafe Surmann"),
        ("Hierros del Sur, S.L.", "hierros del sur sl"),
    ],
)
def test_legal_forms_case_and_accents_are_aside(one, two):
    assert are_one(COMPANIES, {"name": one, **AT_HOME}, {"name": two, **AT_HOME})


def test_the_same_tax_registration_links_whatever_its_punctuation_or_country():
    one = {"name": "Northwind Paper", "tax_id": "ES B-12345678"}
    assert are_one(COMPANIES, one, {"name": "Northwind Paper Trading", "tax_id": "B12345678"})


def test_one_domain_with_different_tax_registrations_waits_for_a_person():
    one = {"name": "Northwind Paper", "domain": "northwind.example", "tax_id": "11-1111111"}
    two = {"name": "Northwind Paper", "domain": "www.northwind.example", "tax_id": "22-2222222"}
    assert waits(COMPANIES, one, two)


def test_a_check_digit_makes_no_other_registration():
    one = {"name": "Northwind Paper", "tax_id": "900.123.456-7"}
    assert are_one(COMPANIES, one, {"name": "Northwind Paper", "tax_id": "900123456"})


def test_a_pair_held_back_says_why_and_is_not_shown_as_nearly_certain():
    said = {"name": "Northwind Paper", "domain": "northwind.example", "phone": "312-555-0142", **AT_HOME}
    rows = [record("a", "1", tax_id="11-1111111", **said), record("b", "2", tax_id="22-2222222", **said)]
    (pair,) = linked(COMPANIES, rows).candidates.to_pylist()
    assert [e["detail"] for e in pair["evidence"] if e["type"] == "held_back"] == ["different tax registration"]
    assert pair["confidence"] < 0.9


def test_a_pair_that_merely_lacks_evidence_is_not_said_to_be_held_back():
    rows = [record("a", "1", name="Northwind Paper", address_city="Leeds"),
            record("b", "2", name="Northwind Paper", address_city="Leeds")]  # fmt: skip
    (pair,) = linked(COMPANIES, rows).candidates.to_pylist()
    assert [e["type"] for e in pair["evidence"]] == ["fuzzy"]


def test_a_domain_with_a_name_links():
    one = {"name": "Northwind Paper LLC", "domain": "https://www.northwind.example/shop"}
    assert are_one(COMPANIES, one, {"name": "Northwind Paper", "domain": "northwind.example"})


@pytest.mark.parametrize("host", ["gmail.com", "hotmail.com", "yahoo.es", "outlook.es", "proton.me", "web.de"])
def test_free_mail_domains_tie_nothing(host):
    one = {"name": "Northwind Paper", "domain": host}
    assert not are_one(COMPANIES, one, {"name": "Southwind Metal", "domain": host})
    assert not are_one(COMPANIES, one, {"name": "Northwind Paper", "domain": host})


def test_a_name_alone_never_links():
    assert not are_one(COMPANIES, {"name": "Northwind Paper"}, {"name": "Northwind Paper"})


def test_neighbours_of_one_house_with_different_names_do_not_link():
    assert not are_one(COMPANIES, {"name": "Northwind Paper", **AT_HOME}, {"name": "Blue Heron Optics", **AT_HOME})


def test_a_shared_domain_with_another_name_does_not_link():
    one = {"name": "Northwind Paper", "domain": "northwind.example", "phone": "312-555-0142"}
    assert not are_one(COMPANIES, one, {**one, "name": "Blue Heron Optics"})


def world(seed, count=60):
    making = Making(count, seed, kinds=KINDS, companies=count)
    return [
        record(account, one.record_id, **{name: one.columns.get(name) for name in COMPANIES.needs})
        for account in ("hubspot", "shopify", "netsuite")
        for one in baseline_records(count, seed, account, 1_700_000_000_000, "company", making=making)
    ]


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000))
def test_neither_row_order_nor_threads_change_who_is_who(seed):
    rows = world(seed)
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert groups(linked(COMPANIES, rows, threads=1)) == groups(linked(COMPANIES, shuffled, threads=2))


def test_different_companies_of_the_world_are_not_taken_for_one():
    numbers = [
        {int(record_id) % 10_000_000 for _, record_id in group} for group in groups(linked(COMPANIES, world(5, 400)))
    ]
    assert all(len(group) == 1 for group in numbers)
