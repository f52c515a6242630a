"""Products, variants and stock of a simulated shop."""

SHIRT = {"product_group": "Linen shirt", "description": "Light", "price_amount": "49.5", "cost_amount": "20"}
VARIANT = """
{ id legacyResourceId title displayName sku barcode price position updatedAt inventoryQuantity
  product { id title description status updatedAt hasOnlyDefaultVariant }
  selectedOptions { name value }
  inventoryItem {
    id sku unitCost { amount currencyCode }
    inventoryLevels(first: 5) { nodes {
      id updatedAt location { name } quantities(names: ["available", "committed"]) { name quantity }
    } }
  }
  external: metafield(namespace: "crm", key: "external_id") { value type }
  other: metafield(namespace: "crm", key: "netsuite_id") { value } }
"""
BY_ID = f"query One($id: ID!) {{ productVariant(id: $id) {VARIANT} }}"
CHANGED = "query Changed($query: String) { productVariants(first: 50, query: $query) { nodes { id } } }"


def gid(number, typename="ProductVariant"):
    return f"gid://shopify/{typename}/{number}"


def variant(shop, number):
    return shop.data(BY_ID, id=gid(number))["productVariant"]


def stock(**places):
    return [{"location": place, "quantity": quantity} for place, quantity in places.items()]


def changed_since(shop, instant):
    nodes = shop.data(CHANGED, query=f"updated_at:>'{instant}'")["productVariants"]["nodes"]
    return [node["id"].rpartition("/")[2] for node in nodes]


def test_rows_of_one_group_are_variants_of_one_product(shop):
    small, large = shop.make("product", {**SHIRT, "option": "S"}, {**SHIRT, "option": "L"})
    first, second = variant(shop, small), variant(shop, large)
    assert first["product"]["id"] == second["product"]["id"]
    assert first["product"]["title"] == "Linen shirt"
    assert (first["title"], second["title"]) == ("S", "L")
    assert (first["position"], second["position"]) == (1, 2)
    assert second["displayName"] == "Linen shirt - L"
    assert second["selectedOptions"] == [{"name": "Title", "value": "L"}]
    assert shop.read("product", large)["name"] == "Linen shirt - L"


def test_a_later_row_of_a_group_joins_its_product(shop):
    (small,) = shop.make("product", {**SHIRT, "option": "S"})
    (large,) = shop.make("product", {**SHIRT, "option": "L"})
    assert variant(shop, small)["product"]["id"] == variant(shop, large)["product"]["id"]
    assert len(shop.data("{ products(first: 5) { nodes { id } } }")["products"]["nodes"]) == 1


def test_a_row_without_a_group_is_the_only_variant_of_its_product(shop):
    (mug,) = shop.make("product", {"name": "Mug", "sku": "MUG-1", "barcode": "4006381333931"})
    told = variant(shop, mug)
    assert (told["title"], told["product"]["title"]) == ("Default Title", "Mug")
    assert told["product"]["hasOnlyDefaultVariant"] is True
    assert (told["sku"], told["barcode"], told["legacyResourceId"]) == ("MUG-1", "4006381333931", mug)
    assert shop.read("product", mug)["name"] == "Mug"


def test_prices_have_two_digits_and_costs_are_money_of_the_shop(shop):
    (number,) = shop.make("product", {**SHIRT, "price_currency": "USD"})
    told = variant(shop, number)
    assert told["price"] == "49.50"
    assert told["inventoryItem"]["unitCost"] == {"amount": "20.0", "currencyCode": "USD"}
    read = shop.read("product", number)
    assert (read["price_amount"], read["price_currency"], read["cost_currency"]) == ("49.5", "USD", "USD")


def test_a_product_without_a_cost_has_none(shop):
    (number,) = shop.make("product", {"name": "Mug"})
    assert variant(shop, number)["inventoryItem"]["unitCost"] is None
    assert shop.read("product", number)["cost_currency"] is None


def test_stock_lies_at_places_made_when_first_named(shop):
    one, two = shop.make(
        "product",
        {"name": "Mug", "inventory": stock(Main="5", East="7")},
        {"name": "Cup", "inventory": stock(Main="2")},
    )
    levels = variant(shop, one)["inventoryItem"]["inventoryLevels"]["nodes"]
    assert [(level["location"]["name"], level["quantities"][0]["quantity"]) for level in levels] == [
        ("Main", 5),
        ("East", 7),
    ]
    assert levels[0]["quantities"][1] == {"name": "committed", "quantity": 0}
    assert variant(shop, one)["inventoryQuantity"] == 12
    places = shop.data("{ locations(first: 5) { nodes { name inventoryLevels(first: 9) { nodes { item { id } } } } } }")
    told = {place["name"]: len(place["inventoryLevels"]["nodes"]) for place in places["locations"]["nodes"]}
    assert told == {"East": 1, "Main": 2}
    assert shop.read("product", two)["inventory"] == stock(Main="2")


def test_what_is_not_stocked_any_more_has_no_level(shop):
    (number,) = shop.make("product", {"name": "Mug", "inventory": stock(Main="5", East="7")})
    shop.deed("edit", "product", number, inventory=stock(East="7"))
    assert [level["location"] for level in shop.read("product", number)["inventory"]] == ["East"]


