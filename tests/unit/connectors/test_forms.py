"""What texts of platforms are read as, and what they are refused for."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.connectors.forms import day_at, number_of
from sg_pipelines.connectors.quarantine import Unreadable


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", "12"), ("-0.5", "-0.5"), (".5", "0.5"), ("12.", "12"), ("1.0E-4", "0.0001"), ("+3", "3")],
)
def test_a_number_is_what_its_text_writes(text, number):
    assert number_of(text, "a line: amount") == Decimal(number)


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused_without_being_told(text):
    try:
        assert number_of(text, "a line: amount").is_finite()
    except Unreadable as error:
        assert str(error) == "a line: amount is no number"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=4))
def test_whatever_a_platform_writes_as_a_decimal_is_read(number):
    assert number_of(f"{number:f}", "a line: amount") == number


def test_a_day_before_the_calendar_begins_is_refused():
    first = datetime(1, 1, 1, tzinfo=UTC)
    assert day_at(first, UTC) == "0001-01-01"
    with pytest.raises(Unreadable, match="in no calendar"):
        day_at(first, ZoneInfo("America/Bogota"))
