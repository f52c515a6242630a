"""The main job from the command line, against the sandbox over real HTTP."""

import json

import pytest
from typer.testing import CliRunner

from sg_pipelines.config.load import load_client_file
from sg_pipelines.errors import ConfigurationError, CredentialsRejected
from sg_pipelines.operations.pulse import pulse
from sg_pipelines.operations.summary import CLASSES
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.main_job import describe
from sg_pipelines.runtime.sandbox_host import sandbox_for
from sg_pipelines.runtime.session import open_session
from tests.e2e.command import sg

runner = CliRunner()
KINDS = ("company", "customer", "product", "order")


@pytest.mark.parametrize("seed", range(1, 11))
def test_what_is_found_is_exactly_what_was_planted(make_home, seed):
    make_home(people=600, seed=seed)
    finds_what_was_planted()


def test_it_is_where_accounts_differed_from_the_first_day(make_home):
    make_home(people=400, seed=14, start="mess")
    finds_what_was_planted()


def test_the_baseline_of_accounts_that_agree_finds_nothing_to_do(make_home):
    make_home(people=400, seed=15)
    with open_session("demo") as session:
        pulse(session.workspace, session.connectors, mode=PullMode.FULL, progress=lambda told: None)
        standing = describe(session)
        findings = {one["type"] for one in session.workspace.store.find("findings", {"open": True})}
    assert all(standing.entities[kind] > 50 for kind in KINDS)
    assert standing.discrepancies == {kind: dict.fromkeys(CLASSES, 0) for kind in KINDS}
    assert findings == {"duplicate"}


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_what_is_found_is_exactly_what_was_planted_where_documents_are_in_mongodb(
    make_home, monkeypatch, mongodb_uri, seed
):
    make_home(people=300, seed=seed)
    monkeypatch.setenv("SG_STORE", mongodb_uri)
    finds_what_was_planted()


def finds_what_was_planted():
    """Reconcile, and hold what was found against what the world knows."""
    report = json.loads(sg("reconcile", "--json"))
    assert list(report["discrepancies"]) == ["company", "customer", "product", "order"]
    for counts in report["discrepancies"].values():
        assert counts.keys() == {"soft_drift", "hard_conflict", "missing_representation"}
        assert all(counts.values())
    for calls in report["api_calls"].values():
        assert calls["made"] <= 1.05 * calls["lower_bound"]
        assert calls["throttled"] <= 0.01 * calls["made"]
    audit = json.loads(sg("sandbox", "verify", "--json"))
    assert audit["planted"] - audit["found"] <= audit["explained_by_link"]
    assert audit["missing"] == audit["unexpected"] == 0
    assert audit["findings"]["found"] == audit["findings"]["planted"] > 0
    assert audit["findings"]["missing"] == audit["findings"]["unexpected"] == 0
    assert audit["found"] >= 0.9 * audit["planted"]
    assert all(counts["found"] >= 0.85 * counts["planted"] for counts in audit["kinds"].values())


def test_a_second_run_is_incremental_and_finds_nothing_new(make_home):
    make_home()
    first = json.loads(sg("reconcile", "--json"))
    second = json.loads(sg("reconcile", "--json"))
    assert second["discrepancies"] == first["discrepancies"]
    assert second["entities"] == first["entities"]
    assert all(calls["made"] == calls["lower_bound"] for calls in second["api_calls"].values())
    # Exactly what has to be asked; of the shop's ten three count what is waiting, and one reads the variants of a product
    # archived last.
    made = {platform: calls["made"] for platform, calls in second["api_calls"].items()}
    assert made == {"hubspot": 13, "netsuite": 11, "shopify": 10}


def test_a_script_can_be_told_to_fail_on_conflicts(make_home):
    make_home()
    sg("reconcile", "--fail-on", "hard_conflict", code=3)
    with pytest.raises(ConfigurationError, match="no class of discrepancy"):
        sg("reconcile", "--fail-on", "bad_mood")


