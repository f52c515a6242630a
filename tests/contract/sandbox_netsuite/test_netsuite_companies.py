"""Companies, their members and their contacts on a simulated NetSuite account."""

import pytest

CUSTOMER, CONTACT = "/record/v1/customer", "/record/v1/contact"
COMPANY = {
    "name": "Mill & Co",
    "domain": "mill.example",
    "tax_id": "12-3456789",
    "phone": "312 555 0142",
    "lifecycle": "customer",
    "external_id": "CO-1",
    "address_street": "1 Mill Lane",
    "address_city": "Reno",
    "address_country": "US",
}


def person(number, **more):
    return {"first_name": "Ada", "last_name": f"L{number}", "email": f"ada{number}@example.com", **more}


def test_a_company_is_a_customer_that_is_no_person(erp):
    (company,) = erp.make(COMPANY, kind="company")
    (member,) = erp.make(person(1, company_id=company))
    sql = "SELECT id, isperson, companyname, url, vatregnumber, parent, searchstage FROM customer ORDER BY id"
    assert erp.rows(sql) == [
        {
            "id": company,
            "isperson": "F",
            "companyname": "Mill & Co",
            "url": "mill.example",
            "vatregnumber": "12-3456789",
            "searchstage": "Customer",
        },
        {"id": member, "isperson": "T", "parent": company},
    ]
    body = erp.call("GET", f"{CUSTOMER}/{company}").json()
    assert (body["companyName"], body["url"], body["vatRegNumber"]) == ("Mill & Co", "mill.example", "12-3456789")
    assert body["isPerson"] is False
    parent = erp.call("GET", f"{CUSTOMER}/{member}").json()["parent"]
    assert (parent["id"], parent["refName"]) == (company, "Mill & Co")
    assert parent["links"][0]["href"].endswith(f"/record/v1/customer/{company}")


def test_persons_and_companies_are_two_kinds_to_the_world(erp):
    (company,) = erp.make(COMPANY, kind="company")
    (member,) = erp.make(person(1, company_id=company))
    simulator = erp.simulator
    assert (simulator.ids("company"), simulator.ids("customer")) == ([company], [member])
    assert simulator.read("customer", company) is None
    assert simulator.read("company", member) is None
    with pytest.raises(KeyError):
        simulator.edit("company", member, {"name": "New"})
    assert {name: simulator.read("company", company)[name] for name in COMPANY} == COMPANY
    assert simulator.read("customer", member)["company_id"] == company


def test_the_world_changes_a_company_and_who_belongs_to_it(erp):
    one, other = erp.make(COMPANY, {"name": "Other"}, kind="company")
    (member,) = erp.make(person(1, company_id=one))
    erp.simulator.edit("customer", member, {"company_id": other})
    assert erp.simulator.read("customer", member)["company_id"] == other
    erp.simulator.edit("customer", member, {"company_id": None})
    assert erp.simulator.read("customer", member)["company_id"] is None
    erp.simulator.edit("company", one, {"domain": None, "lifecycle": "lead", "address_city": "Elko"})
    read = erp.simulator.read("company", one)
    assert (read["domain"], read["lifecycle"], read["address_city"], read["name"]) == (
        None,
        "lead",
        "Elko",
        "Mill & Co",
    )
    erp.simulator.archive("company", one)
    assert erp.simulator.read("company", one)["state"] == "archived"
    assert erp.simulator.ids("company") == [other]


def test_ids_of_other_accounts_have_a_field_whatever_the_account_is_called(erp):
    assert erp.rows("SELECT id FROM customer WHERE custentity_shop_co_id IS NULL") == []
    (made,) = erp.make(person(1, cross_ids={"shop_us": "77", "crm": "8"}))
    assert erp.rows("SELECT custentity_shop_us_id AS us, custentity_crm_id AS crm FROM customer") == [
        {"us": "77", "crm": "8"}
    ]
    assert erp.call("GET", f"{CUSTOMER}/{made}").json()["custentity_shop_us_id"] == "77"
    assert erp.call("PATCH", f"{CUSTOMER}/{made}", json={"custentity_shop_fr_id": "9"}).status_code == 204
    erp.simulator.edit("customer", made, {"cross_ids": {"crm": None}})
    assert erp.simulator.read("customer", made)["cross_ids"] == {"shop_us": "77", "shop_fr": "9"}


def test_a_custom_field_is_there_once_somebody_had_use_for_it(erp):
    assert erp.query("SELECT custentity_vat_class FROM customer").status_code == 400
    (made,) = erp.make({**COMPANY, "custom_vat_class": "B"}, kind="company")
    assert erp.rows("SELECT custentity_vat_class AS c FROM customer") == [{"c": "B"}]
    assert erp.simulator.read("company", made)["custom_vat_class"] == "B"
    assert erp.call("GET", CUSTOMER, params={"q": "custentity_vat_class IS b"}).json()["totalResults"] == 1


