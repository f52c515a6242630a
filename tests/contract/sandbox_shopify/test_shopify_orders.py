"""Orders of a simulated shop: amounts in both currencies, lines, refunds, buyers."""

import pytest

ORDER = {
    "number": "#1001",
    "placed_on": "2026-03-08",
    "status": "open",
    "currency": "EUR",
    "subtotal_amount": "100.00",
    "discount_amount": "10.00",
    "tax_amount": "17.10",
    "shipping_amount": "4.90",
    "total_amount": "112.00",
}
BAG = "{ presentmentMoney { amount currencyCode } shopMoney { amount currencyCode } }"
FIELDS = f"""
{{ id name createdAt updatedAt processedAt cancelledAt cancelReason displayFulfillmentStatus displayFinancialStatus
  currencyCode presentmentCurrencyCode taxesIncluded email
  shippingLine {{ originalPriceSet {BAG} discountedPriceSet {BAG} }}
  subtotalPriceSet {BAG} totalDiscountsSet {BAG} totalTaxSet {BAG} totalShippingPriceSet {BAG} totalPriceSet {BAG}
  totalRefundedSet {BAG} currentTotalPriceSet {BAG} currentSubtotalPriceSet {BAG}
  customer {{ id }}
  purchasingEntity {{ __typename
    ... on Customer {{ id }}
    ... on PurchasingCompany {{ company {{ id name }} contact {{ id customer {{ id }} }} location {{ id }} }} }}
  lineItems(first: 10) {{ nodes {{
    id name sku quantity currentQuantity variant {{ id }} product {{ id }}
    originalTotalSet {BAG} discountedTotalSet {BAG} originalUnitPriceSet {BAG} }} }}
  refunds {{ id createdAt totalRefundedSet {BAG} }}
  external: metafield(namespace: "crm", key: "external_id") {{ value }} }}
"""
BY_ID = f"query One($id: ID!) {{ order(id: $id) {FIELDS} }}"


def gid(number, typename="Order"):
    return f"gid://shopify/{typename}/{number}"


def order(shop, number):
    return shop.data(BY_ID, id=gid(number))["order"]


def made(shop, **row):
    return shop.make("order", {**ORDER, **row})[0]


def paid(bag):
    return bag["presentmentMoney"]["amount"], bag["presentmentMoney"]["currencyCode"]


def in_shop(bag):
    return bag["shopMoney"]["amount"], bag["shopMoney"]["currencyCode"]


def line(product=None, **more):
    return {"product_id": product, "sku": "MUG-1", "name": "Mug", "quantity": "2", "amount": "50.00", **more}


def test_amounts_are_what_the_customer_paid(shop):
    told = order(shop, made(shop))
    assert paid(told["subtotalPriceSet"]) == ("90.0", "EUR")
    assert paid(told["totalDiscountsSet"]) == ("10.0", "EUR")
    assert paid(told["totalTaxSet"]) == ("17.1", "EUR")
    assert paid(told["totalShippingPriceSet"]) == ("4.9", "EUR")
    assert paid(told["totalPriceSet"]) == ("112.0", "EUR")
    assert told["presentmentCurrencyCode"] == "EUR"


def test_what_is_off_shipping_is_a_discount_and_off_no_line(shop):
    told = order(shop, made(shop, discount_amount="14.90", shipping_discount="4.90", total_amount="107.10"))
    assert paid(told["subtotalPriceSet"]) == ("90.0", "EUR")
    assert paid(told["totalDiscountsSet"]) == ("14.9", "EUR")
    assert paid(told["totalShippingPriceSet"]) == ("4.9", "EUR")
    sent = told["shippingLine"]
    assert [paid(sent[name]) for name in ("originalPriceSet", "discountedPriceSet")] == [("4.9", "EUR"), ("0.0", "EUR")]


def test_without_shipping_there_is_no_line_of_it(shop):
    assert order(shop, made(shop, shipping_amount="0.00"))["shippingLine"] is None


def test_shop_money_is_the_same_when_no_other_currency_is_stated(shop):
    told = order(shop, made(shop))
    assert in_shop(told["totalPriceSet"]) == ("112.0", "EUR")
    assert told["currencyCode"] == "EUR"


