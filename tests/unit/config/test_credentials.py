"""What accounts lack to be let in is said all at once, line by line, and never with what a variable holds."""

import pytest

from sg_pipelines.config.load import load_client_file
from sg_pipelines.errors import ConfigurationError

FILE = """\
client: acme
sandbox: {people: 100, seed: 1}
accounts:
  hubspot: {token: $ACME_HUBSPOT}
  shop_a:
    platform: shopify
    shop: acme.myshopify.com
  shop_b: {platform: shopify, at: sandbox}
  netsuite:
    account_id: "1234567"
    oauth2:
      client_id: $ACME_CLIENT
      certificate_id: $ACME_CERTIFICATE
      private_key: $ACME_KEY
  erp_two: {platform: netsuite}
entities:
  customer:
    on: {hubspot: contacts, shop_a: customers, shop_b: customers, netsuite: customer}
    fields: {email: {owner: hubspot}}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "acme.yaml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_everything_that_is_missing_is_named_with_its_line(file):
    environment = {"ACME_CLIENT": "a-secret-nobody-sees", "ACME_KEY": " "}
    with pytest.raises(ConfigurationError) as refused:
        load_client_file(file, environment)
    said = str(refused.value).splitlines()
    assert [line.removeprefix(f"{file}:").split(". ")[0] for line in said] == [
        "4: the environment variable ACME_HUBSPOT is not set",
        "5: account 'shop_a' has no token",
        "13: the environment variable ACME_CERTIFICATE is not set",
        "14: the environment variable ACME_KEY is not set",
        "15: account 'erp_two' has no account_id",
        "15: account 'erp_two' has no credentials",
    ]
    assert "export ACME_HUBSPOT=... before starting" in said[0]
    assert "a-secret" not in str(refused.value)


def test_a_file_can_be_read_without_them(file):
    assert load_client_file(file).client == "acme"
