"""Records of a simulated HubSpot account, of every type, over HTTP."""

import pytest

NAMED = {
    "contacts": ("0-1", {"email": "ada@example.com", "firstname": "Ada"}, {"firstname": "Eve"}),
    "companies": ("0-2", {"name": "Mill & Co", "domain": "mill.example"}, {"name": "Mill"}),
    "deals": ("0-3", {"dealname": "Order 1", "amount": "12.50", "dealstage": "closedwon"}, {"amount": "13"}),
    "products": ("0-7", {"name": "Mug", "hs_sku": "MUG", "price": "9.90"}, {"price": "10"}),
    "line_items": ("0-8", {"name": "Mug", "quantity": "2", "price": "9.90"}, {"quantity": "3"}),
    "orders": ("0-123", {"hs_order_name": "#1", "hs_currency_code": "USD"}, {"hs_currency_code": "EUR"}),
}
MODIFIED = {name: "lastmodifieddate" if name == "contacts" else "hs_lastmodifieddate" for name in NAMED}


@pytest.fixture(params=NAMED)
def kind(request):
    return request.param


def refused(answer):
    body = answer.json()
    return answer.status_code, body["category"]


def codes(answer):
    return [one["code"] for one in answer.json()["errors"]]


def test_a_record_is_created_read_changed_and_archived(account, kind):
    type_id, properties, change = NAMED[kind]
    made = account.objects("POST", kind, json={"properties": properties})
    assert made.status_code == 201
    number = made.json()["id"]
    assert made.json()["properties"].items() >= properties.items()
    for path in (kind, kind.upper(), type_id):
        body = account.read(f"{path}/{number}", properties=",".join(properties))
        assert body["properties"] == {
            **properties,
            "hs_object_id": number,
            "createdate": body["createdAt"],
            MODIFIED[kind]: body["updatedAt"],
        }
        assert body["archived"] is False
    changed = account.objects("PATCH", f"{kind}/{number}", json={"properties": change})
    assert changed.status_code == 200
    assert account.read(f"{kind}/{number}", properties=",".join(change))["properties"].items() >= change.items()
    assert account.objects("DELETE", f"{kind}/{number}").status_code == 204
    assert account.objects("DELETE", f"{kind}/{number}").status_code == 204
    assert refused(account.objects("GET", f"{kind}/{number}")) == (404, "OBJECT_NOT_FOUND")
    gone = account.read(f"{kind}/{number}", archived="true")
    assert gone["archived"] is True
    assert gone["archivedAt"] == gone["updatedAt"]
    assert (account.listed(kind), account.listed(kind, archived="true")) == ([], [number])


@pytest.mark.parametrize("base", ["/crm/objects/2026-03", "/crm/objects/2026-09"])
def test_dated_versions_answer_like_the_older_one(account, base, kind):
    number = account.create(kind, **NAMED[kind][1])
    assert account.call("GET", f"{base}/{kind}/{number}").json() == account.read(f"{kind}/{number}")


def test_a_list_is_paged_by_a_cursor_and_ends_without_one(account):
    made = account.make("product", *({"sku": f"S{n}"} for n in range(205)))
    seen, after = [], None
    for size in (100, 100, 5):
        page = account.read("products", limit=100, **({"after": after} if after else {}))
        seen += [one["id"] for one in page["results"]]
        assert len(page["results"]) == size
        after = page.get("paging", {}).get("next", {}).get("after")
    assert seen == made
    assert after is None
    assert len(account.read("products")["results"]) == 10


@pytest.mark.parametrize("params", [{"limit": 101}, {"limit": 0}, {"limit": "ten"}, {"after": "soon"}])
def test_a_page_that_cannot_be_is_refused(account, params):
    assert refused(account.objects("GET", "deals", params=params)) == (400, "VALIDATION_ERROR")


def test_without_names_the_usual_properties_are_shown_and_unknown_names_are_passed_over(account):
    number = account.create("companies", name="Mill", tax_id="12")
    usual = account.read(f"companies/{number}")["properties"]
    assert usual.keys() == {"name", "domain", "createdate", "hs_object_id", "hs_lastmodifieddate"}
    asked = account.read(f"companies/{number}", properties="tax_id,shoe_size,phone")["properties"]
    assert asked.keys() == {"tax_id", "phone", "createdate", "hs_object_id", "hs_lastmodifieddate"}
    assert asked["phone"] is None


@pytest.mark.parametrize("query", ["properties=name,phone", "properties=name&properties=phone&archived=False"])
def test_names_are_joined_by_commas_or_repeated(account, query):
    number = account.create("companies", name="Mill")
    said = account.objects("GET", f"companies/{number}?{query}").json()["properties"]
    assert said.keys() == {"name", "phone", "createdate", "hs_object_id", "hs_lastmodifieddate"}


