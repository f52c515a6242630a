"""Registrations, domains, codes, numbers and telephones: what holds for every one of them."""

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.code import code_key
from sg_pipelines.domain.comparators.domain_name import domain_key
from sg_pipelines.domain.comparators.money import money_key
from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.comparators.phone import phone_key
from sg_pipelines.domain.comparators.tax_id import check_digit, tax_id_key

REGIONS = st.sampled_from(("US", "CO", "ES"))
LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
companies = st.integers(800_000_000, 999_999_999).map(str)
citizens = st.one_of(st.integers(10_000, 99_999_999), st.integers(1_000_000_000, 1_999_999_999)).map(str)


def grouped(digits, mark="."):
    return f"{int(digits):,}".replace(",", mark)


@given(companies, st.sampled_from(("{0}-{2}", "{1}-{2}", "{1} - {2}", "{0}{2}", "NIT {1}-{2}", "CO{0}{2}", "nit. {0}")))
def test_a_company_s_nit_is_one_in_every_spelling(body, form):
    written = form.format(body, grouped(body), check_digit(body))
    assert tax_id_key(written, "CO") == tax_id_key(body, "CO") == body


@given(citizens)
def test_a_citizen_s_number_is_one_with_its_check_digit(body):
    assert tax_id_key(f"{grouped(body)}-{check_digit(body)}", "CO") == tax_id_key(body, "CO") == body


@given(companies, st.integers(0, 9))
def test_a_check_digit_that_contradicts_never_agrees(body, digit):
    with_digit = tax_id_key(f"{body}-{digit}", "CO")
    assert (with_digit == body) == (str(digit) == check_digit(body))


@given(st.integers(10_000, 99_999_999), st.sampled_from(LETTERS))
def test_a_nif_is_one_with_its_prefix_its_separators_and_its_leading_zeros(number, letter):
    right = LETTERS[number % 23]
    full = f"{number:08d}{right}"
    for written in (
        f"ES{full}",
        f"ES-{full[:8]}-{right.lower()}",
        f"NIF: {grouped(full[:8])}-{right}",
        f"{number}{right}",
    ):
        assert tax_id_key(written, "CO") == tax_id_key(written, "ES") == full
    if letter != right:
        assert tax_id_key(f"{number:08d}{letter}", "ES") != full


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ES A-58818501", "a58818501"),
        ("CIF Q2826000H", "ES Q-2826000-H"),
        ("NIE X-1234567-L", "esx1234567l"),
        ("DE 123 456 789", "VAT DE123456789"),
        ("PT 501964843", "501.964.843"),
        ("FR 40 303265045", "FR40303265045"),
        ("NL 004495445B01", "nl004495445b01"),
    ],
)
def test_separators_and_prefixes_say_nothing(one, two):
    for region in ("CO", "ES"):
        assert tax_id_key(one, region) == tax_id_key(two, region)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("B12345678", "A12345678"),
        ("X1234567L", "Y1234567L"),
        ("860002964", "860002965"),
        ("DELA850101AB1", "LA850101AB1"),
    ],
)
def test_another_registration_is_another_one(one, two):
    assert tax_id_key(one, "CO") != tax_id_key(two, "CO")


@given(
    st.text(alphabet="0123456789", min_size=9, max_size=9),
    st.sampled_from(("{0}-{1}", "EIN {0}-{1}", "{0} {1}")),
)
def test_an_ein_is_its_nine_digits(digits, form):
    assert tax_id_key(form.format(digits[:2], digits[2:]), "US") == digits


plausible = st.one_of(st.text(max_size=20), st.from_regex(r"(ES|CO|NIT|DE|CIF)*[0-9A-Z.\-]{0,12}", fullmatch=True))


@given(plausible, REGIONS)
def test_the_key_of_a_registration_is_its_own_key(text, region):
    once = tax_id_key(text, region)
    assert once is None or tax_id_key(once, region) == once


@given(st.one_of(st.text(max_size=20), st.from_regex(r"#*[ a-zA-Zñ0-9-]{0,9}", fullmatch=True)))
def test_the_key_of_a_code_is_its_own_key(text):
    once = code_key(text)
    assert once is None or code_key(once) == once