def test_a_company_is_made_and_changed_through_the_record_service(erp):
    body = {"isPerson": False, "companyName": "Mill & Co", "url": "mill.example", "entityStatus": {"id": "13"}}
    company = erp.created(CUSTOMER, body)
    member = erp.created(CUSTOMER, {"firstName": "Ada", "lastName": "L", "parent": {"id": company}})
    assert erp.simulator.read("customer", member)["company_id"] == company
    assert erp.simulator.read("company", company)["lifecycle"] == "customer"
    changed = {"entityStatus": {"id": "6"}, "vatRegNumber": "12-3456789", "url": None}
    assert erp.call("PATCH", f"{CUSTOMER}/{company}", json=changed).status_code == 204
    read = erp.simulator.read("company", company)
    assert (read["lifecycle"], read["tax_id"], read["domain"]) == ("lead", "12-3456789", None)
    assert erp.call("GET", f"{CUSTOMER}/{company}").json()["searchStage"] == "Lead"
    assert erp.refusal("PATCH", f"{CUSTOMER}/{company}", json={"companyName": None})[2] == "companyName"


@pytest.mark.parametrize(
    "parent",
    [{"id": "9"}, {"id": "x"}, {"externalId": "none"}, {"refName": "Mill & Co"}, "1001", 1001, []],
)
def test_a_reference_to_nothing_is_refused_with_the_place(erp, parent):
    erp.make(COMPANY, kind="company")
    body = {"firstName": "Ada", "lastName": "L", "parent": parent}
    assert erp.refusal("POST", CUSTOMER, json=body) == (400, "INVALID_CONTENT", "parent")


def test_a_reference_may_name_the_external_id(erp):
    (company,) = erp.make(COMPANY, kind="company")
    member = erp.created(CUSTOMER, {"firstName": "Ada", "lastName": "L", "parent": {"externalId": "CO-1"}})
    assert erp.call("GET", f"{CUSTOMER}/{member}").json()["parent"]["id"] == company
    assert erp.refusal("PATCH", f"{CUSTOMER}/{company}", json={"parent": {"id": company}})[2] == "parent"


def test_addresses_are_added_merged_by_id_and_replaced(erp):
    def book():
        answer = erp.call("GET", f"{CUSTOMER}/{number}", params={"expandSubResources": "true"}).json()
        return answer["addressBook"]["items"]

    def patch(*items, **asked):
        return erp.call("PATCH", f"{CUSTOMER}/{number}", json={"addressBook": {"items": list(items)}}, params=asked)

    number = erp.created(
        CUSTOMER,
        {
            "firstName": "Ada",
            "lastName": "L",
            "addressBook": {
                "items": [
                    {
                        "defaultBilling": True,
                        "addressBookAddress": {"addr1": "1 Mill Lane", "city": "Reno", "country": {"id": "US"}},
                    }
                ]
            },
        },
    )
    (first,) = book()
    assert (first["defaultBilling"], first["defaultShipping"]) == (True, False)
    read = erp.simulator.read("customer", number)
    assert (read["address_street"], read["address_country"]) == ("1 Mill Lane", "US")
    assert patch({"id": first["id"], "addressBookAddress": {"city": "Elko"}}).status_code == 204
    assert erp.simulator.read("customer", number)["address_city"] == "Elko"
    assert erp.simulator.read("customer", number)["address_street"] == "1 Mill Lane"
    assert patch({"defaultBilling": True, "addressBookAddress": {"city": "Sparks"}}).status_code == 204
    assert [line["addressBookAddress"]["city"] for line in book()] == ["Elko", "Sparks"]
    assert erp.rows("SELECT a.city FROM customer c INNER JOIN entityaddress a ON a.nkey = c.defaultbillingaddress") == [
        {"city": "Sparks"}
    ]
    assert patch({"id": first["id"], "defaultShipping": True}, replace="addressBook").status_code == 204
    (left,) = book()
    assert (left["id"], left["defaultBilling"], left["defaultShipping"]) == (first["id"], False, True)
    assert patch({"id": 5, "addressBookAddress": {"city": "Elko"}}).status_code == 400
    assert len(book()) == 1


def test_a_contact_names_its_company_or_is_attached_to_it(erp):
    (company,) = erp.make(COMPANY, kind="company")
    hers = erp.created(CONTACT, {"firstName": "Bo", "lastName": "B", "company": {"id": company}, "title": "Buyer"})
    free = erp.created(CONTACT, {"firstName": "Cy", "lastName": "C", "email": "cy@example.com"})
    sql = "SELECT id, firstname, title, company FROM contact ORDER BY id"
    assert erp.rows(sql) == [
        {"id": hers, "firstname": "Bo", "title": "Buyer", "company": company},
        {"id": free, "firstname": "Cy"},
    ]
    attach = f"{CUSTOMER}/{company}/!attach/contact/{free}"
    assert erp.call("POST", attach, json={"role": {"id": 3}}).status_code == 204
    pairs = "SELECT contact, role FROM companycontactrelationship WHERE company = ?"
    assert erp.rows(pairs, company) == [{"contact": free, "role": "3"}]
    asked = {"expandSubResources": "true"}
    listed = erp.call("GET", f"{CUSTOMER}/{company}", params=asked).json()["contactList"]["items"]
    assert [line["contact"]["id"] for line in listed] == [hers, free]
    assert erp.call("POST", f"{CUSTOMER}/{company}/!detach/contact/{free}").status_code == 204
    assert erp.rows(pairs, company) == []
    assert erp.refusal("POST", f"{CUSTOMER}/{company}/!attach/contact/5")[:2] == (404, "NONEXISTENT_ID")
    assert erp.call("POST", f"{CUSTOMER}/{company}/!adopt/contact/{free}").status_code == 404