def test_truth_is_written_in_any_letter_case(account):
    number = account.create("companies")
    account.objects("DELETE", f"companies/{number}")
    assert account.listed("companies", archived="True") == [number]


@pytest.mark.parametrize(
    ("object_type", "properties", "code"),
    [
        ("contacts", {"shoe_size": "5"}, "PROPERTY_DOESNT_EXIST"),
        ("deals", {"lastmodifieddate": "1"}, "PROPERTY_DOESNT_EXIST"),
        ("deals", {"hs_lastmodifieddate": "1"}, "READ_ONLY_VALUE"),
        ("line_items", {"amount": "5"}, "READ_ONLY_VALUE"),
        ("deals", {"amount": "a lot"}, "INVALID_LONG"),
        ("deals", {"amount": "²"}, "INVALID_LONG"),
        ("deals", {"closedate": "²"}, "INVALID_DATE"),
        ("deals", {"closedate": "9" * 30}, "INVALID_DATE"),
        ("deals", {"closedate": "soon"}, "INVALID_DATE"),
        ("deals", {"dealstage": "nearly"}, "INVALID_OPTION"),
        ("companies", {"lifecyclestage": "friend"}, "INVALID_OPTION"),
        ("contacts", {"email": "ada"}, "INVALID_EMAIL"),
    ],
)
def test_values_that_do_not_fit_are_refused_on_every_write(account, object_type, properties, code):
    number = account.create(object_type)
    body = {"properties": properties}
    for answer in (
        account.objects("POST", object_type, json=body),
        account.objects("PATCH", f"{object_type}/{number}", json=body),
        account.objects("POST", f"{object_type}/batch/update", json={"inputs": [{"id": number, **body}]}),
    ):
        assert refused(answer) == (400, "VALIDATION_ERROR")
        assert codes(answer) == [code]
    assert account.listed(object_type) == [number]


def test_instants_are_kept_as_iso_text_whichever_way_they_came(account):
    number = account.create("deals", closedate="1795521600000")
    assert account.read(f"deals/{number}")["properties"]["closedate"] == "2026-11-24T12:00:00.000Z"


def test_an_empty_text_clears(account):
    number = account.create("products", name="Mug", price="5")
    account.objects("PATCH", f"products/{number}", json={"properties": {"price": ""}})
    assert account.read(f"products/{number}")["properties"]["price"] is None


def test_any_change_moves_the_modification_time_and_the_creation_time_stays(account, kind):
    number = account.create(kind, **NAMED[kind][1])
    before = account.read(f"{kind}/{number}")
    account.advance(60)
    account.objects("PATCH", f"{kind}/{number}", json={"properties": NAMED[kind][2]})
    after = account.read(f"{kind}/{number}")
    assert after["updatedAt"] > before["updatedAt"]
    assert after["createdAt"] == before["createdAt"]


def test_an_email_two_contacts_would_share_is_a_conflict_that_names_the_first(account):
    number = account.create("contacts", email="Ada@example.com")
    answer = account.objects("POST", "contacts", json={"properties": {"email": "ada@example.com"}})
    assert refused(answer) == (409, "CONFLICT")
    assert answer.json()["message"].endswith(f"Existing ID: {number}")
    account.objects("DELETE", f"contacts/{number}")
    account.create("contacts", email="ada@example.com")


def test_an_external_id_is_unique_in_its_type_and_an_sku_is_not(account, kind):
    number = account.create(kind, external_id="X-1")
    answer = account.objects("POST", kind, json={"properties": {"external_id": "x-1"}})
    assert refused(answer) == (400, "VALIDATION_ERROR")
    assert codes(answer) == ["CONFLICTING_UNIQUE_VALUE"]
    other = account.create(kind)
    answer = account.objects("PATCH", f"{kind}/{other}", json={"properties": {"external_id": "X-1"}})
    assert codes(answer) == ["CONFLICTING_UNIQUE_VALUE"]
    account.objects("PATCH", f"{kind}/{number}", json={"properties": {"external_id": "X-1"}})
    for _ in range(2):
        account.create("products", hs_sku="MUG")


def test_a_unique_property_stands_for_the_id(account, kind):
    number = account.create(kind, external_id="X-1")
    assert account.read(f"{kind}/X-1", idProperty="external_id")["id"] == number
    answer = account.objects(
        "PATCH", f"{kind}/x-1", params={"idProperty": "external_id"}, json={"properties": NAMED[kind][2]}
    )
    assert answer.json()["id"] == number
    assert refused(account.objects("GET", f"{kind}/X-2", params={"idProperty": "external_id"}))[0] == 404
    assert refused(account.objects("GET", f"{kind}/1", params={"idProperty": "phone"}))[0] == 400


