"""Orders edited over the wire at a simulated shop: what waits, what a commit changes, and what cannot be edited."""

from decimal import Decimal

import pytest

from tests.contract.sandbox_shopify.an_order import AMOUNTS
from tests.contract.sandbox_shopify.answers import gid, messages, number

BAG = "{ presentmentMoney { amount } shopMoney { amount } }"
FIND = f"""query O($id: ID!) {{ order(id: $id) {{ edited merchantEditable displayFinancialStatus updatedAt
  totalPriceSet {BAG} subtotalPriceSet {BAG} totalDiscountsSet {BAG} totalTaxSet {BAG} totalShippingPriceSet {BAG}
  totalRefundedSet {BAG} totalReceivedSet {BAG} netPaymentSet {BAG} totalOutstandingSet {BAG}
  currentTotalPriceSet {BAG} currentSubtotalPriceSet {BAG} currentTotalDiscountsSet {BAG} currentTotalTaxSet {BAG}
  currentSubtotalLineItemsQuantity
  lineItems(first: 9) {{ nodes {{ id sku name quantity currentQuantity variant {{ id }} originalTotalSet {BAG} }} }} }} }}"""
LINE = f"""id title sku quantity editableQuantity editableQuantityBeforeChanges originalUnitPriceSet {BAG} variant {{ id }}"""
CALCULATED = f"""calculatedOrder {{ id originalOrder {{ id }} subtotalLineItemsQuantity
  subtotalPriceSet {BAG} totalPriceSet {BAG} totalOutstandingSet {BAG}
  lineItems(first: 9) {{ nodes {{ {LINE} }} }} addedLineItems(first: 9) {{ nodes {{ {LINE} }} }} }}
  orderEditSession {{ id }} userErrors {{ field message }}"""
BEGIN = f"mutation B($id: ID!) {{ orderEditBegin(id: $id) {{ {CALCULATED} }} }}"
SET = f"""mutation S($id: ID!, $line: ID!, $quantity: Int!) {{
  orderEditSetQuantity(id: $id, lineItemId: $line, quantity: $quantity) {{
    calculatedLineItem {{ {LINE} }} {CALCULATED} }} }}"""
ADD = f"""mutation A($id: ID!, $variant: ID!, $quantity: Int!, $twice: Boolean) {{
  orderEditAddVariant(id: $id, variantId: $variant, quantity: $quantity, allowDuplicates: $twice) {{
    calculatedLineItem {{ {LINE} }} {CALCULATED} }} }}"""
COMMIT = "mutation C($id: ID!) { orderEditCommit(id: $id) { order { id edited } userErrors { field message } } }"
ORDER = {
    **AMOUNTS,
    "status": "open",
}


def amounts(told, *names):
    return [told[f"{name}Set"]["presentmentMoney"]["amount"] for name in names]


def order(shop, number_):
    return shop.data(FIND, id=gid(number_, "Order"))["order"]


def begin(shop, number_):
    return shop.did(BEGIN, id=gid(number_, "Order"))["calculatedOrder"]


def bought(shop, **more):
    """An order of three mugs and a cup, less a tenth, taxed by a tenth; and the variants of a mug and a pot."""
    mug, pot = shop.make("product", {"name": "Mug", "sku": "MUG"}, {"name": "Pot", "sku": "POT", "price_amount": "15"})
    mugs = {"product_id": mug, "quantity": "3", "amount": "60.00"}
    cup = {"sku": "CUP", "name": "Cup", "quantity": "1", "amount": "40.00"}
    (made,) = shop.make("order", {**ORDER, "lines": [mugs, cup], **more})
    return made, gid(mug, "ProductVariant"), gid(pot, "ProductVariant")


def adds_up(told):
    """As somebody adds up who reads the order as it was ordered."""
    bags = ("subtotalPrice", "totalDiscounts", "totalTax", "totalShippingPrice", "totalPrice")
    subtotal, discount, tax, shipping, total = (Decimal(one) for one in amounts(told, *bags))
    lines = sum(Decimal(*amounts(line, "originalTotal")) for line in told["lineItems"]["nodes"])
    return (lines, subtotal + tax + shipping) == (subtotal + discount, total)