def test_the_product_changes_with_all_its_variants(shop):
    small, large, other = shop.make("product", {**SHIRT, "option": "S"}, {**SHIRT, "option": "L"}, {"name": "Mug"})
    made = variant(shop, other)["updatedAt"]
    shop.later()
    shop.deed("edit", "product", small, description="Lighter")
    assert changed_since(shop, made) == [small, large]
    assert variant(shop, large)["product"]["description"] == "Lighter"


def test_a_variants_price_moves_the_variant_and_its_product_alone(shop):
    small, large = shop.make("product", {**SHIRT, "option": "S"}, {**SHIRT, "option": "L"})
    before = variant(shop, large)
    shop.later()
    shop.deed("edit", "product", small, price_amount="59")
    assert changed_since(shop, before["updatedAt"]) == [small]
    after = variant(shop, large)
    assert after["updatedAt"] == before["updatedAt"]
    assert after["product"]["updatedAt"] > before["product"]["updatedAt"]


def test_stock_moves_its_level_and_the_variant(shop):
    (number,) = shop.make("product", {"name": "Mug", "inventory": stock(Main="5", East="7")})
    before = variant(shop, number)
    shop.later()
    shop.deed("edit", "product", number, inventory=stock(Main="4", East="7"))
    assert changed_since(shop, before["updatedAt"]) == [number]
    (main, east), (main_was, east_was) = (
        one["inventoryItem"]["inventoryLevels"]["nodes"] for one in (variant(shop, number), before)
    )
    assert main["updatedAt"] > main_was["updatedAt"]
    assert east["updatedAt"] == east_was["updatedAt"]


def test_a_new_name_is_split_as_it_is_written(shop):
    (number,) = shop.make("product", {**SHIRT, "option": "S"})
    shop.deed("edit", "product", number, name="Cotton shirt - S")
    assert (variant(shop, number)["product"]["title"], variant(shop, number)["title"]) == ("Cotton shirt", "S")
    shop.deed("edit", "product", number, name="Cotton shirt - M")
    assert (variant(shop, number)["product"]["title"], variant(shop, number)["title"]) == ("Cotton shirt", "M")
    assert shop.read("product", number)["name"] == "Cotton shirt - M"


def test_archiving_a_variant_archives_its_product(shop):
    small, large, mug = shop.make("product", {**SHIRT, "option": "S"}, {**SHIRT, "option": "L"}, {"name": "Mug"})
    assert shop.deed("archive", "product", small)["state"] == "archived"
    assert shop.read("product", large)["state"] == "archived"
    assert variant(shop, large)["product"]["status"] == "ARCHIVED"
    archived = shop.data(CHANGED, query="product_status:archived")["productVariants"]["nodes"]
    assert [node["id"] for node in archived] == [gid(small), gid(large)]
    assert shop.read("product", mug)["state"] == "live"


def test_the_product_goes_with_its_last_variant(shop):
    small, large = shop.make("product", {**SHIRT, "option": "S"}, {**SHIRT, "option": "L"})
    product = variant(shop, small)["product"]["id"]
    find = "query Product($id: ID!) { product(id: $id) { variants(first: 5) { nodes { id } } } }"
    shop.deed("delete", "product", small)
    assert variant(shop, small) is None
    assert [node["id"] for node in shop.data(find, id=product)["product"]["variants"]["nodes"]] == [gid(large)]
    shop.deed("delete", "product", large)
    assert shop.data(find, id=product)["product"] is None


def test_ids_written_by_others_are_metafields_of_the_variant(shop):
    row = {"name": "Mug", "external_id": "P-1", "cross_ids": {"netsuite": "17"}, "custom_material": "clay"}
    (number,) = shop.make("product", row)
    told = variant(shop, number)
    assert told["external"] == {"value": "P-1", "type": "id"}
    assert told["other"] == {"value": "17"}
    query = "query All($id: ID!) { productVariant(id: $id) { metafields(first: 9) { nodes { namespace key value } } } }"
    fields = shop.data(query, id=gid(number))["productVariant"]["metafields"]["nodes"]
    assert {"namespace": "crm", "key": "material", "value": "clay"} in fields
    read = shop.read("product", number)
    assert (read["external_id"], read["cross_ids"], read["custom_material"]) == ("P-1", {"netsuite": "17"}, "clay")


def test_items_levels_and_places_can_be_asked_for_by_id(shop):
    (number,) = shop.make("product", {"name": "Mug", "inventory": stock(Main="5")})
    item = variant(shop, number)["inventoryItem"]
    level = item["inventoryLevels"]["nodes"][0]["id"]
    nodes = shop.data(
        "query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id"
        ' ... on InventoryLevel { location { id } quantities(names: ["available"]) { quantity } } } }',
        ids=[item["id"], level, gid(1, "InventoryItem")],
    )["nodes"]
    assert [node and node["__typename"] for node in nodes] == ["InventoryItem", "InventoryLevel", None]
    assert nodes[1]["id"] == level
    assert nodes[1]["quantities"] == [{"quantity": 5}]
    place = nodes[1]["location"]["id"]
    asked = (
        "query At($item: ID!, $place: ID!) { inventoryItem(id: $item) { inventoryLevel(locationId: $place) { id } } }"
    )
    assert shop.data(asked, item=item["id"], place=place)["inventoryItem"]["inventoryLevel"]["id"] == level
