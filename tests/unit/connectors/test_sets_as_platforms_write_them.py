"""What a shop and an ERP write for a field that holds several texts."""

import pytest

from sg_pipelines.connectors.netsuite.mapping import elements
from sg_pipelines.connectors.shopify.mapping import elements_of


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('["gold","silver"]', ["gold", "silver"]),
        ('["a, b", "", " c "]', ["a, b", "c"]),
        ("[1, 2.50, null]", ["1", "2.5"]),
        ("gold; silver", ["gold; silver"]),
        ("[gold", ["[gold"]),
        ("[" * 100_000, ["[" * 100_000]),
        ('{"a": 1}', ['{"a": 1}']),
        ("7", ["7"]),
        ("[]", None),
        (" ", None),
        ("", None),
    ],
)
def test_a_metafield_is_a_list_or_one_text(written, read):
    assert elements_of({"own": {"value": written}}, "own") == read


def test_a_metafield_that_is_not_there_is_null():
    assert elements_of({"own": None}, "own") is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Gold, Silver", ["Gold", "Silver"]),
        ("Gold", ["Gold"]),
        ("1,5 l, 2 l", ["1,5 l", "2 l"]),
        ("Gold, old\x05Silver\x05", ["Gold, old", "Silver"]),
        ("", None),
        (None, None),
    ],
)
def test_a_multiple_select_is_its_values(written, read):
    assert elements(written) == read
