"""An order that was edited or refunded at the shop is read as it was ordered, and its sums come out."""

from datetime import timedelta
from decimal import Decimal

import httpx
import pytest

from tests.contract.connectors.accounts import live
from tests.contract.connectors.pairs import FAST, Pair
from tests.contract.connectors.rows import a_product

ORDERS = Pair("shopify", "order", "orders", settings=FAST)
BEGIN = "mutation B($id: ID!) { orderEditBegin(id: $id) { calculatedOrder { id } userErrors { message } } }"
ADD = """
mutation A($id: ID!, $variant: ID!) {
  orderEditAddVariant(id: $id, variantId: $variant, quantity: 3) { userErrors { message } }
}
"""
COMMIT = "mutation C($id: ID!) { orderEditCommit(id: $id) { userErrors { message } } }"
LINES = "query L($id: ID!) { order(id: $id) { lineItems(first: 5) { nodes { id sku currentQuantity } } } }"
REFUND = """
mutation R($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { userErrors { message } }
}
"""


@pytest.fixture
def shop(open_account):
    with open_account(ORDERS) as account:
        yield account


@pytest.fixture
def ordered(shop):
    """An order of two units, with a discount and tax."""
    (product,) = shop.make({**a_product(1), "price_amount": "50.00"}, kind="product")
    line = {"product_id": product, "quantity": "2", "amount": "100.00"}
    amounts = {"subtotal": "100.00", "discount": "10.00", "tax": "9.00", "shipping": "5.00", "total": "104.00"}
    (number,) = shop.make(
        {"number": "#1", "lines": [line], **{f"{name}_amount": said for name, said in amounts.items()}}
    )
    return number


def did(shop, query, **variables):
    where = shop.where
    address = f"{where.base_url}/admin/api/{where.api_version}/graphql.json"
    answer = httpx.post(
        address, json={"query": query, "variables": variables}, headers={"X-Shopify-Access-Token": where.token}
    )
    ((root, told),) = answer.json()["data"].items()
    assert not told.get("userErrors"), root
    return told


def read(shop, number):
    (records, _), _ = shop.changes(shop.now() - timedelta(hours=1))
    return live(records)[number].columns


def adds_up(said):
    amount = {name: Decimal(said[f"{name}_amount"]) for name in ("subtotal", "discount", "tax", "shipping", "total")}
    lines = sum(Decimal(line["amount"]) for line in said["lines"])
    whole = amount["subtotal"] - amount["discount"] + amount["tax"] + amount["shipping"]
    return lines == amount["subtotal"] and whole == amount["total"]


def test_a_line_that_was_added_belongs_to_it(shop, ordered):
    (another,) = shop.make({**a_product(2), "price_amount": "20.00"}, kind="product")
    session = did(shop, BEGIN, id=f"gid://shopify/Order/{ordered}")["calculatedOrder"]["id"]
    did(shop, ADD, id=session, variant=f"gid://shopify/ProductVariant/{another}")
    assert len(read(shop, ordered)["lines"]) == 1
    did(shop, COMMIT, id=session)
    said = read(shop, ordered)
    assert [line["quantity"] for line in said["lines"]] == ["2", "3"]
    assert Decimal(said["subtotal_amount"]) == 160
    assert adds_up(said)


def test_units_that_were_taken_back_still_belong_to_it_and_what_was_paid_back_is_told(shop, ordered):
    name = f"gid://shopify/Order/{ordered}"
    (line,) = did(shop, LINES, id=name)["lineItems"]["nodes"]
    paid = {"orderId": name, "amount": "49.50", "gateway": "manual", "kind": "REFUND"}
    taken = {"lineItemId": line["id"], "quantity": 1, "restockType": "NO_RESTOCK"}
    did(shop, REFUND, key="one", input={"orderId": name, "refundLineItems": [taken], "transactions": [paid]})
    said = read(shop, ordered)
    assert [line["quantity"] for line in said["lines"]] == ["2"]
    assert adds_up(said)
    assert Decimal(said["refunded"]) == Decimal("49.50")
