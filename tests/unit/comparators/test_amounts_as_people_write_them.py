"""Apostrophes in amounts, and what accountants write for a minus: read where it can be nothing else."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.money import money_key, money_of
from sg_pipelines.domain.comparators.numbers import decimal_key


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1'234.567", "1234567"),
        ("$ 12'345.678", "12345678"),
        ("1\u2019234.567,50", "1234567.5"),
        ("1.234'567.890", "1234567890"),
        ("1'234,567.50", "1234567.5"),
        ("-1'234,567", "-1234567"),
        ("12'50 \u20ac", "12.5"),
        ("12\u00b45", "12.5"),
        ("1.234'50", "1234.5"),
        ("\u20ac 1,234'5", "1234.5"),
        ("0'125", "0.125"),
        ("1'234", "1234"),
        ("1'234'567.89", "1234567.89"),
        ("(5)", "-5"),
        ("( 1.234,50 )", "-1234.5"),
        ("(12'50 \u20ac)", "-12.5"),
        ("US$ (12.50)", "-12.5 USD"),
        ("(12.50) USD", "-12.5 USD"),
        ("(USD 12.50)", "-12.5 USD"),
        ("5-", "-5"),
        ("1.234,50-", "-1234.5"),
        ("12,50- EUR", "-12.5 EUR"),
        ("(12345678901234567890123456789.12)", "-12345678901234567890123456789.12"),
        ("12,50\u2212", "-12.5"),
        ("(0)", "0"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text, number):
    assert decimal_key(text) == number
    assert decimal_key(number) == number


@pytest.mark.parametrize(
    "text",
    [
        "(-5)",
        "-(5)",
        "(5)-",
        "-5-",
        "5.-",
        "5,-",
        "5--",
        "5 \u20ac-",
        "((5))",
        "(5",
        "5)",
        "()",
        "(5) (6)",
        "5 (6)",
        "(abc)",
        "1'2'3",
        "'50",
        "12'",
        "1'23.456",
        "1'234.567.890",
        "1'234.56,7",
        "12'3456",
        "1'234'50",
    ],
)
def test_what_might_mean_something_else_is_no_number(text):
    assert money_of(decimal_key(text)) is None
    assert money_of(money_key(text, "EUR")) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("COP 12.500", "12500 COP"),
        ("12.500 COP", "12500 COP"),
        ("(COP 12.500)", "-12500 COP"),
        ("COP 12.50", "12.5 COP"),
        ("$ 12.500.000", "12500000"),
        ("12.500", "12.5"),
    ],
)
def test_pesos_are_counted_in_thousands_and_not_in_thousandths(text, key):
    assert decimal_key(text) == key


@pytest.mark.parametrize("text", ["$12.500", "-$1.250", "\u20ac 1.234", "1.234 \u20ac", "US$ 1.250", "USD 1.250"])
def test_a_point_before_three_digits_beside_any_other_currency_is_no_number(text):
    assert money_of(decimal_key(text)) is None


@given(st.decimals(0, 10**9, places=2), st.sampled_from(("({0})", "{0}-", "$({0})", "({0} COP)", "{0}- COP")))
def test_brackets_and_a_minus_behind_make_an_amount_negative(amount, form):
    said = money_of(money_key(form.format(amount), "COP"))
    assert said is not None
    assert said.amount == -amount


@given(st.integers(1_000_000, 999_999_999), st.sampled_from(("", "\u200b", "$ ")))
def test_millions_by_an_apostrophe_are_what_they_are_without(pesos, before):
    written = f"{before}{pesos // 10**6}'{pesos // 1000 % 1000:03}.{pesos % 1000:03}"
    assert money_key(written, "COP") == f"{Decimal(pesos)} COP"
    assert money_key(f"{written},00", "COP") == f"{pesos} COP"


@given(st.text(alphabet="0159.,'()- \u20ac", max_size=10))
def test_the_key_of_a_number_with_such_marks_is_its_own_key(text):
    once = decimal_key(text)
    assert once is None or decimal_key(once) == once
