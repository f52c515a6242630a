"""Marks without a width make no difference anywhere in a text, and the words around them do."""

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.keys import elements, exact_key, key
from sg_pipelines.domain.comparators.packing import pack
from sg_pipelines.domain.matching.blocking import blocking_keys
from sg_pipelines.domain.matching.people import PEOPLE
from sg_pipelines.domain.model.company import COMPANY
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.kinds import Comparator, Field
from sg_pipelines.domain.model.product import PRODUCT

UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
NUMBER = Field("custom_limit", Comparator.DECIMAL, CUSTOMER.field("tags").dimension)
ENUM, TAGS = CUSTOMER.field("lifecycle"), CUSTOMER.field("tags")
SINGLE = [
    (CUSTOMER.field("company_name"), "Café Peñalver & Co"),
    (CUSTOMER.field("email"), "ada.ruiz@mill.example"),
    (CUSTOMER.field("phone"), "+57 310 555 1234"),
    (COMPANY.field("tax_id"), "900.373.913-4"),
    (COMPANY.field("domain"), "www.mill.example"),
    (PRODUCT.field("sku"), "AB-10"),
    (NUMBER, "1.234,50"),
    (ENUM, "customer"),
]
sprinkled = st.lists(st.tuples(st.integers(0, 40), st.sampled_from(UNSEEN)), min_size=1, max_size=4)


def with_marks(text, marks):
    for place, mark in marks:
        text = text[: place % (len(text) + 1)] + mark + text[place % (len(text) + 1) :]
    return text


def as_spelled(field, text):
    """What a cosmetic difference differs in."""
    return exact_key(field, text) or key(field, text, region="CO")


@pytest.mark.parametrize(("field", "text"), SINGLE, ids=[field.name for field, _ in SINGLE])
def test_marks_without_a_width_make_no_difference(field, text):
    @given(sprinkled)
    def holds(marks):
        marked = with_marks(text, marks)
        assert key(field, marked, region="CO") == key(field, text, region="CO") is not None
        assert as_spelled(field, marked) == as_spelled(field, text)

    holds()


@given(sprinkled, st.sampled_from(("CO", "ES", "US")))
def test_nor_do_they_in_any_part_of_a_name_or_an_address(marks, region):
    for field, said in (
        (CUSTOMER.field("name"), {"first_name": "José M.ª", "last_name": "García-Márquez"}),
        (CUSTOMER.field("address"), {"address_street": "P.º del Prado, n.º 8, 3.º B", "address_city": "Bogotá, D.C."}),
    ):
        marked = {part: with_marks(text, marks) for part, text in said.items()}
        assert key(field, pack(field, marked), region=region) == key(field, pack(field, said), region=region)


def test_a_text_of_nothing_else_says_nothing():
    for field, _ in SINGLE:
        assert key(field, UNSEEN, region="CO") is None
    assert elements(TAGS, pack(TAGS, [UNSEEN, "vip"])) == elements(TAGS, pack(TAGS, ["vip"]))


def test_words_that_a_mark_stands_between_are_one_word_and_not_two():
    employer = CUSTOMER.field("company_name")
    assert key(employer, "Mill\u200bworks", region="CO") == key(employer, "Millworks", region="CO")
    assert key(employer, "Mill\u200bworks", region="CO") != key(employer, "Mill works", region="CO")


@settings(max_examples=20, deadline=None)
@given(sprinkled)
def test_the_matcher_sees_as_little_as_the_comparison(marks):
    said = {
        "email": "ada.ruiz@mill.example",
        "first_name": "Ada",
        "last_name": "Ruiz",
        "address_street": "Calle Mayor 3",
    }
    marked = {column: with_marks(text, marks) for column, text in said.items()}
    rows = [{"account": "crm", "record_id": "1", **said}, {"account": "erp", "record_id": "2", **marked}]
    with duckdb.connect() as connection:
        found = blocking_keys(connection, pa.Table.from_pylist(rows), PEOPLE)
    one, two = ({key for account, _, key in found if account == name} for name in ("crm", "erp"))
    assert {key for key in one if not key.startswith("i:")} == {key for key in two if not key.startswith("i:")} != set()
