"""Companies, their location and contacts, and customers of a simulated shop."""

ACME = {
    "name": "Acme",
    "domain": "acme.example",
    "tax_id": "12-3456789",
    "phone": "(312) 555-0100",
    "address_street": "1 Mill Lane",
    "address_city": "Reno",
    "address_region": "NV",
    "address_postal_code": "89501",
    "address_country": "US",
    "external_id": "C-1",
    "cross_ids": {"hubspot": "77"},
}
COMPANY = """
query One($id: ID!) { company(id: $id) {
  name externalId createdAt updatedAt ordersCount { count } totalSpent { amount currencyCode }
  domain: metafield(namespace: "crm", key: "domain") { value }
  other: metafield(namespace: "crm", key: "hubspot_id") { value }
  locations(first: 1) { nodes {
    id phone taxSettings { taxRegistrationId }
    billingAddress { companyName address1 address2 city zoneCode zip countryCode }
  } }
  contacts(first: 9) { nodes { id isMainContact customer { id } } }
} }
"""
CUSTOMER = """
query One($id: ID!) { customer(id: $id) {
  displayName updatedAt numberOfOrders amountSpent { amount currencyCode } canDelete tags
  companyContactProfiles { id company { id name } }
  orders(first: 9) { nodes { id } } lastOrder { id }
} }
"""

LINES = "{ orders { edges { node { id name lineItems { edges { node { id variant { id } } } } } } } }"


def gid(number, typename):
    return f"gid://shopify/{typename}/{number}"


def company(shop, number):
    return shop.data(COMPANY, id=gid(number, "Company"))["company"]


def customer(shop, number):
    return shop.data(CUSTOMER, id=gid(number, "Customer"))["customer"]


def order(total, **more):
    return {"number": "#1", "currency": "USD", "status": "open", "total_amount": total, **more}


def test_a_companys_phone_address_and_tax_id_are_its_locations(shop):
    (number,) = shop.make("company", ACME)
    told = company(shop, number)
    assert (told["name"], told["externalId"]) == ("Acme", "C-1")
    assert (told["domain"], told["other"]) == ({"value": "acme.example"}, {"value": "77"})
    (place,) = told["locations"]["nodes"]
    assert place["phone"] == "+13125550100"
    assert place["taxSettings"] == {"taxRegistrationId": "12-3456789"}
    assert place["billingAddress"] == {
        "companyName": "Acme",
        "address1": "1 Mill Lane",
        "address2": None,
        "city": "Reno",
        "zoneCode": "NV",
        "zip": "89501",
        "countryCode": "US",
    }


def test_a_company_without_an_address_has_none(shop):
    (number,) = shop.make("company", {"name": "Acme"})
    assert company(shop, number)["locations"]["nodes"][0]["billingAddress"] is None


def test_the_world_reads_back_what_it_said(shop):
    (number,) = shop.make("company", ACME)
    read = shop.read("company", number)
    counted = {"orders_count": 0, "total_spent": "0.0", "state": "live"}
    assert read == {**ACME, "phone": "+13125550100", **counted}


def test_people_of_a_company_are_its_contacts(shop):
    (acme,) = shop.make("company", ACME)
    ada, bob, _ = shop.make(
        "customer",
        {"first_name": "Ada", "company_id": acme},
        {"first_name": "Bob", "company_id": acme},
        {"first_name": "Cy"},
    )
    contacts = company(shop, acme)["contacts"]["nodes"]
    assert [(one["customer"]["id"], one["isMainContact"]) for one in contacts] == [
        (gid(ada, "Customer"), True),
        (gid(bob, "Customer"), False),
    ]
    (profile,) = customer(shop, bob)["companyContactProfiles"]
    assert profile == {"id": contacts[1]["id"], "company": {"id": gid(acme, "Company"), "name": "Acme"}}
    found = shop.data("query Contact($id: ID!) { companyContact(id: $id) { customer { id } } }", id=profile["id"])
    assert found["companyContact"] == {"customer": {"id": gid(bob, "Customer")}}


def test_people_of_a_deleted_company_are_nobodys_contacts(shop):
    (acme,) = shop.make("company", ACME)
    (ada,) = shop.make("customer", {"first_name": "Ada", "company_id": acme})
    before = customer(shop, ada)
    shop.later()
    shop.deed("delete", "company", acme)
    after = customer(shop, ada)
    assert after["companyContactProfiles"] == []
    assert after["updatedAt"] > before["updatedAt"]
    assert shop.read("customer", ada)["company_id"] is None


