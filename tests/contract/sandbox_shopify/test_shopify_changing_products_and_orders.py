"""What can be changed of products, stock and orders at a simulated shop over the wire, and what is refused."""

import pytest

from tests.contract.sandbox_shopify.answers import codes, gid, messages, number

STOCK = """mutation Stock($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { reason changes { name delta location { name } } } userErrors { field message code } } }"""
VARIANTS = """mutation Change($product: ID!, $variants: [ProductVariantsBulkInput!]!, $partly: Boolean) {
  productVariantsBulkUpdate(productId: $product, variants: $variants, allowPartialUpdates: $partly) {
    productVariants { sku price barcode inventoryItem { unitCost { amount } } } userErrors { field message code } } }"""
CANCEL = """mutation Cancel($id: ID!, $refund: Boolean) {
  orderCancel(orderId: $id, reason: CUSTOMER, restock: false, refund: $refund) {
    job { done } orderCancelUserErrors { field message code } } }"""


def test_a_product_is_made_with_a_variant_that_is_then_filled_in(shop):
    create = """mutation P($product: ProductCreateInput!) { productCreate(product: $product) {
      product { id handle status variants(first: 1) { nodes { id title } } } userErrors { field message } } }"""
    made = shop.did(create, product={"title": "Clay mug", "descriptionHtml": "<p>Red &amp; round</p>"})["product"]
    assert (made["handle"], made["status"]) == ("clay-mug", "ACTIVE")
    (variant,) = made["variants"]["nodes"]
    change = {
        "id": variant["id"],
        "price": "9.50",
        "barcode": "40063",
        "inventoryItem": {"sku": "MUG-1", "cost": "4.25"},
        "metafields": [{"namespace": "crm", "key": "external_id", "value": "P-1", "type": "id"}],
    }
    (changed,) = shop.did(VARIANTS, product=made["id"], variants=[change])["productVariants"]
    cost = {"unitCost": {"amount": "4.25"}}
    assert changed == {"sku": "MUG-1", "price": "9.50", "barcode": "40063", "inventoryItem": cost}
    read = shop.read("product", number(variant["id"]))
    assert (read["name"], read["description"], read["external_id"]) == ("Clay mug", "Red & round", "P-1")
    assert messages(shop.did(create, product={"title": ""})) == [(["title"], "Title can't be blank")]


def test_an_update_of_a_product_moves_its_variants(shop):
    (mug,) = shop.make("product", {"name": "Mug"})
    find = "query V($id: ID!) { productVariant(id: $id) { updatedAt product { id updatedAt } } }"
    before = shop.data(find, id=gid(mug, "ProductVariant"))["productVariant"]
    shop.later()
    update = """mutation P($product: ProductUpdateInput!) { productUpdate(product: $product) {
      product { id } userErrors { field message } } }"""
    shop.did(update, product={"id": before["product"]["id"], "status": "ARCHIVED"})
    after = shop.data(find, id=gid(mug, "ProductVariant"))["productVariant"]
    assert after["updatedAt"] > before["updatedAt"]
    assert after["product"]["updatedAt"] > before["product"]["updatedAt"]
    asked = {"account": shop.account, "kind": "product", "record_id": mug}
    assert shop.control("records/edit", attributes={}, **asked)["record"]["state"] == "archived"
    assert messages(shop.did(update, product={"id": gid(7, "Product")})) == [(["id"], "Product does not exist")]


def test_variants_are_changed_all_or_none_unless_partly_will_do(shop):
    (mug,) = shop.make("product", {"name": "Mug", "price_amount": "5.00"})
    find = "query V($id: ID!) { productVariant(id: $id) { price product { id } } }"
    good, bad = {"id": gid(mug, "ProductVariant"), "price": "6"}, {"id": gid(7, "ProductVariant"), "price": "-1"}
    product = shop.data(find, id=good["id"])["productVariant"]["product"]["id"]
    wrong = [
        (["variants", "1", "id"], "PRODUCT_VARIANT_DOES_NOT_EXIST"),
        (["variants", "1", "price"], "GREATER_THAN_OR_EQUAL_TO"),
    ]
    assert codes(shop.did(VARIANTS, product=product, variants=[good, bad])) == wrong
    assert shop.data(find, id=good["id"])["productVariant"]["price"] == "5.00"
    partly = shop.did(VARIANTS, product=product, variants=[good, bad], partly=True)
    assert (codes(partly), [one["price"] for one in partly["productVariants"]]) == (wrong, ["6.00"])
    gone = shop.did(VARIANTS, product=gid(7, "Product"), variants=[good])
    assert codes(gone) == [(["productId"], "PRODUCT_DOES_NOT_EXIST")]


