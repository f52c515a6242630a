import phonenumbers
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.address import address_key
from sg_pipelines.domain.comparators.keys import key
from sg_pipelines.domain.comparators.packing import pack, unpack
from sg_pipelines.domain.comparators.phone import phone_key
from sg_pipelines.domain.comparators.text import text_key
from sg_pipelines.domain.discrepancies.masking import masked
from sg_pipelines.domain.model.customer import CUSTOMER

ADDRESS, EMAIL, NAME, PHONE, TAGS = (CUSTOMER.field(n) for n in ("address", "email", "name", "phone", "tags"))


@given(st.text(max_size=30))
def test_a_text_key_is_a_fixed_point(text):
    once = text_key(text)
    assert once is None or text_key(once) == once


@given(st.text(alphabet="abc xyz", min_size=1), st.sampled_from((str.upper, str.title, lambda t: f"  {t} ")))
def test_letter_case_and_white_space_make_no_difference(text, spelling):
    assert text_key(text) == text_key(spelling(text))


@given(
    st.from_regex(r"[2-9]\d{2}[2-9]\d{6}", fullmatch=True),
    st.sampled_from(("{0}-{1}-{2}", "({0}) {1}-{2}", "+1 {0} {1} {2}", "{0}.{1}.{2}", "1{0}{1}{2}", "{0}{1}{2}")),
)
def test_the_quick_way_to_a_phone_key_says_what_the_full_parser_says(digits, form):
    written = form.format(digits[:3], digits[3:6], digits[6:])
    parsed = phonenumbers.parse(written, "US")
    assert phone_key(written, "US") == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def test_a_colombian_number_is_read_in_its_region():
    assert phone_key("310 555 1234", "CO") == phone_key("+57 310 555 1234", "CO") == "+573105551234"


def test_an_address_compares_by_meaning_and_not_by_abbreviation():
    long = ("123 North Oak Street", "Apartment 4", "Springfield", "Illinois", "62701-1234", "United States")
    short = ("123 N Oak St.", "#4", "springfield", "IL", "62701", None)
    assert address_key(long, "US") == address_key(short, "US")
    assert address_key(("124 N Oak St", *short[1:]), "US") != address_key(short, "US")


def test_an_address_without_any_part_is_null():
    assert pack(ADDRESS, {"address_city": ""}) is None
    assert key(ADDRESS, pack(ADDRESS, {"address_city": " "}), region="US") is None


def test_tags_compare_as_a_set_whatever_their_order_and_case():
    assert key(TAGS, pack(TAGS, ["b", "A"]), region="US") == key(TAGS, pack(TAGS, ["a", "B"]), region="US")


@given(st.lists(st.text(alphabet="abcé", min_size=1), unique=True))
def test_what_is_packed_can_be_unpacked(elements):
    assert unpack(TAGS, pack(TAGS, elements)) == sorted(elements)


def test_masked_values_keep_their_shape_and_not_their_content():
    assert masked(EMAIL, "jane.doe@example.com") == "j***@e***.com"
    assert masked(PHONE, "+1 (613) 450-5293") == "***93"
    assert masked(NAME, {"first_name": "Jane", "last_name": "Doe"}) == "J*** D***"
    assert masked(EMAIL, None) == "·"
