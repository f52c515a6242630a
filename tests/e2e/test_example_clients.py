"""The other clients that ship: two shops in two countries in Spanish, and a small shop without an ERP."""

import json
from pathlib import Path

import httpx
import pytest

from sg_pipelines.config.load import load_client_file
from sg_pipelines.runtime.sandbox_host import fill_world, sandbox_for
from tests.e2e.command import sg

ROOT = Path(__file__).resolve().parents[2]
CURRENCIES = "select currency, count(*) as n from orders where currency is not null group by all"


def ask(client, sql):
    return json.loads(sg("query", sql, "--client", client, "-o", "json"))


def holds_what_was_planted(client):
    """Nothing missing, nothing made up: discrepancies of every kind, and findings."""
    audit = json.loads(sg("sandbox", "verify", "--client", client, "--json"))
    assert audit["missing"] == audit["unexpected"] == 0
    assert audit["planted"] - audit["found"] <= audit["explained_by_link"]
    assert audit["found"] >= 0.9 * audit["planted"] > 0
    assert audit["findings"]["missing"] == audit["findings"]["unexpected"] == 0
    assert audit["findings"]["found"] == audit["findings"]["planted"] > 0


@pytest.mark.parametrize("client", ["andes", "atelier", "demo"])
def test_a_client_that_ships_is_right_and_says_how_it_is_checked(client):
    path = ROOT / "clients" / f"{client}.yaml"
    assert f"client {client}" in sg("client", "check", str(path))
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")


@pytest.mark.parametrize("seed", [11, 12])
def test_two_shops_that_speak_spanish_are_found_as_planted(make_home, seed):
    make_home(people=240, seed=seed, client="andes")
    report = json.loads(sg("reconcile", "--client", "andes", "--json"))
    assert set(report["api_calls"]) == {"hubspot", "shop_co", "shop_es", "netsuite"}
    assert all(calls["made"] <= 1.05 * calls["lower_bound"] for calls in report["api_calls"].values())
    assert list(report["discrepancies"]) == ["company", "customer", "product", "order"]
    holds_what_was_planted("andes")


def test_two_shops_share_people_but_no_order_and_are_paid_in_several_currencies(make_home):
    make_home(people=240, seed=11, client="andes")
    sg("reconcile", "--client", "andes")
    each = "count(shop_co_id) as co, count(shop_es_id) as es"
    both = "count(*) filter (where shop_co_id is not null and shop_es_id is not null) as both"
    (orders,) = ask("andes", f"select {each}, {both}, count(hubspot_id) as crm from orders")
    assert orders["co"] > 0
    assert orders["es"] > 0
    assert orders["both"] == 0
    assert orders["crm"] > 0
    assert ask("andes", f"select {both} from customers")[0]["both"] > 0
    paid = {row["currency"]: row["n"] for row in ask("andes", CURRENCIES)}
    assert paid.keys() == {"COP", "EUR", "USD"}
    assert paid["COP"] > paid["EUR"] > 0
    cosmetic = ask("andes", "select count(*) as n from findings where type = 'cosmetic' and open")
    assert cosmetic[0]["n"] > 0


def test_orders_live_in_the_object_the_client_file_names(make_home):
    """The same account answers for its order object and has no deals."""
    home = make_home(people=120, seed=11, client="andes")
    file = load_client_file(home.clients / "andes.yaml")
    with sandbox_for(file, home.folder("andes")) as control:
        fill_world(control, file)
        token = control.get("accounts")["hubspot"]["credentials"]["token"]
        counts = {name: held(control.url, token, name) for name in ("orders", "deals")}
    assert counts["orders"] > 0
    assert counts["deals"] == 0


def held(url, token, name):
    answer = httpx.get(f"{url}/hubspot/crm/v3/objects/{name}", headers={"Authorization": f"Bearer {token}"})
    return len(answer.raise_for_status().json()["results"])


@pytest.mark.parametrize("seed", [5, 6])
def test_a_small_shop_without_an_erp_is_found_as_planted(make_home, seed):
    make_home(people=300, seed=seed, client="atelier")
    report = json.loads(sg("reconcile", "--client", "atelier", "--json"))
    assert list(report["entities"]) == ["customer", "order"]
    assert set(report["api_calls"]) == {"hubspot", "shopify"}
    holds_what_was_planted("atelier")
    assert {row["currency"] for row in ask("atelier", CURRENCIES)} == {"EUR"}


def test_a_small_shop_follows_its_own_policy(make_home):
    make_home(people=200, seed=5, client="atelier")
    sg("reconcile", "--client", "atelier")
    sql = "select field, class, rule from discrepancies where kind = 'customer' and field is not null group by all"
    consent = [row for row in ask("atelier", sql) if row["field"] == "marketing_consent"]
    assert {row["class"] for row in consent} == {"soft_drift"}
    assert "6 foreign edit reverted" in {row["rule"] for row in consent}
