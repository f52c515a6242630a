"""What can be changed at a simulated shop over the wire, and what is refused."""

import pytest

CREATE = """mutation Create($input: CustomerInput!) { customerCreate(input: $input) {
  customer { id firstName tags note defaultEmailAddress { emailAddress marketingState } defaultPhoneNumber { phoneNumber }
             defaultAddress { company city countryCodeV2 } metafield(namespace: "crm", key: "netsuite_id") { value } }
  userErrors { field message } } }"""
UPDATE = """mutation Update($input: CustomerInput!) { customerUpdate(input: $input) {
  customer { id firstName lastName updatedAt } userErrors { field message } } }"""
SET = """mutation Set($input: CustomerSetInput!, $identifier: CustomerSetIdentifiers) {
  customerSet(input: $input, identifier: $identifier) {
    customer { id firstName metafield(namespace: "crm", key: "external_id") { value } }
    userErrors { field message code } } }"""
DELETE = """mutation Delete($id: ID!) { customerDelete(input: {id: $id}) {
  deletedCustomerId shop { id } userErrors { field message } } }"""
MERGE = """mutation Merge($one: ID!, $two: ID!, $override: CustomerMergeOverrideFields) {
  customerMerge(customerOneId: $one, customerTwoId: $two, overrideFields: $override) {
    resultingCustomerId job { id done } userErrors { field message code } } }"""
CONSENT = """mutation Consent($id: ID!, $state: CustomerEmailMarketingState!) {
  customerEmailMarketingConsentUpdate(input: {customerId: $id, emailMarketingConsent: {marketingState: $state}}) {
    customer { defaultEmailAddress { marketingState } } userErrors { field message code } } }"""
METAFIELDS = """mutation Write($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) {
  metafields { id namespace key value type compareDigest owner { ... on Customer { id } } }
  userErrors { field message code elementIndex } } }"""
STOCK = """mutation Stock($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { reason changes { name delta location { name } } } userErrors { field message code } } }"""
VARIANTS = """mutation Change($product: ID!, $variants: [ProductVariantsBulkInput!]!, $partly: Boolean) {
  productVariantsBulkUpdate(productId: $product, variants: $variants, allowPartialUpdates: $partly) {
    productVariants { sku price barcode inventoryItem { unitCost { amount } } } userErrors { field message code } } }"""
CANCEL = """mutation Cancel($id: ID!, $refund: Boolean) {
  orderCancel(orderId: $id, reason: CUSTOMER, restock: false, refund: $refund) {
    job { done } orderCancelUserErrors { field message code } } }"""


def gid(number, typename="Customer"):
    return f"gid://shopify/{typename}/{number}"


def number(identifier):
    return identifier.rpartition("/")[2]


def did(shop, mutation, **variables):
    """The payload of the one mutation of a document."""
    (payload,) = shop.data(mutation, **variables).values()
    return payload


def messages(payload):
    return [(error["field"], error["message"]) for error in payload["userErrors"]]


def codes(payload):
    return [(error["field"], error["code"]) for error in payload["userErrors"]]


# --- customers -----------------------------------------------------------------------------------------------


