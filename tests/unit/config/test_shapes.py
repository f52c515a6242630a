"""What does not have the shape of a client file: one sentence each, with the line, what belongs there and how it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from sg_pipelines.config.load import load_client_file
from sg_pipelines.errors import ConfigurationError
from tests.unit.config.client_files import a_client_file, line_of

NAME = "name:              {owner: [hubspot, netsuite, shopify]}"
EMAIL = "email:             {owner: [shopify, hubspot]}"
KEYS = "keys: [external_id, email, phone]"
CRM = "hubspot:  {at: sandbox}"
OWN = "hubspot: loyalty_tier,"


@pytest.mark.parametrize(
    ("replace", "by", "says"),
    [
        (NAME, "name: {owner: 5}", "owner: accounts in order belong here, or newest or any: owner: [hubspot, shopify]"),
        (NAME, "name: {owner: newst}", "'newst' is no account of this kind. Did you mean 'newest'?"),
        (NAME, "name:", "name says nothing. Write name: {owner: [hubspot]}, or take the line away"),
        (NAME, "name: hubspot", "name holds one word where settings belong. Write name: {owner: [hubspot]}"),
        (NAME, "name: {tolerance: 0,01}", "a comma ends a number here. Write it with a point: tolerance: 0.01"),
        (NAME, "name: {tolerance: '0,01'}", "tolerance: '0,01' is no number. Write digits and a point: 0.01"),
        (NAME, "name: {allow_clear: maybe}", "Write allow_clear: true or allow_clear: false"),
        (
            EMAIL,
            "email: {owner: [hubspot], on: [hubspt]}",
            "'hubspt' is no account of this kind. Did you mean 'hubspot'?",
        ),
        (KEYS, "keys: domain", "keys holds one word where a list belongs. Write keys: [domain]"),
        (KEYS, "keys: [5]", 'keys: 5 is no text. Put it in quotes: "5"'),
        (OWN, "hubspot: 5,", 'hubspot: 5 is no text. Put it in quotes: "5"'),
        (OWN, "hubspot: ,", "hubspot says nothing. Write what it is, or take the line away"),
        (OWN, "hubspot: [a],", "hubspot holds a list where one text belongs"),
        ("people: 2000", "people: true", "people: a whole number is written in digits alone: 2000"),
        ("people: 2000", "people: many", "people: 'many' is no whole number. Write digits alone: 2000"),
        ("people: 2000", "people: 2", "people should be greater than or equal to 10. Write 10 or more"),
        ("seed: 7", "seed: 7, locale: en", "locale is 'en_US' or 'es', not 'en'. Write one of these"),
        ("on_foreign_edit: revert", "on_foreign_edit: revret", "Did you mean 'revert'?"),
        (CRM, "hubspot:", "hubspot says nothing. Write hubspot: {at: sandbox}"),
        (CRM, "hubspot:  {platform: hubspt, at: sandbox}", "'hubspt' is no platform. Did you mean 'hubspot'?"),
        (
            CRM,
            "hubspt:  {at: sandbox}",
            "'hubspt' is no platform. Did you mean 'hubspot'? Otherwise say which one it is at",
        ),
        (CRM, "crm: {at: sandbox}", "'crm' is no platform. Say which one it is at: `platform: shopify`"),
        (CRM, "hubspot: {at: sandbox, tokn: $A}", "'tokn' is not known here. Did you mean 'token'?"),
        (
            CRM,
            "? [a, b]\n  : {at: sandbox}",
            "a list or settings stand where a name belongs. Write one word and a colon",
        ),
        (CRM, "<<: 5", "lines are not merged by `<<`. Write them out"),
        ("budgets: {soft_drift: 5%}", "budgets: 5%", "Write budgets: {soft_drift: 5%}, or take the line away"),
        ("budgets: {soft_drift: 5%}", "warehouse: {}", "'bigquery' is missing. Add `bigquery: acme-data.master` here"),
        ("client: demo", "client:", "client says nothing. Write client: acme"),
    ],
)
def test_what_stands_where_something_else_belongs(tmp_path: Path, replace: str, by: str, says: str) -> None:
    path = a_client_file(tmp_path, replace=replace, by=by)
    with pytest.raises(ConfigurationError) as refused:
        load_client_file(path)
    (said,) = str(refused.value).splitlines()
    assert said.startswith(f"{path}:{line_of(replace)}: ")
    assert says in said


@pytest.mark.parametrize(("text", "what"), [("- client: demo\n", "a list"), ("hello\n", "one word")])
def test_a_file_that_is_no_file_of_lines(tmp_path: Path, text: str, what: str) -> None:
    path = tmp_path / "demo.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_client_file(path)
    assert f"{path}:1: the file holds {what} where lines belong. Start from clients/demo.yaml" in str(refused.value)
