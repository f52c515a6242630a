"""Fields of a client's own, of which no simulated account has heard before."""

import json

import pytest

from sg_pipelines.config.load import load_client_file
from sg_pipelines.runtime.sandbox_host import sandbox_for
from tests.e2e.command import sg

FIELDS = {
    "company": "custom.segment: {type: text, owner: [hubspot], hubspot: market_segment, netsuite: custentity_segment, "
    'shopify: "metafield:crm.segment"}',
    "customer": "custom.is_vip: {type: boolean, owner: [hubspot], hubspot: is_vip, netsuite: custentity_is_vip}",
    "product": "custom.season: {type: text, owner: [netsuite], shopify: metafield:crm.season, netsuite: custitem_season}",
    "order": "custom.score: {type: decimal, owner: [hubspot], hubspot: score, netsuite: custbody_score}",
}
# On records of customers at every account.
EVERYWHERE = (
    "custom.levels: {type: set, owner: [hubspot], hubspot: levels, netsuite: custentity_levels, "
    'shopify: "metafield:crm.levels"}',
    "custom.inClub: {type: boolean, owner: [hubspot], hubspot: in_club, netsuite: custentity_InClub, "
    'shopify: "metafield:crm.inClub"}',
    "custom.since: {type: instant, owner: [hubspot], hubspot: since, netsuite: custentity_since, "
    'shopify: "metafield:crm.since"}',
)
SAID = {"custom_levels": ["gold", "silver"], "custom_inClub": "true", "custom_since": "2026-11-24"}
SHOWN = {**SAID, "custom_inClub": True}
VALUES = {
    "company": ("custom_segment", {"hubspot": "retail", "netsuite": "wholesale"}),
    "customer": ("custom_is_vip", {"hubspot": "true", "netsuite": "F"}),
    "product": ("custom_season", {"shopify": "winter", "netsuite": "summer"}),
    "order": ("custom_score", {"hubspot": "7.5", "netsuite": "8"}),
}


@pytest.fixture
def home(make_home):
    """The demonstration client with a field of its own on three kinds."""
    home = make_home(people=60)
    path = home.clients / "demo.yaml"
    text = path.read_text(encoding="utf-8")
    for kind, field in (*FIELDS.items(), *(("customer", one) for one in EVERYWHERE)):
        before, entity, after = text.partition(f"\n  {kind}:\n")
        text = before + entity + after.replace("    fields:\n", f"    fields:\n      {field}\n", 1)
    path.write_text(text, encoding="utf-8")
    return home


def told(sql):
    return json.loads(sg("query", sql, "-o", "json"))


def test_custom_fields_of_every_kind_can_be_rehearsed(home):
    sg("reconcile")
    assert differing() == set()
    chosen = {kind: known_at(kind, values) for kind, (_, values) in VALUES.items()}
    with sandbox_for(load_client_file(home.client_file("demo")), home.folder("demo")) as control:
        for kind, (field, values) in VALUES.items():
            for account, value in values.items():
                edit = {"account": account, "kind": kind, "record_id": chosen[kind][account]}
                control.post("records/edit", {**edit, "attributes": {field: value}})
    sg("reconcile")
    assert differing() == {(kind, field) for kind, (field, _) in VALUES.items()}
    assert told("select custom_is_vip from customers where custom_is_vip is not null") == [{"custom_is_vip": True}]


def test_what_every_account_says_alike_is_no_difference(home):
    sg("reconcile")
    chosen = known_at("customer", ("hubspot", "shopify", "netsuite"))
    with sandbox_for(load_client_file(home.client_file("demo")), home.folder("demo")) as control:
        for account, record_id in chosen.items():
            edit = {"account": account, "kind": "customer", "record_id": record_id}
            control.post("records/edit", {**edit, "attributes": SAID})
    sg("reconcile")
    assert differing() == set()
    found = told(f"select {', '.join(SAID)} from customers where hubspot_id = '{chosen['hubspot']}'")
    assert found == [SHOWN]


def differing():
    """Kind and field of open discrepancies of the fields that nobody had heard of."""
    sql = "select kind, field from discrepancies where open and starts_with(field, 'custom_')"
    return {(row["kind"], row["field"]) for row in told(sql)} - {("customer", "custom_loyalty_tier")}


def known_at(kind, accounts):
    """The record ids of one entity that these accounts know."""
    plural = "companies" if kind == "company" else f"{kind}s"
    ids = [f"{account}_id" for account in accounts]
    found = told(
        f"select {', '.join(ids)} from {plural} where {' and '.join(f'{one} is not null' for one in ids)} limit 1"
    )
    return {account: found[0][f"{account}_id"] for account in accounts}


def test_the_doctor_finds_every_custom_field(home):
    probes = json.loads(sg("doctor", "--json"))
    assert all(probe["status"] != "failed" for found in probes.values() for probe in found)
