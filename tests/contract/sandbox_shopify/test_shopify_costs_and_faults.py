"""What queries cost at a simulated shop, how it throttles, whom it lets in, and how it fails."""

import pytest

LINES = (
    "query Page($first: Int!) { orders(first: $first)"
    " { nodes { id totalPriceSet { shopMoney { amount } } lineItems(first: 5) { nodes { sku variant { id } } } } } }"
)


def order(*skus):
    return {"number": "#1", "total_amount": "1.00", "lines": [{"sku": sku, "quantity": "1"} for sku in skus]}


def test_an_object_is_a_point_and_scalars_are_free(shop):
    assert shop.cost("{ shop { name myshopifyDomain } }") == (1, 1)
    assert shop.cost("{ shop { name } currentAppInstallation { id accessScopes { handle } } }")[0] == 3


def test_a_connection_is_charged_by_the_number_asked_for(shop):
    assert shop.cost("{ orders(first: 50) { nodes { id name } } }") == (52, 2)
    assert shop.cost("{ orders(first: 50) { edges { cursor node { id name } } pageInfo { endCursor } } }") == (52, 2)
    assert shop.cost("{ orders(last: 10) { nodes { customer { id } shop: totalPriceSet { shopMoney { amount } } } } }")[
        0
    ] == (2 + 10 * 3)


def test_nested_connections_multiply_and_what_did_not_come_is_given_back(shop):
    shop.make("order", order("A", "B"), order("C"))
    requested, actual = shop.cost(LINES, first=20)
    assert requested == 2 + 20 * (2 + 2 + 5)
    assert actual == 2 + (2 + 2 + 2) + (2 + 2 + 1)


def test_nodes_are_charged_by_their_ids(shop):
    query = "query Many($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { id defaultAddress { city } } } }"
    assert shop.cost(query, ids=["gid://shopify/Customer/1"] * 30) == (30, 1)


def test_of_a_union_the_dearest_branch_is_charged(shop):
    query = """
    { order(id: "gid://shopify/Order/1") { purchasingEntity {
        ... on Customer { id }
        ... on PurchasingCompany { company { id } contact { id } location { id } }
    } } }
    """
    assert shop.cost(query)[0] == 1 + 1 + 3


def test_a_mutation_is_ten_points_and_what_lies_deep_in_its_payload(shop):
    create = 'mutation { customerCreate(input: {firstName: "Ada"}) { customer { id %s } userErrors { message } } }'
    assert shop.cost(create % "") == (10, 10)
    assert shop.cost(create % "orders(first: 5) { nodes { id } }") == (17, 12)


def test_sizes_come_from_variables_and_their_defaults(shop):
    query = "query Page($first: Int = 40) { orders(first: $first) { nodes { id } } }"
    assert shop.cost(query)[0] == 42
    assert shop.cost(query, first=7)[0] == 9


def test_a_query_may_cost_a_thousand(shop):
    query = "query Page($first: Int!) { orders(first: $first) { nodes { id customer { id } a: totalPriceSet { shopMoney { amount } } b: totalPriceSet { shopMoney { amount } } } } }"
    assert shop.cost(query, first=199)[0] == 997
    body = shop.answer(query, first=200)
    assert "data" not in body
    assert body["errors"][0]["extensions"]["code"] == "MAX_COST_EXCEEDED"


def test_an_empty_bucket_answers_throttled_with_the_state_of_the_bucket(open_sandbox):
    (shop,) = open_sandbox("shopify", bucket=100, restore_rate=0)
    query = "{ orders(first: 80) { nodes { id } } }"
    assert shop.cost(query) == (82, 2)
    first = shop.answer("{ shop { id } }")["extensions"]["cost"]["throttleStatus"]
    assert first == {"maximumAvailable": 100.0, "currentlyAvailable": 97, "restoreRate": 0.0}
    shop.make("order", *(order() for _ in range(50)))
    shop.answer(query)
    body = shop.answer(query)
    assert "data" not in body
    assert body["errors"] == [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}]
    cost = body["extensions"]["cost"]
    assert (cost["requestedQueryCost"], cost["actualQueryCost"]) == (82, None)
    assert cost["throttleStatus"]["currentlyAvailable"] == 45


