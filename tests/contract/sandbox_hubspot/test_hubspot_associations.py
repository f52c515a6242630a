"""Associations of a simulated HubSpot account: v4 calls, typed both ways, and what they change on the records."""

import pytest

V4 = "/crm/v4"
UNLABELED = {
    ("contacts", "companies"): (279, 280),
    ("deals", "companies"): (341, 342),
    ("deals", "contacts"): (3, 4),
    ("deals", "line_items"): (19, 20),
    ("orders", "companies"): (934, 935),
    ("orders", "contacts"): (507, 508),
    ("orders", "deals"): (512, 511),
    ("orders", "line_items"): (513, 514),
}
PRIMARY = {
    ("contacts", "companies"): (1, 2),
    ("deals", "companies"): (5, 6),
    ("orders", "companies"): (509, 510),
}


def associations(account, start, number, end, **params):
    answer = account.call("GET", f"{V4}/objects/{start}/{number}/associations/{end}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(told):
    return [kind["typeId"] for one in told["results"] for kind in one["associationTypes"]]


def put_default(account, start, number, end, other):
    return account.call("PUT", f"{V4}/objects/{start}/{number}/associations/default/{end}/{other}")


def put(account, start, number, end, other, *type_ids, category="HUBSPOT_DEFINED"):
    specs = [{"associationCategory": category, "associationTypeId": one} for one in type_ids]
    return account.call("PUT", f"{V4}/objects/{start}/{number}/associations/{end}/{other}", json=specs)


def batch(account, start, end, deed, inputs):
    return account.call("POST", f"{V4}/associations/{start}/{end}/batch/{deed}", json={"inputs": inputs})


def pair(one, other, *type_ids):
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id} for type_id in type_ids]
    return {"from": {"id": one}, "to": {"id": other}} | ({"types": types} if types else {})


def companies_of(account, number):
    told = associations(account, "contacts", number, "companies")
    return {str(one["toObjectId"]): [kind["typeId"] for kind in one["associationTypes"]] for one in told["results"]}


def primary_of(account, number):
    return account.read(f"contacts/{number}", properties="associatedcompanyid")["properties"]["associatedcompanyid"]


@pytest.fixture
def people(account):
    """A contact and two companies."""
    return account.create("contacts"), account.create("companies", name="One"), account.create("companies", name="Two")


@pytest.mark.parametrize(("start", "end"), UNLABELED)
def test_a_default_association_is_typed_from_both_ends_and_can_be_taken_away(account, start, end):
    one, other = account.create(start), account.create(end)
    there, back = UNLABELED[start, end]
    answer = put_default(account, start, one, end, other)
    assert answer.status_code == 200
    assert [
        (told["from"]["id"], told["to"]["id"], told["associationSpec"]["associationTypeId"])
        for told in answer.json()["results"]
    ] == [(one, other, there), (other, one, back)]
    told = associations(account, start, one, end)
    unlabeled = {"category": "HUBSPOT_DEFINED", "typeId": there, "label": None}
    assert told == {"results": [{"toObjectId": int(other), "associationTypes": [unlabeled]}]}
    assert ids(associations(account, end, other, start)) == [back]
    path = f"{V4}/objects/{end}/{other}/associations/{start}/{one}"
    assert account.call("DELETE", path).status_code == 204
    assert associations(account, start, one, end) == {"results": []}


@pytest.mark.parametrize(("start", "end"), PRIMARY)
def test_a_primary_company_has_two_types_and_there_is_one_at_a_time(account, start, end):
    one, first, second = account.create(start), account.create(end), account.create(end)
    there, back = PRIMARY[start, end]
    answer = put(account, start, one, end, first, there)
    assert answer.status_code == 201
    assert answer.json()["labels"] == ["Primary"]
    assert ids(associations(account, start, one, end)) == [there, UNLABELED[start, end][0]]
    assert ids(associations(account, end, first, start)) == [back, UNLABELED[start, end][1]]
    assert put(account, end, second, start, one, back).status_code == 201
    assert ids(associations(account, start, one, end)) == [UNLABELED[start, end][0], there, UNLABELED[start, end][0]]


