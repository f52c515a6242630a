"""The company of a shop's customer does not hang on the order in which the shop tells several."""

import pytest

from sg_pipelines.connectors.connections import Scope
from sg_pipelines.connectors.shopify.customers import CUSTOMERS


def companies(*ids):
    node = {
        "firstName": "Jane",
        "lastName": None,
        "createdAt": "2026-06-01T12:00:00Z",
        "tags": [],
        "numberOfOrders": "0",
        "amountSpent": {"amount": "0.00", "currencyCode": "USD"},
        "defaultEmailAddress": None,
        "defaultPhoneNumber": None,
        "defaultAddress": None,
        "companyContactProfiles": [{"company": {"id": f"gid://shopify/Company/{one}"}} for one in ids],
    }
    said = CUSTOMERS.read(node, Scope)
    return said["company_id"], said["company_ids"]


@pytest.mark.parametrize("told", [(9, 10, 200), (200, 10, 9), (10, 200, 9)])
def test_of_several_the_oldest_comes_first_and_all_are_kept(told):
    assert companies(*told) == ("9", ["9", "10", "200"])


def test_one_or_none_is_no_several():
    assert companies(7) == ("7", None)
    assert companies() == (None, None)
