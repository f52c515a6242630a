"""The official ShopifyAPI works against a simulated shop unchanged but for its address.

`sandbox` is a running sandbox with an account `shopify`: its `base_url`, and `credentials(account)` as the control API
tells them.
"""

import json
import time
import urllib.error
import urllib.request

import pytest

shopify = pytest.importorskip("shopify", reason="ShopifyAPI is not installed in this environment")

VERSION = "2026-07"
PAGE = """
query Page($first: Int!, $after: String) {
  customers(first: $first, after: $after, sortKey: UPDATED_AT) {
    nodes { id email } pageInfo { hasNextPage endCursor }
  }
}
"""
RUN_BULK = """
mutation Run($query: String!) {
  bulkOperationRunQuery(query: $query) { bulkOperation { id status } userErrors { field message } }
}
"""
ORDERS = """
{ orders { edges { node { id name totalPriceSet { presentmentMoney { amount currencyCode } }
    lineItems { edges { node { id sku quantity } } } } } } }
"""
CREATE = """
mutation Create($input: CustomerInput!) {
  customerCreate(input: $input) { customer { id email } userErrors { field message } }
}
"""


def control(sandbox, path, **asked):
    """The sandbox's own interface, for what people would do in the shop's pages."""
    body = json.dumps(asked).encode()
    with urllib.request.urlopen(f"{sandbox.url}/control/{path}", body) as answer:
        return json.load(answer)


def make(sandbox, kind, *rows):
    return control(sandbox, "records/create", account="shopify", kind=kind, rows=list(rows))["record_ids"]


@pytest.fixture
def activate(sandbox):
    """A function that opens a session with some token, at the simulated shop's address."""

    def open_(token):
        given = sandbox.credentials("shopify")
        shopify.ShopifyResource.activate_session(shopify.Session(given["shop"], "unstable", token))
        shopify.ShopifyResource.set_site(f"{sandbox.url}/shopify/admin/api/{VERSION}")
        return shopify.GraphQL()

    yield open_
    shopify.ShopifyResource.clear_session()


@pytest.fixture
def graphql(sandbox, activate):
    """The client as the app whose token the sandbox tells."""
    return activate(sandbox.credentials("shopify")["token"])


def ask(graphql, query, variables=None, operation_name=None):
    return json.loads(graphql.execute(query, variables, operation_name))


def test_a_query_is_answered_with_data_and_its_cost(sandbox, graphql):
    body = ask(graphql, "query Shop { shop { myshopifyDomain currencyCode } }", operation_name="Shop")
    assert body["data"]["shop"]["myshopifyDomain"] == sandbox.credentials("shopify")["shop"]
    cost = body["extensions"]["cost"]
    assert cost["requestedQueryCost"] == cost["actualQueryCost"] == 1
    assert cost["throttleStatus"]["maximumAvailable"] == 2000


def test_pages_follow_the_cursor_to_the_end(sandbox, graphql):
    made = make(sandbox, "customer", *({"email": f"reader{n}.{time.time_ns()}@example.com"} for n in range(7)))
    seen, after = [], None
    while True:
        connection = ask(graphql, PAGE, {"first": 3, "after": after})["data"]["customers"]
        seen += [node["id"].rpartition("/")[2] for node in connection["nodes"]]
        after = connection["pageInfo"]["endCursor"]
        if not connection["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen))
    assert set(made) <= set(seen)


def test_a_bulk_operation_is_run_polled_and_downloaded(sandbox, graphql):
    line = {"sku": "MUG-1", "name": "Mug", "quantity": "2", "amount": "9.00"}
    row = {"number": "#B1", "currency": "EUR", "total_amount": "9.00", "lines": [line]}
    (order,) = make(sandbox, "order", row)
    started = ask(graphql, RUN_BULK, {"query": ORDERS})["data"]["bulkOperationRunQuery"]
    assert started["userErrors"] == []
    poll = "query Poll($id: ID!) { node(id: $id) { ... on BulkOperation { status url objectCount errorCode } } }"
    told = {"status": started["bulkOperation"]["status"]}
    while told["status"] in ("CREATED", "RUNNING"):
        told = ask(graphql, poll, {"id": started["bulkOperation"]["id"]})["data"]["node"]
    assert (told["status"], told["errorCode"]) == ("COMPLETED", None)
    with urllib.request.urlopen(told["url"]) as file:
        lines = [json.loads(text) for text in file]
    assert len(lines) == int(told["objectCount"])
    gid = f"gid://shopify/Order/{order}"
    (parent,) = (one for one in lines if one["id"] == gid)
    assert parent["totalPriceSet"]["presentmentMoney"] == {"amount": "9.0", "currencyCode": "EUR"}
    (child,) = (one for one in lines if one.get("__parentId") == gid)
    assert (child["sku"], child["quantity"]) == ("MUG-1", 2)


def test_a_mutation_succeeds_once_and_then_says_what_is_taken(graphql):
    given = {"input": {"email": f"ada.{time.time_ns()}@example.com", "firstName": "Ada"}}
    made = ask(graphql, CREATE, given)["data"]["customerCreate"]
    assert made["userErrors"] == []
    assert made["customer"]["email"] == given["input"]["email"]
    again = ask(graphql, CREATE, given)["data"]["customerCreate"]
    assert again == {
        "customer": None,
        "userErrors": [{"field": ["email"], "message": "Email has already been taken"}],
    }


def test_a_throttled_query_is_an_answer_without_data(sandbox, graphql):
    control(sandbox, "faults", account="shopify", kind="throttle", count=1)
    body = ask(graphql, "{ shop { name } }")
    assert "data" not in body
    assert body["errors"][0]["extensions"]["code"] == "THROTTLED"
    assert {"currentlyAvailable", "restoreRate"} <= set(body["extensions"]["cost"]["throttleStatus"])
    assert ask(graphql, "{ shop { name } }")["data"]["shop"]["name"]


def test_a_wrong_token_is_an_http_error(activate):
    with pytest.raises(urllib.error.HTTPError) as refused:
        activate("shpat_nobody").execute("{ shop { name } }")
    assert refused.value.code == 401
    refused.value.close()
