"""Options of products at a simulated shop: what they are, how products are made with them, and variants added."""

import pytest

from tests.contract.sandbox_shopify.answers import codes, gid, messages, number

OPTIONS = "options { id name position values optionValues { id name hasVariants } }"
VARIANTS = "variants(first: 9) { nodes { id title sku price selectedOptions { name value } } }"
FIND = f"query P($id: ID!) {{ product(id: $id) {{ hasOnlyDefaultVariant {OPTIONS} {VARIANTS} }} }}"
CREATE = f"""mutation P($product: ProductCreateInput!) {{ productCreate(product: $product) {{
  product {{ id hasOnlyDefaultVariant {OPTIONS} {VARIANTS} }} userErrors {{ field message }} }} }}"""
ADD = """mutation Add($product: ID!, $variants: [ProductVariantsBulkInput!]!, $strategy: ProductVariantsBulkCreateStrategy) {
  productVariantsBulkCreate(productId: $product, variants: $variants, strategy: $strategy) {
    product { id } productVariants { id title sku barcode price } userErrors { field message code } } }"""
CHANGE = """mutation Change($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
  productVariantsBulkUpdate(productId: $product, variants: $variants) {
    productVariants { title } userErrors { field message code } } }"""
SHIRT = {
    "title": "Shirt",
    "productOptions": [
        {"name": "Color", "values": [{"name": "Red"}, {"name": "Blue"}]},
        {"name": "Size", "values": [{"name": "S"}]},
    ],
}


def chosen(**values):
    return [{"optionName": name, "name": value} for name, value in values.items()]


def variant(colour, size, **more):
    return {"optionValues": chosen(Color=colour, Size=size), **more}


def product(shop, identifier):
    return shop.data(FIND, id=identifier)["product"]


def titles(shop, identifier):
    return [one["title"] for one in product(shop, identifier)["variants"]["nodes"]]


def told(options):
    """Name, values that variants have, and values that none has."""
    return [
        (one["name"], one["values"], [value["name"] for value in one["optionValues"] if not value["hasVariants"]])
        for one in options
    ]


@pytest.fixture
def shirt(shop):
    """A shirt in red and blue, of which there is a small red one."""
    return shop.did(CREATE, product=SHIRT)["product"]


def test_a_product_without_options_has_the_default_one(shop):
    made = shop.did(CREATE, product={"title": "Mug"})["product"]
    assert told(made["options"]) == [("Title", ["Default Title"], [])]
    assert made["hasOnlyDefaultVariant"] is True


def test_variants_of_a_group_give_their_product_its_values(shop):
    rows = [{"product_group": "Linen shirt", "option": size} for size in ("S", "L")]
    small, _ = shop.make("product", *rows)
    find = f"query V($id: ID!) {{ productVariant(id: $id) {{ product {{ {OPTIONS} }} }} }}"
    options = shop.data(find, id=gid(small, "ProductVariant"))["productVariant"]["product"]["options"]
    assert told(options) == [("Title", ["S", "L"], [])]


def test_a_product_is_made_with_one_variant_of_the_first_values(shirt):
    assert told(shirt["options"]) == [("Color", ["Red"], ["Blue"]), ("Size", ["S"], [])]
    assert [one["position"] for one in shirt["options"]] == [1, 2]
    (first,) = shirt["variants"]["nodes"]
    assert (first["title"], first["price"], shirt["hasOnlyDefaultVariant"]) == ("Red / S", "0.00", False)
    assert first["selectedOptions"] == [{"name": "Color", "value": "Red"}, {"name": "Size", "value": "S"}]


def test_ids_of_options_and_values_stay(shop, shirt):
    before = {value["name"]: value["id"] for one in shirt["options"] for value in one["optionValues"]}
    shop.did(ADD, product=shirt["id"], variants=[variant("Green", "S"), variant("Blue", "L")])
    options = product(shop, shirt["id"])["options"]
    after = {value["name"]: value["id"] for one in options for value in one["optionValues"]}
    assert [one["id"] for one in options] == [one["id"] for one in shirt["options"]]
    assert before.items() < after.items()
    assert len(set(after.values())) == len(after) == 5


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ([{"values": [{"name": "S"}]}], ["productOptions", "0", "name"]),
        ([{"name": "Size"}], ["productOptions", "0", "values"]),
        ([{"name": "Size", "values": [{"name": "S"}, {"name": "S"}]}], ["productOptions", "0", "values"]),
        ([{"name": "Size", "values": [{"name": "S"}]}] * 2, ["productOptions", "1", "name"]),
        ([{"name": name, "values": [{"name": "S"}]} for name in "abcd"], ["productOptions"]),
    ],
)
def test_options_that_are_none_are_refused(shop, options, field):
    refused = shop.did(CREATE, product={"title": "Shirt", "productOptions": options})
    assert (refused["product"], [one for one, _ in messages(refused)]) == (None, [field])


def test_variants_are_added_with_their_values_and_words(shop, shirt):
    given = variant("Blue", "M", price="12", barcode="40063", inventoryItem={"sku": "SH-B-M"})
    (made,) = shop.did(ADD, product=shirt["id"], variants=[given])["productVariants"]
    assert (made["title"], made["sku"], made["barcode"], made["price"]) == ("Blue / M", "SH-B-M", "40063", "12.00")
    after = product(shop, shirt["id"])
    assert told(after["options"]) == [("Color", ["Red", "Blue"], []), ("Size", ["S", "M"], [])]
    assert titles(shop, shirt["id"]) == ["Red / S", "Blue / M"]
    assert shop.read("product", number(made["id"]))["name"] == "Shirt - Blue / M"


