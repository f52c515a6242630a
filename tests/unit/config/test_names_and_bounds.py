"""Names that cannot be columns, paths or words of a question, and bounds that cannot be met: each is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sg_pipelines.config.load import check_client_file
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.errors import ConfigurationError
from tests.unit.config.client_files import a_client_file, line_of

CUSTOM = "      custom."
OWN = f"{CUSTOM}loyalty_tier:"
PLACES = "{type: text, owner: [hubspot], hubspot: loyalty_tier, shopify: metafield:crm.loyalty_tier"
CONDITION = "lifecycle == 'customer'"
ERP = "  netsuite: {at: sandbox}"
KEYS = "    keys: [external_id, email, phone]"
NAME = "name:              {owner: [hubspot, netsuite, shopify]}"


def refusal_of(path: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as refused:
        check_client_file(path)
    return [line.removeprefix(f"{path}:") for line in str(refused.value).splitlines()]


@pytest.mark.parametrize(
    ("replace", "by", "further", "says"),
    [
        (
            OWN,
            f"{CUSTOM}a_b: {{hubspot: a}}\n{CUSTOM}a.b: {{hubspot: b}}\n{OWN}",
            1,
            "custom.a.b becomes the same",
        ),
        (
            OWN,
            f"{CUSTOM}a: {{hubspot: a}}\n{CUSTOM}a_source: {{hubspot: b}}\n{OWN}",
            1,
            "as the source of custom.a",
        ),
        (
            OWN,
            f"{CUSTOM}two words: {{hubspot: a}}\n{OWN}",
            0,
            "'custom.two words' cannot name a field. Write custom.",
        ),
        (OWN, f"{CUSTOM}: {{hubspot: a}}\n{OWN}", 0, "'custom.' cannot name a field"),
        (
            PLACES,
            PLACES.replace("hubspot: loyalty_tier", "hubspot: ''"),
            0,
            "'' is no name of a property at hubspot. Write",
        ),
        (PLACES, PLACES.replace("crm.loyalty_tier", "crm"), 0, "Write metafield:custom.crm"),
        (PLACES, PLACES.replace("metafield:crm.loyalty_tier", "loyalty"), 0, "Write metafield:custom.loyalty"),
        ("netsuite: custentity_loyalty_tier", "netsuite: x) from item --", 0, "no name of a property at netsuite"),
        (
            "netsuite: custentity_loyalty_tier",
            "netsuite: custitem_loyalty_tier",
            0,
            "'custitem_loyalty_tier' is no field of customers at netsuite. Write one that begins with custentity",
        ),
        ("netsuite: custentity_loyalty_tier", "netsuite: CUSTBODY12", 0, "no field of customers at netsuite"),
        ("netsuite: custentity_loyalty_tier", "netsuite: custitemnumber_x", 0, "no field of customers at netsuite"),
        (
            "hubspot:  {at: sandbox}",
            "hubspot:  {at: api.hubapi.com, token: $X}",
            0,
            "URL such as https://api.example.com",
        ),
        ("hubspot:  {at: sandbox}", "hubspot:  {}", 0, "account 'hubspot' has no token. Add `token: $SOME_NAME`"),
        (ERP, "  netsuite: {account_id: '1'}", 0, "account 'netsuite' has no credentials. Add oauth2"),
        (
            ERP,
            f"{ERP}\n  shop-co: {{platform: shopify, at: sandbox}}",
            1,
            "'shop-co' cannot name an account. Name it shop_co",
        ),
        (ERP, f"{ERP}\n  base: {{platform: shopify, at: sandbox}}", 1, "'base' is a word with another meaning"),
        (NAME, "name: {owner: []}", 0, "owner names no account. Name one, or take the line away"),
        (KEYS, "    check_every: {identty: 24h}", 0, "customers have no dimension 'identty'. Did you mean 'identity'?"),
        ("dimensions: [contact]", "dimensions: [contacts]", 0, "no dimension. Did you mean 'contact'?"),
        ("budgets:", "freshness: {warn_after: 60h}\nbudgets:", 0, "warn_after is longer than fail_after"),
        ("budgets:", 'freshness: {full: "0 3 31 2,4 *"}\nbudgets:', 0, "no month of this cron has that day"),
        (CONDITION, "1/0 > 1", 0, "divides by zero, whatever it reads"),
        (CONDITION, "orders_count / 0 > 1", 0, "divides by zero, whatever it reads"),
        (CONDITION, "created_at > '2026-01-01'", 0, "created_at is an instant): the operation is not defined"),
        (CONDITION, "created_at == '2026-01-01'", 0, "Write an instant as timestamp('2026-01-01T00:00:00Z')"),
        (CONDITION, "custom_loyalty_tier > 3", 0, "custom_loyalty_tier is a text): the operation is not defined"),
        (CONDITION, "'3' == orders_count", 0, "compares orders_count, which is a number, with a text"),
        (
            CONDITION,
            "lifecycle ==",
            0,
            "cannot read 'lifecycle ==' at character 13: something is missing at its end. Write",
        ),
        (CONDITION, "marketing_consent == 'yes'", 0, "with 'yes', which it never says: it is one of granted, denied"),
        ("region: US", "region: NO", 0, "Norway is written in quotes"),
        (ERP, f"{ERP}\n  1: {{platform: shopify, at: sandbox}}", 1, "'1' cannot name an account. Name it shopify_1"),
        (CONDITION, "lifecycle == 1", 0, "compares lifecycle, which is a text, with a number: they are never the same"),
        (CONDITION, "tags == 'vip'", 0, "compares tags, which is a list of texts, with a text"),
        (CONDITION, "orders_count in ['1', '2']", 0, "compares orders_count, which is a number, with a text"),
        (CONDITION, "marketing_consent == true", 0, "compares marketing_consent, which is a text, with a yes or no"),
        (CONDITION, "company == '147'", 0, "compares company, which is a record, with a text"),
        (CONDITION, "tags.exists(t, t == nothing)", 0, "reads 'nothing', which is no field"),
        ("budgets:", "freshness: {fail_after: 9999999999d}\nbudgets:", 0, "24h or 7d, and is a year at most (366d)"),
        ("on: {hubspot: contacts, shopify", "on: {hubspt: contacts, shopify", 0, "'hubspt' is no account here"),
    ],
)
def test_one_sentence_tells_what_is_wrong_and_what_to_do(
    tmp_path: Path, replace: str, by: str, further: int, says: str
) -> None:
    (said,) = refusal_of(a_client_file(tmp_path, replace=replace, by=by))
    assert said.startswith(f"{line_of(replace) + further}: ")
    assert says in said


def test_ids_of_an_account_are_a_column_of_their_own(tmp_path: Path) -> None:
    path = a_client_file(tmp_path, replace=ERP, by=f"{ERP}\n  tax: {{platform: shopify, at: sandbox}}")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("on: {hubspot: companies", "on: {tax: companies, hubspot: companies"), encoding="utf-8"
    )
    assert "the ids of 'tax' become the same column as the field tax_id" in refusal_of(path)[0]


@pytest.mark.parametrize(
    ("replace", "by"),
    [
        ("budgets:", 'freshness: {full: "0 3 29 2 *", incremental: "0 3 31 2 mon"}\nbudgets:'),
        ("hubspot:  {at: sandbox}", "hubspot:  {at: 'http://127.0.0.1:8000/hubspot', token: $X}"),
        (PLACES, PLACES.replace("crm.loyalty_tier", "$app:loyalty.tier")),
        ("netsuite: custentity_loyalty_tier", "netsuite: CUSTENTITY12"),
        ("netsuite: custentity_loyalty_tier", "netsuite: altphone"),
        ("netsuite: custentity_loyalty_tier", "netsuite: customform"),
        (CONDITION, "last_order_at > timestamp('2026-01-01T00:00:00Z') && quality > 0.5"),
        (CONDITION, "100 / orders_count > 1"),
        (CONDITION, "custom_loyalty_tier == 'gold'"),
        (CONDITION, "tags.exists(t, t == 'vip') && size(tags) == 2"),
        (CONDITION, "['CO', 'ES'].exists(c, c == address_country)"),
        (CONDITION, "string(orders_count) == '3' && lifecycle in ['lead', 'customer']"),
        ("budgets:", "freshness: {fail_after: 366d}\nbudgets:"),
    ],
)
def test_what_only_looks_odd_is_right(tmp_path: Path, replace: str, by: str) -> None:
    assert check_client_file(a_client_file(tmp_path, replace=replace, by=by)).client == "demo"


@pytest.mark.parametrize(
    ("kind", "place", "begins"),
    [
        ("company", "custbody_x", "custentity"),
        ("product", "custentity_x", "custitem"),
        ("product", "custitemnumber_x", "custitem"),
        ("order", "custcol_x", "custbody"),
    ],
)
def test_a_custom_field_of_netsuite_is_on_records_of_its_kind(
    tmp_path: Path, kind: str, place: str, begins: str
) -> None:
    path = a_client_file(tmp_path)
    before, entity, after = path.read_text(encoding="utf-8").partition(f"\n  {kind}:\n")
    own = "    fields:\n      custom.x: {owner: [netsuite], netsuite: "
    path.write_text(before + entity + after.replace("    fields:\n", f"{own}{place}}}\n", 1), encoding="utf-8")
    (said,) = refusal_of(path)
    assert said.endswith(
        f"{place!r} is no field of {KINDS[kind].plural} at netsuite. Write one that begins with {begins}: theirs do"
    )
    path.write_text(path.read_text(encoding="utf-8").replace(place, f"{begins}_x"), encoding="utf-8")
    assert check_client_file(path).client == "demo"


def test_a_file_without_accounts_and_kinds_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "demo.yaml"
    path.write_text("client: demo\naccounts: {}\nentities: {}\n", encoding="utf-8")
    assert refusal_of(path) == [
        "2: there is no account. Add one: `hubspot: {at: sandbox}`",
        "3: no kind is kept. Add one: `customer: {on: {hubspot: contacts}}`",
    ]


@pytest.mark.parametrize("condition", ["orders_count > 0", "last_order_at != null"])
def test_a_condition_about_orders_that_nobody_counts_is_no_condition(tmp_path: Path, condition: str) -> None:
    path = tmp_path / "demo.yaml"
    path.write_text(
        "client: demo\nsandbox: {people: 10}\naccounts: {hubspot: {at: sandbox}, netsuite: {at: sandbox}}\nentities:\n"
        f"  customer:\n    on: {{hubspot: contacts, netsuite: customer}}\n    expected_on:\n      netsuite: {condition}\n",
        encoding="utf-8",
    )
    (said,) = refusal_of(path)
    assert said.startswith("8: the condition reads ")
    assert said.endswith("which no account of this kind tells. Keep orders: add `order:` to `entities`")
