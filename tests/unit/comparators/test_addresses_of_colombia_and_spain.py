"""Where people live in Colombia and Spain, however it is written there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.address import address_key

PARTS = ("street", "street2", "city", "region", "postal_code", "country")


def address(home="CO", **said):
    return address_key([said.get(part) for part in PARTS], home)


@pytest.mark.parametrize("way", ["Calle", "calle", "Cl.", "Cl", "CLL", "C/", "C"])
@pytest.mark.parametrize("mark", ["#", " # ", " No. ", " nº ", " N° ", " n.º ", " Nro. ", " "])
def test_a_street_of_colombia_is_the_same_with_every_way_and_mark(way, mark):
    assert address(street=f"{way} 35{mark}63-94") == address(street="Calle 35 # 63 - 94") is not None


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Carrera 7", "Cra. 7"),
        ("Carrera 7", "Kr 7"),
        ("Carrera 7", "KRA 7"),
        ("Avenida Carrera 68", "AK 68"),
        ("Avenida Calle 26", "AC 26"),
        ("Diagonal 12", "Dg. 12"),
        ("Transversal 5 Sur", "Tv 5 S"),
        ("Calle 35A # 12B-4", "Cl 35 A # 12 B - 4"),
        ("Calle 1 # 2-3 Apartamento 201", "Cl 1 No 2-3 Apto. 201"),
        ("Calle 1 # 2-3 Torre 2 Oficina 5", "Cl 1 # 2-3 To 2 Of. 5"),
    ],
)
def test_streets_of_colombia_compare_by_meaning(long, short):
    assert address(street=long) == address(street=short)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Calle Mayor, nº 12", "C/ Mayor 12"),
        ("Avenida de América 12", "Avda. de America, 12"),
        ("Avenida de América 12", "Av. de América 12"),
        ("Paseo del Prado 8, 3º B", "Pº del Prado 8 3 B"),
        ("Plaza Real 1", "Pza. Real 1"),
        ("Calle del Sol 4, 2º izquierda", "C/ del Sol 4, 2 izda."),
    ],
)
def test_streets_of_spain_compare_by_meaning(long, short):
    assert address(home="ES", street=long) == address(home="ES", street=short)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Calle 35 # 63-94", "Carrera 35 # 63-94"),
        ("Calle 35 # 63-94", "Calle 35 # 6-394"),
        ("Calle 35 # 63-94", "Calle 35A # 63-94"),
        ("Calle 35 # 63-94", "Calle 35 Sur # 63-94"),
        ("Calle 1 # 2-3 Apto 201", "Calle 1 # 2-3 Of. 201"),
    ],
)
def test_another_street_number_or_door_is_another_address(one, two):
    assert address(street=one) != address(street=two)


@pytest.mark.parametrize("city", ["Bogotá", "BOGOTA", "Bogotá D.C.", "Bogotá, D. C.", "Bogota DC", "Santafé de Bogotá"])
@pytest.mark.parametrize("department", ["DC", "CO-DC", "Bogotá", "Bogotá D.C.", "Distrito Capital"])
def test_the_capital_of_colombia_has_one_name(city, department):
    assert address(city=city, region=department) == address(city="Bogotá", region="DC")


def test_a_capital_is_not_the_department_around_it():
    assert address(city="Bogotá", region="DC") != address(city="Bogotá", region="Cundinamarca")


@pytest.mark.parametrize(
    ("country", "name", "code"),
    [
        ("CO", "Antioquia", "ANT"),
        ("CO", "Valle del Cauca", "VAC"),
        ("CO", "Norte de Santander", "nsa"),
        ("CO", "Nariño", "CO-NAR"),
        ("CO", "Córdoba", "COR"),
        ("ES", "Madrid", "M"),
        ("ES", "Comunidad de Madrid", "ES-M"),
        ("ES", "Vizcaya", "BI"),
        ("ES", "Gipuzkoa", "SS"),
        ("ES", "Alicante/Alacant", "A"),
        ("ES", "Córdoba", "CO"),
        ("ES", "Islas Baleares", "PM"),
    ],
)
def test_a_department_or_province_is_its_code(country, name, code):
    by_name, by_code, neither = (address(home="US", region=area, country=country) for area in (name, code, "Elsewhere"))
    assert by_name == by_code != neither


@pytest.mark.parametrize(
    ("one", "two"), [("España", "ES"), ("Spain", "esp"), ("Colombia", "co"), ("COL", "República de Colombia")]
)
def test_a_country_is_its_code(one, two):
    assert address(street="Calle 1", country=one) == address(street="Calle 1", country=two)


def test_a_country_left_out_is_the_client_s_own():
    assert address(street="Calle 1") == address(street="Calle 1", country="Colombia")
    assert address(street="Calle 1") != address(street="Calle 1", country="España")


@given(st.integers(1000, 52_999), st.integers(10_000, 999_999))
def test_postal_codes_compare_by_all_their_digits(spanish, colombian):
    code = f"{spanish:05d}"
    assert address(postal_code=f"ES-{code}", country="ES") == address(
        postal_code=f" {code[:2]} {code[2:]}", country="ES"
    )
    other = f"{colombian:06d}"
    assert address(postal_code=other) == address(postal_code=f"{other[:3]} {other[3:]}")
    assert address(postal_code=other) != address(postal_code=other[:5])


def test_words_of_other_countries_are_read_as_there():
    assert address(home="US", street="12 Oak St No 4") == address(home="US", street="12 Oak Street Apt 4")
    assert address(home="US", street="12 Oak St No 4") != address(home="US", street="12 Oak St 4")


@given(st.lists(st.text(alphabet="Cal/.# 12ºnñáB-", max_size=12), min_size=6, max_size=6))
def test_white_space_and_letter_case_make_no_difference_in_any_address(parts):
    spoken = [f"  {part.swapcase()} " for part in parts]
    assert address_key(parts, "CO") == address_key(spoken, "CO")


@pytest.mark.parametrize(
    ("home", "code", "eaten"), [("ES", "08001", "8001"), ("CO", "050001", "50001"), ("US", "07030", "7030")]
)
def test_a_zero_that_a_spreadsheet_ate_is_put_back(home, code, eaten):
    assert address(home=home, postal_code=code) == address(home=home, postal_code=eaten)
    assert address(home=home, postal_code=code) != address(home=home, postal_code=eaten.replace("0", "1"))


@pytest.mark.parametrize(
    ("community", "province"), [("MD", "Madrid"), ("ES-MD", "M"), ("AS", "Asturias"), ("IB", "Illes Balears")]
)
def test_a_community_of_one_province_is_that_province(community, province):
    assert address(home="ES", region=community) == address(home="ES", region=province)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Carretera de Burgos, Kilómetro 12", "Ctra. Burgos Km. 12"),
        ("Carretera de Burgos, Kilómetro 12", "Ctra. de Burgos, P.K. 12"),
        ("Carretera de Burgos, Kilómetro 12", "Ctra. de Burgos, PK 12"),
        ("Camino de la Fuente 3", "Cno. de la Fuente, 3"),
        ("Camino de la Fuente 3", "Camino Fuente, 3"),
        ("Glorieta de Bilbao 1", "Gta. Bilbao 1"),
        ("Calle Mayor 3, 2º izquierda", "C/ Mayor 3, 2.º Izqda."),
        ("Calle Mayor 3, Bajo B", "C/ Mayor 3, Bº B"),
        ("Calle Mayor 3, Bajo", "C/ Mayor 3, Bº"),
        ("Calle Mayor 3, Bajo izquierda", "C/ Mayor 3, Bº Izda"),
        ("Barrio San José 4", "Bº San José 4"),
        ("Calle Mayor 3, Barrio La Paz", "Calle Mayor 3, Bº La Paz"),
        ("Polígono Industrial Las Rozas, Parcela 4", "P.I. Las Rozas, Parc. 4"),
        ("Polígono Industrial Las Rozas, Parcela 4", "Pol. Ind. Las Rozas, parc 4"),
        ("Carrer de Mallorca 401", "Calle Mallorca 401"),
        ("Carrer d'Urgell 4", "C/ Urgell 4"),
        ("Passeig de Gràcia 12", "Paseo de Gracia, 12"),
        ("Avenida de América 5", "Avda. América 5"),
        ("Plaza de España", "Plaza España"),
        ("Calle del Sol 4", "C/ Sol 4"),
        ("Calle de los Reyes 4", "C/ Reyes 4"),
    ],
)
def test_further_words_of_streets_of_spain_compare_by_meaning(long, short):
    assert address(home="ES", street=long) == address(home="ES", street=short)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("Vía Siberia Kilómetro 3 Bodega 5", "Via Siberia Km 3 Bod. 5"),
        ("Manzana 4 Casa 12", "Mza. 4 Cs. 12"),
        ("Manzana 4 Casa 12", "Mz 4 Casa 12"),
        ("Calle 5 # 3-4 Barrio La Paz", "Cl 5 No. 3-4 Br. La Paz"),
        ("Calle 5 # 3-4 Barrio 20 de Julio", "Cl 5 No. 3-4 Bº 20 de Julio"),
        ("Calle 5 # 3-4 Conjunto El Prado", "Cl 5 # 3-4 Conj. El Prado"),
        ("Calle 5 # 3-4 Oficina 301", "Cl 5 # 3-4 Ofi. 301"),
        ("Calle 5 # 3-4 Oficina 301", "Cl 5 # 3-4 OFC 301"),
    ],
)
def test_further_words_of_streets_of_colombia_compare_by_meaning(long, short):
    assert address(street=long) == address(street=short)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Calle Mayor de Gracia 5", "Calle Mayor Gracia 5"),
        ("Calle de América 5", "Avenida de América 5"),
        ("Camino de la Fuente 3", "Calle de la Fuente 3"),
        ("Glorieta de España", "Plaza de España"),
        ("Calle Mayor 3, Bº B", "Calle Mayor 3 B"),
        ("Calle Mayor 3, Bº B", "Calle Mayor 3, Barrio B"),
        ("Calle Mayor 3, Bº La Paz", "Calle Mayor 3, Bajo La Paz"),
        ("Polígono 5, Parcela 4", "Polígono Industrial 5, Parcela 4"),
        ("Calle Mayor 3, P. I", "Calle Mayor 3, Pol. Ind."),
        ("Ctra. Burgos Km 12", "Ctra. Burgos 12"),
        ("Ctra. Burgos Km 12", "Ctra. Burgos Km 13"),
        ("Casa 12", "Calle 12"),
        ("Calle de", "Calle"),
        ("Passeig de Gràcia 12", "Carrer de Gràcia 12"),
    ],
)
def test_further_words_of_streets_keep_others_apart(one, two):
    assert address(home="ES", street=one) != address(home="ES", street=two)


STREET_WORDS = """
Calle C/ Carrer Avda. AC de del la los d' d'Urgell Bº Bajo P.I. P. I. P.K. K Pol. Ind. Planta Piso Km 12 B Izqda. puerta nº
s/n Sol , Casa
"""
street_words = st.sampled_from(STREET_WORDS.split())


@given(st.lists(street_words, min_size=1, max_size=8).map(" ".join), st.sampled_from(("CO", "ES")))
def test_the_key_of_a_street_is_its_own_key(street, home):
    once = address(home=home, street=street, city="Soria")
    assert address(home=home, street=once.split("|")[0], city="Soria") == once


@pytest.mark.parametrize(
    ("official", "spoken"),
    [
        ("Hospitalet de Llobregat, L'", "L'Hospitalet de Llobregat"),
        ("Hospitalet de Llobregat (L’)", "L'Hospitalet de Llobregat"),
        ("Palmas de Gran Canaria, Las", "Las Palmas de Gran Canaria"),
        ("Palmas de Gran Canaria (Las)", "Las Palmas de Gran Canaria"),
        ("Puerto de Santa María (El)", "El Puerto de Sta. María"),
        ("Coruña (A)", "La Coruña"),
        ("Sta. Coloma de Gramenet", "Santa Coloma de Gramenet"),
        ("Sto. Domingo de la Calzada", "Santo Domingo de la Calzada"),
    ],
)
def test_an_official_name_with_its_article_behind_is_the_spoken_one(official, spoken):
    assert address(home="ES", city=official) == address(home="ES", city=spoken)


@pytest.mark.parametrize(
    ("home", "name", "code"),
    [
        ("ES", "Coruña (A)", "C"),
        ("ES", "Balears (Illes)", "PM"),
        ("ES", "Palmas (Las)", "GC"),
        ("ES", "Rioja (La)", "LO"),
        ("ES", "Sta. Cruz de Tenerife", "TF"),
        ("ES", "Provincia de Toledo", "TO"),
        ("CO", "Guajira (La)", "LAG"),
        ("CO", "Departamento de Antioquia", "ANT"),
        ("CO", "Departamento del Valle del Cauca", "VAC"),
        ("CO", "Dpto. de Santander", "SAN"),
        ("CO", "N. de Santander", "NSA"),
        ("CO", "Departamento de N. de Santander", "CO-NSA"),
    ],
)
def test_the_official_name_of_a_province_or_department_is_its_code(home, name, code):
    assert address(home=home, region=name) == address(home=home, region=code) != address(home=home, region="Elsewhere")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Palma", "Palma, La"),
        ("Palma (La)", "Palma (Las)"),
        ("Puerto de Santa María", "Puerto de Santa Marta"),
        ("Santa Cruz", "Santo Cruz"),
        ("Vall d'Uixó, La", "Vall d'Uixó"),
    ],
)
def test_another_article_or_none_is_another_place(one, two):
    assert address(home="ES", city=one) != address(home="ES", city=two)


def test_santander_is_not_its_north():
    assert address(region="N. de Santander") != address(region="Santander")


PLACE_WORDS = "Palmas Coruña Las (Las) A (A) L' (L') , ( ) - . Sta. de del ES CO Departamento Provincia N. Santander Illes Cataluña"
place_words = st.lists(st.sampled_from(PLACE_WORDS.split()), min_size=1, max_size=6).map(" ".join)


@given(place_words, place_words, st.sampled_from(("CO", "ES")), st.sampled_from(("", "08001", "99999", "8")))
def test_the_key_of_a_place_is_its_own_key(city, region, home, code):
    once = address(home=home, street="Sol", city=city, region=region, postal_code=code)
    _, *parts = once.split("|")
    assert address_key(["Sol", None, *parts], home) == once
