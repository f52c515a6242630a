"""Refunds made over the wire at a simulated shop: what they take back, what they leave, and which are refused."""

import pytest

from tests.contract.sandbox_shopify.an_order import AMOUNTS
from tests.contract.sandbox_shopify.answers import gid, messages

BAG = "{ presentmentMoney { amount } }"
LEFT = f"""refundable displayFinancialStatus updatedAt totalPriceSet {BAG} subtotalPriceSet {BAG} totalTaxSet {BAG}
  totalRefundedSet {BAG} totalRefundedShippingSet {BAG} netPaymentSet {BAG} totalOutstandingSet {BAG}
  currentTotalPriceSet {BAG} currentSubtotalPriceSet {BAG} currentTotalDiscountsSet {BAG} currentTotalTaxSet {BAG}
  currentShippingPriceSet {BAG}
  lineItems(first: 9) {{ nodes {{ id quantity currentQuantity refundableQuantity originalTotalSet {BAG} }} }}"""
FIND = f"query O($id: ID!) {{ order(id: $id) {{ {LEFT} }} }}"
REFUND = f"""mutation R($input: RefundInput!, $key: String!) {{ refundCreate(input: $input) @idempotent(key: $key) {{
  refund {{ id note totalRefundedSet {BAG} refundLineItems(first: 9) {{ nodes {{
    id quantity restockType lineItem {{ id }} priceSet {BAG} subtotalSet {BAG} totalTaxSet {BAG} }} }} }}
  order {{ id {LEFT} }} userErrors {{ field message }} }} }}"""
ORDER = {
    **AMOUNTS,
    "status": "fulfilled",
    "lines": [{"sku": "MUG", "quantity": "3", "amount": "60.00"}, {"sku": "CUP", "quantity": "1", "amount": "40.00"}],
}


def amount(bag):
    return bag["presentmentMoney"]["amount"]


def amounts(told, *names):
    return [amount(told[f"{name}Set"]) for name in names]


def order(shop, number):
    return shop.data(FIND, id=gid(number, "Order"))["order"]


@pytest.fixture
def bought(shop):
    """Three mugs and a cup, less a tenth, taxed by a tenth: the order's number and the ids of its lines."""
    (number,) = shop.make("order", ORDER)
    return number, [line["id"] for line in order(shop, number)["lineItems"]["nodes"]]


def units(line, quantity, **more):
    return {"lineItemId": line, "quantity": quantity, **more}


def money(number, amount):
    return {"amount": amount, "gateway": "manual", "kind": "REFUND", "orderId": gid(number, "Order")}


def refund(shop, number, *lines, paid=None, key="a", **more):
    given = {"orderId": gid(number, "Order"), "refundLineItems": list(lines), **more}
    if paid is not None:
        given["transactions"] = [money(number, paid)]
    return shop.did(REFUND, input=given, key=key)


def test_units_taken_back_leave_the_order_and_stay_as_ordered(shop, bought):
    number, (mugs, _) = bought
    shop.later()
    before = order(shop, number)
    given = refund(shop, number, units(mugs, 2, restockType="RETURN"), paid="39.60", note="chipped")
    assert given["userErrors"] == []
    after = order(shop, number)
    assert given["order"] == {"id": gid(number, "Order"), **after}
    line = after["lineItems"]["nodes"][0]
    assert (line["quantity"], line["currentQuantity"], line["refundableQuantity"]) == (3, 1, 1)
    names = ("totalPrice", "subtotalPrice", "totalTax")
    assert amounts(after, *names) == amounts(before, *names)
    assert amount(line["originalTotalSet"]) == "60.0"
    assert after["updatedAt"] > before["updatedAt"]
    assert (after["displayFinancialStatus"], after["refundable"]) == ("PARTIALLY_REFUNDED", True)


def test_what_is_left_of_a_refunded_order_adds_up(shop, bought):
    number, (mugs, _) = bought
    after = refund(shop, number, units(mugs, 2), paid="39.60")["order"]
    current = ("currentSubtotalPrice", "currentTotalDiscounts", "currentTotalTax", "currentShippingPrice")
    assert amounts(after, *current) == ["54.0", "6.0", "5.4", "5.0"]
    assert amounts(after, "currentTotalPrice", "netPayment", "totalOutstanding") == ["64.4", "64.4", "0.0"]


def test_a_refund_says_what_it_took_and_gave(shop, bought):
    number, (mugs, _) = bought
    made = refund(shop, number, units(mugs, 2, restockType="RETURN"), paid="39.60", note="chipped")["refund"]
    assert (made["note"], amount(made["totalRefundedSet"])) == ("chipped", "39.6")
    (taken,) = made["refundLineItems"]["nodes"]
    assert (taken["lineItem"]["id"], taken["quantity"], taken["restockType"]) == (mugs, 2, "RETURN")
    assert amounts(taken, "price", "subtotal", "totalTax") == ["20.0", "36.0", "3.6"]


def test_an_order_given_back_in_parts_is_refunded_to_the_cent(shop, bought):
    number, (mugs, cup) = bought
    for place, line in enumerate((mugs, mugs, mugs)):
        refund(shop, number, units(line, 1), paid="19.80", key=str(place))
    after = refund(shop, number, units(cup, 1), paid="44.60", shipping={"fullRefund": True}, key="all")["order"]
    assert (after["displayFinancialStatus"], after["refundable"]) == ("REFUNDED", False)
    left = ("currentTotalPrice", "currentSubtotalPrice", "currentTotalTax", "currentShippingPrice", "netPayment")
    assert amounts(after, *left) == ["0.0"] * 5
    assert amounts(after, "totalRefunded", "totalRefundedShipping", "totalPrice") == ["104.0", "5.0", "104.0"]