def test_options_and_values_can_be_named_by_their_ids(shop, shirt):
    colour, size = shirt["options"]
    blue = next(one["id"] for one in colour["optionValues"] if one["name"] == "Blue")
    given = {"optionValues": [{"id": blue, "optionId": colour["id"]}, {"name": "L", "optionId": size["id"]}]}
    (made,) = shop.did(ADD, product=shirt["id"], variants=[given])["productVariants"]
    assert made["title"] == "Blue / L"


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"optionValues": chosen(Colour="Red", Size="S")}, ["variants", "0", "optionValues", "0"], "INVALID_INPUT"),
        (
            {"optionValues": [{"optionName": "Size", "id": gid(7)}]},
            ["variants", "0", "optionValues", "0"],
            "INVALID_INPUT",
        ),
        ({"optionValues": chosen(Color="Red")}, ["variants", "0"], "NEED_TO_ADD_OPTION_VALUES"),
        (variant("Red", "S"), ["variants", "0"], "VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE"),
        (variant("Red", "M", price="-1"), ["variants", "0", "price"], "GREATER_THAN_OR_EQUAL_TO"),
        (variant("Red", "M", id=gid(7, "ProductVariant")), ["variants", "0", "id"], "NO_KEY_ON_CREATE"),
    ],
)
def test_of_variants_that_cannot_be_all_none_is_added(shop, shirt, given, field, code):
    refused = shop.did(ADD, product=shirt["id"], variants=[given, variant("Blue", "S")])
    assert (refused["productVariants"], codes(refused)) == (None, [(field, code)])
    assert titles(shop, shirt["id"]) == ["Red / S"]


def test_two_new_variants_may_not_be_the_same(shop, shirt):
    refused = shop.did(ADD, product=shirt["id"], variants=[variant("Blue", "S")] * 2)
    assert codes(refused) == [(["variants", "1"], "VARIANT_ALREADY_EXISTS_CHANGE_OPTION_VALUE")]


def test_no_variant_is_added_to_a_product_that_is_not_there(shop):
    refused = shop.did(ADD, product=gid(7, "Product"), variants=[variant("Red", "S")])
    assert codes(refused) == [(["productId"], "PRODUCT_DOES_NOT_EXIST")]


@pytest.mark.parametrize(
    ("strategy", "left"),
    [
        ("DEFAULT", ["Red"]),
        ("REMOVE_STANDALONE_VARIANT", ["Red"]),
        ("PRESERVE_STANDALONE_VARIANT", ["Default Title", "Red"]),
    ],
)
def test_a_default_variant_goes_as_the_strategy_says(shop, strategy, left):
    mug = shop.did(CREATE, product={"title": "Mug"})["product"]["id"]
    shop.did(ADD, product=mug, variants=[{"optionValues": chosen(Title="Red")}], strategy=strategy)
    assert titles(shop, mug) == left


@pytest.mark.parametrize(
    ("strategy", "left"),
    [
        ("DEFAULT", ["Red / S", "Blue / S"]),
        ("REMOVE_STANDALONE_VARIANT", ["Blue / S"]),
    ],
)
def test_a_single_variant_with_a_value_goes_only_when_told(shop, shirt, strategy, left):
    shop.did(ADD, product=shirt["id"], variants=[variant("Blue", "S")], strategy=strategy)
    assert titles(shop, shirt["id"]) == left


def test_a_variant_is_given_another_value_that_no_other_has(shop, shirt):
    (first,) = shirt["variants"]["nodes"]
    shop.did(ADD, product=shirt["id"], variants=[variant("Blue", "S")])
    changed = shop.did(CHANGE, product=shirt["id"], variants=[{"id": first["id"], "optionValues": chosen(Size="M")}])
    assert changed["productVariants"] == [{"title": "Red / M"}]
    taken = shop.did(
        CHANGE, product=shirt["id"], variants=[{"id": first["id"], "optionValues": chosen(Color="Blue", Size="S")}]
    )
    assert codes(taken) == [(["variants", "0"], "VARIANT_ALREADY_EXISTS")]
    unknown = shop.did(CHANGE, product=shirt["id"], variants=[{"id": first["id"], "optionValues": chosen(Fit="Slim")}])
    assert codes(unknown) == [(["variants", "0", "optionValues", "0"], "OPTION_DOES_NOT_EXIST")]


def test_people_who_retitle_a_variant_select_something_else(shop, shirt):
    (first,) = shirt["variants"]["nodes"]
    shop.deed("edit", "product", number(first["id"]), name="Shirt - Crimson / XS")
    (after,) = product(shop, shirt["id"])["variants"]["nodes"]
    assert [one["value"] for one in after["selectedOptions"]] == ["Crimson", "XS"]
    assert told(product(shop, shirt["id"])["options"])[0] == ("Color", ["Crimson"], ["Red", "Blue"])


def test_a_value_that_reads_as_two_is_not_simulated(shop, shirt):
    assert shop.code(ADD, product=shirt["id"], variants=[variant("Red / Blue", "S")]) == "NOT_SIMULATED"
