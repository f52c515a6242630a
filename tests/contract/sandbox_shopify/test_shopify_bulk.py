"""Bulk operations of a simulated shop."""

import pytest

ORDERS = """
{ orders { edges { node {
    id name ...Amounts customer { id }
    purchasingEntity { __typename ... on PurchasingCompany { company { id } } }
    refunds { totalRefundedSet { presentmentMoney { amount } } }
    external: metafield(namespace: "crm", key: "external_id") { value }
    lineItems { edges { node { id sku quantity variant { id } originalTotalSet { presentmentMoney { amount } } } } }
} } } }
fragment Amounts on Order { totalPriceSet { presentmentMoney { amount } shopMoney { amount } } }
"""
STOCK = """
{ productVariants { edges { node {
    id sku product { title }
    inventoryItem { id inventoryLevels { edges { node {
      id location { name } quantities(names: ["available"]) { quantity }
    } } } }
} } } }
"""
COMPANIES = "{ companies { edges { node { id name locations { edges { node { id phone } } } } } } }"


def line(sku):
    return {"sku": sku, "quantity": "1", "amount": "5.00"}


def order(number, *skus, **more):
    lines = [line(sku) for sku in skus]
    return {"number": f"#{number}", "currency": "USD", "total_amount": "10.00", "lines": lines, **more}


def test_children_are_lines_of_their_own_that_name_their_parent(shop):
    one, two = shop.make("order", order(1, "A", "B", external_id="O-1"), order(2, "C", refunded="2.00"))
    told, lines = shop.bulk(ORDERS)
    parents = {line["id"]: line for line in lines if "__parentId" not in line}
    gids = [f"gid://shopify/Order/{number}" for number in (one, two)]
    assert list(parents) == gids
    assert parents[gids[0]] == {
        "id": gids[0],
        "name": "#1",
        "totalPriceSet": {"presentmentMoney": {"amount": "10.0"}, "shopMoney": {"amount": "10.0"}},
        "customer": None,
        "purchasingEntity": None,
        "refunds": [],
        "external": {"value": "O-1"},
    }
    assert parents[gids[1]]["refunds"] == [{"totalRefundedSet": {"presentmentMoney": {"amount": "2.0"}}}]
    children = [(line["__parentId"], line["sku"]) for line in lines if "__parentId" in line]
    assert children == [(gids[0], "A"), (gids[0], "B"), (gids[1], "C")]
    assert (told["objectCount"], told["rootObjectCount"], told["type"]) == ("5", "2", "QUERY")


def test_children_stand_behind_their_parent_only_when_grouped(shop):
    shop.make("order", order(1, "A"), order(2, "B"))
    _, apart = shop.bulk(ORDERS)
    _, together = shop.bulk(ORDERS, grouped=True)
    assert ["__parentId" in line for line in apart] == [False, False, True, True]
    assert ["__parentId" in line for line in together] == [False, True, False, True]
    assert sorted(line["id"] for line in apart) == sorted(line["id"] for line in together)


def test_a_connection_inside_an_object_belongs_to_the_node_around_it(shop):
    stock = [{"location": "Main", "quantity": "5"}, {"location": "East", "quantity": "7"}]
    (mug,) = shop.make("product", {"name": "Mug", "sku": "MUG-1", "inventory": stock})
    _, (parent, *levels) = shop.bulk(STOCK)
    assert parent["product"] == {"title": "Mug"}
    assert set(parent["inventoryItem"]) == {"id"}
    assert {level["__parentId"] for level in levels} == {f"gid://shopify/ProductVariant/{mug}"}
    assert [(level["location"]["name"], level["quantities"]) for level in levels] == [
        ("Main", [{"quantity": 5}]),
        ("East", [{"quantity": 7}]),
    ]


def test_locations_of_companies_are_lines(shop):
    (acme,) = shop.make("company", {"name": "Acme", "phone": "3125550100"})
    _, lines = shop.bulk(COMPANIES)
    assert lines[0] == {"id": f"gid://shopify/Company/{acme}", "name": "Acme"}
    assert (lines[1]["phone"], lines[1]["__parentId"]) == ("+13125550100", lines[0]["id"])


def test_bulk_says_of_each_record_what_a_page_says(shop):
    (acme,) = shop.make("company", {"name": "Acme"})
    (ada,) = shop.make("customer", {"first_name": "Ada", "company_id": acme})
    buyer = {"customer_id": ada, "company_id": acme, "shop_total": "11.00", "shop_currency": "EUR"}
    shop.make("order", *(order(n, *"ABC"[: n % 4], **(buyer if n % 2 else {})) for n in range(7)))
    _, lines = shop.bulk(ORDERS)
    page = """
    { orders(first: 9, sortKey: ID) { nodes {
        id name ...Amounts customer { id }
        purchasingEntity { __typename ... on PurchasingCompany { company { id } } }
        refunds { totalRefundedSet { presentmentMoney { amount } } }
        external: metafield(namespace: "crm", key: "external_id") { value }
        lineItems(first: 9) { nodes {
          id sku quantity variant { id } originalTotalSet { presentmentMoney { amount } } } }
    } } }
    fragment Amounts on Order { totalPriceSet { presentmentMoney { amount } shopMoney { amount } } }
    """
    told = {line["id"]: {**line, "lineItems": {"nodes": []}} for line in lines if "__parentId" not in line}
    for one in lines:
        if "__parentId" in one:
            kept = {name: value for name, value in one.items() if name != "__parentId"}
            told[one["__parentId"]]["lineItems"]["nodes"].append(kept)
    nodes = shop.data(page)["orders"]["nodes"]
    assert sorted(told.values(), key=lambda one: one["id"]) == sorted(nodes, key=lambda one: one["id"])


