"""What can be changed of customers at a simulated shop over the wire, and what is refused."""

import pytest

from tests.contract.sandbox_shopify.answers import codes, gid, messages, number

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


def test_a_customer_is_kept_in_the_platforms_spelling(shop):
    payload = shop.did(
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
    payload = shop.did(CREATE, input=given)
    assert (payload["customer"], messages(payload)) == (None, [(field, message)])
    assert shop.data("{ customersCount { count } }")["customersCount"] == {"count": 1}


def test_an_update_changes_what_is_named_and_moves_the_customer(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada", "last_name": "Ashton", "email": "ada@example.com"})
    shop.later()
    made = shop.read("customer", ada)
    payload = shop.did(UPDATE, input={"id": gid(ada), "lastName": "Lovelace"})
    assert (payload["customer"]["firstName"], payload["customer"]["lastName"]) == ("Ada", "Lovelace")
    assert shop.read("customer", ada) == {**made, "last_name": "Lovelace"}
    assert messages(shop.did(UPDATE, input={"id": gid(7)})) == [(["id"], "Customer does not exist")]
    emptied = shop.did(UPDATE, input={"id": gid(ada), "firstName": "", "lastName": "", "email": ""})
    assert messages(emptied) == [(None, "A name, phone number, or email address must be present")]


def test_a_set_makes_a_customer_once(shop):
    asked = {"identifier": {"email": "ada@example.com"}, "input": {"email": "ada@example.com", "firstName": "Ada"}}
    first, second = shop.did(SET, **asked), shop.did(SET, **asked)
    assert first["userErrors"] == second["userErrors"] == []
    assert first["customer"]["id"] == second["customer"]["id"]


def test_a_set_finds_by_the_unique_metafield(shop):
    custom = {"namespace": "crm", "key": "external_id", "value": "C-1"}
    first = shop.did(SET, identifier={"customId": custom}, input={"firstName": "Ada"})["customer"]
    second = shop.did(SET, identifier={"customId": custom}, input={"firstName": "Augusta"})["customer"]
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
    assert codes(shop.did(SET, identifier=identifier, input=given)) == [(field, code)]


def test_identifiers_are_read_in_any_spelling(shop):
    (ada,) = shop.make("customer", {"email": "ada@example.com", "phone": "+16134505293"})
    by = "query By($it: CustomerIdentifierInput!) { customerByIdentifier(identifier: $it) { id } }"
    for identifier in ({"emailAddress": " ADA@example.com"}, {"phoneNumber": "(613) 450-5293"}, {"id": gid(ada)}):
        assert shop.data(by, it=identifier)["customerByIdentifier"] == {"id": gid(ada)}
    assert shop.data(by, it={"emailAddress": "bob@example.com"})["customerByIdentifier"] is None


def test_a_customer_with_orders_is_not_deleted(shop):
    ada, bob = shop.make("customer", {"first_name": "Ada"}, {"first_name": "Bob"})
    shop.make("order", {"number": "#1", "customer_id": ada})
    refused = shop.did(DELETE, id=gid(ada))
    assert messages(refused) == [(["id"], "Customer can’t be deleted because they have associated orders")]
    assert shop.did(DELETE, id=gid(bob))["deletedCustomerId"] == gid(bob)
    assert messages(shop.did(DELETE, id=gid(bob))) == [(["id"], "Customer can't be found")]


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
    payload = shop.did(MERGE, one=first, two=second)
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
    payload = shop.did(MERGE, one=gid(one), two=gid(two), override=chosen)
    assert payload["resultingCustomerId"] == gid(one)
    read = shop.read("customer", one)
    assert (read["email"], read["first_name"], read["tags"]) == ("a@example.com", "Augusta", ["z"])


def test_a_merge_that_cannot_be_is_refused(shop):
    one, two = shop.make("customer", {"tags": [f"a{n}" for n in range(150)]}, {"tags": [f"b{n}" for n in range(150)]})
    assert codes(shop.did(MERGE, one=gid(one), two=gid(two))) == [(None, "INVALID_CUSTOMER")]
    assert codes(shop.did(MERGE, one=gid(one), two=gid(7))) == [(["customerTwoId"], "INVALID_CUSTOMER_ID")]
    assert (None, "INVALID_CUSTOMER_ID") in codes(shop.did(MERGE, one=gid(one), two=gid(one)))


def test_consent_is_changed_by_its_own_mutation(shop):
    ada, bob = shop.make("customer", {"email": "ada@example.com"}, {"first_name": "Bob"})
    payload = shop.did(CONSENT, id=gid(ada), state="UNSUBSCRIBED")
    assert payload["customer"]["defaultEmailAddress"] == {"marketingState": "UNSUBSCRIBED"}
    assert shop.read("customer", ada)["marketing_consent"] == "denied"
    assert codes(shop.did(CONSENT, id=gid(bob), state="SUBSCRIBED")) == [
        (["input", "emailMarketingConsent"], "INVALID")
    ]
    assert codes(shop.did(CONSENT, id=gid(ada), state="REDACTED"))[0][1] == "INVALID"
    given = {"id": gid(ada), "emailMarketingConsent": {"marketingState": "SUBSCRIBED"}}
    assert shop.did(UPDATE, input=given)["userErrors"][0]["field"] == ["emailMarketingConsent"]


def test_tags_are_added_and_taken_away(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada", "tags": ["vip"]})
    change = "mutation Tag($id: ID!, $tags: [String!]!) { tags%s(id: $id, tags: $tags) { userErrors { message } } }"
    shop.did(change % "Add", id=gid(ada), tags=["b2b, net30", "VIP"])
    assert shop.read("customer", ada)["tags"] == ["b2b", "net30", "vip"]
    shop.did(change % "Remove", id=gid(ada), tags=["Vip", "none"])
    assert shop.read("customer", ada)["tags"] == ["b2b", "net30"]
    assert shop.did(change % "Add", id=gid(7), tags=["x"])["userErrors"] != []