@given(st.from_regex(r"(www\.){0,2}[a-zñé0-9-]{1,9}(\.[a-z]{2,5}){1,2}\.?", fullmatch=True))
def test_the_key_of_a_domain_is_its_own_key_and_that_of_its_addresses(host):
    once = domain_key(host)
    assert once is not None
    assert once.isascii()
    for written in (
        once,
        host.upper(),
        f"https://{host}/a?b#c",
        f"//{host}",
        f"http://me:pw@{host}:8080",
        f"info@{host}",
    ):
        assert domain_key(written) == once


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://MUÑOZ.example/", "xn--muoz-hqa.example"),
        ("shop.mill.example", "shop.mill.example"),
        ("wwwmill.example", "wwwmill.example"),
        ("mill.example?utm=1", "mill.example"),
        ("   ", None),
        ("https://", None),
    ],
)
def test_a_domain_is_its_host_and_no_other_one(text, host):
    assert domain_key(text) == host


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("-0.00", "0"),
        (".5", "0.5"),
        ("+5", "5"),
        ("007", "7"),
        ("100", "100"),
        ("1.234.567,89", "1234567.89"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567.00", "1234567"),
        ("1\u00a0234\u00a0567,5", "1234567.5"),
        ("1'234.50", "1234.5"),
        ("0,5", "0.5"),
        ("0,125", "0.125"),
        ("-0,250", "-0.25"),
        ("€ 0,375", "0.375"),
        ("1e3", "1000"),
        ("1.2.3", "1.2.3"),
        ("1,2,3", "1,2,3"),
        ("12.34,56", "12.34,56"),
        ("1.234,567.8", "1.234,567.8"),
        ("10 20", "10 20"),
        ("1_000", "1_000"),
        ("1e999999999", "1e999999999"),
        ("NaN", "nan"),
        ("n/a", "n/a"),
        ("  ", None),
    ],
)
def test_a_number_is_read_where_it_can_be_nothing_else_and_stands_otherwise(text, number):
    assert decimal_key(text) == number


@given(st.integers(1_000_000, 10**12))
def test_pesos_are_the_same_with_marks_and_with_decimals_that_say_nothing(pesos):
    spellings = (str(pesos), f"{pesos}.00", f"{pesos}.0", grouped(pesos), f"{grouped(pesos)},00", grouped(pesos, ","))
    assert {money_key(one, "COP") for one in spellings} == {f"{pesos} COP"}


def test_one_point_is_a_decimal_mark_in_every_currency_as_platforms_write_it():
    assert money_key("150.000", "COP") == money_key("150", "COP") == "150 COP"


@given(st.one_of(st.text(max_size=15), st.from_regex(r"-?[0-9]{1,3}([.,][0-9]{1,3}){0,3}", fullmatch=True)))
def test_the_key_of_a_number_is_its_own_key(text):
    once = decimal_key(text)
    assert once is None or decimal_key(once) == once


def in_full(text, region):
    parsed = phonenumbers.parse(f"+{text[2:]}" if text.startswith("00") else text, region)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


colombian = st.from_regex(r"(3[0-9]{2}|60[1-8])[0-9]{7}", fullmatch=True)
spanish = st.from_regex(r"[6-9][1-9][0-9]{7}", fullmatch=True)
spelled = st.sampled_from(("{0}{1}{2}", "{0} {1} {2}", "({0}) {1}-{2}", "{0}.{1}.{2}", "{0}-{1} {2}"))


@pytest.mark.parametrize(("home", "prefix", "numbers"), [("CO", "57", colombian), ("ES", "34", spanish)])
def test_the_quick_way_to_a_number_of_colombia_or_spain_says_what_the_full_parser_says(home, prefix, numbers):
    @given(numbers, spelled)
    def holds(number, form):
        written = form.format(number[:3], number[3:6], number[6:])
        assert phone_key(written, home) == in_full(written, home) == f"+{prefix}{number}"
        for region in ("CO", "ES", "US"):
            for abroad in (f"+{prefix} {written}", f"00{prefix} {written}", f"+{prefix}{written}"):
                assert phone_key(abroad, region) == in_full(abroad, region) == f"+{prefix}{number}"

    holds()


@example("000000000000", "CO")
@given(st.text(alphabet="0123456789+() -", max_size=16), REGIONS)
def test_the_key_of_a_telephone_in_full_is_its_own_key(text, region):
    once = phone_key(text, region)
    assert once is None or once.isdigit() or phone_key(once, region) == once


def test_a_citizens_number_is_the_same_with_and_without_its_word():
    assert tax_id_key("CC 1.020.345.678", "CO") == tax_id_key("1020345678", "CO")
