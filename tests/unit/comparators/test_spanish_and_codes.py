"""What is the same in Colombia and Spain, however it is written: registrations, numbers, addresses, telephones, names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.code import code_key
from sg_pipelines.domain.comparators.domain_name import domain_key
from sg_pipelines.domain.comparators.keys import exact_key, key
from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.comparators.packing import pack
from sg_pipelines.domain.comparators.phone import phone_key
from sg_pipelines.domain.comparators.tax_id import check_digit, tax_id_key
from sg_pipelines.domain.model.customer import CUSTOMER

NAME, ADDRESS, EMPLOYER = (CUSTOMER.field(name) for name in ("name", "address", "company_name"))


@pytest.mark.parametrize(
    ("one", "two", "region"),
    [
        ("860.002.964-4", "860002964", "CO"),
        ("NIT 860002964-4", "CO8600029644", "ES"),
        ("B-12345678", "ESB12345678", "ES"),
        ("12345678Z", "NIF 12.345.678-z", "ES"),
        ("X1234567L", "es x1234567l", "CO"),
        ("12-3456789", "EIN 123456789", "US"),
    ],
)
def test_a_registration_is_the_same_however_it_is_written(one, two, region):
    assert tax_id_key(one, region) == tax_id_key(two, region)


def test_a_check_digit_that_is_wrong_is_no_repetition_of_the_rest():
    assert tax_id_key("860002964-5", "CO") != tax_id_key("860002964", "CO")
    assert tax_id_key("8600029644", "US") == "8600029644"


@given(st.integers(100_000_000, 999_999_999))
def test_every_nit_equals_itself_with_its_check_digit(number):
    body = str(number)
    assert tax_id_key(f"{body}-{check_digit(body)}", "CO") == tax_id_key(body, "CO")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,50", "1234.5"),
        ("1,234.50", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("12,5", "12.5"),
        ("12,50", "12.5"),
        ("1,234", "1234"),
        ("1.234", "1.234"),
        ("1 234,5", "1234.5"),
        ("-1.234,5", "-1234.5"),
        ("45000.00", "45000"),
    ],
)
def test_a_decimal_comma_is_read_where_it_can_be_nothing_else(text, number):
    assert decimal_key(text) == number


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
def test_both_ways_of_writing_a_number_read_alike(number):
    english = f"{number:,.2f}"
    spanish = english.translate(str.maketrans(",.", ".,"))
    assert decimal_key(english) == decimal_key(spanish) == decimal_key(str(number))


@pytest.mark.parametrize(
    ("one", "two", "region"),
    [
        ("323 407 9515", "+57 323 407 9515", "CO"),
        ("0034 612 34 56 78", "+34612345678", "CO"),
        ("612 345 678", "+34 612345678", "ES"),
        ("(601) 234 5678", "+57 6012345678", "CO"),
        ("(1) 234 5678", "+57 601 234 5678", "CO"),
        ("+57 4 234 56 78", "604 2345678", "CO"),
    ],
)
def test_a_telephone_is_the_same_at_home_and_abroad(one, two, region):
    assert phone_key(one, region) == phone_key(two, region)


def name_key(first, last):
    return key(NAME, pack(NAME, {"first_name": first, "last_name": last}), region="CO")


def test_accents_alone_are_no_difference_and_a_second_surname_is():
    assert name_key("José", "García Márquez") == name_key("jose", "GARCIA MARQUEZ")
    assert name_key("Begoña", "Muñoz") == name_key("Begona", "Munoz")
    assert name_key("José", "García Márquez") != name_key("José", "García")
    accented, plain = (pack(NAME, {"first_name": one, "last_name": "Ruiz"}) for one in ("José", "Jose"))
    assert exact_key(NAME, accented) != key(NAME, plain, region="CO")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("García-Márquez", "García Márquez"),
        ("O’Brien", "O'Brien"),
        ("O`Brien", "O´Brien"),
        ("de la Mª", "de la María"),
    ],
)
def test_how_surnames_are_joined_and_marked_is_no_difference(one, two):
    assert name_key("José", one) == name_key("José", two)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Mª del Carmen", "María del Carmen"),
        ("M.ª José", "Maria José"),
        ("Fco. Javier", "Francisco Javier"),
        ("Ma. Carmen", "María Carmen"),
        ("Ma.Carmen", "Maria Carmen"),
    ],
)
def test_a_baptismal_name_is_the_same_short_and_long(short, long):
    assert name_key(short, "Ruiz") == name_key(long, "Ruiz")


@pytest.mark.parametrize(("one", "two"), [("Ma", "María"), ("O'Brien", "OBrien"), ("García", "García-Márquez")])
def test_other_words_are_another_name(one, two):
    assert name_key("Li", one) != name_key("Li", two)


def test_marks_alone_are_not_even_a_cosmetic_difference_of_names_and_are_one_of_other_texts():
    joined, apart = (pack(NAME, {"first_name": "José", "last_name": one}) for one in ("García-Ruiz", "García Ruiz"))
    assert exact_key(NAME, joined) == exact_key(NAME, apart)
    printed = "Miller’s Café"
    assert key(EMPLOYER, printed, region="ES") == key(EMPLOYER, "Miller's Cafe", region="ES")
    assert exact_key(EMPLOYER, printed) != exact_key(EMPLOYER, "Miller's Café")


def address_key(**said):
    return key(ADDRESS, pack(ADDRESS, {f"address_{name}": value for name, value in said.items()}), region="CO")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"street": "Calle 35 # 63-94", "city": "Neiva"}, {"street": "Cl. 35 No. 63 - 94", "city": "NEIVA"}),
        ({"street": "Carrera 7 # 12-30", "city": "Bogotá"}, {"street": "Cra 7 #12-30", "city": "Bogota"}),
        (
            {"street": "Avenida de América 12", "city": "Madrid", "country": "España"},
            {"street": "Avda. de America, 12", "city": "Madrid", "country": "ES"},
        ),
    ],
)
def test_a_street_is_the_same_short_and_long(one, two):
    assert address_key(**one) == address_key(**two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://www.Mill.example/about?x=1", "mill.example"),
        ("http://user@mill.example:8080", "mill.example."),
        ("peñalver.example", "xn--pealver-5za.example"),
    ],
)
def test_a_domain_is_its_host(one, two):
    assert domain_key(one) == domain_key(two)


def test_a_code_is_the_same_with_and_without_spaces_case_and_number_sign():
    assert code_key(" #ab-1 0 ") == code_key("AB-10")
    assert code_key("   ") is None


@given(st.text(max_size=20), st.sampled_from(("US", "CO", "ES")))
def test_a_key_of_a_key_is_the_key(text, region):
    for once in (code_key(text), domain_key(text), decimal_key(text)):
        if once is not None:
            assert once
    tax = tax_id_key(text, region)
    assert tax is None or tax.isalnum()