def test_numbers_are_worked_out_from_orders_when_nobody_states_them(shop):
    (acme,) = shop.make("company", ACME)
    (ada,) = shop.make("customer", {"first_name": "Ada", "company_id": acme})
    buyer = {"customer_id": ada, "company_id": acme}
    shop.make(
        "order",
        order("100.00", **buyer),
        order("50.00", refunded="20.00", **buyer),
        order("10.00", status="cancelled", **buyer),
        order("8.00", currency="EUR", shop_total="9.50", shop_currency="USD", **buyer),
    )
    told = customer(shop, ada)
    assert (told["numberOfOrders"], told["amountSpent"]) == ("4", {"amount": "139.5", "currencyCode": "USD"})
    assert company(shop, acme)["ordersCount"] == {"count": 4}
    assert company(shop, acme)["totalSpent"]["amount"] == "139.5"
    assert len(told["orders"]["nodes"]) == 4
    assert told["lastOrder"] == told["orders"]["nodes"][-1]
    assert shop.read("customer", ada)["orders_count"] == 4


def test_numbers_that_are_stated_stay(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada", "orders_count": 7, "total_spent": "70.00"})
    before = customer(shop, ada)
    shop.later()
    shop.make("order", order("100.00", customer_id=ada))
    after = customer(shop, ada)
    assert (after["numberOfOrders"], after["amountSpent"]["amount"]) == ("7", "70.00")
    assert after["updatedAt"] == before["updatedAt"]


def test_a_customer_whose_numbers_are_worked_out_moves_with_its_orders(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada"})
    moved = [customer(shop, ada)["updatedAt"]]
    shop.later()
    (number,) = shop.make("order", order("100.00", customer_id=ada))
    moved.append(customer(shop, ada)["updatedAt"])
    shop.later()
    shop.deed("edit", "order", number, status="cancelled")
    moved.append(customer(shop, ada)["updatedAt"])
    assert moved == sorted(set(moved))
    assert customer(shop, ada)["amountSpent"]["amount"] == "0.0"


def test_who_has_orders_cannot_be_deleted(shop):
    (acme,) = shop.make("company", ACME)
    (ada,) = shop.make("customer", {"first_name": "Ada"})
    (number,) = shop.make("order", order("1.00", customer_id=ada, company_id=acme))
    assert customer(shop, ada)["canDelete"] is False
    assert "has orders" in shop.refused("delete", "customer", ada)
    assert "has orders" in shop.refused("delete", "company", acme)
    shop.deed("delete", "order", number)
    assert shop.deed("delete", "customer", ada)["state"] == "deleted"
    assert customer(shop, ada) is None


def test_a_merge_takes_over_orders_tags_and_what_was_blank(shop):
    ada, old = shop.make(
        "customer",
        {"first_name": "Ada", "email": "ada@example.com", "tags": ["vip"]},
        {"first_name": "A.", "phone": "3125550101", "tags": ["VIP", "old"]},
    )
    (number,) = shop.make("order", order("5.00", customer_id=old))
    assert shop.merge(ada, old) == ada
    assert customer(shop, old) is None
    told = customer(shop, ada)
    assert (told["displayName"], told["tags"], told["numberOfOrders"]) == ("Ada", ["old", "vip"], "1")
    assert shop.read("customer", ada)["phone"] == "+13125550101"
    assert shop.read("order", number)["customer_id"] == ada


def test_only_customers_can_be_merged_and_only_products_archived(shop):
    one, two = shop.make("company", {"name": "A"}, {"name": "B"})
    asked = {"account": shop.account, "kind": "company", "winner": one, "loser": two}
    assert shop.http.post(f"{shop.base_url}/control/records/merge", json=asked).status_code == 400
    assert shop.refused("archive", "company", one) == "Shopify cannot archive a company"


def test_everything_is_there_again_when_the_sandbox_starts_again(open_sandbox):
    (shop,) = open_sandbox("shopify")
    (acme,) = shop.make("company", ACME)
    (ada,) = shop.make("customer", {"first_name": "Ada", "company_id": acme})
    mug = {"name": "Mug", "inventory": [{"location": "Main", "quantity": "5"}]}
    (made,) = shop.make("product", mug)
    lines = [{"product_id": made, "quantity": "1", "amount": "5.00"}]
    shop.make("order", order("5.00", customer_id=ada, company_id=acme, lines=lines))
    before = customer(shop, ada), company(shop, acme), shop.bulk(LINES)[1]
    (shop,) = open_sandbox("shopify")
    assert (customer(shop, ada), company(shop, acme), shop.bulk(LINES)[1]) == before
    assert shop.read("product", made)["inventory"] == mug["inventory"]
    assert int(*shop.make("product", mug)) == int(made) + 1


def test_two_shops_of_one_sandbox_know_nothing_of_each_other(open_sandbox):
    us, eu = open_sandbox("shop_us", "shop_eu")
    (first,) = us.make("company", {"name": "Acme"})
    (second,) = eu.make("company", {"name": "Bolt"})
    assert first == second
    assert (company(us, first)["name"], company(eu, second)["name"]) == ("Acme", "Bolt")
    assert us.send({"query": "{ shop { name } }"}, token=eu.token).status_code == 401
    eu.set(currency="EUR")
    currencies = [one.data("{ shop { myshopifyDomain currencyCode } }")["shop"] for one in (us, eu)]
    assert [one["currencyCode"] for one in currencies] == ["USD", "EUR"]
    assert currencies[1]["myshopifyDomain"] == "shop-eu.myshopify.com"
