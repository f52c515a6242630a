"""What a world refuses, remembers and survives."""

import pytest

from sg_pipelines.sandbox.world.population import Making, making_from
from sg_pipelines.sandbox.world.recipes import RECIPES
from sg_pipelines.sandbox.world.things import KINDS
from sg_pipelines.sandbox.world.world import World, WorldRefused


def test_a_kind_or_a_place_there_is_not_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"no kind invoice: .*company, customer, product, order"):
        making_from({"people": 10, "seed": 1, "kinds": ["invoice"]})
    with pytest.raises(ValueError, match=r"no locale 'fr': en_US, es"):
        making_from({"people": 10, "seed": 1, "locale": "fr"})
    with pytest.raises(ValueError, match="a list of kinds"):
        making_from({"people": 10, "seed": 1, "kinds": "customer"})


def test_people_alone_are_made_unless_more_is_asked_for():
    assert making_from({"people": 10, "seed": 1}) == Making(10, 1, kinds=("customer",), locale="en_US")


def test_a_world_is_filled_once_and_knows_which_it_is(make_world):
    lived = make_world(60, 3)
    assert lived.world.baseline(Making(60, 3, kinds=KINDS)) == lived.world.status()
    for other in (Making(61, 3, kinds=KINDS), Making(60, 3), Making(60, 3, kinds=KINDS, locale="es")):
        with pytest.raises(WorldRefused, match="60 people, seed 3"):
            lived.world.baseline(other)
    status = lived.world.status()
    assert (status["people"], status["kinds"], status["locale"], status["rounds"]) == (60, list(KINDS), "en_US", 0)


def test_nobody_works_in_an_empty_world(make_world):
    lived = make_world(20, 3)
    lived.connection.execute("delete from sandbox_world")
    with pytest.raises(WorldRefused, match="fill the world first"):
        lived.world.edit()


def test_a_world_goes_on_where_it_stood_when_it_is_opened_again(make_world):
    through, stopped = make_world(200, 3), make_world(200, 3)
    through.live(2)
    stopped.live(1)
    stopped.world = World(stopped.connection, stopped.clock, stopped.accounts)
    stopped.live(1)
    assert stopped.ledger == through.ledger
    assert stopped.world.status()["rounds"] == 2


def test_every_deed_is_done_in_a_world_large_enough(make_world):
    lived = make_world(3000, 1).live(1)
    told = {one["recipe"] for one in lived.ledger}
    silent = {
        "firm changed everywhere",
        "only the spelling",
        "company inactive, not missed",
        "new company telephone everywhere",
        "only a company's spelling",
        "product archived in the CRM",
        "product on orders archived in the CRM",
        "only a product's spelling",
        "price changed everywhere",
        "shipped everywhere",
        "refunded",
        "shipping raised everywhere",
    }
    assert {recipe.name for recipes in RECIPES.values() for recipe in recipes} - told == silent


def test_files_fill_an_empty_sandbox_only(make_world):
    with pytest.raises(WorldRefused, match="filled already"):
        make_world(20, 3).world.fill(lambda: {"hubspot": 1})