def test_the_company_a_contact_states_is_its_primary_one_both_ways(account, people):
    contact, one, two = people
    assert primary_of(account, contact) is None
    put(account, "contacts", contact, "companies", one, 1)
    assert primary_of(account, contact) == one
    account.objects("PATCH", f"contacts/{contact}", json={"properties": {"associatedcompanyid": two}})
    assert primary_of(account, contact) == two
    assert companies_of(account, contact) == {one: [279], two: [1, 279]}
    account.objects("PATCH", f"contacts/{contact}", json={"properties": {"associatedcompanyid": ""}})
    assert primary_of(account, contact) is None
    assert companies_of(account, contact) == {one: [279]}
    answer = account.objects("PATCH", f"contacts/{contact}", json={"properties": {"associatedcompanyid": "7"}})
    assert answer.status_code == 400


def test_an_unlabeled_association_leaves_the_primary_company_alone(account, people):
    contact, one, two = people
    put(account, "contacts", contact, "companies", one, 1)
    put_default(account, "contacts", contact, "companies", one)
    put_default(account, "contacts", contact, "companies", two)
    assert companies_of(account, contact) == {one: [1, 279], two: [279]}


def test_a_label_is_taken_away_alone_and_the_unlabeled_type_with_everything(account, people):
    contact, one, _ = people
    put(account, "contacts", contact, "companies", one, 1)
    assert batch(account, "contacts", "companies", "labels/archive", [pair(contact, one, 1)]).status_code == 204
    assert (companies_of(account, contact), primary_of(account, contact)) == ({one: [279]}, None)
    assert batch(account, "contacts", "companies", "labels/archive", [pair(contact, one, 279)]).status_code == 204
    assert companies_of(account, contact) == {}


def test_a_record_is_created_with_its_associations(account, people):
    contact, company, _ = people
    asked = [
        {"to": {"id": contact}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 3}]},
        {"to": {"id": company}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 5}]},
    ]
    deal = account.create("deals", associations=asked, dealname="Order 1")
    assert account.read(f"deals/{deal}", associations="contacts,companies,line_items")["associations"] == {
        "contacts": {"results": [{"id": contact, "type": "deal_to_contact"}]},
        "companies": {
            "results": [
                {"id": company, "type": "deal_to_company"},
                {"id": company, "type": "deal_to_company_unlabeled"},
            ]
        },
    }


@pytest.mark.parametrize(("to", "type_id", "status"), [("7", 3, 404), (None, 19, 404), (None, 999, 400)])
def test_a_record_is_not_created_with_associations_that_cannot_be(account, to, type_id, status):
    end = to or account.create("contacts")
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}]
    body = {"properties": {"dealname": "Order 1"}, "associations": [{"to": {"id": end}, "types": types}]}
    assert account.objects("POST", "deals", json=body).status_code == status
    assert account.listed("deals") == []


def test_lists_tell_associations_too_and_name_line_items_with_a_space(account):
    (order,) = account.make("order", {"number": "#1", "lines": [{"sku": "A", "quantity": "1", "amount": "5"}]})
    (listed,) = account.read("deals", associations="line_items")["results"]
    ((item,),) = [[one["id"] for one in listed["associations"]["line items"]["results"]]]
    assert account.listed("line_items") == [item]
    assert listed["id"] == order
    assert "associations" not in account.read(f"line_items/{item}", associations="orders")


def test_a_page_of_associations_has_at_most_five_hundred(account):
    company = account.create("companies")
    made = account.make("customer", *({"company_id": company} for _ in range(503)))
    first = associations(account, "companies", company, "contacts")
    after = first["paging"]["next"]["after"]
    second = associations(account, "companies", company, "contacts", after=after)
    assert "paging" not in second
    assert [str(one["toObjectId"]) for page in (first, second) for one in page["results"]] == made
    path = f"{V4}/objects/companies/{company}/associations/contacts"
    assert account.call("GET", path, params={"limit": 501}).status_code == 400
    (read,) = batch(account, "companies", "contacts", "read", [{"id": company}]).json()["results"]
    assert (len(read["to"]), read["paging"]) == (500, first["paging"])
    (rest,) = batch(account, "companies", "contacts", "read", [{"id": company, "after": after}]).json()["results"]
    assert rest["to"] == second["results"]
    listed = account.read(f"companies/{company}", associations="contacts")["associations"]["contacts"]
    assert listed["paging"]["next"]["after"] == after