def test_money_alone_can_be_given_back(shop, bought):
    number, _ = bought
    after = refund(shop, number, paid="4.00")["order"]
    assert amounts(after, "currentTotalPrice", "currentSubtotalPrice", "totalRefunded") == ["100.0", "90.0", "4.0"]


def test_units_taken_back_without_money_are_owed(shop, bought):
    number, (_, cup) = bought
    after = refund(shop, number, units(cup, 1))["order"]
    assert amounts(after, "currentTotalPrice", "netPayment", "totalOutstanding") == ["64.4", "104.0", "-39.6"]
    assert after["displayFinancialStatus"] == "PAID"


def test_the_world_sees_what_was_given_back_and_lines_as_ordered(shop, bought):
    number, (mugs, _) = bought
    refund(shop, number, units(mugs, 2), paid="39.60")
    read = shop.read("order", number)
    assert (read["refunded"], read["total_amount"]) == ("39.6", "104.00")
    assert [line["quantity"] for line in read["lines"]] == ["3", "1"]


def test_what_a_customer_spent_is_less_by_what_was_given_back(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada"})
    (number,) = shop.make("order", {**ORDER, "customer_id": ada})
    refund(shop, number, paid="4.00")
    query = "query C($id: ID!) { customer(id: $id) { amountSpent { amount } } }"
    assert shop.data(query, id=gid(ada, "Customer"))["customer"]["amountSpent"] == {"amount": "100.0"}


def test_a_key_refunds_once(shop, bought):
    number, (mugs, _) = bought
    first = refund(shop, number, units(mugs, 1), paid="19.80")
    assert refund(shop, number, units(mugs, 1), paid="19.80")["refund"] == first["refund"]
    assert amount(order(shop, number)["totalRefundedSet"]) == "19.8"
    other = refund(shop, number, units(mugs, 2), paid="19.80")
    assert [field for field, _ in messages(other)] == [[]]
    given = {"orderId": gid(number, "Order")}
    without = "mutation R($input: RefundInput!) { refundCreate(input: $input) { refund { id } } }"
    assert shop.code(without, input=given) == "BAD_REQUEST"


def test_of_an_order_that_is_not_there_or_was_cancelled_nothing_is_refunded(shop):
    (cancelled,) = shop.make("order", {**ORDER, "status": "cancelled"})
    for place, number in enumerate((7, cancelled)):
        refused = refund(shop, number, paid="1.00", key=str(place))
        assert (refused["refund"], [field for field, _ in messages(refused)]) == (None, [["orderId"]])


@pytest.mark.parametrize(
    ("lines", "more", "field"),
    [
        ([("mugs", 4)], {}, ["refundLineItems", "0", "quantity"]),
        ([("mugs", 2), ("mugs", 2)], {}, ["refundLineItems", "1", "quantity"]),
        ([("mugs", 0)], {}, ["refundLineItems", "0", "quantity"]),
        ([("gone", 1)], {}, ["refundLineItems", "0", "lineItemId"]),
        ([], {"paid": "104.01"}, None),
        ([], {"paid": "0"}, ["transactions", "0", "amount"]),
        ([], {"transactions": [money(7, "1")]}, ["transactions", "0", "orderId"]),
        ([], {"shipping": {"amount": "5.01"}}, ["shipping", "amount"]),
        ([], {"currency": "EUR"}, ["currency"]),
    ],
)
def test_more_than_there_is_cannot_be_refunded(shop, bought, lines, more, field):
    number, (mugs, _) = bought
    ids = {"mugs": mugs, "gone": gid(7, "LineItem")}
    refused = refund(shop, number, *(units(ids[name], quantity) for name, quantity in lines), **more)
    assert (refused["refund"], [one for one, _ in messages(refused)]) == (None, [field])
    assert amount(order(shop, number)["totalRefundedSet"]) == "0.0"


def test_units_are_not_taken_back_twice(shop, bought):
    number, (mugs, _) = bought
    refund(shop, number, units(mugs, 2))
    refused = refund(shop, number, units(mugs, 2), key="b")
    assert messages(refused)[0][0] == ["refundLineItems", "0", "quantity"]


def test_the_currency_is_said_when_it_is_not_the_shops(shop):
    (number,) = shop.make("order", {**ORDER, "currency": "EUR", "shop_total": "114.40", "shop_currency": "USD"})
    assert messages(refund(shop, number, paid="10.00"))[0][0] == ["currency"]
    made = refund(shop, number, paid="10.00", currency="EUR", key="b")["refund"]
    assert amount(made["totalRefundedSet"]) == "10.0"


def test_a_refund_forgets_units_of_a_line_that_is_no_more(shop, bought):
    number, (mugs, _) = bought
    made = refund(shop, number, units(mugs, 2), paid="39.60")["refund"]["id"]
    shop.deed("edit", "order", number, lines=[])
    query = "query N($id: ID!) { node(id: $id) { ... on Refund { refundLineItems(first: 9) { nodes { id } } } } }"
    assert shop.data(query, id=made)["node"] == {"refundLineItems": {"nodes": []}}