def test_a_customer_is_kept_in_the_platforms_spelling(shop):
    payload = did(
        shop,
        CREATE,
        input={
            "firstName": "Ada",
            "email": " ada @example.com ",
            "phone": "+1 (613) 450-5293",
            "tags": ["vip", "B2B", "VIP"],
            "note": "calls on Mondays",
            "addresses": [{"company": "Acme", "city": "Reno", "countryCode": "US"}],
            "emailMarketingConsent": {"marketingState": "SUBSCRIBED"},
            "metafields": [{"namespace": "crm", "key": "netsuite_id", "value": "17", "type": "single_line_text_field"}],
        },
    )
    made = payload["customer"]
    assert payload["userErrors"] == []
    assert made["defaultEmailAddress"] == {"emailAddress": "ada@example.com", "marketingState": "SUBSCRIBED"}
    assert made["defaultPhoneNumber"] == {"phoneNumber": "+16134505293"}
    assert (made["tags"], made["note"]) == (["B2B", "vip"], "calls on Mondays")
    assert made["defaultAddress"] == {"company": "Acme", "city": "Reno", "countryCodeV2": "US"}
    assert made["metafield"] == {"value": "17"}
    read = shop.read("customer", number(made["id"]))
    assert (read["company_name"], read["marketing_consent"], read["cross_ids"]) == (
        "Acme",
        "granted",
        {"netsuite": "17"},
    )


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"note": "nobody"}, None, "A name, phone number, or email address must be present"),
        ({"email": "ada"}, ["email"], "Email is invalid"),
        ({"email": "ADA@example.com"}, ["email"], "Email has already been taken"),
        ({"phone": "6134505293"}, ["phone"], "Phone has already been taken"),
        ({"phone": "12"}, ["phone"], "Phone is invalid"),
        ({"firstName": "A" * 256}, ["firstName"], "First name is too long (maximum is 255 characters)"),
        ({"firstName": "A", "note": "n" * 5001}, ["note"], "Note is too long (maximum is 5000 characters)"),
        ({"id": gid(1), "firstName": "A"}, ["id"], "Cannot specify ID on creation"),
    ],
)
def test_a_customer_that_cannot_be_is_refused(shop, given, field, message):
    shop.make("customer", {"email": "ada@example.com", "phone": "+16134505293"})
    payload = did(shop, CREATE, input=given)
    assert (payload["customer"], messages(payload)) == (None, [(field, message)])
    assert shop.data("{ customersCount { count } }")["customersCount"] == {"count": 1}


