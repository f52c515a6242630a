"""Further spellings of addresses and amounts, and what must stay apart."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.address import address_key
from sg_pipelines.domain.comparators.money import money_key, money_of
from sg_pipelines.domain.comparators.numbers import SIGNS, decimal_key
from sg_pipelines.domain.comparators.spanish_places import CITIES, REGIONS
from sg_pipelines.domain.model.money import CURRENCIES

PARTS = ("street", "street2", "city", "region", "postal_code", "country")


def address(home="ES", **said):
    return address_key([said.get(part) for part in PARTS], home)


def test_a_flat_is_the_same_in_every_spelling_in_colombia_and_a_box_is_none_in_spain():
    for short in ("AP 301", "Ap. 301", "AP301", "Apt 301", "Apto. 301"):
        assert address(home="CO", street=f"Cra 7 # 12-30 {short}") == address(
            home="CO", street="Cra 7 # 12-30 Apartamento 301"
        )
    assert address(street="AP 301") != address(street="Apto 301")
    assert address(home="CO", street="AP 301") != address(home="CO", street="Of 301")


@pytest.mark.parametrize("way", ["P.º", "Pº", "P. º", "P.°", "P°", "PASEO", "Pso."])
def test_a_paseo_is_the_same_in_every_spelling(way):
    assert address(street=f"{way} de la Castellana, 8") == address(street="Paseo de la Castellana 8")
    assert address(street=f"{way} de la Castellana, 8") != address(street="Plaza de la Castellana 8")


@pytest.mark.parametrize("way", ["Avd.ª", "Avda.", "Av."])
def test_an_avenida_may_end_in_a_letter_set_high(way):
    assert address(street=f"{way} de América 12") == address(street="Avenida de America 12")


@pytest.mark.parametrize(
    "none", ["s/n", "S/N", "s / n", "s/n.", "s/nº", "S/N.º", "sin número", "sin num.", "sin nº", "SN"]
)
def test_a_house_without_a_number_has_none_in_every_spelling(none):
    for home in ("ES", "CO"):
        whole = address(home=home, street=f"C/ Mayor {none}")
        assert whole == address(home=home, street="Calle Mayor, s/n")
        assert whole not in {
            address(home=home, street=f"Calle Mayor{rest}") for rest in ("", " 1", " Sur", " Norte", " sin")
        }


@pytest.mark.parametrize("floor", ["bajo", "Bj.", "BJ", "Bajo"])
def test_a_ground_floor_is_the_same_in_every_spelling(floor):
    assert address(street=f"C/ Mayor 3, {floor} B") == address(street="Calle Mayor 3 bajo B")
    assert address(street=f"C/ Mayor 3, {floor} B") != address(street="Calle Mayor 3 alto B")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("Castelló/Castellón", "Castellón/Castelló", "Castelló", "Castellón de la Plana"), "CS"),
        (("Comunidad Foral de Navarra", "Navarra, Comunidad Foral de", "Nafarroa", "ES-NC"), "NA"),
        (("Principado de Asturias", "Asturias, Principado de"), "O"),
        (("Región de Murcia",), "MU"),
        (("Araba/Álava", "Álava"), "VI"),
        (("Valencia/València", "València"), "V"),
        (("Coruña, A", "La Coruña"), "C"),
        (("Rioja, La",), "LO"),
    ],
)
def test_a_province_is_its_code_in_every_spelling(names, code):
    for name in names:
        assert address(region=name) == address(region=code)
        assert address(region=name) != address(region="Comunidad Valenciana")


@pytest.mark.parametrize(
    "names",
    [
        ("Elx/Elche", "Elche", "Elx", "Elche / Elx"),
        ("Alicante/Alacant", "Alacant", "ALICANTE"),
        ("Donostia-San Sebastián", "San Sebastián", "Donostia"),
        ("Vitoria-Gasteiz", "Vitoria", "Gasteiz"),
        ("Pamplona/Iruña", "Iruña", "Pamplona"),
        ("Castelló de la Plana", "Castellón de la Plana", "Castellón"),
        ("Vila-real", "Villarreal"),
        ("Maó-Mahón", "Mahón", "Maó"),
    ],
)
def test_a_city_with_two_names_is_one(names):
    assert len({address(city=name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [("Elche", "Elche de la Sierra"), ("Elx", "Alacant"), ("San Sebastián", "San Sebastián de los Reyes")],
)
def test_other_cities_are_other_ones(one, two):
    assert address(city=one) != address(city=two)


def test_an_archipelago_is_called_in_full_or_in_short():
    named = "Archipiélago de San Andrés, Providencia y Santa Catalina"
    assert address(home="CO", city="San Andrés", region=named) == address(home="CO", city="San Andrés", region="SAP")


def test_a_name_in_the_tables_leads_to_one_that_leads_no_further():
    for table in (*CITIES.values(), *REGIONS.values()):
        assert all(table.get(name, name) == name for name in table.values())


words = st.sampled_from(
    ["P.º", "Avd.ª", "C/", "Cra", "AP", "s/n", "sin nº", "bajo", "3.º", "B", "n.º", "Sur", "12-30", "#", "Elx"]
)


@given(st.lists(words, min_size=1, max_size=6).map(" ".join), words, st.sampled_from(("CO", "ES")))
def test_the_key_of_an_address_written_as_its_key_is_its_own_key(street, city, home):
    once = address(home=home, street=street, city=city, region="Asturias", postal_code="8001")
    lines, city, *rest = once.split("|")
    assert address_key([lines, None, city, *rest], home) == once


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.50 USD", "12.5 USD"),
        ("USD 12.50", "12.5 USD"),
        ("US$ 12.50", "12.5 USD"),
        ("12,50 US$", "12.5 USD"),
        ("-US$12.50", "-12.5 USD"),
        ("US$ -12.50", "-12.5 USD"),
        ("$ 1.234.567 COP", "1234567 COP"),
        ("COP$ 1.234.567", "1234567 COP"),
        ("eur 12,50", "12.5 EUR"),
        ("0.00 USD", "0 USD"),
        ("-€12,50", "-12.5"),
        ("€-12,50", "-12.5"),
        ("- € 12,50", "-12.5"),
        ("\u221212,50 €", "-12.5"),
        ("\u22121.234,50", "-1234.5"),
        ("$-5", "-5"),
        ("12.50 XYZ", "12.50 xyz"),
        ("USD", "usd"),
        ("12 USD EUR", "12 usd eur"),
        ("USD 12 EUR", "usd 12 eur"),
        ("--5 USD", "--5 usd"),
        ("-USD-5", "-usd-5"),
        ("5-10", "5-10"),
        ("5 USD 10", "5 usd 10"),
        ("10 20", "10 20"),
    ],
)
def test_an_amount_is_read_with_the_marks_of_its_currency_and_stands_where_they_are_none(text, number):
    assert decimal_key(text) == number
    assert decimal_key(number) == number


amounts = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
marked = st.sampled_from(("{0} USD", "USD {0}", "US$ {0}", "{0} US$", "US${0}", "\u200b{0}\u00a0usd"))


@given(amounts, marked)
def test_an_amount_that_names_its_currency_is_that_amount_of_that_currency_and_of_no_other(number, form):
    written = form.format(number)
    assert money_key(written, "USD") == money_key(written, "") == money_key(str(number), "USD")
    assert money_key(written, "EUR") != money_key(str(number), "EUR")
    assert money_of(money_key(written, "EUR")) is None
    assert decimal_key(written) != decimal_key(f"{number} EUR")
    assert money_of(decimal_key(written)) == money_of(money_key(str(number), "USD"))


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("€12,50", "USD"),
        ("12,50 €", "COP"),
        ("-€12,50", "GBP"),
        ("$12.50", "EUR"),
        ("$12.50", "GBP"),
        ("£12.50", "EUR"),
        ("₲12.50", "USD"),
        ("₱12.50", "MXN"),
        ("€0", "USD"),
        ("€ 12.50 USD", "USD"),
    ],
)
def test_an_amount_with_a_sign_that_its_currency_does_not_use_is_no_number(written, other):
    assert money_of(money_key(written, other)) is None
    assert money_key(written, other) != money_key(re.sub("[€$£₲₱]", "", written), other)


@pytest.mark.parametrize(
    ("sign", "currencies"),
    [("$", "USD COP MXN CAD BRL"), ("€", "EUR"), ("£", "GBP EGP GIP"), ("₲", "PYG"), ("₱", "PHP"), ("₡", "CRC")],
)
def test_a_sign_of_its_own_currency_says_nothing(sign, currencies):
    for code in (*currencies.split(), ""):
        assert money_key(f"{sign}12.50", code) == money_key(f"12.5 {sign}", code) == money_key("12.5", code)


def test_every_sign_is_that_of_currencies_in_use():
    assert frozenset().union(*SIGNS.values()) <= CURRENCIES


marks = st.sampled_from(
    ["-", "+", "$", "€", "US$", "USD", "eur", " ", "\u00a0", "\u2212", "1", ",", ".", "0", "000", "x"]
)


@given(st.one_of(st.text(max_size=15), st.lists(marks, max_size=8).map("".join)))
def test_the_key_of_an_amount_is_its_own_key(text):
    once = decimal_key(text)
    assert once is None or decimal_key(once) == once
