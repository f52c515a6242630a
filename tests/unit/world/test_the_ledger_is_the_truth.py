"""A right reconciliation of any world finds what is in its ledger, and nothing else."""

from collections import Counter

import pytest

TWO_SHOPS = {"hubspot": "hubspot", "shop_a": "shopify", "shop_b": "shopify", "netsuite": "netsuite"}
TWO_OF_ALL = {
    "crm_a": "hubspot", "crm_b": "hubspot", "shop_a": "shopify", "shop_b": "shopify", "erp_a": "netsuite",
    "erp_b": "netsuite",
}  # fmt: skip


def assert_found(lived):
    reconciled = lived.reconciled()
    assert reconciled.found == lived.planted
    reasons = {
        (one["person"], one["subject"].removeprefix("missing:")): one["reason"]
        for one in lived.ledger
        if one["cls"] == "missing_representation"
    }
    assert reconciled.reasons == reasons


@pytest.mark.parametrize("seed", range(1, 9))
@pytest.mark.parametrize("locale", ["en_US", "es"])
def test_what_was_planted_is_what_is_there(make_world, seed, locale):
    assert_found(make_world(400, seed, locale=locale).live(2))


@pytest.mark.parametrize("seed", range(21, 25))
@pytest.mark.parametrize("locale", ["en_US", "es"])
def test_a_mess_differs_from_the_first_day_and_is_known_as_well(make_world, seed, locale):
    lived = make_world(400, seed, locale=locale, start="mess")
    assert len(lived.planted) > 100
    assert_found(lived)
    assert_found(lived.live(2))


@pytest.mark.parametrize("seed", range(11, 15))
@pytest.mark.parametrize("locale", ["en_US", "es"])
def test_two_shops_make_no_difference_to_that(make_world, seed, locale):
    assert_found(make_world(400, seed, locale=locale, accounts=TWO_SHOPS).live(2))


@pytest.mark.parametrize("accounts", [None, TWO_SHOPS, TWO_OF_ALL])
@pytest.mark.parametrize("locale", ["en_US", "es"])
def test_accounts_agree_on_the_first_day(make_world, accounts, locale):
    lived = make_world(400, 9, locale=locale, accounts=accounts)
    assert lived.ledger == []
    assert lived.reconciled().found == set()


def test_newcomers_are_entered_after_the_first_day_one_after_the_other(make_world):
    lived = make_world(400, 9)
    first_day, known = lived.clock.now_ms(), set(lived.world.ledger.truth())
    came = lived.world.edit()["came"]
    newcomers = {name: one["refs"] for name, one in lived.world.ledger.truth().items() if name not in known}
    assert len(newcomers) == came > 50
    entered = [
        {lived.accounts[account].rows[kind, record_id]["created_at_ms"] for account, kind, record_id in refs}
        for refs in ([ref.split("/") for ref in refs] for refs in newcomers.values())
    ]
    assert all(first_day < at <= lived.clock.now_ms() for instants in entered for at in instants)
    assert len(set.union(*entered)) > came * 0.9
    assert lived.world.edit()["came"] == 0


def test_nor_do_two_accounts_of_every_platform(make_world):
    assert_found(make_world(300, 4, accounts=TWO_OF_ALL).live(1))


@pytest.mark.parametrize("kinds", [("customer",), ("customer", "company"), ("customer", "order"), ("product", "order")])
def test_nor_does_leaving_kinds_out(make_world, kinds):
    lived = make_world(300, 5, kinds=kinds).live(2)
    assert_found(lived)
    assert {one["kind"] for one in lived.ledger} <= set(kinds)


@pytest.mark.parametrize("gone", ["hubspot", "shopify", "netsuite"])
def test_nor_does_a_platform_the_client_has_not(make_world, gone):
    accounts = {name: name for name in ("hubspot", "shopify", "netsuite") if name != gone}
    assert_found(make_world(200, 6, accounts=accounts).live(1))


def test_a_small_world_holds_as_well(make_world):
    assert_found(make_world(12, 2).live(3))


def test_every_difference_has_one_cause(make_world):
    lived = make_world(800, 3).live(3)
    keys = Counter((one["person"], one["cls"], one["subject"]) for one in lived.ledger)
    assert max(keys.values()) == 1
    recipes = {}
    for one in lived.ledger:
        recipes.setdefault(one["person"], set()).add(one["recipe"])
    fuzzy = {name for name, known in lived.world.ledger.truth().items() if not known["strong"]}
    several = {name: told for name, told in recipes.items() if len(told) > 1 and name not in fuzzy}
    assert all(
        told <= {"never entered", "never learned", "guest checkout"} or _is_absent(told) for told in several.values()
    )


def _is_absent(recipes):
    """A thing that was never entered somewhere may have a mishap where it was entered."""
    return bool(recipes & {"never entered", "not yet in the ERP", "never came to the CRM"})


def test_every_kind_has_every_class_of_difference(make_world):
    classes = Counter((one["kind"], one["cls"]) for one in make_world(1000, 7).live(2).ledger)
    for kind in ("customer", "company", "product", "order"):
        for cls in ("soft_drift", "hard_conflict", "missing_representation"):
            assert classes[kind, cls] > 0
    types = {one["subject"] for one in make_world(1000, 7).live(1).ledger if one["cls"] == "finding"}
    assert types == {"amount_gap", "lines_gap", "company_contacts", "gone_neighbour"}