def test_an_update_changes_what_is_named_and_moves_the_customer(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada", "last_name": "Ashton", "email": "ada@example.com"})
    shop.later()
    made = shop.read("customer", ada)
    payload = did(shop, UPDATE, input={"id": gid(ada), "lastName": "Lovelace"})
    assert (payload["customer"]["firstName"], payload["customer"]["lastName"]) == ("Ada", "Lovelace")
    assert shop.read("customer", ada) == {**made, "last_name": "Lovelace"}
    assert messages(did(shop, UPDATE, input={"id": gid(7)})) == [(["id"], "Customer does not exist")]
    emptied = did(shop, UPDATE, input={"id": gid(ada), "firstName": "", "lastName": "", "email": ""})
    assert messages(emptied) == [(None, "A name, phone number, or email address must be present")]


def test_a_set_makes_a_customer_once(shop):
    asked = {"identifier": {"email": "ada@example.com"}, "input": {"email": "ada@example.com", "firstName": "Ada"}}
    first, second = did(shop, SET, **asked), did(shop, SET, **asked)
    assert first["userErrors"] == second["userErrors"] == []
    assert first["customer"]["id"] == second["customer"]["id"]


def test_a_set_finds_by_the_unique_metafield(shop):
    custom = {"namespace": "crm", "key": "external_id", "value": "C-1"}
    first = did(shop, SET, identifier={"customId": custom}, input={"firstName": "Ada"})["customer"]
    second = did(shop, SET, identifier={"customId": custom}, input={"firstName": "Augusta"})["customer"]
    assert first["id"] == second["id"]
    assert (second["firstName"], second["metafield"]) == ("Augusta", {"value": "C-1"})
    by = (
        "query By($custom: UniqueMetafieldValueInput!) { customerByIdentifier(identifier: {customId: $custom}) { id } }"
    )
    assert shop.data(by, custom=custom)["customerByIdentifier"] == {"id": first["id"]}
    other = {"namespace": "crm", "key": "badge", "value": "1"}
    assert shop.code(by, custom=other) == "CAPABILITY_REQUIRED_BUT_DISABLED"


@pytest.mark.parametrize(
    ("identifier", "given", "field", "code"),
    [
        ({"id": gid(7)}, {"firstName": "Ada"}, ["input"], "NOT_FOUND"),
        ({"email": "a@example.com"}, {"firstName": "Ada"}, ["input"], "MISSING_FIELD_REQUIRED"),
        ({"email": "a@example.com"}, {"email": "b@example.com"}, ["input", "email"], "INPUT_MISMATCH"),
        ({"email": "a@example.com"}, {"email": "a@example.com", "id": gid(7)}, ["input", "id"], "ID_NOT_ALLOWED"),
        ({"phone": "+13125550100"}, {"phone": "+13125550100", "email": "ada@example.com"}, ["input", "email"], "TAKEN"),
    ],
)
def test_a_set_that_contradicts_itself_is_refused(shop, identifier, given, field, code):
    shop.make("customer", {"email": "ada@example.com"})
    assert codes(did(shop, SET, identifier=identifier, input=given)) == [(field, code)]


def test_identifiers_are_read_in_any_spelling(shop):
    (ada,) = shop.make("customer", {"email": "ada@example.com", "phone": "+16134505293"})
    by = "query By($it: CustomerIdentifierInput!) { customerByIdentifier(identifier: $it) { id } }"
    for identifier in ({"emailAddress": " ADA@example.com"}, {"phoneNumber": "(613) 450-5293"}, {"id": gid(ada)}):
        assert shop.data(by, it=identifier)["customerByIdentifier"] == {"id": gid(ada)}
    assert shop.data(by, it={"emailAddress": "bob@example.com"})["customerByIdentifier"] is None


def test_a_customer_with_orders_is_not_deleted(shop):
    ada, bob = shop.make("customer", {"first_name": "Ada"}, {"first_name": "Bob"})
    shop.make("order", {"number": "#1", "customer_id": ada})
    refused = did(shop, DELETE, id=gid(ada))
    assert messages(refused) == [(["id"], "Customer can’t be deleted because they have associated orders")]
    assert did(shop, DELETE, id=gid(bob))["deletedCustomerId"] == gid(bob)
    assert messages(did(shop, DELETE, id=gid(bob))) == [(["id"], "Customer can't be found")]


@pytest.mark.parametrize(
    ("one", "two", "kept"),
    [
        ({"first_name": "A"}, {"first_name": "B"}, "two"),
        ({"email": "a@example.com"}, {"first_name": "B"}, "one"),
        ({"email": "a@example.com"}, {"email": "b@example.com"}, "two"),
        ({"email": "a@example.com", "marketing_consent": "granted"}, {"email": "b@example.com"}, "one"),
    ],
)
def test_which_customer_a_merge_keeps(shop, one, two, kept):
    first, second = (gid(made) for made in shop.make("customer", one, two))
    payload = did(shop, MERGE, one=first, two=second)
    assert payload["userErrors"] == []
    assert payload["job"]["done"] is True
    assert payload["resultingCustomerId"] == (first if kept == "one" else second)
    nodes = shop.data("query Both($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[first, second])["nodes"]
    assert nodes == [{"id": first}, None] if kept == "one" else [None, {"id": second}]


def test_whoever_merges_may_choose_what_is_kept(shop):
    one, two = shop.make(
        "customer",
        {"email": "a@example.com", "first_name": "Ada", "tags": ["x"]},
        {"email": "b@example.com", "first_name": "Augusta", "tags": ["y"]},
    )
    chosen = {"customerIdOfEmailToKeep": gid(one), "customerIdOfFirstNameToKeep": gid(two), "tags": ["z"]}
    payload = did(shop, MERGE, one=gid(one), two=gid(two), override=chosen)
    assert payload["resultingCustomerId"] == gid(one)
    read = shop.read("customer", one)
    assert (read["email"], read["first_name"], read["tags"]) == ("a@example.com", "Augusta", ["z"])


def test_a_merge_that_cannot_be_is_refused(shop):
    one, two = shop.make("customer", {"tags": [f"a{n}" for n in range(150)]}, {"tags": [f"b{n}" for n in range(150)]})
    assert codes(did(shop, MERGE, one=gid(one), two=gid(two))) == [(None, "INVALID_CUSTOMER")]
    assert codes(did(shop, MERGE, one=gid(one), two=gid(7))) == [(["customerTwoId"], "INVALID_CUSTOMER_ID")]
    assert (None, "INVALID_CUSTOMER_ID") in codes(did(shop, MERGE, one=gid(one), two=gid(one)))


def test_consent_is_changed_by_its_own_mutation(shop):
    ada, bob = shop.make("customer", {"email": "ada@example.com"}, {"first_name": "Bob"})
    payload = did(shop, CONSENT, id=gid(ada), state="UNSUBSCRIBED")
    assert payload["customer"]["defaultEmailAddress"] == {"marketingState": "UNSUBSCRIBED"}
    assert shop.read("customer", ada)["marketing_consent"] == "denied"
    assert codes(did(shop, CONSENT, id=gid(bob), state="SUBSCRIBED")) == [
        (["input", "emailMarketingConsent"], "INVALID")
    ]
    assert codes(did(shop, CONSENT, id=gid(ada), state="REDACTED"))[0][1] == "INVALID"
    given = {"id": gid(ada), "emailMarketingConsent": {"marketingState": "SUBSCRIBED"}}
    assert did(shop, UPDATE, input=given)["userErrors"][0]["field"] == ["emailMarketingConsent"]


def test_tags_are_added_and_taken_away(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada", "tags": ["vip"]})
    change = "mutation Tag($id: ID!, $tags: [String!]!) { tags%s(id: $id, tags: $tags) { userErrors { message } } }"
    did(shop, change % "Add", id=gid(ada), tags=["b2b, net30", "VIP"])
    assert shop.read("customer", ada)["tags"] == ["b2b", "net30", "vip"]
    did(shop, change % "Remove", id=gid(ada), tags=["Vip", "none"])
    assert shop.read("customer", ada)["tags"] == ["b2b", "net30"]
    assert did(shop, change % "Add", id=gid(7), tags=["x"])["userErrors"] != []


# --- metafields ----------------------------------------------------------------------------------------------


def field(owner, key, value, **more):
    return {"ownerId": owner, "namespace": "crm", "key": key, "value": value, "type": "single_line_text_field", **more}


def test_metafields_are_the_words_of_the_world(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada"})
    (acme,) = shop.make("company", {"name": "Acme"})
    written = [
        field(gid(ada), "hubspot_id", "77"),
        field(gid(ada), "loyalty_tier", "gold"),
        field(gid(ada), "external_id", "C-1", type="id"),
        field(gid(ada), "size", "XL", namespace="shop"),
        field(gid(acme, "Company"), "domain", "acme.example"),
    ]
    payload = did(shop, METAFIELDS, metafields=written)
    assert payload["userErrors"] == []
    assert [one["value"] for one in payload["metafields"]] == ["77", "gold", "C-1", "XL", "acme.example"]
    assert payload["metafields"][0]["owner"] == {"id": gid(ada)}
    read = shop.read("customer", ada)
    assert (read["cross_ids"], read["custom_loyalty_tier"], read["external_id"]) == ({"hubspot": "77"}, "gold", "C-1")
    assert shop.read("company", acme)["domain"] == "acme.example"
    query = 'query One($id: ID!) { customer(id: $id) { metafield(namespace: "shop", key: "size") { value } } }'
    assert shop.data(query, id=gid(ada))["customer"]["metafield"] == {"value": "XL"}


def test_a_digest_writes_only_over_what_was_read(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada"})
    first = did(shop, METAFIELDS, metafields=[field(gid(ada), "tier", "gold", compareDigest=None)])
    digest = first["metafields"][0]["compareDigest"]
    again = did(shop, METAFIELDS, metafields=[field(gid(ada), "tier", "gold", compareDigest=None)])
    assert codes(again) == [(["metafields", "0"], "STALE_OBJECT")]
    changed = did(shop, METAFIELDS, metafields=[field(gid(ada), "tier", "silver", compareDigest=digest)])
    assert changed["metafields"][0]["value"] == "silver"
    assert codes(did(shop, METAFIELDS, metafields=[field(gid(ada), "tier", "none", compareDigest=digest)])) != []


def test_metafields_are_written_all_or_none(shop):
    ada, bob = shop.make("customer", {"first_name": "Ada"}, {"first_name": "Bob", "external_id": "C-2"})
    written = [
        field(gid(ada), "tier", "gold"),
        field(gid(7), "tier", "gold"),
        field(gid(ada), "external_id", "C-2", type="id"),
        field(gid(ada), "other", ""),
        field(gid(bob), "external_id", "C-3"),
    ]
    payload = did(shop, METAFIELDS, metafields=written)
    assert payload["metafields"] is None
    assert codes(payload) == [
        (["metafields", "1", "ownerId"], "INVALID"),
        (["metafields", "2", "value"], "TAKEN"),
        (["metafields", "3", "value"], "BLANK"),
        (["metafields", "4", "type"], "INVALID_TYPE"),
    ]
    assert "custom_tier" not in shop.read("customer", ada)


def test_at_most_25_metafields_are_written_at_once(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada"})
    payload = did(shop, METAFIELDS, metafields=[field(gid(ada), f"k{n}", "v") for n in range(26)])
    assert codes(payload) == [(["metafields"], "LESS_THAN_OR_EQUAL_TO")]


def test_metafields_are_deleted(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada", "cross_ids": {"netsuite": "9"}})
    delete = """mutation Delete($metafields: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $metafields) {
      deletedMetafields { key } userErrors { message } } }"""
    names = [{"ownerId": gid(ada), "namespace": "crm", "key": key} for key in ("netsuite_id", "nothing")]
    assert did(shop, delete, metafields=names)["deletedMetafields"] == [{"key": "netsuite_id"}, None]
    assert shop.read("customer", ada)["cross_ids"] == {}


# --- companies -----------------------------------------------------------------------------------------------


def test_a_company_is_made_with_its_location_and_changed_where_each_word_is_kept(shop):
    create = """mutation Create($input: CompanyCreateInput!) { companyCreate(input: $input) {
      company { id locations(first: 1) { nodes { id } } } userErrors { field message code } } }"""
    given = {
        "company": {"name": "Acme", "externalId": "C-1"},
        "companyLocation": {
            "phone": "3125550100",
            "taxRegistrationId": "12-3",
            "billingAddress": {"address1": "1 Mill Lane", "city": "Reno", "zoneCode": "NV", "countryCode": "US"},
        },
    }
    made = did(shop, create, input=given)["company"]
    assert codes(did(shop, create, input=given)) == [(["input", "company", "externalId"], "TAKEN")]
    company, place = made["id"], made["locations"]["nodes"][0]["id"]
    did(
        shop,
        'mutation A($id: ID!) { companyUpdate(companyId: $id, input: {name: "Acme Inc"}) { userErrors { code } } }',
        id=company,
    )
    did(
        shop,
        'mutation B($id: ID!) { companyLocationUpdate(companyLocationId: $id, input: {phone: "3125550199"})'
        " { userErrors { code } } }",
        id=place,
    )
    did(
        shop,
        'mutation C($id: ID!) { companyLocationTaxSettingsUpdate(companyLocationId: $id, taxRegistrationId: "99-1")'
        " { userErrors { code } } }",
        id=place,
    )
    did(
        shop,
        "mutation D($id: ID!) { companyLocationAssignAddress(locationId: $id, addressTypes: [BILLING],"
        ' address: {address1: "2 Mill Lane", city: "Elko", countryCode: US}) { addresses { city } userErrors { code } } }',
        id=place,
    )
    read = shop.read("company", number(company))
    assert (read["name"], read["phone"], read["tax_id"]) == ("Acme Inc", "+13125550199", "99-1")
    assert (read["address_street"], read["address_city"], read["address_region"]) == ("2 Mill Lane", "Elko", None)


def test_companies_refuse_what_the_platform_refuses(shop):
    (acme,) = shop.make("company", {"name": "Acme"})
    (ada,) = shop.make("customer", {"first_name": "Ada"})
    (order,) = shop.make("order", {"number": "#1", "company_id": acme})
    update = """mutation U($id: ID!, $input: CompanyInput!) { companyUpdate(companyId: $id, input: $input) {
      userErrors { field code } } }"""
    delete = "mutation D($id: ID!) { companyDelete(id: $id) { deletedCompanyId userErrors { field code } } }"
    assign = """mutation A($company: ID!, $customer: ID!) {
      companyAssignCustomerAsContact(companyId: $company, customerId: $customer) {
        companyContact { id } userErrors { field code } } }"""
    company = gid(acme, "Company")
    assert codes(did(shop, update, id=company, input={"name": ""})) == [(["input", "name"], "BLANK")]
    assert codes(did(shop, update, id=gid(1, "Company"), input={})) == [(["companyId"], "RESOURCE_NOT_FOUND")]
    assert codes(did(shop, delete, id=company)) == [(["id"], "FAILED_TO_DELETE")]
    assert did(shop, assign, company=company, customer=gid(ada))["companyContact"] is not None
    assert codes(did(shop, assign, company=company, customer=gid(ada))) == [(["customerId"], "INVALID_INPUT")]
    assert shop.read("customer", ada)["company_id"] == acme
    shop.deed("delete", "order", order)
    assert did(shop, delete, id=company)["deletedCompanyId"] == company


# --- products and stock --------------------------------------------------------------------------------------


def test_a_product_is_made_with_a_variant_that_is_then_filled_in(shop):
    create = """mutation P($product: ProductCreateInput!) { productCreate(product: $product) {
      product { id handle status variants(first: 1) { nodes { id title } } } userErrors { field message } } }"""
    made = did(shop, create, product={"title": "Clay mug", "descriptionHtml": "<p>Red &amp; round</p>"})["product"]
    assert (made["handle"], made["status"]) == ("clay-mug", "ACTIVE")
    (variant,) = made["variants"]["nodes"]
    change = {
        "id": variant["id"],
        "price": "9.50",
        "barcode": "40063",
        "inventoryItem": {"sku": "MUG-1", "cost": "4.25"},
        "metafields": [{"namespace": "crm", "key": "external_id", "value": "P-1", "type": "id"}],
    }
    (changed,) = did(shop, VARIANTS, product=made["id"], variants=[change])["productVariants"]
    cost = {"unitCost": {"amount": "4.25"}}
    assert changed == {"sku": "MUG-1", "price": "9.50", "barcode": "40063", "inventoryItem": cost}
    read = shop.read("product", number(variant["id"]))
    assert (read["name"], read["description"], read["external_id"]) == ("Clay mug", "Red & round", "P-1")
    assert messages(did(shop, create, product={"title": ""})) == [(["title"], "Title can't be blank")]


def test_an_update_of_a_product_moves_its_variants(shop):
    (mug,) = shop.make("product", {"name": "Mug"})
    find = "query V($id: ID!) { productVariant(id: $id) { updatedAt product { id updatedAt } } }"
    before = shop.data(find, id=gid(mug, "ProductVariant"))["productVariant"]
    shop.later()
    update = """mutation P($product: ProductUpdateInput!) { productUpdate(product: $product) {
      product { id } userErrors { field message } } }"""
    did(shop, update, product={"id": before["product"]["id"], "status": "ARCHIVED"})
    after = shop.data(find, id=gid(mug, "ProductVariant"))["productVariant"]
    assert after["updatedAt"] > before["updatedAt"]
    assert after["product"]["updatedAt"] > before["product"]["updatedAt"]
    asked = {"account": shop.account, "kind": "product", "record_id": mug}
    assert shop.control("records/edit", attributes={}, **asked)["record"]["state"] == "archived"
    assert messages(did(shop, update, product={"id": gid(7, "Product")})) == [(["id"], "Product does not exist")]


def test_variants_are_changed_all_or_none_unless_partly_will_do(shop):
    (mug,) = shop.make("product", {"name": "Mug", "price_amount": "5.00"})
    find = "query V($id: ID!) { productVariant(id: $id) { price product { id } } }"
    good, bad = {"id": gid(mug, "ProductVariant"), "price": "6"}, {"id": gid(7, "ProductVariant"), "price": "-1"}
    product = shop.data(find, id=good["id"])["productVariant"]["product"]["id"]
    wrong = [
        (["variants", "1", "id"], "PRODUCT_VARIANT_DOES_NOT_EXIST"),
        (["variants", "1", "price"], "GREATER_THAN_OR_EQUAL_TO"),
    ]
    assert codes(did(shop, VARIANTS, product=product, variants=[good, bad])) == wrong
    assert shop.data(find, id=good["id"])["productVariant"]["price"] == "5.00"
    partly = did(shop, VARIANTS, product=product, variants=[good, bad], partly=True)
    assert (codes(partly), [one["price"] for one in partly["productVariants"]]) == (wrong, ["6.00"])
    gone = did(shop, VARIANTS, product=gid(7, "Product"), variants=[good])
    assert codes(gone) == [(["productId"], "PRODUCT_DOES_NOT_EXIST")]


def test_products_are_deleted_with_their_variants(shop):
    (mug,) = shop.make("product", {"name": "Mug"})
    find = "query V($id: ID!) { productVariant(id: $id) { product { id } } }"
    product = shop.data(find, id=gid(mug, "ProductVariant"))["productVariant"]["product"]["id"]
    delete = "mutation D($id: ID!) { productDelete(input: {id: $id}) { deletedProductId userErrors { message } } }"
    assert did(shop, delete, id=product)["deletedProductId"] == product
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
    group = did(shop, STOCK, input=quantities(item, place, 8, 5), key="a")["inventoryAdjustmentGroup"]
    assert group == {
        "reason": "correction",
        "changes": [{"name": "available", "delta": 3, "location": {"name": "Main"}}],
    }
    stale = did(shop, STOCK, input=quantities(item, place, 9, 5), key="b")
    assert codes(stale) == [(["input", "quantities", "0", "changeFromQuantity"], "CHANGE_FROM_QUANTITY_STALE")]
    assert shop.read("product", mug)["inventory"] == [{"location": "Main", "quantity": "8"}]
    assert did(shop, STOCK, input=quantities(item, place, 2, None), key="c")["userErrors"] == []


def test_a_key_is_good_for_one_change(stocked):
    shop, mug, item, place = stocked
    first = did(shop, STOCK, input=quantities(item, place, 8, None), key="a")
    shop.deed("edit", "product", mug, inventory=[{"location": "Main", "quantity": "1"}])
    assert did(shop, STOCK, input=quantities(item, place, 8, None), key="a") == first
    assert shop.read("product", mug)["inventory"] == [{"location": "Main", "quantity": "1"}]
    other = did(shop, STOCK, input=quantities(item, place, 9, None), key="a")
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
    payload = did(shop, STOCK, input=given, key="a")
    assert (payload["inventoryAdjustmentGroup"], [one["code"] for one in payload["userErrors"]]) == (None, [code])
    assert shop.read("product", mug)["inventory"] == [{"location": "Main", "quantity": "5"}]


def test_costs_are_the_items(stocked):
    shop, mug, item, _ = stocked
    update = """mutation I($id: ID!, $cost: Decimal) { inventoryItemUpdate(id: $id, input: {cost: $cost}) {
      inventoryItem { unitCost { amount } } userErrors { field message } } }"""
    assert did(shop, update, id=item, cost="3.10")["inventoryItem"]["unitCost"] == {"amount": "3.1"}
    assert shop.read("product", mug)["cost_amount"] == "3.10"
    assert messages(did(shop, update, id=item, cost="-1"))[0][0] == ["input", "cost"]


# --- orders --------------------------------------------------------------------------------------------------


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
    changed = did(shop, update, input=given)["order"]
    assert changed == {"note": "gift", "poNumber": "PO-1", "tags": ["a", "b"], "email": "a@example.com"}
    assert shop.read("order", order)["cross_ids"] == {"netsuite": "5"}
    assert messages(did(shop, update, input={"id": gid(7, "Order")})) == [(["id"], "Order does not exist")]


def test_an_order_is_cancelled_once_and_gives_back_what_was_paid_if_asked(shop):
    one, two, sent = shop.make(
        "order",
        {"number": "#1", "status": "open", "total_amount": "9.00"},
        {"number": "#2", "status": "open", "total_amount": "9.00"},
        {"number": "#3", "status": "fulfilled"},
    )
    assert did(shop, CANCEL, id=gid(one, "Order"), refund=True)["job"] == {"done": True}
    assert did(shop, CANCEL, id=gid(two, "Order"))["orderCancelUserErrors"] == []
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
        (error,) = did(shop, CANCEL, id=gid(number_, "Order"))["orderCancelUserErrors"]
        assert (error["field"], error["code"]) == (["orderId"], code)