def test_shop_money_is_converted_by_what_the_totals_say(shop):
    told = order(shop, made(shop, shop_total="123.20", shop_currency="USD"))
    assert in_shop(told["totalPriceSet"]) == ("123.2", "USD")
    assert in_shop(told["subtotalPriceSet"]) == ("99.0", "USD")
    assert in_shop(told["totalShippingPriceSet"]) == ("5.39", "USD")
    assert (told["currencyCode"], told["presentmentCurrencyCode"]) == ("USD", "EUR")


def test_amounts_nobody_stated_are_null_where_they_can_be(shop):
    told = order(shop, made(shop, subtotal_amount=None, discount_amount=None, tax_amount=None, shipping_amount=None))
    assert [told[name] for name in ("subtotalPriceSet", "totalDiscountsSet", "totalTaxSet")] == [None] * 3
    assert paid(told["totalShippingPriceSet"]) == ("0.0", "EUR")


def test_an_order_is_processed_at_noon_of_its_day(shop):
    told = order(shop, made(shop, created_at_ms=1_772_900_000_000))
    assert told["processedAt"] == "2026-03-08T12:00:00Z"
    assert told["createdAt"] == "2026-03-07T16:13:20Z"


@pytest.mark.parametrize(
    ("status", "fulfillment", "financial", "cancelled"),
    [
        ("open", "UNFULFILLED", "PAID", False),
        ("fulfilled", "FULFILLED", "PAID", False),
        ("cancelled", "UNFULFILLED", "VOIDED", True),
    ],
)
def test_what_the_status_of_an_order_is_on_the_wire(shop, status, fulfillment, financial, cancelled):
    told = order(shop, made(shop, status=status))
    assert told["displayFulfillmentStatus"] == fulfillment
    assert told["displayFinancialStatus"] == financial
    assert (told["cancelledAt"] is not None) is cancelled


def test_a_cancellation_moves_the_order_and_leaves_nothing_current(shop):
    number = made(shop, lines=[line()])
    before = order(shop, number)
    shop.later()
    shop.deed("edit", "order", number, status="cancelled")
    after = order(shop, number)
    assert after["cancelledAt"] == after["updatedAt"] > before["updatedAt"]
    assert paid(after["totalPriceSet"]) == ("112.0", "EUR")
    assert paid(after["currentTotalPriceSet"]) == paid(after["currentSubtotalPriceSet"]) == ("0.0", "EUR")
    (kept,) = after["lineItems"]["nodes"]
    assert (kept["quantity"], kept["currentQuantity"]) == (2, 0)


def test_what_is_given_back_is_a_refund_and_changes_no_amount(shop):
    number = made(shop)
    shop.later()
    shop.deed("edit", "order", number, refunded="12.00")
    shop.later()
    shop.deed("edit", "order", number, refunded="20.00")
    told = order(shop, number)
    assert [paid(one["totalRefundedSet"]) for one in told["refunds"]] == [("12.0", "EUR"), ("8.0", "EUR")]
    assert told["refunds"][0]["createdAt"] < told["refunds"][1]["createdAt"] == told["updatedAt"]
    assert paid(told["totalRefundedSet"]) == ("20.0", "EUR")
    assert paid(told["totalPriceSet"]) == ("112.0", "EUR")
    assert paid(told["currentTotalPriceSet"]) == ("92.0", "EUR")
    assert told["displayFinancialStatus"] == "PARTIALLY_REFUNDED"
    shop.deed("edit", "order", number, refunded="112.00")
    assert order(shop, number)["displayFinancialStatus"] == "REFUNDED"


def test_lines_name_their_variant_and_their_amount_before_discounts(shop):
    (mug,) = shop.make("product", {"name": "Mug", "sku": "MUG-1"})
    (told,) = order(shop, made(shop, lines=[line(mug)]))["lineItems"]["nodes"]
    assert (told["sku"], told["name"], told["quantity"]) == ("MUG-1", "Mug", 2)
    assert told["variant"] == {"id": gid(mug, "ProductVariant")}
    assert paid(told["originalTotalSet"]) == paid(told["discountedTotalSet"]) == ("50.0", "EUR")
    assert paid(told["originalUnitPriceSet"]) == ("25.0", "EUR")


