"""Searching, sorting and paging at a simulated shop."""

import base64
import json
from itertools import pairwise

import pytest

FIND = {
    "customer": "query Find($q: String) { found: customers(first: 50, query: $q) { nodes { id } } }",
    "company": "query Find($q: String) { found: companies(first: 50, query: $q) { nodes { id } } }",
    "variant": "query Find($q: String) { found: productVariants(first: 50, query: $q) { nodes { id } } }",
    "product": "query Find($q: String) { found: products(first: 50, query: $q) { nodes { title } } }",
    "order": "query Find($q: String) { found: orders(first: 50, query: $q, sortKey: ID) { nodes { name } } }",
}
PAGE = """
query Page($first: Int, $after: String, $last: Int, $before: String, $sort: OrderSortKeys, $reverse: Boolean) {
  orders(first: $first, after: $after, last: $last, before: $before, sortKey: $sort, reverse: $reverse) {
    nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""
NOON_MS = 1_795_521_600_000
MINUTE = 60_000


def order(number, **more):
    return {"number": f"#{number}", "currency": "USD", "status": "open", "total_amount": "10.00", **more}


def found(shop, kind, query):
    return [next(iter(node.values())) for node in shop.data(FIND[kind], q=query)["found"]["nodes"]]


@pytest.fixture
def orders(shop):
    """Four orders, a minute apart, the first changed last."""
    ada, bob = shop.make("customer", {"email": "ada@example.com"}, {"email": "bob@example.com"})
    at = [NOON_MS + minute * MINUTE for minute in (9, 1, 2, 3)]
    shop.make(
        "order",
        order(1, customer_id=ada, status="fulfilled", modified_at_ms=at[0], created_at_ms=NOON_MS),
        order(2, customer_id=bob, status="cancelled", modified_at_ms=at[1], created_at_ms=at[1]),
        order(3, customer_id=ada, refunded="2.00", modified_at_ms=at[2], created_at_ms=at[2]),
        order(4, lines=[{"sku": "MUG-1", "quantity": "1", "amount": "10.00"}], modified_at_ms=at[3], total_amount="7"),
    )
    return shop


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("name:#3", "3"),
        ("name:'#3'", "3"),
        ("email:ada@example.com", "13"),
        ("email:ada*", "13"),
        ("status:cancelled", "2"),
        ("status:open", "134"),
        ("status:any", "1234"),
        ("fulfillment_status:shipped", "1"),
        ("fulfillment_status:unfulfilled", "234"),
        ("financial_status:partially_refunded", "3"),
        ("financial_status:paid,voided", "124"),
        ("sku:mug-1", "4"),
        ("updated_at:>='2026-11-24T12:02:00Z'", "134"),
        ("updated_at:>2026-11-24T12:02:00Z", "14"),
        ("updated_at:<='2026-11-24T12:02:00+00:00'", "23"),
        ("created_at:'2026-11-24T12:00:00Z'", "1"),
        ("created_at:<2026", ""),
        ("status:open AND -email:ada@example.com", "4"),
        ("status:open NOT email:ada*", "4"),
        ("(status:cancelled OR sku:MUG-1) updated_at:>='2026-11-24T12:02:00Z'", "4"),
        ("status:cancelled OR financial_status:partially_refunded", "23"),
        ("mug-2 OR #4", "4"),
        ("", "1234"),
    ],
)
def test_what_a_search_for_orders_finds(orders, query, names):
    assert found(orders, "order", query) == [f"#{name}" for name in names]


def test_ids_can_be_asked_for_and_compared(shop):
    one, two, three = shop.make("company", {"name": "A"}, {"name": "B", "external_id": "C-9"}, {"name": "C"})
    gids = [f"gid://shopify/Company/{number}" for number in (one, two, three)]
    assert found(shop, "company", f"id:{two}") == [gids[1]]
    assert found(shop, "company", f"id:>={two}") == gids[1:]
    assert found(shop, "company", "external_id:C-9") == [gids[1]]
    assert found(shop, "company", "name:b OR name:c") == gids[1:]


def test_variants_are_found_by_their_own_words_and_their_products(shop):
    one, two = shop.make(
        "product", {"name": "Mug", "sku": "MUG-1", "barcode": "40063"}, {"name": "Cup", "sku": "CUP-1"}
    )
    gids = [f"gid://shopify/ProductVariant/{number}" for number in (one, two)]
    assert found(shop, "variant", "sku:MUG-1") == [gids[0]]
    assert found(shop, "variant", "sku:MUG* OR sku:CUP*") == gids
    assert found(shop, "variant", "barcode:40063") == [gids[0]]
    assert found(shop, "variant", "product_status:active") == gids
    assert found(shop, "product", "sku:CUP-1") == ["Cup"]
    assert found(shop, "product", "status:ARCHIVED") == []


def test_metafields_can_be_searched_by_value_where_the_platform_can(shop):
    shop.make("order", order(1, external_id="O-1"), order(2, external_id="O-2"))
    assert found(shop, "order", "metafields.crm.external_id:O-2") == ["#2"]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [("colour:red status:open", "colour", "invalid_field"), ("created_at:soon", "created_at", "invalid_value")],
)
def test_what_cannot_be_searched_is_ignored_and_warned_about(orders, query, field, code):
    body = orders.answer(FIND["order"], q=query)
    assert len(body["data"]["found"]["nodes"]) >= 3
    (told,) = body["extensions"]["search"]
    assert (told["path"], told["query"]) == (["orders"], query)
    assert [(one["field"], one["code"]) for one in told["warnings"]] == [(field, code)]


def test_a_search_that_is_understood_has_no_warnings(orders):
    assert "search" not in orders.answer(FIND["order"], q="status:open")["extensions"]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("UPDATED_AT", "2341"),
        ("CREATED_AT", "1234"),
        ("ID", "1234"),
        ("ORDER_NUMBER", "1234"),
        ("TOTAL_PRICE", "4123"),
        ("PROCESSED_AT", "1234"),
    ],
)
def test_sort_keys_order_and_ids_decide_between_equals(orders, sort, names):
    asked = {"first": 9, "sort": sort}
    told = [node["name"] for node in orders.data(PAGE, **asked)["orders"]["nodes"]]
    assert told == [f"#{name}" for name in names]
    backwards = orders.data(PAGE, **asked, reverse=True)["orders"]["nodes"]
    assert [node["name"] for node in backwards] == told[::-1]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("sort", ["UPDATED_AT", "ID", "TOTAL_PRICE"])
def test_pages_bring_everything_once_in_both_directions(shop, sort, reverse):
    shop.make("order", *(order(n, total_amount=str(n % 3), modified_at_ms=NOON_MS + n % 4 * 1000) for n in range(11)))
    asked = {"sort": sort, "reverse": reverse}
    whole = [node["name"] for node in shop.data(PAGE, first=50, **asked)["orders"]["nodes"]]
    forwards, after = [], None
    while True:
        told = shop.data(PAGE, first=4, after=after, **asked)["orders"]
        forwards += [node["name"] for node in told["nodes"]]
        after = told["pageInfo"]["endCursor"]
        if not told["pageInfo"]["hasNextPage"]:
            break
    backwards, before = [], None
    while True:
        told = shop.data(PAGE, last=4, before=before, **asked)["orders"]
        backwards = [node["name"] for node in told["nodes"]] + backwards
        before = told["pageInfo"]["startCursor"]
        if not told["pageInfo"]["hasPreviousPage"]:
            break
    assert forwards == backwards == whole
    assert len(set(whole)) == 11


def test_a_record_changed_meanwhile_comes_again_and_none_is_missed(shop):
    """Cursors hold the last value, so what moves behind them is not skipped over."""
    made = shop.make("order", *(order(n, modified_at_ms=NOON_MS + n * 1000) for n in range(6)))
    first = shop.data(PAGE, first=3, sort="UPDATED_AT")["orders"]
    shop.deed("edit", "order", made[0], status="fulfilled")
    rest = shop.data(PAGE, first=9, after=first["pageInfo"]["endCursor"], sort="UPDATED_AT")["orders"]
    assert [node["name"] for node in rest["nodes"]] == ["#3", "#4", "#5", "#0"]


@pytest.mark.parametrize(
    "asked", [{}, {"first": 0}, {"first": 251}, {"first": 2, "after": "bm9uc2Vuc2U="}, {"last": 300}]
)
def test_a_page_that_cannot_be_is_an_error(orders, asked):
    query = PAGE.replace("nodes { name } ", "")
    assert orders.code(query, **asked) == "BAD_REQUEST"


def test_paging_stops_after_25_000(shop):
    shop.make("company", *({"name": "A"} for _ in range(25_001)))
    query = "query Page($after: String) { companies(first: 250, after: $after) { edges { cursor } pageInfo { endCursor } } }"
    first = shop.data("{ companies(first: 1) { nodes { id } } }")["companies"]["nodes"][0]["id"]
    count = "{ companiesCount { count precision } }"
    assert shop.data(count)["companiesCount"] == {"count": 10_000, "precision": "AT_LEAST"}
    number = int(first.rpartition("/")[2])
    assert shop.data(query, after=cursor(number + 24_998))["companies"]["edges"] != []
    assert shop.code(query, after=cursor(number + 24_999)) == "BAD_REQUEST"


def cursor(number):
    """The cursor of a record in order of ids, as the shop writes it."""
    return base64.b64encode(json.dumps({"last_id": number, "last_value": ""}).encode()).decode()


def test_search_lags_behind_and_reading_by_id_does_not(open_sandbox):
    (shop,) = open_sandbox("shopify", index_lag_seconds=120)
    (number,) = shop.make("product", {"name": "Mug", "sku": "MUG-1"})
    by_id = "query One($id: ID!) { productVariant(id: $id) { sku } }"
    gid = f"gid://shopify/ProductVariant/{number}"
    assert found(shop, "variant", "sku:MUG-1") == []
    assert shop.data(by_id, id=gid)["productVariant"] == {"sku": "MUG-1"}
    shop.later(121)
    assert found(shop, "variant", "sku:MUG-1") == [gid]
    shop.deed("edit", "product", number, sku="MUG-2", description="new")
    assert found(shop, "variant", "sku:MUG-1") == [gid]
    assert found(shop, "variant", "sku:MUG-2") == []
    shop.later(121)
    assert found(shop, "variant", "sku:MUG-2") == [gid]


def test_nested_connections_page_and_search_too(shop):
    (ada,) = shop.make("customer", {"email": "ada@example.com"})
    shop.make("order", *(order(n, customer_id=ada, status="open" if n % 2 else "cancelled") for n in range(5)))
    query = """
    query Of($id: ID!, $after: String) { customer(id: $id) {
      some: orders(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } }
      open: orders(first: 9, query: "status:open") { nodes { name } } } }
    """
    gid = f"gid://shopify/Customer/{ada}"
    first = shop.data(query, id=gid)["customer"]
    second = shop.data(query, id=gid, after=first["some"]["pageInfo"]["endCursor"])["customer"]
    names = [node["name"] for node in first["some"]["nodes"] + second["some"]["nodes"]]
    assert all(one < other for one, other in pairwise(names))
    assert len(names) == 4
    assert [node["name"] for node in first["open"]["nodes"]] == ["#1", "#3"]


def test_counts_count_what_is_found(orders):
    assert orders.data('{ ordersCount(query: "status:open") { count precision } }')["ordersCount"] == {
        "count": 3,
        "precision": "EXACT",
    }
    assert orders.data("{ ordersCount(limit: 2) { count precision } }")["ordersCount"]["precision"] == "AT_LEAST"