def test_an_edit_begins_with_the_order_as_it_is(shop):
    made, mug, _ = bought(shop)
    begun = shop.did(BEGIN, id=gid(made, "Order"))
    calculated = begun["calculatedOrder"]
    assert calculated["originalOrder"] == {"id": gid(made, "Order")}
    mugs, cup = calculated["lineItems"]["nodes"]
    told = ("quantity", "editableQuantity", "editableQuantityBeforeChanges")
    assert [mugs[name] for name in told] == [3, 3, 3]
    assert (mugs["variant"], cup["variant"], cup["title"]) == ({"id": mug}, None, "Cup")
    assert [number(mugs["id"]), number(cup["id"])] == [
        number(one["id"]) for one in order(shop, made)["lineItems"]["nodes"]
    ]
    assert amounts(calculated, "subtotalPrice", "totalPrice", "totalOutstanding") == ["90.0", "104.0", "0.0"]
    assert number(begun["orderEditSession"]["id"]) == number(calculated["id"])


def test_nothing_changes_before_the_commit(shop):
    made, _, pot = bought(shop)
    before = order(shop, made)
    shop.later()
    calculated = begin(shop, made)
    shop.did(SET, id=calculated["id"], line=calculated["lineItems"]["nodes"][0]["id"], quantity=0)
    shop.did(ADD, id=calculated["id"], variant=pot, quantity=2)
    assert order(shop, made) == before


def test_what_waits_is_shown(shop):
    made, _, pot = bought(shop)
    begun = begin(shop, made)
    mugs = begun["lineItems"]["nodes"][0]["id"]
    fewer = shop.did(SET, id=begun["id"], line=mugs, quantity=1)
    line = fewer["calculatedLineItem"]
    assert (line["quantity"], line["editableQuantityBeforeChanges"]) == (1, 3)
    assert amounts(fewer["calculatedOrder"], "totalPrice", "totalOutstanding") == ["64.4", "-39.6"]
    more = shop.did(ADD, id=begun["id"], variant=pot, quantity=2)
    added = more["calculatedLineItem"]
    assert (added["title"], added["sku"], added["quantity"], added["variant"]) == ("Pot", "POT", 2, {"id": pot})
    assert more["calculatedOrder"]["addedLineItems"]["nodes"] == [added]
    assert more["calculatedOrder"]["lineItems"]["nodes"][0]["id"] == mugs
    assert more["calculatedOrder"]["subtotalLineItemsQuantity"] == 4
    assert amounts(more["calculatedOrder"], "totalPrice", "totalOutstanding") == ["97.4", "-6.6"]
    query = "query N($id: ID!) { node(id: $id) { ... on CalculatedOrder { subtotalLineItemsQuantity } } }"
    assert shop.data(query, id=begun["id"])["node"] == {"subtotalLineItemsQuantity": 4}


def test_a_removed_line_keeps_its_units_and_the_order_its_amounts(shop):
    made, _, _ = bought(shop)
    before = order(shop, made)
    shop.later()
    begun = begin(shop, made)
    shop.did(SET, id=begun["id"], line=begun["lineItems"]["nodes"][0]["id"], quantity=0)
    assert shop.did(COMMIT, id=begun["id"])["order"] == {"id": gid(made, "Order"), "edited": True}
    after = order(shop, made)
    mugs = after["lineItems"]["nodes"][0]
    assert (mugs["quantity"], mugs["currentQuantity"], after["currentSubtotalLineItemsQuantity"]) == (3, 0, 1)
    stays = ("totalPrice", "subtotalPrice", "totalDiscounts", "totalTax", "totalRefunded", "netPayment")
    assert amounts(after, *stays) == amounts(before, *stays)
    current = ("currentTotalPrice", "currentSubtotalPrice", "currentTotalDiscounts", "currentTotalTax")
    assert amounts(after, *current) == ["44.6", "36.0", "4.0", "3.6"]
    assert amounts(after, "totalOutstanding") == ["-59.4"]
    assert after["updatedAt"] > before["updatedAt"]
    assert adds_up(after)


