"""What can be changed of companies and metafields at a simulated shop over the wire, and what is refused."""

from tests.contract.sandbox_shopify.answers import codes, gid, number

METAFIELDS = """mutation Write($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) {
  metafields { id namespace key value type compareDigest owner { ... on Customer { id } } }
  userErrors { field message code elementIndex } } }"""


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
    payload = shop.did(METAFIELDS, metafields=written)
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
    first = shop.did(METAFIELDS, metafields=[field(gid(ada), "tier", "gold", compareDigest=None)])
    digest = first["metafields"][0]["compareDigest"]
    again = shop.did(METAFIELDS, metafields=[field(gid(ada), "tier", "gold", compareDigest=None)])
    assert codes(again) == [(["metafields", "0"], "STALE_OBJECT")]
    changed = shop.did(METAFIELDS, metafields=[field(gid(ada), "tier", "silver", compareDigest=digest)])
    assert changed["metafields"][0]["value"] == "silver"
    assert codes(shop.did(METAFIELDS, metafields=[field(gid(ada), "tier", "none", compareDigest=digest)])) != []


def test_metafields_are_written_all_or_none(shop):
    ada, bob = shop.make("customer", {"first_name": "Ada"}, {"first_name": "Bob", "external_id": "C-2"})
    written = [
        field(gid(ada), "tier", "gold"),
        field(gid(7), "tier", "gold"),
        field(gid(ada), "external_id", "C-2", type="id"),
        field(gid(ada), "other", ""),
        field(gid(bob), "external_id", "C-3"),
    ]
    payload = shop.did(METAFIELDS, metafields=written)
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
    payload = shop.did(METAFIELDS, metafields=[field(gid(ada), f"k{n}", "v") for n in range(26)])
    assert codes(payload) == [(["metafields"], "LESS_THAN_OR_EQUAL_TO")]


def test_metafields_are_deleted(shop):
    (ada,) = shop.make("customer", {"first_name": "Ada", "cross_ids": {"netsuite": "9"}})
    delete = """mutation Delete($metafields: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $metafields) {
      deletedMetafields { key } userErrors { message } } }"""
    names = [{"ownerId": gid(ada), "namespace": "crm", "key": key} for key in ("netsuite_id", "nothing")]
    assert shop.did(delete, metafields=names)["deletedMetafields"] == [{"key": "netsuite_id"}, None]
    assert shop.read("customer", ada)["cross_ids"] == {}


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
    made = shop.did(create, input=given)["company"]
    assert codes(shop.did(create, input=given)) == [(["input", "company", "externalId"], "TAKEN")]
    company, place = made["id"], made["locations"]["nodes"][0]["id"]
    shop.did(
        'mutation A($id: ID!) { companyUpdate(companyId: $id, input: {name: "Acme Inc"}) { userErrors { code } } }',
        id=company,
    )
    shop.did(
        'mutation B($id: ID!) { companyLocationUpdate(companyLocationId: $id, input: {phone: "3125550199"})'
        " { userErrors { code } } }",
        id=place,
    )
    shop.did(
        'mutation C($id: ID!) { companyLocationTaxSettingsUpdate(companyLocationId: $id, taxRegistrationId: "99-1")'
        " { userErrors { code } } }",
        id=place,
    )
    shop.did(
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
    assert codes(shop.did(update, id=company, input={"name": ""})) == [(["input", "name"], "BLANK")]
    assert codes(shop.did(update, id=gid(1, "Company"), input={})) == [(["companyId"], "RESOURCE_NOT_FOUND")]
    assert codes(shop.did(delete, id=company)) == [(["id"], "FAILED_TO_DELETE")]
    assert shop.did(assign, company=company, customer=gid(ada))["companyContact"] is not None
    assert codes(shop.did(assign, company=company, customer=gid(ada))) == [(["customerId"], "INVALID_INPUT")]
    assert shop.read("customer", ada)["company_id"] == acme
    shop.deed("delete", "order", order)
    assert shop.did(delete, id=company)["deletedCompanyId"] == company