def test_a_bulk_query_filters_and_is_not_limited_to_a_page(shop):
    shop.make("order", *(order(n, status="open" if n % 2 else "cancelled") for n in range(600)))
    told, lines = shop.bulk('{ orders(query: "status:cancelled", first: 5) { edges { node { id name } } } }')
    assert len(lines) == 300
    assert told["rootObjectCount"] == "300"


def test_an_empty_result_has_no_file(shop):
    told, lines = shop.bulk(ORDERS)
    assert (told["url"], told["objectCount"], told["fileSize"], lines) == (None, "0", "0", [])


def test_an_operation_runs_as_long_as_it_was_told_to(open_sandbox):
    (shop,) = open_sandbox("shopify", bulk_polls=2)
    shop.make("order", order(1))
    operation = shop.run(ORDERS)["bulkOperation"]
    assert operation["status"] == "CREATED"
    told = [shop.poll(operation["id"]) for _ in range(3)]
    assert [one["status"] for one in told] == ["RUNNING", "RUNNING", "COMPLETED"]
    assert [one["url"] is None for one in told] == [True, True, False]
    current = shop.data("{ currentBulkOperation { id status } }")["currentBulkOperation"]
    assert current == {"id": operation["id"], "status": "COMPLETED"}


def test_five_run_at_once_and_a_sixth_is_told_which(shop):
    running = [shop.run(ORDERS)["bulkOperation"]["id"] for _ in range(5)]
    refused = shop.run(ORDERS)
    (error,) = refused["userErrors"]
    assert (refused["bulkOperation"], error["code"], error["field"]) == (None, "OPERATION_IN_PROGRESS", None)
    assert all(one in error["message"] for one in running)
    assert shop.poll(running[0])["status"] == "COMPLETED"
    assert shop.run(ORDERS)["userErrors"] == []


def test_an_operation_can_be_cancelled_until_it_is_done(shop):
    cancel = (
        "mutation Stop($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }"
    )
    first, second = (shop.run(ORDERS)["bulkOperation"]["id"] for _ in range(2))
    assert shop.data(cancel, id=first)["bulkOperationCancel"]["bulkOperation"] == {"status": "CANCELING"}
    assert shop.poll(first)["status"] == "CANCELED"
    shop.poll(second)
    told = shop.data(cancel, id=second)["bulkOperationCancel"]
    assert (told["bulkOperation"]["status"], len(told["userErrors"])) == ("COMPLETED", 1)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{ orders { edges { node { id", "Invalid bulk query"),
        ("{ orders { edges { node { shoeSize } } } }", "Cannot query field 'shoeSize'"),
        ('mutation { tagsAdd(id: "1", tags: []) { userErrors { message } } }', "Invalid operation type"),
        ("query A { shop { id } } query B { shop { id } }", "Invalid operation type"),
        ("query A($q: String) { orders(query: $q) { edges { node { id } } } }", "cannot contain variables"),
        ("{ shop { name } }", "at least one connection"),
        ('{ node(id: "gid://shopify/Order/1") { id } orders { edges { node { id } } } }', "top level `node`"),
        ("{ orders { nodes { id } } }", "Invalid connection fields: 'orders'"),
        ("{ orders { edges { cursor } } }", "Invalid connection fields: 'orders'"),
        ("{ orders { edges { node { name lineItems { edges { node { sku } } } } } } }", "without 'id': orders"),
        ("{ orders { edges { node { key: id lineItems { edges { node { sku } } } } } } }", "without 'id': orders"),
        (
            "{ companies { edges { node { id orders { edges { node { id lineItems { edges { node { id } } } } } } } } } }",
            "nesting depth greater than 2",
        ),
        (
            "{ " + " ".join(f"c{n}: orders {{ edges {{ node {{ id }} }} }}" for n in range(6)) + " }",
            "more than 5 connections",
        ),
        (
            "{ customers { edges { node { id companyContactProfiles { company {"
            " locations { edges { node { id } } } } } } } } }",
            "within a list field",
        ),
        ("{ orders { edges { node { id } } } }" + " " * 65_536, "longer than 65535 bytes"),
    ],
)
def test_what_cannot_run_in_bulk_is_refused_with_the_reason(shop, query, said):
    told = shop.run(query)
    assert told["bulkOperation"] is None
    assert [(error["code"], error["field"]) for error in told["userErrors"]] == [("INVALID", ["query"])]
    assert said in told["userErrors"][0]["message"]


def test_several_things_that_are_wrong_are_all_told(shop):
    mixed = (
        "{ orders { nodes { id } } "
        + " ".join(f"c{n}: orders {{ edges {{ node {{ id }} }} }}" for n in range(6))
        + " }"
    )
    assert len(shop.run(mixed)["userErrors"]) == 2


def test_files_suffer_faults(shop):
    shop.make("order", order(1, "A"), order(2, "B"))
    told, lines = shop.bulk(ORDERS)
    shop.fault("server_error", path_contains="/bulk/")
    assert shop.http.get(told["url"]).status_code == 503
    shop.fault("truncated_page", path_contains="/bulk/")
    assert len(shop.http.get(told["url"]).text.splitlines()) < len(lines)
    shop.fault("malformed_record", path_contains="/bulk/")
    first, *rest = shop.lines(told["url"])
    assert first["totalPriceSet"] == 7
    assert rest == lines[1:]


def test_operations_that_nobody_asks_about_end_all_the_same(shop):
    names = [shop.run(COMPANIES)["bulkOperation"]["id"] for _ in range(5)]
    assert shop.run(COMPANIES)["userErrors"][0]["code"] == "OPERATION_IN_PROGRESS"
    shop.later()
    assert shop.run(COMPANIES)["userErrors"] == []
    assert {shop.poll(name)["status"] for name in names} == {"COMPLETED"}