def test_an_added_line_is_a_new_one_and_the_order_adds_up(shop):
    made, _, pot = bought(shop)
    begun = begin(shop, made)
    shop.did(ADD, id=begun["id"], variant=pot, quantity=2)
    shop.did(COMMIT, id=begun["id"])
    after = order(shop, made)
    *known, added = after["lineItems"]["nodes"]
    assert (added["name"], added["quantity"], added["currentQuantity"]) == ("Pot", 2, 2)
    assert added["id"] not in [line["id"] for line in known]
    assert amounts(after, "subtotalPrice", "totalDiscounts", "totalTax", "totalPrice") == [
        "120.0",
        "10.0",
        "12.0",
        "137.0",
    ]
    assert amounts(after, "totalReceived", "totalOutstanding", "currentTotalPrice") == ["104.0", "33.0", "137.0"]
    assert (after["displayFinancialStatus"], after["edited"]) == ("PARTIALLY_PAID", True)
    assert adds_up(after)
    read = shop.read("order", made)
    assert ([line["quantity"] for line in read["lines"]], read["total_amount"]) == (["3", "1", "2"], "137.0")
    assert "received" not in read


def test_tax_inside_prices_is_not_charged_again(shop):
    made, _, pot = bought(shop, tax_included=True, total_amount="95.00")
    begun = begin(shop, made)
    shop.did(ADD, id=begun["id"], variant=pot, quantity=2)
    shop.did(COMMIT, id=begun["id"])
    assert amounts(order(shop, made), "totalTax", "totalPrice") == ["12.0", "125.0"]


def test_what_is_added_is_priced_in_the_customers_currency(shop):
    made, _, pot = bought(shop, currency="EUR", shop_total="208.00", shop_currency="USD")
    begun = begin(shop, made)
    shop.did(ADD, id=begun["id"], variant=pot, quantity=2)
    shop.did(COMMIT, id=begun["id"])
    after = order(shop, made)
    assert amounts(after["lineItems"]["nodes"][-1], "originalTotal") == ["15.0"]
    assert after["totalPriceSet"]["presentmentMoney"]["amount"] == "120.5"
    assert after["totalPriceSet"]["shopMoney"]["amount"] == "241.0"
    assert adds_up(after)


def test_more_units_are_first_those_removed_and_then_new_ones(shop):
    made, _, _ = bought(shop)
    for quantity, units, left in ((1, 3, 1), (2, 3, 2), (4, 4, 4)):
        begun = begin(shop, made)
        shop.did(SET, id=begun["id"], line=begun["lineItems"]["nodes"][0]["id"], quantity=quantity)
        shop.did(COMMIT, id=begun["id"])
        after = order(shop, made)
        mugs = after["lineItems"]["nodes"][0]
        assert (mugs["quantity"], mugs["currentQuantity"]) == (units, left)
        assert adds_up(after)
    assert amounts(after, "subtotalPrice", "totalPrice", "currentTotalPrice") == ["110.0", "126.0", "126.0"]


def test_units_refunded_cannot_be_edited_any_more(shop):
    made, _, _ = bought(shop)
    mugs = order(shop, made)["lineItems"]["nodes"][0]["id"]
    refund = """mutation R($input: RefundInput!) { refundCreate(input: $input) @idempotent(key: "a") {
      userErrors { message } } }"""
    given = {"orderId": gid(made, "Order"), "refundLineItems": [{"lineItemId": mugs, "quantity": 2}]}
    assert shop.did(refund, input=given)["userErrors"] == []
    begun = begin(shop, made)
    assert begun["lineItems"]["nodes"][0]["editableQuantity"] == 1
    shop.did(SET, id=begun["id"], line=begun["lineItems"]["nodes"][0]["id"], quantity=0)
    shop.did(COMMIT, id=begun["id"])
    after = order(shop, made)["lineItems"]["nodes"][0]
    assert (after["quantity"], after["currentQuantity"]) == (3, 0)