def test_a_batch_read_tells_who_has_none_among_its_errors(account, people):
    contact, company, _ = people
    alone = account.create("contacts")
    put_default(account, "contacts", contact, "companies", company)
    whole = batch(account, "contact", "company", "read", [{"id": contact}])
    assert whole.status_code == 200
    assert [one["from"]["id"] for one in whole.json()["results"]] == [contact]
    part = batch(account, "contacts", "companies", "read", [{"id": contact}, {"id": alone}, {"id": "7"}])
    assert part.status_code == 207
    body = part.json()
    assert body["results"] == whole.json()["results"]
    assert body["numErrors"] == 2
    assert [one["subCategory"] for one in body["errors"]] == ["crm.associations.NO_ASSOCIATIONS_FOUND"] * 2
    assert body["errors"][0]["context"] == {
        "fromObjectId": [alone],
        "fromObjectType": ["contact"],
        "toObjectType": ["company"],
    }


def test_batches_associate_and_take_away(account, people):
    contact, one, two = people
    other = account.create("contacts")
    made = batch(account, "contacts", "companies", "create", [pair(contact, one, 1), pair(other, two, 279)])
    assert made.status_code == 201
    assert made.json()["results"] == [
        {
            "fromObjectTypeId": "0-1",
            "fromObjectId": int(start),
            "toObjectTypeId": "0-2",
            "toObjectId": int(end),
            "labels": labels,
        }
        for start, end, labels in ((contact, one, ["Primary"]), (other, two, []))
    ]
    default = batch(account, "companies", "contacts", "associate/default", [pair(two, contact)])
    assert default.status_code == 200
    assert companies_of(account, contact) == {one: [1, 279], two: [279]}
    gone = [{"from": {"id": contact}, "to": [{"id": one}, {"id": two}]}, {"from": {"id": other}, "to": [{"id": "7"}]}]
    assert batch(account, "contacts", "companies", "archive", gone).status_code == 204
    assert (companies_of(account, contact), companies_of(account, other)) == ({}, {two: [279]})


def test_a_batch_associates_those_that_are_there_and_names_the_others(account, people):
    contact, company, _ = people
    inputs = [pair(contact, company, 279), pair("7", company, 279)]
    answer = batch(account, "contacts", "companies", "create", inputs)
    assert answer.status_code == 207
    (error,) = answer.json()["errors"]
    assert error["context"] == {"fromObjectId": ["7"], "toObjectId": [company]}
    assert companies_of(account, contact) == {company: [279]}


@pytest.mark.parametrize(
    ("deed", "most", "one"),
    [
        ("read", 1000, {"id": "1"}),
        ("create", 2000, pair("1", "2", 279)),
        ("associate/default", 2000, pair("1", "2")),
        ("archive", 2000, {"from": {"id": "1"}, "to": [{"id": "2"}]}),
    ],
)
def test_batches_have_their_greatest_size(account, deed, most, one):
    assert batch(account, "contacts", "companies", deed, [one] * (most + 1)).status_code == 400
    assert batch(account, "contacts", "companies", deed, [one] * most).status_code in (204, 207)


@pytest.mark.parametrize(
    ("start", "end", "type_ids", "category"),
    [
        ("contacts", "companies", (5,), "HUBSPOT_DEFINED"),
        ("contacts", "companies", (279,), "USER_DEFINED"),
        ("contacts", "companies", (), "HUBSPOT_DEFINED"),
        ("contacts", "products", (279,), "HUBSPOT_DEFINED"),
    ],
)
def test_types_that_do_not_belong_to_the_pair_are_refused(account, start, end, type_ids, category):
    one, other = account.create(start), account.create(end)
    assert put(account, start, one, end, other, *type_ids, category=category).status_code == 400


@pytest.mark.parametrize(
    ("deed", "one"),
    [
        ("read", {}),
        ("create", {"from": {"id": "7"}, "types": []}),
        ("create", {"from": {"id": "7"}, "to": {"id": "8"}, "types": {}}),
        ("associate/default", {"from": "7", "to": "8"}),
        ("archive", {"from": {"id": "7"}, "to": {"id": "8"}}),
        ("labels/archive", {"from": {"id": "7"}, "to": {"id": "8"}}),
    ],
)
def test_inputs_that_are_no_pairs_are_refused(account, deed, one):
    assert batch(account, "contacts", "companies", deed, [one]).status_code == 400
    assert batch(account, "contacts", "companies", deed, one).status_code == 400


