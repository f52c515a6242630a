"""A client says what a stranger's change means, and the ledger of its world says the same."""

import pytest

from sg_pipelines.sandbox.world.population import Making, making_from

CONSENT = "shop changes consent"


def classes(lived, recipe):
    return {one["cls"] for one in lived.live(3).ledger if one["recipe"] == recipe}


def test_a_world_that_is_told_nothing_is_the_demonstration_client_s(make_world):
    lived = make_world()
    assert classes(lived, CONSENT) == {"hard_conflict"}
    assert classes(lived, "ERP changes price") == {"soft_drift"}


@pytest.mark.parametrize(
    ("means", "edited", "emptied"),
    [
        ("conflict", "hard_conflict", "hard_conflict"),
        ("accept", "soft_drift", "hard_conflict"),
        ("revert", "soft_drift", "soft_drift"),
    ],
)
def test_a_stranger_s_change_drifts_where_it_is_taken_back_or_accepted(make_world, means, edited, emptied):
    lived = make_world(foreign_edits={"customer.marketing_consent": means, "product.barcode": means})
    assert classes(lived, CONSENT) == {edited}
    assert classes(lived, "shop changes barcode") == {edited}
    assert classes(lived, "shop empties barcode") == {emptied}


def test_an_owner_s_change_and_two_different_ones_mean_the_same_to_every_client(make_world):
    lived = make_world(foreign_edits={"customer.phone": "revert", "customer.marketing_consent": "revert"})
    assert classes(lived, "new telephones in two") == {"hard_conflict"}
    assert classes(lived, "CRM changes consent") == {"soft_drift"}


def test_every_class_in_a_ledger_is_one_the_product_knows(make_world):
    lived = make_world(foreign_edits={}).live(3)
    assert {one["cls"] for one in lived.ledger} == {"soft_drift", "hard_conflict", "missing_representation", "finding"}


def test_a_world_asks_for_words_it_knows():
    asked = {"people": 10, "seed": 1}
    assert making_from({**asked, "foreign_edits": {"order.total": "accept"}}) == Making(
        10, 1, foreign_edits={"order.total": "accept"}
    )
    with pytest.raises(ValueError, match="not shrug"):
        making_from({**asked, "foreign_edits": {"order.total": "shrug"}})
    with pytest.raises(ValueError, match="a word for each field"):
        making_from({**asked, "foreign_edits": ["order.total"]})