def test_a_line_to_come_can_be_changed_and_taken_back(shop):
    made, _, pot = bought(shop)
    begun = begin(shop, made)
    added = shop.did(ADD, id=begun["id"], variant=pot, quantity=2)["calculatedLineItem"]["id"]
    assert shop.did(SET, id=begun["id"], line=added, quantity=5)["calculatedLineItem"]["quantity"] == 5
    gone = shop.did(SET, id=begun["id"], line=added, quantity=0)
    assert (gone["calculatedLineItem"], gone["calculatedOrder"]["addedLineItems"]["nodes"]) == (None, [])
    assert messages(shop.did(COMMIT, id=begun["id"])) == [(["id"], "There must be at least one change to be made.")]


def test_a_variant_comes_twice_only_when_allowed(shop):
    made, mug, _ = bought(shop)
    begun = begin(shop, made)
    refused = shop.did(ADD, id=begun["id"], variant=mug, quantity=1)
    assert messages(refused) == [(["id"], "Mug was not added because it's already on the order.")]
    assert shop.did(ADD, id=begun["id"], variant=mug, quantity=1, twice=True)["userErrors"] == []


def test_a_session_is_known_by_its_own_id_and_ends_with_the_commit(shop):
    made, _, pot = bought(shop)
    session = shop.did(BEGIN, id=gid(made, "Order"))["orderEditSession"]["id"]
    assert shop.did(ADD, id=session, variant=pot, quantity=1)["userErrors"] == []
    assert shop.did(COMMIT, id=session)["userErrors"] == []
    assert messages(shop.did(COMMIT, id=session)) == [(["id"], "The calculated order does not exist.")]


@pytest.mark.parametrize("status", ["fulfilled", "cancelled"])
def test_what_is_sent_or_cancelled_cannot_be_edited(shop, status):
    made, _, pot = bought(shop, status=status)
    assert order(shop, made)["merchantEditable"] is False
    refused = shop.did(BEGIN, id=gid(made, "Order"))
    assert (refused["calculatedOrder"], messages(refused)) == (None, [(["base"], "not_editable")])
    shop.deed("edit", "order", made, status="open")
    begun = begin(shop, made)
    shop.did(ADD, id=begun["id"], variant=pot, quantity=1)
    shop.deed("edit", "order", made, status=status)
    assert messages(shop.did(COMMIT, id=begun["id"])) == [(["base"], "not_editable")]
    assert order(shop, made)["edited"] is False


def test_what_is_not_there_cannot_be_edited(shop):
    made, _, pot = bought(shop)
    begun = begin(shop, made)["id"]
    line = gid(number(begun), "CalculatedLineItem")
    unknown = gid(7, "CalculatedOrder")
    assert messages(shop.did(BEGIN, id=gid(7, "Order")))[0][0] == ["id"]
    assert messages(shop.did(SET, id=unknown, line=line, quantity=1))[0][0] == ["id"]
    assert messages(shop.did(ADD, id=unknown, variant=pot, quantity=1))[0][0] == ["id"]
    assert messages(shop.did(SET, id=begun, line=line, quantity=1))[0][0] == ["lineItemId"]
    assert messages(shop.did(SET, id=begun, line=line, quantity=-1))[0][0] == ["quantity"]
    assert messages(shop.did(ADD, id=begun, variant=pot, quantity=0))[0][0] == ["quantity"]
    assert messages(shop.did(ADD, id=begun, variant=gid(7, "ProductVariant"), quantity=1))[0][0] == ["variantId"]
    shop.deed("delete", "order", made)
    assert messages(shop.did(COMMIT, id=begun))[0][0] == ["id"]


def test_what_people_then_state_of_an_order_is_paid_in_full(shop):
    made, _, pot = bought(shop)
    begun = begin(shop, made)
    shop.did(ADD, id=begun["id"], variant=pot, quantity=2)
    shop.did(COMMIT, id=begun["id"])
    shop.deed("edit", "order", made, total_amount="137.00")
    after = order(shop, made)
    assert (after["displayFinancialStatus"], *amounts(after, "totalReceived")) == ("PAID", "137.0")