def test_who_is_not_there_cannot_be_associated(account, people):
    contact, company, _ = people
    account.objects("DELETE", f"companies/{company}")
    for other in (company, "7"):
        assert put_default(account, "contacts", contact, "companies", other).status_code == 404
    assert account.call("GET", f"{V4}/objects/contacts/7/associations/companies").status_code == 404


def test_archiving_takes_the_associations_along(account, people):
    contact, company, _ = people
    put(account, "contacts", contact, "companies", company, 1)
    account.advance(60)
    before = account.modified("contacts", contact)
    account.objects("DELETE", f"companies/{company}")
    assert (companies_of(account, contact), primary_of(account, contact)) == ({}, None)
    assert account.modified("contacts", contact) > before


def test_a_merge_takes_over_the_associations_and_the_winners_company_stays_primary(account, people):
    winner, one, two = people
    loser, deal = account.create("contacts"), account.create("deals")
    put(account, "contacts", winner, "companies", one, 1)
    put(account, "contacts", loser, "companies", two, 1)
    put_default(account, "deals", deal, "contacts", loser)
    survivor = account.post("contacts/merge", {"primaryObjectId": winner, "objectIdToMerge": loser})["id"]
    assert companies_of(account, survivor) == {one: [1, 279], two: [279]}
    assert [str(to["toObjectId"]) for to in associations(account, "deals", deal, "contacts")["results"]] == [survivor]
    merged = account.post("companies/merge", {"primaryObjectId": two, "objectIdToMerge": one})["id"]
    assert companies_of(account, survivor) == {merged: [1, 279]}
    assert primary_of(account, survivor) == merged


def test_a_deal_is_modified_with_its_associations_and_line_items(account):
    deal, contact = account.create("deals"), account.create("contacts")
    item = account.create("line_items", quantity="1", price="5")
    times = [account.modified("deals", deal)]
    for change in (
        lambda: put_default(account, "contacts", contact, "deals", deal),
        lambda: put_default(account, "deals", deal, "line_items", item),
        lambda: account.objects("PATCH", f"line_items/{item}", json={"properties": {"quantity": "2"}}),
        lambda: account.objects("DELETE", f"line_items/{item}"),
        lambda: account.call("DELETE", f"{V4}/objects/deals/{deal}/associations/contacts/{contact}"),
    ):
        account.advance(60)
        assert change().is_success
        times.append(account.modified("deals", deal))
    assert times == sorted(set(times))
    assert account.modified("contacts", contact) < times[1]


def test_a_line_item_moves_its_deal_only_when_it_changes_a_sum(account):
    deal, item = account.create("deals"), account.create("line_items", quantity="1", price="5")
    put_default(account, "deals", deal, "line_items", item)
    before = account.modified("deals", deal)
    account.advance(60)
    account.objects("PATCH", f"line_items/{item}", json={"properties": {"hs_sku": "MUG-C", "quantity": "1"}})
    assert account.modified("deals", deal) == before < account.modified("line_items", item)


@pytest.mark.parametrize("version", ["2026-03", "2026-09"])
def test_dated_versions_know_associations(account, people, version):
    contact, company, _ = people
    path = f"/crm/objects/{version}/contacts/{contact}/associations"
    assert account.call("PUT", f"{path}/default/companies/{company}").status_code == 200
    assert account.call("GET", f"{path}/companies").json() == associations(account, "contacts", contact, "companies")
    read = account.call(
        "POST", f"/crm/associations/{version}/contacts/companies/batch/read", json={"inputs": [{"id": contact}]}
    )
    assert [one["from"]["id"] for one in read.json()["results"]] == [contact]


def test_associations_survive_a_restart(open_account):
    with open_account() as account:
        contact, one, two = account.create("contacts"), account.create("companies"), account.create("companies")
        put(account, "contacts", contact, "companies", one, 1)
        put(account, "contacts", contact, "companies", two, 1)
        gone = account.create("companies")
        put_default(account, "contacts", contact, "companies", gone)
        account.objects("DELETE", f"companies/{gone}")
    with open_account() as account:
        assert companies_of(account, contact) == {one: [279], two: [1, 279]}
        assert primary_of(account, contact) == two