def test_whoever_works_for_a_company_is_a_contact_of_it_from_the_start(erp):
    (company,) = erp.make(COMPANY, kind="company")
    who = {"first_name": "Ada", "last_name": "L", "email": "ada@example.com", "phone": "+1 312 555 0142"}
    ada, single = erp.make({**who, "company_id": company, "modified_at_ms": 1_700_000_000_000}, who)
    sql = "SELECT id, firstname, lastname, email, phone, company, isinactive FROM contact"
    (contact,) = erp.rows(sql)
    said = {"firstname": "Ada", "lastname": "L", "email": "ada@example.com", "phone": "+1 312 555 0142"}
    assert contact == {"id": contact["id"], **said, "company": company, "isinactive": "F"}
    assert contact["id"] not in (company, ada, single)
    asked = {"expandSubResources": "true"}
    (listed,) = erp.call("GET", f"{CUSTOMER}/{company}", params=asked).json()["contactList"]["items"]
    assert listed["contact"] == {**listed["contact"], "id": contact["id"], "refName": "Ada L"}
    assert erp.call("GET", f"{CONTACT}/{contact['id']}").json()["company"]["id"] == company
    erp.simulator.delete("customer", ada)
    assert erp.rows(sql) == [contact]


def test_customers_and_contacts_are_entities_with_ids_of_one_sequence(erp):
    (company,) = erp.make(COMPANY, kind="company")
    contact = erp.created(CONTACT, {"firstName": "Bo", "lastName": "B", "company": {"id": company}})
    sql = "SELECT id, type, isperson, parent FROM entity ORDER BY id"
    assert erp.rows(sql) == [
        {"id": company, "type": "CustJob", "isperson": "F"},
        {"id": contact, "type": "Contact", "isperson": "T", "parent": company},
    ]
    erp.simulator.edit("company", company, {"phone": "1"})
    assert erp.rows("SELECT phone FROM entity WHERE type = 'CustJob'") == [{"phone": "1"}]
    assert erp.call("DELETE", f"{CONTACT}/{contact}").status_code == 204
    assert [row["id"] for row in erp.rows(sql)] == [company]
    assert erp.rows("SELECT recordid, type FROM deletedrecord") == [{"recordid": contact, "type": "contact"}]


def test_an_external_id_is_one_customers_or_one_contacts(erp):
    erp.make(COMPANY, kind="company")
    body = {"firstName": "Bo", "lastName": "B", "externalId": "CO-1"}
    assert erp.refusal("POST", CONTACT, json=body) == (400, "DUP_RCRD", "externalId")
    assert erp.call("GET", f"{CONTACT}/eid:CO-1").status_code == 404


def test_what_others_name_cannot_be_deleted_through_the_record_service(erp):
    (company,) = erp.make(COMPANY, kind="company")
    (member,) = erp.make(person(1, company_id=company))
    assert erp.refusal("DELETE", f"{CUSTOMER}/{company}")[:2] == (400, "USER_ERROR")
    assert erp.call("DELETE", f"{CUSTOMER}/{member}").status_code == 204
    assert erp.refusal("DELETE", f"{CUSTOMER}/{company}")[:2] == (400, "USER_ERROR")
    (contact,) = erp.rows("SELECT id FROM contact")
    assert erp.call("DELETE", f"{CONTACT}/{contact['id']}").status_code == 204
    assert erp.call("DELETE", f"{CUSTOMER}/{company}").status_code == 204
    gone = erp.rows("SELECT recordid FROM deletedrecord WHERE type = 'customer' ORDER BY recordid")
    assert [row["recordid"] for row in gone] == [company, member]


def test_a_merge_moves_members_and_orders_to_the_winner(erp):
    winner, loser = erp.make(COMPANY, {"name": "Mill and Company"}, kind="company")
    (member,) = erp.make(person(1, company_id=loser))
    (order,) = erp.make({"company_id": loser}, kind="order")
    assert erp.simulator.merge("company", winner=winner, loser=loser) == winner
    assert erp.simulator.read("customer", member)["company_id"] == winner
    assert erp.simulator.read("order", order)["company_id"] == winner
    assert erp.simulator.read("company", loser) == {"state": "deleted"}
    with pytest.raises(KeyError):
        erp.simulator.merge("company", winner=winner, loser=member)
    for kind in ("product", "order"):
        with pytest.raises(ValueError, match=kind):
            erp.simulator.merge(kind, winner=order, loser=order)
