"""The other clients that ship: two shops in two countries in Spanish, and a small shop without an ERP."""

import json

import pytest
from typer.testing import CliRunner

from sg_pipelines.cli.main import app
from sg_pipelines.errors import SgError


def sg(*words):
    result = CliRunner().invoke(app, list(words))
    if isinstance(result.exception, SgError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def ask(client, sql):
    return json.loads(sg("query", sql, "--client", client, "-o", "json"))


@pytest.mark.parametrize("seed", [11, 12])
def test_two_shops_that_speak_spanish_are_found_as_planted(make_home, seed):
    make_home(people=240, seed=seed, client="andes")
    report = json.loads(sg("reconcile", "--client", "andes", "--json"))
    assert set(report["api_calls"]) == {"hubspot", "shop_co", "shop_es", "netsuite"}
    assert all(calls["made"] <= 1.05 * calls["lower_bound"] for calls in report["api_calls"].values())
    audit = json.loads(sg("sandbox", "verify", "--client", "andes", "--json"))
    assert audit["missing"] == audit["unexpected"] == 0
    assert audit["planted"] - audit["found"] <= audit["explained_by_link"]
    assert audit["findings"]["found"] == audit["findings"]["planted"] > 0
    both = "select count(*) as n from orders where shop_co_id is not null and shop_es_id is not null"
    assert ask("andes", both) == [{"n": 0}]
    shared = "select count(*) as n from customers where shop_co_id is not null and shop_es_id is not null"
    assert ask("andes", shared)[0]["n"] > 0
    currencies = {row["currency"] for row in ask("andes", "select distinct currency from orders")}
    assert {"COP", "EUR"} <= currencies
    cosmetic = ask("andes", "select count(*) as n from findings where type = 'cosmetic' and open")
    assert cosmetic[0]["n"] > 0


def test_a_small_shop_without_an_erp_follows_its_own_policy(make_home):
    make_home(people=150, seed=5, client="atelier")
    report = json.loads(sg("reconcile", "--client", "atelier", "--json"))
    assert list(report["entities"]) == ["customer", "order"]
    assert set(report["api_calls"]) == {"hubspot", "shopify"}
    sql = "select field, class, rule, count(*) as n from discrepancies where kind = 'customer' and field is not null group by all"
    found = ask("atelier", sql)
    by_field = {row["field"]: {one["class"] for one in found if one["field"] == row["field"]} for row in found}
    assert by_field["marketing_consent"] == {"soft_drift"}
    assert "6 foreign edit reverted" in {row["rule"] for row in found if row["field"] == "marketing_consent"}
    assert "company" not in by_field