def test_a_throttled_mutation_did_nothing(open_sandbox):
    (shop,) = open_sandbox("shopify", bucket=15, restore_rate=0)
    create = 'mutation { customerCreate(input: {firstName: "Ada"}) { customer { id } } }'
    shop.data(create)
    assert shop.answer(create)["errors"][0]["extensions"]["code"] == "THROTTLED"
    assert shop.data("{ customersCount { count } }")["customersCount"] == {"count": 1}


def test_a_wrong_token_is_not_let_in(shop):
    answer = shop.send({"query": "{ shop { name } }"}, token="another")
    assert answer.status_code == 401
    assert "Invalid API key or access token" in answer.json()["errors"]


def test_a_body_that_is_no_request_is_refused(shop):
    assert shop.send(["{ shop { name } }"]).status_code == 400


def test_another_version_is_not_there(shop):
    assert shop.send({"query": "{ shop { name } }"}, version="2020-01").status_code == 404


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ shop { shoeSize } }", "undefinedField"),
        ("{ orders(first: 1, colour: 1) { nodes { id } } }", "argumentNotAccepted"),
        ("{ order { id } }", "missingRequiredArguments"),
        ('{ orders(first: "x") { nodes { id } } }', "argumentLiteralsIncompatible"),
        ("{ shop @cached { name } }", "undefinedDirective"),
        ("{ shop }", "selectionMismatch"),
    ],
)
def test_a_query_that_does_not_fit_the_schema_is_told_why(shop, query, code):
    assert shop.code(query) == code


def test_a_variable_of_the_wrong_shape_is_told(shop):
    query = "mutation Set($input: CustomerInput!) { customerCreate(input: $input) { customer { id } } }"
    assert shop.code(query, input={"shoeSize": 43}) == "INVALID_VARIABLE"


def test_what_the_shop_cannot_simulate_is_an_error_and_not_a_lie(shop):
    query = "mutation Set($input: CustomerInput!) { customerCreate(input: $input) { customer { id } } }"
    given = {"firstName": "Ada", "addresses": [{"city": "Reno"}, {"city": "Lima"}]}
    assert shop.code(query, input=given) == "NOT_SIMULATED"
    assert shop.data("{ customersCount { count } }")["customersCount"] == {"count": 0}


def test_an_operation_is_chosen_by_name(shop):
    text = "query A { shop { name } } query B { shop { id } }"
    answer = shop.send({"query": text, "operationName": "B"}).json()
    assert answer["data"] == {"shop": {"id": "gid://shopify/Shop/1"}}
    assert shop.code(text) == "BAD_REQUEST"


def test_many_ids_are_read_at_once_and_more_than_250_are_not(shop):
    query = "query Many($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert shop.data(query, ids=["gid://shopify/Order/1"] * 250)["nodes"] == [None] * 250
    assert shop.code(query, ids=["gid://shopify/Order/1"] * 251) == "MAX_INPUT_SIZE_EXCEEDED"


def test_an_id_of_another_type_is_null_and_one_of_no_type_is_an_error(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada"})
    assert shop.data(f'{{ order(id: "gid://shopify/Customer/{ada}") {{ id }} }}') == {"order": None}
    assert shop.data('{ node(id: "gid://shopify/Gadget/1") { id } }') == {"node": None}
    assert len(shop.answer(f'{{ customer(id: "{ada}") {{ id }} }}')["errors"]) == 1


@pytest.mark.parametrize(("fault", "status"), [("server_error", 502), ("timeout", 504), ("unauthorized", 401)])
def test_a_fault_is_suffered_once(shop, fault, status):
    shop.fault(fault)
    assert shop.send({"query": "{ shop { name } }"}).status_code == status
    assert shop.send({"query": "{ shop { name } }"}).status_code == 200


def test_faults_inside_answers(shop):
    shop.make("order", order("A"), order("B"))
    query = "{ orders(first: 5) { nodes { id name lineItems(first: 1) { nodes { sku } } } } }"
    shop.fault("forbidden")
    assert shop.answer(query)["errors"][0]["extensions"]["code"] == "ACCESS_DENIED"
    shop.fault("throttle")
    assert shop.answer(query)["errors"][0]["extensions"]["code"] == "THROTTLED"
    shop.fault("malformed_record")
    first, second = shop.data(query)["orders"]["nodes"]
    assert first["lineItems"] == 7
    assert second["lineItems"] == {"nodes": [{"sku": "B"}]}
    shop.fault("truncated_page")
    with pytest.raises(ValueError):
        shop.send({"query": query}).json()