def test_a_merge_makes_a_new_record_and_both_others_vanish_unarchived(account, kind):
    winner = account.create(kind, **NAMED[kind][1], external_id="W")
    loser = account.create(kind, external_id="L")
    answer = account.objects("POST", f"{kind}/merge", json={"primaryObjectId": winner, "objectIdToMerge": loser})
    assert answer.status_code == 200
    survivor = answer.json()["id"]
    assert survivor not in (winner, loser)
    names = ",".join((*NAMED[kind][1], "external_id", "hs_merged_object_ids"))
    said = account.read(f"{kind}/{survivor}", properties=names)["properties"]
    assert said.items() >= {**NAMED[kind][1], "external_id": "W"}.items()
    assert said["hs_merged_object_ids"] == f"{winner};{loser}"
    for gone in (winner, loser):
        assert account.objects("GET", f"{kind}/{gone}").status_code == 404
    assert (account.listed(kind), account.listed(kind, archived="true")) == ([survivor], [])
    again = account.objects("POST", f"{kind}/merge", json={"primaryObjectId": survivor, "objectIdToMerge": loser})
    assert again.status_code == 404


def test_erasing_leaves_no_trace_of_a_contact(account):
    number = account.create("contacts", email="ada@example.com")
    assert account.objects("POST", "contacts/gdpr-delete", json={"objectId": number}).status_code == 204
    assert account.objects("GET", f"contacts/{number}").status_code == 404
    assert (account.listed("contacts"), account.listed("contacts", archived="true")) == ([], [])
    assert account.objects("POST", "contacts/gdpr-delete", json={"objectId": "1"}).status_code == 404


def test_an_unknown_address_that_is_erased_cannot_be_used_any_more(account):
    asked = {"objectId": "Eve@example.com", "idProperty": "email"}
    assert account.objects("POST", "contacts/gdpr-delete", json=asked).status_code == 204
    answer = account.objects("POST", "contacts", json={"properties": {"email": "eve@example.com"}})
    assert refused(answer) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'"properties"', b"{}", b'{"properties": []}', b'{"properties": {"dealname": ["a"]}}']
)
def test_a_body_that_is_no_record_is_refused(account, content):
    headers = {"Content-Type": "application/json"}
    assert refused(account.objects("POST", "deals", content=content, headers=headers))[0] == 400


def test_a_type_nobody_knows_is_refused(account):
    assert refused(account.objects("GET", "tickets")) == (400, "VALIDATION_ERROR")


def test_records_survive_a_restart(open_account):
    with open_account() as account:
        number = account.create("deals", dealname="Order 1", external_id="X-1")
        account.objects("DELETE", f"deals/{account.create('deals')}")
        before = account.read(f"deals/{number}")
    with open_account() as account:
        assert account.read("deals/X-1", idProperty="external_id") == before
        assert len(account.listed("deals", archived="true")) == 1


def test_the_link_to_the_next_page_leads_there(account):
    ids = account.make("company", *({"name": f"Acme {n}"} for n in range(5)))
    page, seen = account.read("companies", limit=2, properties="name"), []
    while "paging" in page:
        seen.append([one["id"] for one in page["results"]])
        page = account.call("GET", page["paging"]["next"]["link"]).json()
    assert [*seen, [one["id"] for one in page["results"]]] == [ids[:2], ids[2:4], ids[4:]]
    assert page["results"][0]["properties"]["name"] == "Acme 4"


@pytest.mark.parametrize(
    ("kind", "name", "pipeline"),
    [("deals", "pipeline", "default"), ("orders", "hs_pipeline", "14a2e10e-5471-408a-906e-c51f3b04369e")],
)
def test_orders_are_in_the_default_pipeline(account, kind, name, pipeline):
    account.settings(order_object=kind)
    (entered,) = account.make("order", {"number": "1", "lines": []})
    written = account.create(kind, external_id="O-2")
    account.objects("PATCH", f"{kind}/{written}", json={"properties": {name: ""}})
    for number in (entered, written):
        assert account.read(f"{kind}/{number}", properties=name)["properties"][name] == pipeline
    assert account.found(kind, (name, "EQ", pipeline)) == [entered, written]
    options = account.call("GET", f"/crm/v3/properties/{kind}/{name}").json()["options"]
    assert [one["value"] for one in options] == [pipeline]
