"""The same job on what a sandbox was filled with from files: people and catalogues whose identity is known, rows of real
accounts."""

import json
import re

import pytest

from sg_pipelines.errors import ConfigurationError
from tests.e2e.command import sg

FILLED = re.compile(r"^(\w+): ([\d,]+) records$", re.MULTILINE)


def filled(folder, client):
    """Account → records that were put into it."""
    told = sg("sandbox", "fill", str(folder), "--client", client)
    return {account: int(count.replace(",", "")) for account, count in FILLED.findall(told)}


def scored(client):
    return json.loads(sg("sandbox", "score", "--client", client, "--json"))


@pytest.mark.xdist_group("large")
def test_the_job_on_known_people_prints_a_precision_and_a_recall_worth_having(make_home, shared):
    folder = shared("data/identity/crm_10k")
    make_home()
    filled(folder, "demo")
    sg("reconcile")
    found = scored("demo")
    assert found["precision"] >= 0.97
    assert found["f1"] >= 0.94


def test_the_job_on_two_catalogues_finds_most_of_what_both_sell(make_home, shared):
    folder = shared("data/identity/abt_buy")
    make_home(client="andes")
    assert filled(folder, "andes").keys() == {"shop_co", "shop_es"}
    report = json.loads(sg("reconcile", "--client", "andes", "--json"))
    assert all(calls["made"] == calls["lower_bound"] for calls in report["api_calls"].values())
    found = scored("andes")
    assert found["precision"] >= 0.97
    assert found["f1"] >= 0.85


def test_every_row_of_real_accounts_is_looked_at(make_home, shared):
    folder = shared("data/fivetran")
    make_home()
    put = filled(folder, "demo")
    assert min(put.values()) > 0
    sg("reconcile")
    seen = json.loads(sg("query", "select account, count(*) as n from snapshots group by all", "-o", "json"))
    assert {row["account"]: row["n"] for row in seen} == put
    (linked,) = json.loads(sg("query", "select count(distinct ref) as n from links where open", "-o", "json"))
    live = json.loads(sg("query", "select count(*) as n from snapshots where state = 'live'", "-o", "json"))
    assert linked["n"] == live[0]["n"] > 0
    with pytest.raises(ConfigurationError, match=r"nothing was planted.*sg sandbox score"):
        sg("sandbox", "verify")
    with pytest.raises(ConfigurationError, match="nobody knows who is who"):
        sg("sandbox", "score")
