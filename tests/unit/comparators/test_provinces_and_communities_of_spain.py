"""Where one system names a province of Spain and another one the community around it, the postal code says whether they agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.address import address_key
from sg_pipelines.domain.comparators.spanish_communities import COMMUNITIES, PROVINCES
from sg_pipelines.domain.comparators.spanish_places import REGIONS

AREAS = st.sampled_from(sorted({*COMMUNITIES, *REGIONS["es"], "", "elsewhere"}))
CODES = st.from_regex(r"[0-9]{0,6}", fullmatch=True)


def at(region, postal_code, country="Spain", city="Somewhere"):
    return address_key(("Calle Mayor 1", None, city, region, postal_code, country), "ES")


@pytest.mark.parametrize(
    ("community", "province", "code"),
    [
        ("Cataluña", "Barcelona", "08001"),
        ("Catalunya", "Girona", "17001"),
        ("CT", "Lérida", "25001"),
        ("Catalonia", "T", "43001"),
        ("Andalucía", "Sevilla", "41001"),
        ("Comunidad Autónoma de Andalucía", "Almería", "4001"),
        ("País Vasco", "Guipúzcoa", "20001"),
        ("Euskadi", "Vizcaya", "48001"),
        ("País Vasco/Euskadi", "Álava", "01001"),
        ("Comunidad Valenciana", "Valencia", "46001"),
        ("Comunitat Valenciana", "Alacant", "3001"),
        ("Valenciana, Comunidad", "Castellón", "12001"),
        ("C. Valenciana", "Castellón", "12001"),
        ("Castilla y León", "León", "24001"),
        ("Castilla-León", "Ávila", "05001"),
        ("Castilla-La Mancha", "Toledo", "45001"),
        ("Castilla - La Mancha", "Albacete", "02001"),
        ("Galicia", "La Coruña", "15001"),
        ("Aragón", "Zaragoza", "50001"),
        ("Extremadura", "Badajoz", "06001"),
        ("Canarias", "Las Palmas", "35001"),
        ("Islas Canarias", "Santa Cruz de Tenerife", "38001"),
    ],
)
def test_a_community_is_the_province_that_the_postal_code_says(community, province, code):
    assert at(community, code) == at(province, code)
    assert at(community, code) == at(community.upper(), f"{int(code)}")


@pytest.mark.parametrize(
    ("community", "province", "code"),
    [
        ("Cataluña", "Barcelona", None),
        ("Cataluña", "Barcelona", "28001"),
        ("Cataluña", "Girona", "08001"),
        ("Cataluña", "Valencia", "46001"),
        ("Cataluña", "Barcelona", "080011"),
        ("Cataluña", "Barcelona", "801"),
        ("Andalucía", "Murcia", "30001"),
    ],
)
def test_without_a_code_of_that_community_they_are_not_the_same(community, province, code):
    assert at(community, code) != at(province, code)


def test_a_province_stays_whatever_the_postal_code_says():
    assert at("Barcelona", "17001") != at("Girona", "17001")
    assert at("Barcelona", "17001") != at("Cataluña", "17001")


def test_a_community_of_spain_is_none_of_colombia():
    assert at("CL", "47001", country="Colombia") != at("VA", "47001", country="Colombia")


def test_every_province_has_a_number_and_all_but_those_with_a_community_of_their_own_are_in_one():
    assert set(PROVINCES.values()) == set(REGIONS["es"].values())
    assert set(PROVINCES) == {f"{number:02}" for number in range(1, 53)}
    in_some = {
        province
        for number, province in PROVINCES.items()
        for community in COMMUNITIES
        if at(community, f"{number}001") == at(province, f"{number}001")
    }
    assert set(PROVINCES.values()) - in_some == {"pm", "lo", "m", "mu", "na", "o", "s", "ce", "ml"}


@given(AREAS, CODES)
def test_the_area_of_a_key_is_its_own_area(area, code):
    normal, whole = at(area, code).split("|")[2:4]
    assert at(normal, whole) == at(area, code)