def test_a_line_keeps_its_words_when_its_product_is_gone(shop):
    (mug,) = shop.make("product", {"name": "Mug", "sku": "MUG-1"})
    number = made(shop, lines=[{"product_id": mug, "quantity": "2", "amount": "50.00"}])
    shop.deed("delete", "product", mug)
    (told,) = order(shop, number)["lineItems"]["nodes"]
    assert (told["variant"], told["product"], told["sku"], told["name"]) == (None, None, "MUG-1", "Mug")


def test_an_edit_of_lines_moves_the_order_and_keeps_the_ids_of_lines_that_stay(shop):
    mug, cup, pot = shop.make("product", {"name": "Mug"}, {"name": "Cup"}, {"name": "Pot"})
    number = made(shop, lines=[line(mug), line(cup)])
    before = order(shop, number)
    shop.later()
    shop.deed("edit", "order", number, lines=[line(pot), line(mug, quantity="3", amount="75.00")])
    after = order(shop, number)
    assert after["updatedAt"] > before["updatedAt"]
    assert paid(after["totalPriceSet"]) == paid(before["totalPriceSet"])
    was = {node["variant"]["id"]: node["id"] for node in before["lineItems"]["nodes"]}
    now = {node["variant"]["id"]: (node["id"], node["quantity"]) for node in after["lineItems"]["nodes"]}
    assert now[gid(mug, "ProductVariant")] == (was[gid(mug, "ProductVariant")], 3)
    assert now[gid(pot, "ProductVariant")][0] not in was.values()
    assert shop.read("order", number)["lines"][1] == line(mug, quantity="3", amount="75.00")


def test_a_person_or_a_company_buys(shop):
    (company,) = shop.make("company", {"name": "Acme"})
    ada, bob = shop.make(
        "customer",
        {"first_name": "Ada", "email": "ada@example.com", "company_id": company},
        {"first_name": "Bob", "email": "bob@example.com"},
    )
    of_company = order(shop, made(shop, customer_id=ada, company_id=company))
    assert of_company["customer"] == {"id": gid(ada, "Customer")}
    assert of_company["email"] == "ada@example.com"
    entity = of_company["purchasingEntity"]
    assert (entity["__typename"], entity["company"]["name"]) == ("PurchasingCompany", "Acme")
    assert entity["contact"]["customer"] == {"id": gid(ada, "Customer")}
    assert order(shop, made(shop, customer_id=bob, company_id=company))["purchasingEntity"]["contact"] is None
    of_person = order(shop, made(shop, customer_id=bob))["purchasingEntity"]
    assert of_person == {"__typename": "Customer", "id": gid(bob, "Customer")}
    assert order(shop, made(shop))["purchasingEntity"] is None


def test_tax_inside_prices_is_said(shop):
    assert order(shop, made(shop, tax_included=True))["taxesIncluded"] is True
    assert order(shop, made(shop))["taxesIncluded"] is False


def test_the_world_reads_back_what_it_said(shop):
    (mug,) = shop.make("product", {"name": "Mug", "sku": "MUG-1"})
    row = {**ORDER, "lines": [line(mug)], "external_id": "O-1", "cross_ids": {"netsuite": "9"}, "custom_gift": "yes"}
    number = made(shop, **row)
    assert shop.read("order", number) == {**row, "state": "live"}
    assert order(shop, number)["external"] == {"value": "O-1"}


def test_a_deleted_order_reads_as_null(shop):
    number = made(shop)
    assert shop.deed("delete", "order", number)["state"] == "deleted"
    assert order(shop, number) is None


def test_a_neighbour_must_be_there(shop):
    asked = {"account": shop.account, "kind": "order", "rows": [{**ORDER, "customer_id": "7"}]}
    answer = shop.http.post(f"{shop.base_url}/control/records/create", json=asked)
    assert (answer.status_code, answer.json()) == (400, {"error": "there is no customer 7"})


def test_lines_and_refunds_can_be_asked_for_by_id(shop):
    told = order(shop, made(shop, lines=[line(), line(sku="B")], refunded="5.00"))
    ids = [told["lineItems"]["nodes"][1]["id"], told["refunds"][0]["id"]]
    query = (
        "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { id ... on LineItem { sku } ... on Refund { order { id } } } }"
    )
    assert shop.data(query, ids=ids)["nodes"] == [
        {"id": ids[0], "sku": "B"},
        {"id": ids[1], "order": {"id": told["id"]}},
    ]