def test_products_are_deleted_with_their_variants(shop):
    (mug,) = shop.make("product", {"name": "Mug"})
    find = "query V($id: ID!) { productVariant(id: $id) { product { id } } }"
    product = shop.data(find, id=gid(mug, "ProductVariant"))["productVariant"]["product"]["id"]
    delete = "mutation D($id: ID!) { productDelete(input: {id: $id}) { deletedProductId userErrors { message } } }"
    assert shop.did(delete, id=product)["deletedProductId"] == product
    assert shop.data(find, id=gid(mug, "ProductVariant"))["productVariant"] is None


@pytest.fixture
def stocked(shop):
    """A shop with five mugs in Main; the item and the place."""
    (mug,) = shop.make("product", {"name": "Mug", "inventory": [{"location": "Main", "quantity": "5"}]})
    query = """query V($id: ID!) { productVariant(id: $id) { inventoryItem { id inventoryLevels(first: 1) {
      nodes { location { id } } } } } }"""
    item = shop.data(query, id=gid(mug, "ProductVariant"))["productVariant"]["inventoryItem"]
    return shop, mug, item["id"], item["inventoryLevels"]["nodes"][0]["location"]["id"]


def quantities(item, place, quantity, was, **more):
    entry = {"inventoryItemId": item, "locationId": place, "quantity": quantity, "changeFromQuantity": was}
    return {"name": "available", "reason": "correction", "quantities": [entry], **more}


def test_stock_is_set_from_what_the_caller_believes(stocked):
    shop, mug, item, place = stocked
    group = shop.did(STOCK, input=quantities(item, place, 8, 5), key="a")["inventoryAdjustmentGroup"]
    assert group == {
        "reason": "correction",
        "changes": [{"name": "available", "delta": 3, "location": {"name": "Main"}}],
    }
    stale = shop.did(STOCK, input=quantities(item, place, 9, 5), key="b")
    assert codes(stale) == [(["input", "quantities", "0", "changeFromQuantity"], "CHANGE_FROM_QUANTITY_STALE")]
    assert shop.read("product", mug)["inventory"] == [{"location": "Main", "quantity": "8"}]
    assert shop.did(STOCK, input=quantities(item, place, 2, None), key="c")["userErrors"] == []


def test_a_key_is_good_for_one_change(stocked):
    shop, mug, item, place = stocked
    first = shop.did(STOCK, input=quantities(item, place, 8, None), key="a")
    shop.deed("edit", "product", mug, inventory=[{"location": "Main", "quantity": "1"}])
    assert shop.did(STOCK, input=quantities(item, place, 8, None), key="a") == first
    assert shop.read("product", mug)["inventory"] == [{"location": "Main", "quantity": "1"}]
    other = shop.did(STOCK, input=quantities(item, place, 9, None), key="a")
    assert codes(other) == [([], "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")]


