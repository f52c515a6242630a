"""A session opened anew is not the first to draw on a shop's points."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from tests.contract.connectors.pairs import PAIRS

SHOP = next(pair for pair in PAIRS if pair.platform == "shopify" and pair.kind == "customer")
PAGE = "{ customers(first: 250) { nodes { id } } }"


@pytest.fixture
def shop(open_account):
    with open_account(replace(SHOP, settings={"restore_rate": 300})) as account:
        yield account


def empty_the_bucket(shop):
    """Another program asks until the shop says no."""
    where = shop.where
    address = f"{where.base_url}/admin/api/{where.api_version}/graphql.json"
    with httpx.Client(headers={"X-Shopify-Access-Token": where.token}) as another:
        while "errors" not in another.post(address, json={"query": PAGE}).json():
            pass


def test_what_others_drew_is_heard_before_asking_for_much(shop):
    shop.make_many(100)
    empty_the_bucket(shop)
    shop.hears_level = True
    (records, _), report = shop.changes(since=shop.now() - timedelta(days=1))
    assert len(records) == 100
    assert report.throttled == 0
    assert report.waited_seconds > 0
