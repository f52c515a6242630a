"""What a consultant meets when writing a client file: every mistake has a line and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from sg_pipelines.config.condition_names import Behind, readable
from sg_pipelines.config.conditions import compile_condition
from sg_pipelines.config.load import load_client_file
from sg_pipelines.config.policies import kind_plans
from sg_pipelines.config.quantities import Cron, Currency, Region, TimeZone
from sg_pipelines.config.yaml_lines import read_lined
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.survivorship.policy import OnForeignEdit, Ownership
from sg_pipelines.errors import ConfigurationError
from tests.unit.config.client_files import DEMO, a_client_file, line_of

PHONE = "phone:             {owner: newest}"


def test_the_demo_client_is_valid_and_names_every_owner() -> None:
    plans = {plan.kind.name: plan for plan in kind_plans(load_client_file(DEMO))}
    assert list(plans) == ["company", "customer", "product", "order"]
    plan = plans["customer"]
    policies = {policy.field: policy for policy in plan.policy.fields}
    assert policies["email"].owners == ("shopify", "hubspot")
    assert policies["phone"].ownership is Ownership.NEWEST
    assert policies["tags"].ownership is Ownership.ANY
    assert policies["lifecycle"].accounts == ("hubspot", "netsuite")
    assert policies["lifecycle"].on_foreign_edit is OnForeignEdit.REVERT
    assert plan.mappings["shopify"] == {"custom_loyalty_tier": "metafield:crm.loyalty_tier"}
    assert plan.kind.field("custom_loyalty_tier").column_names == ("custom_loyalty_tier",)


@pytest.mark.parametrize(
    ("replace", "by", "says"),
    [
        ("people: 2000", "people: 2", "greater than or equal to 10"),
        ("lifecycle == 'customer'", "lifecycl == 'customer'", "Did you mean 'lifecycle'?"),
        ("orders_count > 0", "orders_count >", "not valid CEL"),
        ("phone:  ", "phon:  ", "Did you mean 'phone'?"),
        ("on_foreign_edit: revert", "on_foreign_edit: revret", "'conflict', 'revert' or 'accept'"),
        ("hubspot:  {at: sandbox}", "hubspt:  {at: sandbox}", "is no platform"),
        ("hubspot:  {at: sandbox}", "hubspot:  {token: abc}", "write $NAME"),
        ("budgets:", "budgts:", "Did you mean 'budgets'?"),
        ("owner: newest", "owner: newst", "is no account of this kind"),
        ("on: {hubspot: contacts", "on: {hubspot: deals", "does not hold customers"),
        ("keys: [external_id", "keys: [shoe_size", "cannot be a key"),
        ("max_share: 10%", "max_share: ten", "a share reads like 10%"),
        ("client: demo", "client: demo\nclient: demo", "stands twice"),
        ("orders_count > 0", "lifecycle > 3", "does not fit the types of what it reads"),
        ("orders_count > 0", "name + 1", "does not fit the types of what it reads"),
        ("orders_count > 0", "lifecycle", "answers neither yes nor no"),
        ("orders_count > 0", "orders_count > 1 && address.country == 'US'", "Read one of them: address_street"),
        (
            "orders_count > 0",
            "lifecycle.stage == 'lead'",
            "netsuite does not fit the types of what it reads (lifecycle is a text)",
        ),
        (
            "lifecycle == 'customer'",
            "lifecycle.shout() > 1",
            "the condition for shopify calls 'shout', which is no function. Known: bytes, contains",
        ),
        (
            "status != 'cancelled'",
            "total > 500.0",
            "'total', which is several values. Read one of them: total_amount, currency",
        ),
        ("status != 'cancelled'", "customer_id != null", "'customer_id', which is no field. Did you mean 'customer'?"),
        (
            "lifecycle:         {owner: [hubspot], on",
            "lifecycle:         {owner: [shopify], on",
            "'shopify' has no place for lifecycle. Carried by hubspot, netsuite",
        ),
        ("shopify: metafield:crm.loyalty_tier", "shopify: crm.loyalty_tier", "Write metafield:crm.loyalty_tier"),
        ("{type: text, owner", "{type: enum, owner", "an enum says nothing without its words"),
        (PHONE, "phone: {owner: newest, type: decimal}", "only a field of your own has type. Take `type` away"),
        (PHONE, "phone: {owner: newest, values: [a]}", "only a field of your own has values. Take `values` away"),
        (PHONE, "phone: {owner: newest, tolerance: 0.5}", "'phone' holds no number. Take the tolerance away"),
        (
            "client: demo",
            "client: acme",
            "the file is named demo.yaml. Write `client: demo`, or rename it to acme.yaml",
        ),
        ("shopify:  {at: sandbox}", "shopify:  {at: sandbox, api_version: '2020-01'}", "the oldest that is read here"),
        ("shopify:  {at: sandbox}", "shopify:  {at: sandbox, shop: acme.com}", "a shop reads like acme.myshopify.com"),
        ("client: demo", "client: De-mo", "a slug is 2 to 31 small letters"),
        ("region: US", "region: XX", "a code of ISO 3166"),
        ("currency: USD", "currency: ZZZ", "a code of ISO 4217"),
        ("budgets: {", "freshness: {full: every day}\nbudgets: {", "a cron reads like"),
        ("budgets: {", 'freshness: {incremental: "99 * * * *"}\nbudgets: {', "a cron reads like"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_a_remedy(tmp_path: Path, replace: str, by: str, says: str) -> None:
    path = a_client_file(tmp_path, replace=replace, by=by)
    with pytest.raises(ConfigurationError) as refusal:
        load_client_file(path)
    line = line_of(replace) + (1 if "stands twice" in says else 0)
    assert f"{path}:{line}" in str(refusal.value)
    assert says in str(refusal.value)


@pytest.mark.parametrize(
    ("cron", "is_right"),
    [
        ("*/15 * * * *", True),
        ("0 3 * * mon-fri", True),
        ("5,35 0-6/2 1 jan,jul 0", True),
        ("* * * *", False),
        ("60 * * * *", False),
        ("5-3 * * * *", False),
        ("*/0 * * * *", False),
        ("@daily", False),
    ],
)
def test_a_cron_is_five_words_within_their_bounds(cron: str, is_right: bool) -> None:
    adapter = TypeAdapter(Cron)
    if is_right:
        assert adapter.validate_python(cron) == cron
    else:
        with pytest.raises(ValidationError):
            adapter.validate_python(cron)


def test_every_mistake_is_listed_at_once(tmp_path: Path) -> None:
    path = a_client_file(tmp_path, replace="owner: newest", by="owner: newst, on_hold: never")
    with pytest.raises(ConfigurationError) as refusal:
        load_client_file(path)
    assert "newst" in str(refusal.value)
    assert "on_hold" in str(refusal.value)


def test_a_secret_written_into_the_file_is_refused_without_being_repeated(tmp_path: Path) -> None:
    path = a_client_file(tmp_path, replace="hubspot:  {at: sandbox}", by="hubspot:  {token: pat-na1-secret}")
    with pytest.raises(ConfigurationError) as refusal:
        load_client_file(path)
    assert "pat-na1-secret" not in str(refusal.value)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_client_file(tmp_path / "acme.yaml")


def test_a_file_in_another_encoding_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "demo.yaml"
    path.write_bytes("client: demo\nname: José\n".encode("latin-1"))
    with pytest.raises(ConfigurationError, match=r"demo\.yaml:2: the file is not written in UTF-8\. Save it as UTF-8"):
        load_client_file(path)


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "demo.yaml"
    path.write_text("client: demo\naccounts: [\nentities: {}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"demo\.yaml:\d"):
        load_client_file(path)


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ("tags[1] == 'vip'", {"tags": ["one"]}),
        ("1 / (orders_count - 1) > 0", {"orders_count": 1}),
        ("orders_count * 9223372036854775807 > 1", {"orders_count": 3}),
        ("customer.entity == 'x'", {"customer": {"account": "hubspot"}}),
        ("timestamp(placed_on) > timestamp('2026-01-01T00:00:00Z')", {"placed_on": "soon"}),
    ],
)
def test_a_condition_that_depends_on_the_value_is_right_and_may_stay_unanswered(tmp_path, source, values) -> None:
    assert compile_condition(source).evaluate(values) is None
    kind = "order" if {"customer", "placed_on"} & values.keys() else "customer"
    was = {"order": "status != 'cancelled'", "customer": "lifecycle == 'customer'"}[kind]
    assert load_client_file(a_client_file(tmp_path, replace=was, by=source)).client == "demo"


def test_names_a_condition_may_read_are_those_that_can_be_read() -> None:
    for plan in kind_plans(load_client_file(DEMO)):
        assert {"entity", "customer_id", "company_id", "address", "total"}.isdisjoint(readable(plan.kind))
    assert readable(KINDS["order"])["total_amount"] is Behind.NUMBER
    assert "company" not in readable(KINDS["order"].without_neighbours({"order"}))


def test_a_condition_over_a_null_is_unanswered_rather_than_true_or_false() -> None:
    condition = compile_condition("orders_count > 0")
    assert condition.evaluate({"orders_count": 2}) is True
    assert condition.evaluate({"orders_count": 0}) is False
    assert condition.evaluate({"orders_count": None}) is None
    assert condition.evaluate({}) is None
    assert compile_condition("always").evaluate({}) is True


@pytest.mark.parametrize("text", ["accounts: &all {hubspot: *all}\n", "accounts: " + "[" * 3000 + "]" * 3000 + "\n"])
def test_what_nests_without_end_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="nests too deep here, or holds itself"):
        read_lined(path)


@pytest.mark.parametrize("field", ["region", "currency", "time_zone"])
@pytest.mark.parametrize("value", [["US"], "Europe"])
def test_a_word_of_another_kind_is_a_mistake_with_a_remedy(field: str, value: object) -> None:
    reader = TypeAdapter({"region": Region, "currency": Currency, "time_zone": TimeZone}[field])
    with pytest.raises(ValidationError, match=r"a code of ISO|a time zone reads like"):
        reader.validate_python(value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("client: demo\nname: 2026-13-45\n", r"deep\.yaml:2: this looks like a day or a number and is none"),
        ("client: demo\npeople: " + "9" * 5000 + "\n", r"deep\.yaml:2: this looks like a day or a number and is none"),
        ("client: demo\nname: a\x01b\n", r"deep\.yaml:2: a character that no text holds \(U\+0001\)"),
        (
            "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
            + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)),
            r"deep\.yaml:\d+: more than 100,000 values",
        ),
    ],
    ids=["no day", "no number", "a control character", "aliases of aliases"],
)
def test_what_no_value_can_be_made_of_names_the_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "deep.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=says):
        read_lined(path)
