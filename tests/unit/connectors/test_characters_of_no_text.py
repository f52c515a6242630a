"""Characters that platforms let people save and that no text may hold here."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.connectors.texts import loads

HARMLESS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\x1e\x1f")


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("12 Cour\x1fte Rue", "12 Courte Rue"),
        ("555\x1e0100", "555-0100"),
        ("Ana\0 Ruiz\0", "Ana Ruiz"),
        ("Ana \ud83d", "Ana �"),
        ("Ana \ud83d\ude00", "Ana 😀"),
        ("tab\tand\nline", "tab\tand\nline"),
    ],
)
def test_what_separates_our_own_values_and_half_an_emoji_are_read_as_what_they_stand_for(said, read):
    answer = {"results": [{"properties": {"name": said}, "tags": [said]}], "paging": None, "total": 1}
    expected = {"results": [{"properties": {"name": read}, "tags": [read]}], "paging": None, "total": 1}
    assert loads(json.dumps(answer).encode()) == expected
    assert loads(json.dumps(answer)) == expected


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(HARMLESS),
        lambda of: st.lists(of) | st.dictionaries(st.text(HARMLESS), of),
    )
)
def test_everything_else_is_read_as_it_is_written(value):
    assert loads(json.dumps(value)) == value
    assert loads(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.text(st.characters(categories=["Cs", "Cc", "Lu"])))
def test_whatever_is_read_can_be_written_in_utf_8(text):
    read = loads(json.dumps(text)).encode("utf-8")
    assert not {0x00, 0x1E, 0x1F} & set(read)
