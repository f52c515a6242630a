"""Further spellings of names, registrations and telephones of Colombia and Spain, and what must stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.keys import exact_key, key
from sg_pipelines.domain.comparators.name import name_key
from sg_pipelines.domain.comparators.packing import pack
from sg_pipelines.domain.comparators.phone import phone_key
from sg_pipelines.domain.comparators.tax_id import check_digit, tax_id_key
from sg_pipelines.domain.model.customer import CUSTOMER

NAME = CUSTOMER.field("name")


def of(first, last=None):
    return key(NAME, pack(NAME, {"first_name": first, "last_name": last}), region="ES")


@pytest.mark.parametrize("given_names", ["José Ma.", "Jose M.ª", "JOSÉ Mª", "José M.ª ", "José María"])
@pytest.mark.parametrize("family", ["Ruiz", None, "García-Márquez"])
def test_maria_is_the_same_short_and_long_after_another_given_name(given_names, family):
    assert of(given_names, family) == of("Jose Maria", family)
    assert name_key(f"{given_names} {family or ''}") == of("Jose Maria", family)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("Li", "Ma."), ("Li", "María")),
        (("José", "Ma."), ("José", "María")),
        (("José M.", "Ruiz"), ("José María", "Ruiz")),
        (("José Ma", "Ruiz"), ("José María", "Ruiz")),
        (("José Mar.", "Ruiz"), ("José María", "Ruiz")),
        (("José María", "Ruiz"), ("María José", "Ruiz")),
    ],
)
def test_other_words_are_other_names(one, two):
    assert of(*one) != of(*two)


def test_how_maria_is_shortened_is_not_even_a_cosmetic_difference():
    short, long = (pack(NAME, {"first_name": one, "last_name": "Ruíz"}) for one in ("José Mª", "José María"))
    assert exact_key(NAME, short) == exact_key(NAME, long)


@given(st.one_of(st.text(max_size=20), st.text(alphabet="MmaA.ª -\x1fFfcCóo", max_size=16)))
def test_the_key_of_a_name_is_its_own_key(text):
    once = name_key(text)
    assert once is None or name_key(once) == once


bodies = st.integers(800_000_000, 999_999_999).map(str)
DV = st.sampled_from(("NIT {0} DV {1}", "NIT. {0} D.V. {1}", "nit {0} dv: {1}", "NIT {0}DV{1}", "NIT {0} − {1}"))


@given(bodies, DV, st.sampled_from(("CO", "ES", "US")), st.integers(0, 9))
def test_a_check_digit_may_be_called_one(body, form, region, digit):
    written = form.format(f"{int(body):,}".replace(",", "."), check_digit(body))
    assert tax_id_key(written, region) == tax_id_key(f"NIT {body}-{check_digit(body)}", region) == body
    if str(digit) != check_digit(body):
        assert tax_id_key(form.format(body, digit), region) != body


def test_a_check_digit_is_called_one_without_the_word_before_it_at_home():
    assert tax_id_key("900.373.913 DV 4", "CO") == tax_id_key("900373913-4", "CO") == "900373913"
    assert tax_id_key("900.373.913 DV 5", "CO") != "900373913"


@pytest.mark.parametrize("written", ["DNI 12345678Z", "D.N.I.: 12.345.678-Z", "dni 12345678-z", "ES 12345678Z"])
@pytest.mark.parametrize("region", ["CO", "ES", "US"])
def test_a_citizen_of_spain_has_one_number(written, region):
    assert tax_id_key(written, region) == tax_id_key("12345678Z", region) == "12345678Z"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("DNI 12345678Z", "DNI 12345679Z"),
        ("DNI850101AB1", "850101AB1"),
        ("ADV 4", "A4"),
        ("DNI", "NIF"),
        ("NIT 900373913 DV 4", "NIT 900373914 DV 4"),
    ],
)
def test_letters_that_belong_to_a_registration_stay(one, two):
    assert tax_id_key(one, "CO") != tax_id_key(two, "CO")


@pytest.mark.parametrize("mark", ["No.", "N°", "Nº", "n.º", "Nro.", "Núm.", "número", "no"])
@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("NIT", "900373913-4"),
        ("NIT", "900373913"),
        ("C.C.", "1020304050"),
        ("Cédula", "1020304050"),
        ("Cédula de ciudadanía", "1020304050"),
        ("CIF", "B12345674"),
        ("CIF", "ES B12345674"),
        ("NIF", "N1234567J"),
        ("DNI", "12345678Z"),
        ("DNI/NIF", "12345678Z"),
        ("NIE", "X1234567L"),
        ("EIN", "12-3456789"),
    ],
)
def test_a_word_for_number_says_nothing_about_a_registration(mark, word, number):
    for region in ("CO", "ES"):
        without = tax_id_key(f"{word} {number}", region)
        assert tax_id_key(f"{word} {mark} {number}", region) == tax_id_key(f"{word}: {number}", region) == without
    assert tax_id_key(f"{word} {mark} {number}", "CO") == tax_id_key(number, "CO")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("CIF N1234567J", "CIF 1234567J"),
        ("VAT NO123456789", "VAT 123456789"),
        ("NO123456789", "123456789"),
        ("NIT No. 900373913", "NIT No. 900373914"),
        ("CEDULA", "NIT"),
    ],
)
def test_letters_that_could_mean_number_and_do_not_stay(one, two):
    assert tax_id_key(one, "ES") != tax_id_key(two, "ES")


@given(st.from_regex(r"((NIT|DNI|NIF|CC|CEDULA|NO|N°|VAT|ES|CO)[ ./]?){0,4}[XNB]?[0-9]{1,10}[A-Z]?", fullmatch=True))
def test_the_key_of_a_registration_with_several_words_is_its_own_key(text):
    for region in ("CO", "ES"):
        once = tax_id_key(text, region)
        assert once is not None
        assert tax_id_key(once, region) == once


@given(st.from_regex(r"(NIT|DNI|ES|CO)?[ .]?[0-9XYZ]{4,11}( ?DV ?|-)?[0-9A-Z]?", fullmatch=True))
def test_the_key_of_such_a_registration_is_its_own_key(text):
    for region in ("CO", "ES"):
        once = tax_id_key(text, region)
        assert once is None or tax_id_key(once, region) == once


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+34 (0) 612 34 56 78", "+34612345678"),
        ("+34(0)612345678", "+34612345678"),
        ("0034 (0) 612 34 56 78", "+34612345678"),
        ("(+34) (0) 612 34 56 78", "+34612345678"),
        ("+57 (0) 310 555 1234", "+573105551234"),
        ("+44 (0)20 7946 0958", "+442079460958"),
        ("+49 (0)30 901820", "+4930901820"),
        ("+39 (0)6 698 12345", "+390669812345"),
    ],
)
@pytest.mark.parametrize("region", ["CO", "ES", "US"])
def test_a_nought_in_brackets_is_not_dialled_from_abroad(written, number, region):
    assert phone_key(written, region) == number


@pytest.mark.parametrize("carrier", ["005", "007", "009"])
@pytest.mark.parametrize("number", ["310 555 1234", "601 234 5678", "57 310 555 1234", "(604) 2345678"])
@pytest.mark.parametrize("form", ["{0} {1}", "{0}-{1}", "({0}) {1}"])
def test_who_carries_a_call_is_no_part_of_the_number(carrier, number, form):
    assert phone_key(form.format(carrier, number), "CO") == phone_key(number.removeprefix("57 "), "CO")


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("00 7 301 234 56 78", "CO", "+73012345678"),
        ("0073012345678", "CO", "+73012345678"),
        ("0056012345678", "CO", "+576012345678"),
        ("0093105551234", "CO", "+573105551234"),
        ("00 53 7 832 1234", "CO", "+5378321234"),
        ("0056 2 2345 6789", "CO", "+56223456789"),
        ("00 93 20 210 1234", "CO", "+93202101234"),
        ("0034 612 34 56 78", "CO", "+34612345678"),
        ("00573105551234", "CO", "+573105551234"),
        ("007 301 234 5678", "ES", "+73012345678"),
    ],
)
def test_numbers_abroad_stay_abroad(written, region, number):
    assert phone_key(written, region) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(57 1) 345 6789", "+576013456789"),
        ("57 1 3456789", "+576013456789"),
        ("571 3456789", "+576013456789"),
        ("57-1-345-67-89 ext. 12", "+576013456789"),
        ("(574) 4445566", "+576044445566"),
        ("57 310 555 1234", "+573105551234"),
        ("57 601 345 6789", "+576013456789"),
        ("005 57 1 345 6789", "+576013456789"),
    ],
)
def test_the_prefix_of_colombia_is_one_without_its_plus(written, number):
    assert phone_key(written, "CO") == number
    assert phone_key(number, "CO") == number


@pytest.mark.parametrize("one", ["57 2 345 6789", "57 1 345 6780", "57 3 345 6789", "57 9 345 6789", "57 1 145 6789"])
def test_other_digits_after_it_are_another_number(one):
    assert phone_key(one, "CO") != phone_key("57 1 345 6789", "CO")


def test_a_57_is_no_prefix_where_it_is_not_the_country_s():
    assert phone_key("57 1 345 6789", "ES") != "+576013456789"
    assert phone_key("571 345 6789", "US") == "+15713456789"


EXTENSIONS = [
    " ext 12",
    " op 2",
    " opción 2",
    " (WhatsApp)",
    " whatsapp",
    " ext. 12",
    " Ext.1234",
    " x12",
    "x12",
    " X 12",
    " extensión 12",
    " extensio\u0301n 12",
    " Extensiones 12-13",
    " ext 12 y 13",
    " (ext. 12)",
    ", ext: 12",
    ";ext=12",
    " int. 4",
    " anexo 4",
    " #12",
    " ext",
    " Ext.",
]


@pytest.mark.parametrize("extension", EXTENSIONS)
@pytest.mark.parametrize(
    ("number", "region", "is_told"),
    [
        ("310 555 1234", "CO", "+573105551234"),
        ("(601) 345 6789", "CO", "+576013456789"),
        ("57-1-345-67-89", "CO", "+576013456789"),
        ("+57 310 555 1234", "ES", "+573105551234"),
        ("612 34 56 78", "ES", "+34612345678"),
        ("212-555-1234", "US", "+12125551234"),
        ("310 555 1234", "ES", "3105551234"),
        ("00 53 7 832 1234", "CO", "+5378321234"),
    ],
)
def test_a_number_is_the_same_with_any_extension_and_with_none(number, region, is_told, extension):
    assert phone_key(f"{number}{extension}", region) == phone_key(number, region) == is_told


@pytest.mark.parametrize("text", ["ext 12", "12 x 34", "310 555 1234 / 320 555 1234", "tel. 310 555 1234"])
def test_what_is_no_extension_of_a_number_is_read_as_it_stands(text):
    digits = "".join(filter(str.isdigit, text))
    assert phone_key(text, "CO") in (digits, f"+57{digits}")


dialled = st.sampled_from(
    [
        "+",
        "00",
        "(0)",
        "005",
        "007",
        "009",
        "57",
        "34",
        "39",
        "310",
        "601",
        "2345678",
        "555",
        " ",
        "-",
        "(",
        ")",
        "ext",
        "x",
        "#",
        "12",
    ]
)


@given(st.lists(dialled, max_size=7).map("".join), st.sampled_from(("CO", "ES", "US")))
def test_the_key_of_a_number_dialled_in_any_way_is_its_own_key(text, region):
    once = phone_key(text, region)
    assert once is None or once.isdigit() or phone_key(once, region) == once


@pytest.mark.parametrize(
    ("written", "region", "number"),
    [
        ("612 345 678 (móvil)", "ES", "+34612345678"),
        ("+57 300 123 4567 (oficina)", "CO", "+573001234567"),
        ("300 123 4567 cel", "CO", "+573001234567"),
        ("+34 612 345 678 (Ana)", "ES", "+34612345678"),
        ("(555) 123-4567 home", "US", "+15551234567"),
        ("1 800 FLOWERS", "US", "+18003569377"),
    ],
)
def test_a_word_behind_a_number_makes_no_difference_unless_it_is_its_digits(written, region, number):
    assert phone_key(written, region) == number