def test_datasets_answer_questions_in_every_form(make_home):
    make_home()
    sg("reconcile")
    rows = json.loads(sg("query", "select count(*) as n from customers", "-o", "json"))
    assert rows[0]["n"] >= 100
    csv = sg(
        "query",
        "select entity, hubspot_id, email, email_source, soft_drift from customers order by entity",
        "-o",
        "csv",
    )
    assert csv.splitlines()[0] == "entity,hubspot_id,email,email_source,soft_drift"
    assert len(csv.splitlines()) == rows[0]["n"] + 1
    odd = "select 1 as x, [1, null] as x, {'a': 'b'} as y, 1.0 / 0 as z"
    assert sg("query", odd, "-o", "csv") == 'x,x_1,y,z\n1,"[1, null]","{""a"": ""b""}",inf\n'
    assert json.loads(sg("query", odd, "-o", "json")) == [{"x": 1, "x_1": [1, None], "y": {"a": "b"}, "z": None}]
    for table in ("discrepancies", "links", "verifications", "snapshots", "ingests"):
        assert json.loads(sg("query", f"select count(*) as n from {table}", "-o", "json"))[0]["n"] > 0


def test_what_is_counted_and_paid_can_be_added_up_as_it_stands(make_home):
    make_home()
    sg("reconcile")
    agreed = "not (soft_drift or hard_conflict) and subtotal_amount is not null"
    sums = f"select list_sum(list_transform(lines, lambda line: line.amount)) = subtotal_amount as whole from orders where {agreed}"
    assert json.loads(sg("query", f"select whole, count(*) > 50 as many from ({sums}) group by all", "-o", "json")) == [
        {"whole": True, "many": True}
    ]
    stock = "select sum(level.quantity) > 1000 as much from (select unnest(inventory) as level from products)"
    assert json.loads(sg("query", stock, "-o", "json")) == [{"much": True}]


def test_an_entity_is_shown_side_by_side_with_where_to_open_it(make_home):
    make_home()
    sg("reconcile")
    sql = "select entity from discrepancies where open and class = 'hard_conflict' and field = 'email' limit 1"
    (row,) = json.loads(sg("query", sql, "-o", "json"))
    seen = json.loads(sg("show", row["entity"], "--json"))
    cell = next(cell for cell in seen["fields"] if cell["field"] == "email")
    assert len(set(cell["originals"].values())) > 1
    assert cell["has_base"]
    assert seen["admin_urls"]["hubspot"].startswith("https://app.hubspot.com/")
    by_ref = json.loads(sg("show", seen["links"][0]["ref"], "--json"))
    assert by_ref["entity"] == seen["entity"]
    assert row["entity"] in sg("show", row["entity"])


def test_an_order_shows_what_does_not_add_up_and_why_something_need_not(make_home):
    make_home(people=200)
    sg("reconcile")
    (gap,) = json.loads(sg("query", "select * from findings where open and type = 'amount_gap' limit 1", "-o", "json"))
    seen = json.loads(sg("show", gap["entity"], "--json"))
    assert gap["detail"] in {found["detail"] for found in seen["findings"] if found["open"]}
    assert "amount_gap" in sg("show", gap["entity"])
    sql = "select entity from orders where tax_included and tax_amount > 1 and not soft_drift and not hard_conflict limit 1"
    (row,) = json.loads(sg("query", sql, "-o", "json"))
    sums = json.loads(sg("show", row["entity"], "--json"))["sums"]
    assert {gap["rule"] for gap in sums} == {"tax_inclusive_prices"}
    assert "tax inclusive prices" in sg("show", row["entity"])


