"""What a dataset makes of texts: exact numbers and days, or nothing."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.operations.typed import DAY, NUMBER, day, number


@given(st.decimals(-(10**20), 10**20, places=9, allow_nan=False))
def test_every_number_of_nine_decimals_is_kept_to_the_last(value):
    (kept,) = pa.array([number(f"{value:f}")], NUMBER).to_pylist()
    assert kept == value


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1.234,50", Decimal("1234.5")),
        ("$ 12.00", Decimal(12)),
        ("0.1234567891", Decimal("0.123456789")),
        ("-3", Decimal(-3)),
        ("ten", None),
        ("", None),
        (None, None),
        ("nan", None),
        ("1" + "0" * 29, None),
        ("9" * 29, Decimal("9" * 29)),
    ],
)
def test_a_number_is_read_as_it_is_compared_and_nothing_else_is_one(text, read):
    assert pa.array([number(text)], NUMBER).to_pylist() == [read]


@pytest.mark.parametrize(
    ("text", "read"),
    [("2026-03-01", date(2026, 3, 1)), ("2026-03-01T23:59:00Z", date(2026, 3, 1)), ("soon", None), (None, None)],
)
def test_a_day_is_read_off_a_date_or_an_instant(text, read):
    assert pa.array([day(text)], DAY).to_pylist() == [read]