def test_stock_is_not_set_without_a_key_or_what_it_changes_from(stocked):
    shop, _, item, place = stocked
    body = shop.answer(
        STOCK.replace(" @idempotent(key: $key)", "").replace(", $key: String!", ""), input=quantities(item, place, 8, 5)
    )
    assert body["data"] == {"inventorySetQuantities": None}
    assert body["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    given = quantities(item, place, 8, 5)
    del given["quantities"][0]["changeFromQuantity"]
    assert shop.code(STOCK, input=given, key="a") == "INVALID_FIELD_ARGUMENTS"
    assert shop.code(STOCK, input=quantities(item, place, 8, 5), key=" ") == "BAD_REQUEST"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name": "committed"}, "INVALID_NAME"),
        ({"reason": "because"}, "INVALID_REASON"),
        ({"referenceDocumentUri": "12"}, "INVALID_REFERENCE_DOCUMENT"),
        ({"inventoryItemId": gid(7, "InventoryItem")}, "INVALID_INVENTORY_ITEM"),
        ({"locationId": gid(7, "Location")}, "INVALID_LOCATION"),
        ({"quantity": 2_000_000_000}, "INVALID_QUANTITY_TOO_HIGH"),
    ],
)
def test_stock_that_cannot_be_set_is_refused(stocked, change, code):
    shop, mug, item, place = stocked
    given = quantities(item, place, 8, 5)
    target = given["quantities"][0] if set(change) & set(given["quantities"][0]) else given
    target.update(change)
    payload = shop.did(STOCK, input=given, key="a")
    assert (payload["inventoryAdjustmentGroup"], [one["code"] for one in payload["userErrors"]]) == (None, [code])
    assert shop.read("product", mug)["inventory"] == [{"location": "Main", "quantity": "5"}]


def test_costs_are_the_items(stocked):
    shop, mug, item, _ = stocked
    update = """mutation I($id: ID!, $cost: Decimal) { inventoryItemUpdate(id: $id, input: {cost: $cost}) {
      inventoryItem { unitCost { amount } } userErrors { field message } } }"""
    assert shop.did(update, id=item, cost="3.10")["inventoryItem"]["unitCost"] == {"amount": "3.1"}
    assert shop.read("product", mug)["cost_amount"] == "3.10"
    assert messages(shop.did(update, id=item, cost="-1"))[0][0] == ["input", "cost"]


def test_an_orders_words_can_be_changed(shop):
    (order,) = shop.make("order", {"number": "#1"})
    update = """mutation O($input: OrderInput!) { orderUpdate(input: $input) {
      order { note poNumber tags email } userErrors { field message } } }"""
    given = {
        "id": gid(order, "Order"),
        "note": "gift",
        "poNumber": "PO-1",
        "tags": ["b", "a"],
        "email": "a@example.com",
        "metafields": [{"namespace": "crm", "key": "netsuite_id", "value": "5", "type": "single_line_text_field"}],
    }
    changed = shop.did(update, input=given)["order"]
    assert changed == {"note": "gift", "poNumber": "PO-1", "tags": ["a", "b"], "email": "a@example.com"}
    assert shop.read("order", order)["cross_ids"] == {"netsuite": "5"}
    assert messages(shop.did(update, input={"id": gid(7, "Order")})) == [(["id"], "Order does not exist")]


def test_an_order_is_cancelled_once_and_gives_back_what_was_paid_if_asked(shop):
    one, two, sent = shop.make(
        "order",
        {"number": "#1", "status": "open", "total_amount": "9.00"},
        {"number": "#2", "status": "open", "total_amount": "9.00"},
        {"number": "#3", "status": "fulfilled"},
    )
    assert shop.did(CANCEL, id=gid(one, "Order"), refund=True)["job"] == {"done": True}
    assert shop.did(CANCEL, id=gid(two, "Order"))["orderCancelUserErrors"] == []
    query = "query O($id: ID!) { order(id: $id) { cancelReason displayFinancialStatus refunds { id } } }"
    first, second = (shop.data(query, id=gid(number_, "Order"))["order"] for number_ in (one, two))
    assert (first["cancelReason"], first["displayFinancialStatus"], len(first["refunds"])) == (
        "CUSTOMER",
        "REFUNDED",
        1,
    )
    assert (second["displayFinancialStatus"], second["refunds"]) == ("VOIDED", [])
    assert shop.read("order", one)["status"] == "cancelled"
    for number_, code in ((one, "INVALID"), (sent, "INVALID"), (7, "NOT_FOUND")):
        (error,) = shop.did(CANCEL, id=gid(number_, "Order"))["orderCancelUserErrors"]
        assert (error["field"], error["code"]) == (["orderId"], code)
