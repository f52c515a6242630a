"""The Spanish-speaking world: tax numbers, telephones and addresses are such as exist, and its mess is honest."""

import phonenumbers
import pytest

from sg_pipelines.domain.comparators.address import address_key
from sg_pipelines.domain.comparators.phone import phone_key
from sg_pipelines.domain.comparators.text import text_key
from sg_pipelines.sandbox.simulator import ADDRESS
from sg_pipelines.sandbox.world.places import ONE_EACH
from sg_pipelines.sandbox.world.population import Making, Population
from sg_pipelines.sandbox.world.spelling import row_of
from sg_pipelines.sandbox.world.tax_numbers import cif, nif, nit
from sg_pipelines.sandbox.world.things import KINDS, Link

NOW_MS = 1_760_000_000_000


@pytest.fixture(scope="module")
def spoken():
    """Every thing of a world with what each account says of it, before anything goes wrong."""
    population = Population(Making(600, 5, kinds=KINDS, locale="es"), ONE_EACH)
    return [
        (
            thing,
            [row_of(thing, a, 5, NOW_MS, voice=ONE_EACH.voice(a), locale=population.locale) for a in thing.accounts],
        )
        for things in population.everything().values()
        for thing in things
    ]


def of_kind(spoken, *kinds):
    return [(thing, rows) for thing, rows in spoken if thing.kind in kinds]


def test_check_digits_are_those_of_known_numbers():
    assert nit(800_197_268) == "800197268-4"
    assert nit(860_002_964) == "860002964-4"
    assert nif(12_345_678) == "12345678Z"
    assert cif("A", 5_881_850) == "A58818501"
    assert cif("Q", 2_826_000) == "Q2826000H"


def test_tax_numbers_of_both_countries_occur_and_belong_to_the_address(spoken):
    seen = set()
    for company, _ in of_kind(spoken, "company"):
        tax_id, country = company.said["tax_id"], company.said["address_country"]
        if tax_id:
            assert ("-" in tax_id) == (country == "CO")
            seen.add("NIT" if "-" in tax_id else "CIF" if tax_id[0].isalpha() else "NIF")
    assert seen == {"NIT", "CIF", "NIF"}


@pytest.mark.parametrize("region", ["CO", "ES"])
def test_every_spelling_of_a_telephone_is_one_number_wherever_the_client_is(spoken, region):
    countries = set()
    for thing, rows in of_kind(spoken, "customer", "company"):
        keys = {phone_key(row["phone"], region) for row in rows if row["phone"]}
        assert keys == {f"+{thing.said['phone']}"}
        parsed = phonenumbers.parse(keys.pop())
        assert phonenumbers.is_possible_number(parsed)
        countries.add(parsed.country_code)
    assert countries == {57, 34}


def test_every_telephone_could_really_ring(spoken):
    for thing, _ in of_kind(spoken, "customer", "company"):
        assert phonenumbers.is_valid_number(phonenumbers.parse(f"+{thing.said['phone']}"))


def test_every_spelling_of_an_address_is_one_address(spoken):
    written = set()
    for _, rows in of_kind(spoken, "customer", "company"):
        assert len({address_key([row[column] for column in ADDRESS], "CO") for row in rows}) == 1
        written |= {row["address_street"].split()[0] for row in rows}
    assert {"Calle", "Cl.", "C/", "Carrera", "Cra.", "Avenida", "Avda.", "Av."} <= written


def test_people_have_two_surnames_and_accents_that_some_leave_out(spoken):
    plain = 0
    for person, rows in of_kind(spoken, "customer"):
        assert len(person.said["last_name"].split()) == 2
        if person.link is not Link.FUZZY:
            assert len({text_key(f"{row['first_name']} {row['last_name']}") for row in rows}) == 1
        plain += not person.said["last_name"].isascii() and any(row["last_name"].isascii() for row in rows)
    assert plain > 20


def test_prices_are_in_pesos_and_orders_in_euros_too(spoken):
    assert {rows[0]["price_currency"] for _, rows in of_kind(spoken, "product")} == {"COP"}
    assert {order.said["currency"] for order, _ in of_kind(spoken, "order")} == {"COP", "EUR", "USD"}
    assert all(order.said["number"].startswith("PED-") for order, _ in of_kind(spoken, "order"))


def test_books_can_be_kept_in_euros():
    population = Population(Making(60, 5, kinds=KINDS, locale="es", currency="EUR"), ONE_EACH)
    things = population.everything()
    assert {product.said["price_currency"] for product in things["product"]} == {"EUR"}
    assert {order.said["currency"] for order in things["order"]} == {"EUR"}


def test_a_second_surname_left_out_is_in_the_ledger(make_world):
    ledger = make_world(600, 5, locale="es").live(1).ledger
    assert [one for one in ledger if one["recipe"] == "second surname left out" and one["subject"] == "name"]