def test_a_person_can_unlink_a_record_and_link_it_again(make_home):
    make_home()
    sg("reconcile")
    sql = "select ref, entity from links where open and account = 'shopify' and role = 'primary' and evidence <> '' limit 1"
    (link,) = json.loads(sg("query", sql, "-o", "json"))
    sg("links", "reject", link["ref"], link["entity"])
    apart = json.loads(sg("show", link["ref"], "--json"))
    assert apart["entity"] != link["entity"]
    sg("links", "accept", link["ref"], link["entity"])
    together = json.loads(sg("show", link["ref"], "--json"))
    assert together["entity"] == link["entity"]
    assert (
        next(one for one in together["links"] if one["open"] and one["ref"] == link["ref"])["decided_by"] == "operator"
    )
    assert json.loads(sg("show", apart["entity"], "--json"))["entity"] == link["entity"]


def test_the_doctor_looks_at_every_account(make_home):
    make_home()
    found = json.loads(sg("doctor", "--json"))
    assert found.keys() == {"hubspot", "shopify", "netsuite"}
    assert all(probe["status"] != "failed" for probes in found.values() for probe in probes)
    assert not [probe for probes in found.values() for probe in probes if "empty:" in probe["detail"]]


def test_the_doctor_looks_at_an_account_for_the_kinds_that_live_there(make_home):
    home = make_home()
    path = home.client_file("demo")
    text = path.read_text(encoding="utf-8")
    for was, now in (
        ("{hubspot: products, ", "{"),
        ("{owner: [shopify], on: [hubspot, shopify]}", "{owner: [shopify], on: [shopify]}"),
        ("  netsuite: {at: sandbox}", "  netsuite: {at: sandbox}\n  idle: {platform: hubspot, at: sandbox}"),
    ):
        assert was in text
        text = text.replace(was, now)
    path.write_text(text, encoding="utf-8")
    found = json.loads(sg("doctor", "--json"))
    kinds = {account: {probe["name"].split(":")[0] for probe in probes} for account, probes in found.items()}
    assert "products" in kinds["shopify"]
    assert "products" not in kinds["hubspot"]
    assert kinds["idle"] == {"kinds"}


def test_a_client_that_does_not_exist_is_answered_with_those_that_do(make_home):
    make_home()
    with pytest.raises(ConfigurationError, match=r"no client 'nobody'.*Known clients: demo") as refused:
        sg("reconcile", "--client", "nobody")
    assert refused.value.exit_code == 2


def test_a_missing_credential_is_named_and_nothing_is_written(make_home):
    home = make_home()
    path = home.clients / "demo.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("hubspot:  {at: sandbox}", "hubspot:  {token: $NOT_SET_ANYWHERE}"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"demo\.yaml:9: the environment variable NOT_SET_ANYWHERE is not set"):
        sg("reconcile")
    assert not home.data.exists()


def test_accounts_that_refuse_are_all_named(make_home, monkeypatch):
    home = make_home()
    with sandbox_for(load_client_file(home.client_file("demo")), home.folder("demo")) as control:
        monkeypatch.setenv("SG_SANDBOX_URL", control.url)
        for account in ("hubspot", "shopify"):
            control.post("faults", {"account": account, "kind": "unauthorized", "count": 20})
        with pytest.raises(CredentialsRejected) as refused:
            sg("reconcile")
    said = str(refused.value).splitlines()
    assert sorted(line.split(" ")[0] for line in said) == ["hubspot", "shopify"]
    assert all("does not accept" in line for line in said)


def test_a_change_of_policy_reclassifies_and_rewrites_no_base(make_home):
    home = make_home()
    sg("reconcile")
    bases = "select entity, base from discrepancies where open and field = 'address' order by entity"
    before = json.loads(sg("query", bases, "-o", "json"))
    path = home.clients / "demo.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("address:           {owner: [shopify, netsuite]}", "address:           {owner: [hubspot]}"),
        encoding="utf-8",
    )
    sg("reconcile")
    after = json.loads(sg("query", bases, "-o", "json"))
    assert [row for row in after if row["base"]] == [row for row in before if row["base"]]
    closed = json.loads(
        sg("query", "select count(*) as n from discrepancies where close_reason = 'reclassified'", "-o", "json")
    )
    assert closed[0]["n"] > 0
